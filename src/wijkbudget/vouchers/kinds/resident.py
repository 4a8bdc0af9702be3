# SPDX-License-Identifier: EUPL-1.2
"""The resident voucher (bewonerscheque): an equal amount for everybody, which each gives to plans of the neighbourhood.

Source: bewonerscheques of Capelle aan den IJssel (a small equal amount that a resident gives to a plan nearby).
Choice: all that were issued in one act are one account, so that the books show what went to which plan, and never who
gave what.
"""

from wijkbudget.ledger import chart
from wijkbudget.vouchers.kinds.kind import Holder, Kind, Use

RESIDENT = Kind(
    key="resident",
    holder=Holder.RESIDENT,
    use=Use.PLEDGE,
    code_purpose="resident voucher code",
    account=chart.cheques,
    rest=chart.pot,
)

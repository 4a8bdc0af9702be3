# SPDX-License-Identifier: EUPL-1.2
"""The initiative voucher (wijkvoucher): a plan that won gets its money on it, and claims it receipt by receipt."""

from wijkbudget.ledger import chart
from wijkbudget.vouchers.kinds.kind import Holder, Kind, Use

INITIATIVE = Kind(
    key="initiative",
    holder=Holder.GROUP,
    use=Use.CLAIM,
    code_purpose="voucher code",
    account=chart.voucher,
    rest=chart.pot,
)

# SPDX-License-Identifier: EUPL-1.2
"""The volunteer fee (vrijwilligersvergoeding): a fixed amount for somebody's time, without receipts, up to a limit.

Source: Wet op de loonbelasting 1964, art. 2 lid 6. Choice: it goes to a member of the group and through the bank, so
that the house knows who received how much; whoever helps for a fee joins the group first.
"""

from wijkbudget.kit.text import _
from wijkbudget.vouchers.claims.kinds.kind import Kind

VOLUNTEER_FEE = Kind(
    key="volunteer_fee",
    name=_("Somebody of the group gets a fee for their time"),
    sentence=_("A fixed amount, without receipts. The law says how much somebody can get in a month and in a year."),
    needs=frozenset({"purpose", "volunteer", "iban"}),
    category="volunteer_fee",
)

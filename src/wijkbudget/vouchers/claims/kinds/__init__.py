# SPDX-License-Identifier: EUPL-1.2
"""The kinds of claim: what each asks, and how its money goes.

To add one: write `vouchers/claims/kinds/<key>.py` after the example of `invoice.py`, then name it below.
"""

from wijkbudget.kit.registry import Registry
from wijkbudget.vouchers.claims.kinds.advance import ADVANCE
from wijkbudget.vouchers.claims.kinds.in_kind import IN_KIND
from wijkbudget.vouchers.claims.kinds.invoice import INVOICE
from wijkbudget.vouchers.claims.kinds.kind import Kind
from wijkbudget.vouchers.claims.kinds.receipt import RECEIPT
from wijkbudget.vouchers.claims.kinds.volunteer_fee import VOLUNTEER_FEE

KINDS: Registry[Kind] = Registry(RECEIPT, INVOICE, ADVANCE, IN_KIND, VOLUNTEER_FEE)

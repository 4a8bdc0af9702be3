# SPDX-License-Identifier: EUPL-1.2
"""The invoice (factuur): nobody paid yet, and the money goes to the supplier directly."""

from wijkbudget.kit.text import _
from wijkbudget.vouchers.claims.kinds.kind import Kind

INVOICE = Kind(
    key="invoice",
    name=_("There is a bill to pay"),
    sentence=_("The money goes to the shop or company directly."),
    needs=frozenset({"lines", "supplier", "number", "bought_on", "receipt", "iban"}),
    pays_supplier=True,
)

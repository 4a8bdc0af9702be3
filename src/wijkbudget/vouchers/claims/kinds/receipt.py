# SPDX-License-Identifier: EUPL-1.2
"""The receipt (declaratie): somebody paid already and gets it back."""

from wijkbudget.kit.text import _
from wijkbudget.vouchers.claims.kinds.kind import Kind

RECEIPT = Kind(
    key="receipt",
    name=_("I paid it already"),
    sentence=_("You have a receipt, and get the money back."),
    needs=frozenset({"lines", "supplier", "number", "bought_on", "receipt"}),
    allows=frozenset({"payee", "iban"}),
    covers_advance=True,
)

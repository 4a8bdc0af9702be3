# SPDX-License-Identifier: EUPL-1.2
"""The advance (voorschot): money before anything is bought, accounted for with receipts later.

Source: Awb art. 4:95 (an administrative body may pay in advance of what will be settled).
"""

from wijkbudget.kit.text import _
from wijkbudget.vouchers.claims.kinds.kind import Kind

ADVANCE = Kind(
    key="advance",
    name=_("I need money first"),
    sentence=_("You get an advance, and send the receipts afterwards. What you do not use you pay back."),
    needs=frozenset({"purpose", "payee", "iban"}),
    is_advance=True,
)

# SPDX-License-Identifier: EUPL-1.2
"""In kind (natura): material or hours of the municipality, at their value; nothing goes through the bank."""

from wijkbudget.kit.text import _
from wijkbudget.vouchers.claims.kinds.kind import Kind

IN_KIND = Kind(
    key="in_kind",
    name=_("The municipality gives material or hours"),
    sentence=_("Its value counts as spent. Nothing is paid."),
    needs=frozenset({"lines", "supplier", "bought_on", "purpose"}),
    is_paid=False,
)

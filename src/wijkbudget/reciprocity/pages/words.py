# SPDX-License-Identifier: EUPL-1.2
"""What forms about time let people choose from."""

from wijkbudget.kit.text import _
from wijkbudget.reciprocity.rules.entries import EntryKind
from wijkbudget.reciprocity.rules.limits import ENTRY_MINUTES_MAX, STEP_MINUTES

QUARTERS = [
    (minutes, _("%(given_minutes)s", given_minutes=minutes))
    for minutes in range(STEP_MINUTES, ENTRY_MINUTES_MAX + 1, STEP_MINUTES)
]
"""How long somebody can say that they helped."""

KINDS = {
    EntryKind.DOING: _("Doing something"),
    EntryKind.ORGANISING: _("Organising"),
    EntryKind.MEETING: _("Meeting"),
    EntryKind.GUIDING: _("Helping somebody along"),
    EntryKind.IN_KIND: _("With something of my own, such as a van"),
}
"""In what way."""

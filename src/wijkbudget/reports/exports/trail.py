# SPDX-License-Identifier: EUPL-1.2
"""The whole sealed record of a neighbourhood, with what anybody needs to make each leaf of the log again."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from wijkbudget.kit.fields import View
from wijkbudget.trail import queries as trail
from wijkbudget.trail.events import Value
from wijkbudget.trail.work import Look


class TrailRow(View):
    """One entry; what points at a person is only there as a hash."""

    position: int
    entry_id: UUID
    at: datetime
    kind: str
    place: str
    subject: str
    facts: dict[str, Value]
    hidden_hash: str
    leaf: str


class _Trail:
    key = "trail"
    row: type[View] = TrailRow
    of_a_year = False

    def rows(self, look: Look, place: str, year: int | None) -> Iterator[TrailRow]:  # noqa: ARG002 - it is of all years
        """Yield the sealed entries in the order of the log."""
        for some in trail.sealed(look, place):
            for entry in some:
                yield TrailRow(
                    position=entry.position,
                    entry_id=entry.id,
                    at=entry.at,
                    kind=entry.kind,
                    place=place,
                    subject=entry.subject,
                    facts=entry.facts,
                    hidden_hash=entry.hidden_hash,
                    leaf=entry.leaf,
                )


TRAIL = _Trail()

# SPDX-License-Identifier: EUPL-1.2
"""Reads what the public record tells of bids."""

from collections import defaultdict
from uuid import UUID

from wijkbudget.challenges import queries as challenges
from wijkbudget.reports import access
from wijkbudget.reports.cases.schemas import RecordedCaseLine, RecordedCasePage, RecordedCaseView, RecordedEntry
from wijkbudget.reports.rules import sentence
from wijkbudget.trail import queries as trail
from wijkbudget.trail.queries import EntryView
from wijkbudget.trail.work import Look, question


@question(access.READ)
def recorded_cases(look: Look, place: str, after: str = "") -> RecordedCasePage:
    """Return a page of the bids that were sent in, with how much of each stands in the record.

    Raises NeighbourhoodNotFound or NoSuchPage.
    """
    page = challenges.challenges(look, place, after)
    entries: dict[str, list[EntryView]] = defaultdict(list)
    for entry in trail.entries_about(look, place, [str(line.id) for line in page.bids]):
        entries[entry.subject].append(entry)
    lines = [
        RecordedCaseLine(
            challenge_id=line.id,
            title=line.title,
            state=line.state,
            entry_count=len(entries[str(line.id)]),
            sealed_count=sum(entry.position is not None for entry in entries[str(line.id)]),
        )
        for line in page.bids
    ]
    return RecordedCasePage(cases=lines, next=page.next)


@question(access.READ)
def recorded_case(look: Look, place: str, challenge_id: UUID) -> RecordedCaseView:
    """Return everything that happened to a bid. Raises ChallengeNotFound."""
    bid = challenges.challenge(look, place, challenge_id)
    return RecordedCaseView(
        challenge_id=bid.id,
        title=bid.title,
        state=bid.state,
        entries=[
            RecordedEntry(
                id=entry.id,
                at=entry.at,
                sentence=sentence(entry.kind, entry.facts, {}),
                is_sealed=entry.position is not None,
            )
            for entry in trail.entries_about(look, place, [str(bid.id)])
        ],
    )

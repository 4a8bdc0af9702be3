# SPDX-License-Identifier: EUPL-1.2
"""Leaves errands for letters, so many codes in each, and says what stands on every letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import col, insert, select

from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import Tone
from wijkbudget.trail.work import Draft, Look, Work, verb
from wijkbudget.voting import access
from wijkbudget.voting.events import LetterheadWritten
from wijkbudget.voting.letters import queries
from wijkbudget.voting.letters.models import LetterBatch, Letterhead
from wijkbudget.voting.letters.rules import ERRAND, Addressed, batches, wiped_from
from wijkbudget.voting.letters.schemas import LetterheadView, WriteLetterhead
from wijkbudget.voting.models import Round


@dataclass(frozen=True, kw_only=True)
class Mailing:
    """The errands for letters, each with the row that says how far it is; the codes stand in the errands only."""

    errands: list[dict[str, Any]]
    batches: list[dict[str, Any]]


def draft_mailing(draft: Draft, row: Round, letters: Sequence[Addressed], *, is_replacement: bool = False) -> Mailing:
    """Return what letters take: files of at most a thousand, numbered after those that the round has."""
    last = select(func.coalesce(func.max(LetterBatch.number), 0)).where(col(LetterBatch.round_id) == row.id)
    first = draft.session.exec(last).one() + 1
    said, made = _said(draft, row), list(enumerate(batches(letters), first))
    return Mailing(
        errands=draft.errand_rows(
            ERRAND, ({**said, "number": number, "letters": [vars(each) for each in some]} for number, some in made)
        ),
        batches=[
            {
                "round_id": row.id,
                "number": number,
                "place": row.place,
                "letter_count": len(some),
                "is_replacement": is_replacement,
                "wiped_on": wiped_from(draft.today, row.closes_on),
                "made_at": draft.now,
            }
            for number, some in made
        ],
    )


def leave(work: Work, mailing: Mailing) -> None:
    """Write the errands of letters with the act that made their codes."""
    work.leave(mailing.errands)
    if mailing.batches:
        work.session.connection().execute(insert(LetterBatch), mailing.batches)


@verb(access.LETTERS)
def write_letterhead(work: Work, place: str, command: WriteLetterhead) -> LetterheadView:
    """Say what stands on every letter of a neighbourhood, from the next round on. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(work, place)
    row = work.session.get(Letterhead, place)
    said = command.model_dump(by_alias=False)
    if row is None:
        work.session.add(Letterhead(place=place, **said))
    else:
        for name, value in said.items():
            setattr(row, name, value)
    work.session.flush()
    work.record(LetterheadWritten(place=place, subject=place, **said))
    return queries.letterhead(work, place)


def is_formal(look: Look, row: Round) -> bool:
    """Return whether the council of a neighbourhood has residents spoken to in the polite form."""
    return neighbourhoods.policy(look, row.place, row.opens_on).rules.tone is Tone.U


def _said(draft: Draft, row: Round) -> dict[str, Any]:
    """Return what every letter of a round says; it goes along, so that a letter is made from nothing else.

    Choice: where nobody said where paper is handed in, that is where people get help on paper.
    """
    head, last_day = queries.letterhead(draft, row.place), row.hand_in_until or row.closes_on
    return {
        "round_id": str(row.id),
        "place": row.place,
        "title": row.title,
        "opens_on": row.opens_on.isoformat(),
        "closes_on": row.closes_on.isoformat(),
        "made_on": draft.today.isoformat(),
        "is_formal": is_formal(draft, row),
        "hand_in": {"at": row.hand_in_at or head.help_desk, "until": last_day.isoformat()} if row.with_paper else None,
        "letterhead": head.model_dump(mode="json", by_alias=False),
    }

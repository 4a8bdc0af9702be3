# SPDX-License-Identifier: EUPL-1.2
"""Reads the paper that a code opens, and says what a ballot on it would be."""

from uuid import UUID

from wijkbudget.trail.work import Look, question
from wijkbudget.voting import access
from wijkbudget.voting.phases import FrozenRound
from wijkbudget.voting.queries.rounds import admitted, marks_of
from wijkbudget.voting.schemas import (
    CastBallot,
    CheckedView,
    MarkedOption,
    OpenBallot,
    PaperLimit,
    PaperOption,
    PaperView,
)


@question(access.CAST, municipal=True)
def paper(look: Look, command: OpenBallot) -> PaperView:
    """Return the ballot that a code opens now. Raises WrongCode, whatever is wrong with it."""
    return paper_of(admitted(look, command.code).frozen)


@question(access.CAST, municipal=True)
def checked(look: Look, command: CastBallot) -> CheckedView:
    """Return what a ballot says, the highest mark first, without casting it.

    Raises WrongCode, whatever is wrong with the code, or UnknownOption or another RuleBroken of the ballot.
    """
    frozen = admitted(look, command.code).frozen
    marks = frozen.check(command.marks)
    chosen = [
        MarkedOption(key=each.key, title=each.title, cost_cents=each.cost_cents, mark=marks[each.key])
        for each in frozen.options
        if each.key in marks
    ]
    return CheckedView(
        paper=paper_of(frozen),
        chosen=sorted(chosen, key=lambda each: -each.mark),
        cost_cents=sum(each.cost_cents for each in chosen),
        marks_total=sum(marks.values()),
    )


def paper_of(frozen: FrozenRound) -> PaperView:
    """Return the ballot of a round, on a screen and on paper."""
    return PaperView(
        **marks_of(frozen).model_dump(by_alias=False),
        round_id=UUID(frozen.id),
        place=frozen.place,
        title=frozen.title,
        budget_cents=frozen.budget_cents,
        closes_on=frozen.closes_on,
        hand_in_at=frozen.hand_in_at,
        hand_in_until=frozen.hand_in_until or frozen.closes_on,
        ballot=frozen.ballot,
        options=[PaperOption(key=each.key, title=each.title, cost_cents=each.cost_cents) for each in frozen.options],
        limits=[
            PaperLimit(name=each.name, keys=each.ids, wins_max=each.wins_max, spent_cents_max=each.spent_cents_max)
            for each in frozen.limits
        ],
    )

# SPDX-License-Identifier: EUPL-1.2
"""Brings a bid into its next state, and writes down who did it, on what ground of law and why."""

from datetime import date
from uuid import UUID

from wijkbudget.challenges import rows
from wijkbudget.challenges.clocks import queries as clocks
from wijkbudget.challenges.clocks.models import Pause
from wijkbudget.challenges.models import Challenge, ChallengeMove
from wijkbudget.challenges.rules.clock import PauseKind
from wijkbudget.challenges.rules.letters import ERRAND, TELLS
from wijkbudget.challenges.rules.officials import demand_case_worker, demand_no_interest, demand_other_eyes
from wijkbudget.challenges.rules.states import RUNNING, Move, Side, State
from wijkbudget.challenges.rules.table import Step, demand_step, side_of
from wijkbudget.db.moving import move
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work

AS_READ = ("state", "move_count")
"""What must not have changed when a bid moves on."""


def bid_for(work: Work, place: str, challenge_id: UUID, by: Move) -> Challenge:
    """Return a bid that whoever acts can move so now.

    Raises ChallengeNotFound, NotYours, OwnBid, NotYourCase, CaseWorkerDecides or WrongState.
    """
    row, side = rows.challenge_row(work, place, challenge_id), side_of(by)
    if side is Side.GROUP:
        work.demand_own(rows.group_of(work, row))
    if side in {Side.CASE_WORKER, Side.DECIDER}:
        demand_no_interest(work.actor.id, rows.interested_in(work, row))
    demand_step(State(row.state), by)
    if side is Side.CASE_WORKER:
        demand_case_worker(work.actor.id, row.case_worker, by)
    if side is Side.DECIDER:
        demand_other_eyes(work.actor.id, rows.handled_by(work, row))
    return row


def move_on(work: Work, row: Challenge, by: Move, reason: str = "", **values: object) -> int:
    """Make a move of the table, and return its number; who makes one of the case worker becomes it.

    Raises WrongState or ChangedMeanwhile.
    """
    step, number = demand_step(State(row.state), by), row.move_count + 1
    if step.by is Side.CASE_WORKER:
        values["case_worker"] = work.actor.id
    values["decide_on"] = (row.decide_on or work.today) if step.then in RUNNING else None
    move(work.session, row, AS_READ, state=step.then, move_count=number, **values)
    write_move(work, row, step, number, reason)
    keep_time(work, row)
    return number


def stand_still(  # noqa: PLR0913 - each says one thing of a pause
    work: Work, row: Challenge, by: Move, kind: PauseKind, last_on: date, *, reason: str = ""
) -> int:
    """Make a move from whose next day the time to decide stands still until a last day; return its number.

    Raises WrongState or ChangedMeanwhile.
    """
    number = move_on(work, row, by, reason)
    work.session.add(
        Pause(challenge_id=row.id, number=number, place=row.place, kind=kind, asked_on=work.today, last_on=last_on)
    )
    keep_time(work, row)
    return number


def keep_time(work: Work, row: Challenge) -> None:
    """Write down by when the municipality must decide, after something happened to its time."""
    work.session.flush()
    work.session.refresh(row)
    if row.state in RUNNING:
        row.decide_on = clocks.clock_of(work, row).decide_on
        work.session.flush()


def write_move(work: Work, row: Challenge, step: Step, number: int, reason: str = "") -> None:
    """Write down a move of the table that was made, and leave the letter that tells the group of it, if one does."""
    work.session.add(
        ChallengeMove(
            challenge_id=row.id,
            number=number,
            place=row.place,
            move=step.move,
            from_state=step.now,
            to_state=step.then,
            actor=work.actor.id,
            moved_at=work.now,
            base=step.base or _by_law(work, row.place),
            reason=reason,
        )
    )
    work.session.flush()
    if step.move in TELLS:
        work.errand(ERRAND, {"place": row.place, "challenge_id": str(row.id), "number": number})


def _by_law(work: Work, place: str) -> str:
    """Return the article on challenges, or the by-law as a whole if it has none any more."""
    rules = neighbourhoods.policy(work, place).rules
    return rules.challenges.article if rules.challenges else rules.by_law

# SPDX-License-Identifier: EUPL-1.2
"""Takes objections in, hears who objected, and decides about all of them at once."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from wijkbudget.challenges import rows
from wijkbudget.challenges.decisions.queries import latest
from wijkbudget.challenges.decisions.rules import Decided
from wijkbudget.challenges.models import Challenge
from wijkbudget.challenges.moving import bid_for, move_on
from wijkbudget.challenges.objections import access, queries, rules
from wijkbudget.challenges.objections.events import (
    HearingPlanned,
    HearingReported,
    ObjectionFiled,
    ObjectionsAdjourned,
    ObjectionsFollowed,
    ObjectionsNotFollowed,
    ObjectionWithdrawn,
)
from wijkbudget.challenges.objections.models import Objection, ObjectionCase
from wijkbudget.challenges.objections.rules import ObjectionOutcome
from wijkbudget.challenges.objections.schemas import (
    AdjournObjections,
    DecideObjections,
    EnterObjection,
    FileObjection,
    ObjectionsView,
    PlanHearing,
    ReportHearing,
)
from wijkbudget.challenges.rules.officials import demand_no_interest, demand_other_eyes
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.db.moving import move
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb


class _Judging(NamedTuple):
    """What a judge of objections looks at."""

    row: Challenge
    decided: Decided
    case: ObjectionCase
    waiting: list[Objection]


@verb(access.OBJECT)
def object_to(work: Work, place: str, challenge_id: UUID, command: FileObjection) -> ObjectionsView:
    """Object to the last decision about a bid. Source: Awb art. 6:4, 6:5, 6:7 and 7:1.

    Choice: nobody is refused for having no interest or for being late; that is noted, and decided with the rest.

    Raises ChallengeNotFound, WrongState, NotOpenToObjection, WhyLateMissing or ObjectedBefore.
    """
    row = bid_for(work, place, challenge_id, Move.OBJECT)
    decided = rules.demand_open(latest(work, row.id))
    found = queries.objections_to(work, row.id, decided.number)
    if any(each.objector == work.actor.id and each.outcome is None for each in found):
        raise rules.ObjectedBefore(_("You objected already. The municipality still has to answer."))
    _take_in(work, row, decided, command, work.today, objector=work.actor.id)
    return queries.objections(work, place, challenge_id)


@verb(access.JUDGE)
def enter_objection(work: Work, place: str, challenge_id: UUID, command: EnterObjection) -> ObjectionsView:
    """Enter an objection that came on paper, on the day on which it was received.

    Raises ChallengeNotFound, WrongState, OwnBid, CaseWorkerDecides, DecidedBefore, NotOpenToObjection, WhyLateMissing
    or BadReceivedDay.
    """
    row = bid_for(work, place, challenge_id, Move.OBJECT)
    decided = rules.demand_open(latest(work, row.id))
    _demand_fresh(work, row, decided)
    rules.demand_received(command.received_on, decided.decided_on, work.today)
    _take_in(work, row, decided, command, command.received_on, called=command.called)
    return queries.objections(work, place, challenge_id)


@verb(access.TAKE_BACK)
def withdraw_objection(work: Work, place: str, challenge_id: UUID, objection_id: UUID) -> ObjectionsView:
    """Take one's own objection back, until it is decided. Source: Awb art. 6:21.

    Raises ChallengeNotFound, ObjectionNotFound, NotYours, NoOpenObjection or ChangedMeanwhile.
    """
    row = rows.challenge_row(work, place, challenge_id)
    kept = work.session.get(Objection, objection_id)
    if kept is None or kept.challenge_id != row.id:
        raise rules.ObjectionNotFound(_("There is no such objection."))
    work.demand_own([kept.objector or ""])
    rules.demand_unanswered(answered=kept.outcome is not None)
    move(work.session, kept, ("outcome",), outcome=ObjectionOutcome.WITHDRAWN, decided_on=work.today)
    work.record(ObjectionWithdrawn(place=place, subject=str(row.id), objection_id=str(kept.id)))
    return queries.objections(work, place, challenge_id)


@verb(access.JUDGE)
def plan_hearing(work: Work, place: str, challenge_id: UUID, command: PlanHearing) -> ObjectionsView:
    """Invite everybody who objected, or move the hearing. Source: Awb art. 7:2 and 7:4.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, DecidedBefore, NoOpenObjection or BadHearingDay.
    """
    judging = _judging(work, place, challenge_id)
    rules.demand_hearing_day(command.hearing_on, work.today)
    move(
        work.session,
        judging.case,
        ("hearing_on", "report"),
        invited_on=work.today,
        hearing_on=command.hearing_on,
        hearing_where=command.hearing_where,
    )
    work.record(HearingPlanned(place=place, subject=str(challenge_id), hearing_on=command.hearing_on.isoformat()))
    return queries.objections(work, place, challenge_id)


@verb(access.JUDGE)
def report_hearing(work: Work, place: str, challenge_id: UUID, command: ReportHearing) -> ObjectionsView:
    """Write down what was said at the hearing, once. Source: Awb art. 7:7.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, DecidedBefore, NoOpenObjection, NotHeard or ChangedMeanwhile.
    """
    judging = _judging(work, place, challenge_id)
    rules.demand_held(judging.case.hearing_on, work.today, reported=judging.case.report is not None)
    move(work.session, judging.case, ("report",), report=command.report)
    work.record(HearingReported(place=place, subject=str(challenge_id)))
    return queries.objections(work, place, challenge_id)


@verb(access.JUDGE)
def adjourn_objections(work: Work, place: str, challenge_id: UUID, command: AdjournObjections) -> ObjectionsView:
    """Put the decision about objections off by six weeks, once. Source: Awb art. 7:10 lid 3.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, DecidedBefore, NoOpenObjection or PutOffBefore.
    """
    judging = _judging(work, place, challenge_id)
    last_on = queries.last_day(work, judging.row, judging.decided, judging.waiting)
    rules.demand_adjournable(last_on, work.today, adjourned=judging.case.adjourned_on is not None)
    move(work.session, judging.case, ("adjourned_on",), adjourned_on=work.today, why_adjourned=command.reason)
    work.record(ObjectionsAdjourned(place=place, subject=str(challenge_id)))
    return queries.objections(work, place, challenge_id)


@verb(access.JUDGE)
def uphold(work: Work, place: str, challenge_id: UUID, command: DecideObjections) -> ObjectionsView:
    """Stay with a decision: no objection to it is followed. Source: Awb art. 7:11 and 7:12.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, WrongState, DecidedBefore, NotHeard, BadOutcomes or
    NoOpenObjection.
    """
    count = _decide(work, place, challenge_id, command, Move.UPHOLD)
    work.record(ObjectionsNotFollowed(place=place, subject=str(challenge_id), count=count))
    return queries.objections(work, place, challenge_id)


@verb(access.JUDGE)
def revise(work: Work, place: str, challenge_id: UUID, command: DecideObjections) -> ObjectionsView:
    """Follow an objection, so that the municipality decides anew. Source: Awb art. 7:11 lid 2.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, WrongState, DecidedBefore, NotHeard, BadOutcomes or
    NoOpenObjection.
    """
    count = _decide(work, place, challenge_id, command, Move.REVISE)
    work.record(ObjectionsFollowed(place=place, subject=str(challenge_id), count=count))
    return queries.objections(work, place, challenge_id)


def _decide(work: Work, place: str, challenge_id: UUID, command: DecideObjections, by: Move) -> int:
    """Answer every open objection in one act, and return how many there were."""
    row = bid_for(work, place, challenge_id, by)
    judging = _judging(work, place, challenge_id, alone=row.state == State.OBJECTION)
    answers = {answer.objection_id: (answer.outcome, answer.bar) for answer in command.answers}
    if len(answers) < len(command.answers):
        answers = {}
    rules.demand_outcomes(answers, {each.id for each in judging.waiting}, followed=by is Move.REVISE)
    if judging.waiting:
        rules.demand_heard(reported=judging.case.report is not None, no_hearing=command.no_hearing)
    for each in judging.waiting:
        outcome, bar = answers[each.id]
        move(work.session, each, ("outcome",), outcome=outcome, bar=bar, decided_on=work.today)
    move_on(work, judging.row, by, command.reason)
    return len(judging.waiting)


def _judging(work: Work, place: str, challenge_id: UUID, *, alone: bool = False) -> _Judging:
    """Return the objections that whoever acts can judge; with `alone` also when all of them were taken back.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides, DecidedBefore or NoOpenObjection.
    """
    row = rows.challenge_row(work, place, challenge_id)
    decided = latest(work, row.id)
    case = queries.case_of(work, row.id, decided.number) if decided else None
    found = queries.objections_to(work, row.id, decided.number) if decided else []
    waiting = [each for each in found if each.outcome is None]
    if decided is None or case is None or not (waiting or alone):
        raise rules.NoOpenObjection(_("There is no objection that waits for an answer."))
    _demand_fresh(work, row, decided)
    demand_no_interest(work.actor.id, {each.objector for each in found if each.objector})
    return _Judging(row, decided, case, waiting)


def _demand_fresh(work: Work, row: Challenge, decided: Decided) -> None:
    """Do nothing if whoever acts has no part in a bid or the decision. Source: Awb art. 2:4, 7:5 and 10:3 lid 3."""
    demand_no_interest(work.actor.id, rows.interested_in(work, row))
    demand_other_eyes(work.actor.id, rows.handled_by(work, row))
    rules.demand_fresh_eyes(work.actor.id, decided)


def _take_in(  # noqa: PLR0913 - each says one thing of an objection
    work: Work,
    row: Challenge,
    decided: Decided,
    command: FileObjection,
    received_on: date,
    *,
    objector: str | None = None,
    called: str | None = None,
) -> None:
    """Write an objection down, and open a case for the first one to a decision."""
    late = rules.is_late(decided, received_on)
    rules.demand_why_late(command.why_late, late=late)
    number = move_on(work, row, Move.OBJECT)
    if queries.case_of(work, row.id, decided.number) is None:
        case = ObjectionCase(id=work.new_id(), challenge_id=row.id, number=decided.number, place=row.place)
        work.session.add(case)
    objection = Objection(
        id=work.new_id(),
        challenge_id=row.id,
        number=number,
        decision_number=decided.number,
        place=row.place,
        objector=objector,
        called=called,
        interest=command.interest,
        words=command.words,
        received_on=received_on,
        is_late=late,
        why_late=command.why_late,
    )
    work.session.add(objection)
    work.session.flush()
    work.record(
        ObjectionFiled(
            place=row.place,
            subject=str(row.id),
            objection_id=str(objection.id),
            decision_number=decided.number,
            is_late=late,
            on_paper=objector is None,
        )
    )

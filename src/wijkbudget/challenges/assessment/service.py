# SPDX-License-Identifier: EUPL-1.2
"""Looks into a bid: plans the talk, works it out, checks every ground, asks for advice, and hears the group first."""

from uuid import UUID

from wijkbudget.challenges import rows
from wijkbudget.challenges.advice import queries as advice
from wijkbudget.challenges.assessment import access, rules
from wijkbudget.challenges.assessment.events import (
    AdviceAsked,
    ChallengeMadeReady,
    ChallengeSentBack,
    ElaborationAgreed,
    GroundChecked,
    IntentionAnswered,
    MinutesWritten,
    RefusalIntended,
    TalkMoved,
    TalkPlanned,
)
from wijkbudget.challenges.assessment.models import (
    ChallengeTalk,
    GroundFinding,
    IntendedGround,
    IntendedRefusal,
    IntentionAnswer,
    TalkMinutes,
)
from wijkbudget.challenges.assessment.queries import assessment, kept
from wijkbudget.challenges.assessment.schemas import (
    AnswerIntention,
    AskAdvice,
    AssessmentView,
    CheckGround,
    Elaborate,
    IntendRefusal,
    MakeReady,
    PlanTalk,
    SendBack,
    WriteMinutes,
)
from wijkbudget.challenges.models import Challenge
from wijkbudget.challenges.moving import bid_for, move_on, stand_still
from wijkbudget.challenges.rules import group, officials, timing
from wijkbudget.challenges.rules.clock import PauseKind
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import ChallengesPolicy
from wijkbudget.trail.work import Work, verb


@verb(access.ASSESS)
def meet(work: Work, place: str, challenge_id: UUID, command: PlanTalk) -> AssessmentView:
    """Invite the group to a talk.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, NotArranged or TalkNotInTime.
    """
    row = bid_for(work, place, challenge_id, Move.MEET)
    _plan(work, row, command, 1)
    move_on(work, row, Move.MEET)
    work.record(TalkPlanned(place=place, subject=str(row.id), planned_on=command.planned_on.isoformat()))
    return assessment(work, place, challenge_id)


@verb(access.ASSESS)
def move_talk(work: Work, place: str, challenge_id: UUID, command: PlanTalk) -> AssessmentView:
    """Plan the talk on another day or at another place, before it was held.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, MinutesThere, NotArranged or TalkNotInTime.
    """
    row = _own_case(work, place, challenge_id)
    rules.demand_talking(State(row.state), has_minutes=kept.minutes_of(work, row) is not None)
    _plan(work, row, command, len(kept.talks_of(work, row)) + 1)
    work.record(TalkMoved(place=place, subject=str(row.id), planned_on=command.planned_on.isoformat()))
    return assessment(work, place, challenge_id)


@verb(access.ASSESS)
def write_minutes(work: Work, place: str, challenge_id: UUID, command: WriteMinutes) -> AssessmentView:
    """Write down what was said in the talk, once.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, MinutesThere or NotHeldThen.
    """
    row = _own_case(work, place, challenge_id)
    rules.demand_talking(State(row.state), has_minutes=kept.minutes_of(work, row) is not None)
    rules.demand_held(command.held_on, day_of(kept.talks_of(work, row)[0].planned_at), work.today)
    work.session.add(
        TalkMinutes(
            challenge_id=row.id,
            place=place,
            held_on=command.held_on,
            minutes=command.minutes,
            written_by=work.actor.id,
            written_at=work.now,
        )
    )
    work.session.flush()
    work.record(MinutesWritten(place=place, subject=str(row.id), held_on=command.held_on.isoformat()))
    return assessment(work, place, challenge_id)


@verb(access.GROUP)
def elaborate(work: Work, place: str, challenge_id: UUID, command: Elaborate) -> AssessmentView:
    """Agree in writing that the time to decide stands still while the group works its bid out.

    Raises ChallengeNotFound, NotYours, WrongState or BadLastDay.
    """
    row = bid_for(work, place, challenge_id, Move.ELABORATE)
    timing.demand_last_on(command.last_on, work.today)
    stand_still(work, row, Move.ELABORATE, PauseKind.ELABORATION, command.last_on)
    work.record(ElaborationAgreed(place=place, subject=str(row.id), last_on=command.last_on.isoformat()))
    return assessment(work, place, challenge_id)


@verb(access.ASSESS)
def check_ground(work: Work, place: str, challenge_id: UUID, command: CheckGround) -> AssessmentView:
    """Write down what was found about one ground; what was found before stays, and no longer counts.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState or WhyMissing.
    """
    row = _own_case(work, place, challenge_id)
    rules.demand_checkable(State(row.state))
    rules.demand_why(command.finding, command.reason)
    work.session.add(
        GroundFinding(
            challenge_id=row.id,
            number=len(kept.findings_of(work, row)) + 1,
            place=place,
            ground=command.ground,
            finding=command.finding,
            reason=command.reason,
            after_move=row.move_count,
            found_by=work.actor.id,
            found_at=work.now,
        )
    )
    work.session.flush()
    work.record(GroundChecked(place=place, subject=str(row.id), ground=command.ground))
    return assessment(work, place, challenge_id)


@verb(access.ASSESS)
def ask_advice(work: Work, place: str, challenge_id: UUID, command: AskAdvice) -> AssessmentView:
    """Ask others for advice, also instead of a no that was meant.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, MinutesMissing or NotAssessed.
    """
    row = bid_for(work, place, challenge_id, Move.ASK_ADVICE)
    rules.demand_minutes(has_minutes=kept.minutes_of(work, row) is not None)
    advice.demand_assessed(work, row)
    move_on(work, row, Move.ASK_ADVICE, command.reason)
    work.record(AdviceAsked(place=place, subject=str(row.id)))
    return assessment(work, place, challenge_id)


@verb(access.ASSESS)
def intend_refusal(work: Work, place: str, challenge_id: UUID, command: IntendRefusal) -> AssessmentView:
    """Tell the group that the municipality means to say no, and until when it can answer.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, NotArranged, MinutesMissing or GroundNotMet.
    """
    row = bid_for(work, place, challenge_id, Move.INTEND_REFUSAL)
    policy = _policy(work, place)
    rules.demand_minutes(has_minutes=kept.minutes_of(work, row) is not None)
    grounds = [ground for ground in Ground if ground in command.grounds]
    rules.demand_met(grounds, kept.found_now(work, row))
    until = rules.answer_until(policy, work.today)
    number = move_on(work, row, Move.INTEND_REFUSAL)
    work.session.add(
        IntendedRefusal(
            challenge_id=row.id,
            number=number,
            place=place,
            motivation=command.motivation,
            told_on=work.today,
            answer_until=until,
        )
    )
    work.session.flush()
    work.session.add_all(
        IntendedGround(challenge_id=row.id, number=number, ground=ground, place=place) for ground in grounds
    )
    work.session.flush()
    work.record(
        RefusalIntended(place=place, subject=str(row.id), answer_until=until.isoformat(), grounds=[*map(str, grounds)])
    )
    return assessment(work, place, challenge_id)


@verb(access.GROUP)
def answer_intention(work: Work, place: str, challenge_id: UUID, command: AnswerIntention) -> AssessmentView:
    """Answer for the group what the municipality means to say, once each time.

    Raises ChallengeNotFound, NotYours, WrongState or AnsweredBefore.
    """
    row = rows.challenge_row(work, place, challenge_id)
    work.demand_own(rows.group_of(work, row))
    told = kept.last_intention(work, row.id)
    rules.demand_unanswered(State(row.state), is_answered=told is not None and told.answer is not None)
    assert told is not None, "a bid comes in this state by an intention"
    work.session.add(
        IntentionAnswer(
            challenge_id=row.id,
            number=told.number,
            place=place,
            answer=command.answer,
            answered_by=work.actor.id,
            answered_at=work.now,
        )
    )
    work.session.flush()
    work.record(IntentionAnswered(place=place, subject=str(row.id)))
    return assessment(work, place, challenge_id)


@verb(access.ASSESS)
def make_ready(work: Work, place: str, challenge_id: UUID, command: MakeReady) -> AssessmentView:
    """Put a bid before who decides, when every ground was looked at and the council was heard.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState, GroundsOpen or CouncilNotHeard.
    """
    row = bid_for(work, place, challenge_id, Move.MAKE_READY)
    rules.demand_all_looked_at(kept.found_now(work, row))
    advice.demand_heard(work, row)
    move_on(work, row, Move.MAKE_READY, command.reason)
    work.record(ChallengeMadeReady(place=place, subject=str(row.id)))
    return assessment(work, place, challenge_id)


@verb(access.SEND_BACK)
def send_back(work: Work, place: str, challenge_id: UUID, command: SendBack) -> AssessmentView:
    """Ask the case worker to look again before anything is decided.

    Raises ChallengeNotFound, OwnBid, CaseWorkerDecides or WrongState.
    """
    row = bid_for(work, place, challenge_id, Move.SEND_BACK)
    move_on(work, row, Move.SEND_BACK, command.reason)
    work.record(ChallengeSentBack(place=place, subject=str(row.id)))
    return assessment(work, place, challenge_id)


def _own_case(work: Work, place: str, challenge_id: UUID) -> Challenge:
    """Return a bid of which whoever acts is the case worker. Raises ChallengeNotFound, OwnBid or NotYourCase."""
    row = rows.challenge_row(work, place, challenge_id)
    officials.demand_no_interest(work.actor.id, rows.interested_in(work, row))
    officials.demand_case_worker(work.actor.id, row.case_worker, Move.MAKE_READY)
    return row


def _policy(work: Work, place: str) -> ChallengesPolicy:
    """Return the rules for challenges. Raises NotArranged."""
    return group.demand_arranged(neighbourhoods.policy(work, place).rules.challenges)


def _plan(work: Work, row: Challenge, command: PlanTalk, number: int) -> None:
    """Keep when and where the talk is. Raises NotArranged or TalkNotInTime."""
    taken_on = kept.taken_on(rows.moves_of(work, row))
    rules.demand_in_time(_policy(work, row.place), command.planned_on, taken_on, work.today)
    work.session.add(
        ChallengeTalk(
            challenge_id=row.id,
            number=number,
            place=row.place,
            planned_on=command.planned_on,
            venue=command.venue,
            planned_by=work.actor.id,
            planned_at=work.now,
        )
    )
    work.session.flush()

# SPDX-License-Identifier: EUPL-1.2
"""Tells how the work goes, and lets it stand still for a while."""

from uuid import UUID

from wijkbudget.challenges import rows as bids
from wijkbudget.challenges.moving import bid_for, move_on
from wijkbudget.challenges.reviews import access
from wijkbudget.challenges.reviews.events import WorkReported, WorkResumed, WorkSuspended
from wijkbudget.challenges.reviews.models import ReportedResult, Suspension, WorkReport
from wijkbudget.challenges.reviews.queries import course, rows
from wijkbudget.challenges.reviews.rules import days, ends
from wijkbudget.challenges.reviews.schemas import CourseView, ReportWork, ResumeWork, SuspendWork
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.trail.work import Work, verb


@verb(access.REPORT)
def report(work: Work, place: str, challenge_id: UUID, command: ReportWork) -> CourseView:
    """Tell how far the results of the agreement are, once for each day that it names.

    Raises ChallengeNotFound, NotYours, WrongState, NoReportDay, ReportedBefore, ReportTooEarly or OtherResults.
    """
    row = bids.challenge_row(work, place, challenge_id)
    work.demand_own(bids.group_of(work, row))
    ends.demand_agreed(State(row.state))
    agreed = rows.agreed(work, row)
    there = {each.report_on for each in rows.reports(work, row.id)}
    days.demand_report_due(command.report_on, agreed.report_days, there, work.today)
    days.demand_all_results([result.number for result in command.results], agreed.result_numbers)
    kept = WorkReport(
        challenge_id=row.id,
        report_on=command.report_on,
        place=place,
        worked_minutes=command.worked_minutes,
        spent_cents=command.spent_cents,
        words=command.words,
        reporter=work.actor.id,
        reported_on=work.today,
    )
    work.session.add(kept)
    work.session.flush()
    work.session.add_all(
        ReportedResult(
            challenge_id=row.id,
            report_on=command.report_on,
            number=result.number,
            place=place,
            measured=result.measured,
            reached=result.reached,
            words=result.words,
        )
        for result in command.results
    )
    work.session.flush()
    work.record(
        WorkReported(
            place=place,
            subject=str(row.id),
            report_on=command.report_on.isoformat(),
            spent_cents=command.spent_cents,
        )
    )
    return course(work, place, challenge_id)


@verb(access.HANDLE)
def suspend(work: Work, place: str, challenge_id: UUID, command: SuspendWork) -> CourseView:
    """Let the work stand still until a day; the agreement ends when it would have ended.

    Raises ChallengeNotFound, OwnBid, NotYourCase, WrongState or WrongLastDay.
    """
    row = bid_for(work, place, challenge_id, Move.SUSPEND)
    days.demand_pause(command.until_on, rows.agreed(work, row).ends_on, work.today)
    number = move_on(work, row, Move.SUSPEND, command.reason)
    work.session.add(
        Suspension(challenge_id=row.id, number=number, place=place, suspended_on=work.today, until_on=command.until_on)
    )
    work.session.flush()
    work.record(WorkSuspended(place=place, subject=str(row.id), until_on=command.until_on.isoformat()))
    return course(work, place, challenge_id)


@verb(access.HANDLE)
def resume(work: Work, place: str, challenge_id: UUID, command: ResumeWork) -> CourseView:
    """Let work that stood still go on. Raises ChallengeNotFound, OwnBid, NotYourCase or WrongState."""
    row = bid_for(work, place, challenge_id, Move.RESUME)
    move_on(work, row, Move.RESUME, command.reason)
    work.record(WorkResumed(place=place, subject=str(row.id)))
    return course(work, place, challenge_id)

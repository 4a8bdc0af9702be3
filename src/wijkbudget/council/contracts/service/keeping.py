# SPDX-License-Identifier: EUPL-1.2
"""Keeps what became of a promise: its party says so, and another party answers; hours of a party the same way."""

from uuid import UUID

from wijkbudget.council.contracts import access, rules
from wijkbudget.council.contracts.events import (
    PromiseReported,
    PromiseTimeAnswered,
    PromiseTimeLogged,
    ReportAnswered,
)
from wijkbudget.council.contracts.models import Contract, ContractParty, ContractPromise, PromiseReport, PromiseTime
from wijkbudget.council.contracts.queries import rows, views
from wijkbudget.council.contracts.rules import (
    HELD,
    TELLABLE,
    Answer,
    ContractState,
    PartyKind,
    PartyNotFound,
    PromiseState,
)
from wijkbudget.council.contracts.schemas import AnswerHours, AnswerReport, LogHours, PromisePage, ReportPromise
from wijkbudget.db.moving import move
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb


@verb(access.ACT)
def report_promise(work: Work, place: str, promise_id: UUID, command: ReportPromise) -> PromisePage:
    """Say for its party what became of a promise; it holds once another party agrees.

    Raises PromiseNotFound, NotYours or WrongState.
    """
    row, contract = _of_own_party(work, place, promise_id)
    is_told = rows.unanswered(work, row.id) is not None
    if contract.state != ContractState.IN_FORCE or PromiseState(row.state) not in TELLABLE or is_told:
        raise WrongState(
            _("Nothing can be told of this now: it does not hold, it was kept, or it waits for an answer.")
        )
    work.session.add(
        PromiseReport(
            id=work.new_id(),
            promise_id=row.id,
            place=place,
            says=command.says,
            explanation=command.explanation,
            told_by=work.actor.id,
            told_at=work.now,
        )
    )
    work.session.flush()
    work.record(PromiseReported(place=place, subject=str(row.contract_id), promise_id=str(row.id), says=command.says))
    return views.promise(work, place, row.id)


@verb(access.ACT)
def answer_report(work: Work, place: str, promise_id: UUID, command: AnswerReport) -> PromisePage:
    """Say for another party whether what was told is so; if it agrees, that is what became of the promise.

    Raises PromiseNotFound, PartyNotFound, NotYours, ReasonMissing, WrongState, AnotherParty or ChangedMeanwhile.
    """
    row = rows.promise_row(work, place, promise_id)
    party = _answering(work, row, command.party_id)
    rules.demand_reason(command.answer, command.reason)
    report = rows.unanswered(work, row.id)
    if report is None or rows.contract_row(work, place, row.contract_id).state != ContractState.IN_FORCE:
        raise WrongState(_("Nothing waits for an answer here."))
    _demand_other(work, row, party, report.told_by)
    answered = {"answered_by": work.actor.id, "answered_on": work.today, "answering_party_id": party.id}
    reason = command.reason if command.answer is Answer.DIFFERS else None
    move(work.session, report, ("answer",), answer=command.answer, answer_reason=reason, **answered)
    work.session.refresh(report)
    if command.answer is Answer.AGREES:
        move(work.session, row, ("state",), state=PromiseState(report.says))
        work.session.refresh(row)
    work.record(
        ReportAnswered(
            place=place,
            subject=str(row.contract_id),
            promise_id=str(row.id),
            says=report.says,
            answer=command.answer,
        )
    )
    return views.promise(work, place, row.id)


@verb(access.ACT)
def log_hours(work: Work, place: str, promise_id: UUID, command: LogHours) -> PromisePage:
    """Log hours that a party gave for its promise; they are time of an organisation, and nobody's voice.

    Raises PromiseNotFound, NotYours, WrongState, WrongDay or HoursOrMoney.
    """
    row, contract = _of_own_party(work, place, promise_id)
    holds = contract.state == ContractState.IN_FORCE and PromiseState(row.state) in HELD
    if not holds or row.promised_minutes is None:
        raise WrongState(_("No hours can be logged for this promise: it is not about hours, or does not hold now."))
    rules.demand_in_year("given_on", command.given_on, contract.year)
    rules.demand_passed("given_on", command.given_on, work.today)
    rules.demand_quarters("given_minutes", command.given_minutes)
    work.session.add(
        PromiseTime(
            id=work.new_id(),
            promise_id=row.id,
            place=place,
            given_on=command.given_on,
            given_minutes=command.given_minutes,
            logged_by=work.actor.id,
        )
    )
    work.session.flush()
    facts = {"place": place, "subject": str(row.contract_id), "promise_id": str(row.id)}
    work.record(PromiseTimeLogged(**facts, amount_minutes=command.given_minutes))
    return views.promise(work, place, row.id)


@verb(access.ACT)
def answer_hours(work: Work, place: str, hours_id: UUID, command: AnswerHours) -> PromisePage:
    """Say for another party whether hours were given.

    Raises HoursNotFound, PartyNotFound, NotYours, WrongState, AnotherParty or ChangedMeanwhile.
    """
    hours = rows.hours_row(work, place, hours_id)
    row = rows.promise_row(work, place, hours.promise_id)
    party = _answering(work, row, command.party_id)
    if hours.answer is not None or rows.contract_row(work, place, row.contract_id).state != ContractState.IN_FORCE:
        raise WrongState(_("Nothing waits for an answer here."))
    _demand_other(work, row, party, hours.logged_by)
    said = {"answer": command.answer, "answered_by": work.actor.id, "answering_party_id": party.id}
    move(work.session, hours, ("answer",), **said)
    work.session.refresh(hours)
    work.record(
        PromiseTimeAnswered(
            place=place,
            subject=str(row.contract_id),
            promise_id=str(row.id),
            amount_minutes=hours.given_minutes,
            answer=command.answer,
        )
    )
    return views.promise(work, place, row.id)


def _of_own_party(work: Work, place: str, promise_id: UUID) -> tuple[ContractPromise, Contract]:
    """Return a promise of a party that whoever asks acts for, with its contract. Raises PromiseNotFound or NotYours."""
    row = rows.promise_row(work, place, promise_id)
    rows.demand_acting(work, work.session.get_one(ContractParty, row.party_id))
    return row, rows.contract_row(work, place, row.contract_id)


def _answering(work: Work, promise: ContractPromise, party_id: UUID) -> ContractParty:
    """Return the party of the same contract that whoever asks answers for. Raises PartyNotFound or NotYours."""
    party = rows.party_row(work, promise.place, party_id)
    if party.contract_id != promise.contract_id:
        raise PartyNotFound(_("There is no such party in this contract."))
    rows.demand_acting(work, party)
    return party


def _demand_other(work: Work, promise: ContractPromise, party: ContractParty, told_by: str) -> None:
    """Do nothing if whoever answers has no part in the promise. Raises AnotherParty."""
    own = work.session.get_one(ContractParty, promise.party_id)
    rules.demand_other_party(
        acts_for_it=rows.acts_for(work, own),
        told_it=work.actor.id == told_by,
        is_here=party.kind != PartyKind.OUTSIDE,
    )

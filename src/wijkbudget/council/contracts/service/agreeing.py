# SPDX-License-Identifier: EUPL-1.2
"""Lets parties agree to a text, which holds once all of them did, and opens and withdraws changes of it."""

from uuid import UUID

from sqlmodel import col, update

from wijkbudget.council.contracts import access, rules
from wijkbudget.council.contracts.events import ChangeOpened, ChangeWithdrawn, ContractAgreed, PartyAgreed
from wijkbudget.council.contracts.models import Contract, ContractConsent, ContractPromise, ContractVersion
from wijkbudget.council.contracts.queries import rows, views
from wijkbudget.council.contracts.rules import ContractState, PromiseState, VersionState
from wijkbudget.council.contracts.schemas import AgreeToContract, ContractView, OpenChange
from wijkbudget.council.contracts.service.writing import new_version
from wijkbudget.db.moving import move
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb


@verb(access.ACT)
def agree(work: Work, place: str, party_id: UUID, command: AgreeToContract) -> ContractView:
    """Agree for a party to the text as it was read; the last party to agree makes it hold.

    Raises PartyNotFound, NotYours, NothingOpen, TooLittle, OtherEdition or AgreedBefore.
    """
    party = rows.party_row(work, place, party_id)
    rows.demand_acting(work, party)
    row = rows.contract_row(work, place, party.contract_id)
    version = rows.open_version(work, row.id)
    party_count, promise_count = views.version_facts(work, row.id)
    rules.demand_agreeable(party_count, promise_count)
    if command.edition != version.edition:
        raise rules.OtherEdition(_("The text changed since you read it. Read it again, and agree to it then."))
    if party.id in rows.consenting(work, version):
        raise rules.AgreedBefore(_("This party agreed to this text already."))
    consent = ContractConsent(
        version_id=version.id,
        party_id=party.id,
        edition=version.edition,
        place=place,
        agreed_by=work.actor.id,
        agreed_on=work.today,
    )
    work.session.add(consent)
    work.session.flush()
    facts = {"place": place, "subject": str(row.id)}
    work.record(PartyAgreed(**facts, number=version.number, edition=version.edition, party_id=str(party.id)))
    if len(rows.consenting(work, version)) == party_count:
        _let_hold(work, row, version)
        work.record(ContractAgreed(**facts, number=version.number, promise_count=promise_count))
    return views.contract(work, place, row.id)


@verb(access.WRITE)
def open_change(work: Work, place: str, contract_id: UUID, command: OpenChange) -> ContractView:
    """Begin a change of a contract in force; it goes on as it is until every party agreed.

    Raises ContractNotFound or WrongState.
    """
    row = rows.contract_row(work, place, contract_id)
    newest = rows.versions(work, row.id)[0]
    if row.state != ContractState.IN_FORCE or newest.state == VersionState.OPEN:
        raise WrongState(_("Only a contract that holds can be changed, by one change at a time."))
    version = new_version(work, row, newest.number + 1, command.why)
    work.record(ChangeOpened(place=place, subject=str(row.id), number=version.number))
    return views.contract(work, place, row.id)


@verb(access.WRITE)
def withdraw_change(work: Work, place: str, contract_id: UUID) -> ContractView:
    """Leave the contract as it was: what the open change brought or dropped is undone.

    Raises ContractNotFound, NothingOpen or WrongState.
    """
    row = rows.contract_row(work, place, contract_id)
    version = rows.open_version(work, row.id)
    if row.state != ContractState.IN_FORCE:
        raise WrongState(_("The first text of a contract is not withdrawn. Change it until every party agrees."))
    _end(work, version, VersionState.WITHDRAWN)
    _move_promises(work, version, PromiseState.WRITTEN, state=PromiseState.TAKEN_OUT)
    _keep_dropped(work, version)
    work.record(ChangeWithdrawn(place=place, subject=str(row.id), number=version.number))
    return views.contract(work, place, row.id)


def _let_hold(work: Work, row: Contract, version: ContractVersion) -> None:
    """Let the contract be as a version says, from now on."""
    _end(work, version, VersionState.AGREED)
    _move_promises(work, version, PromiseState.WRITTEN, state=PromiseState.PROMISED)
    dropped = update(ContractPromise).where(
        col(ContractPromise.dropped_by) == version.id, col(ContractPromise.state) == PromiseState.PROMISED
    )
    work.session.exec(dropped.values(state=PromiseState.DROPPED))
    _keep_dropped(work, version)
    if row.state == ContractState.DRAFTED:
        move(work.session, row, ("state",), state=ContractState.IN_FORCE)
    work.session.expire_all()


def _end(work: Work, version: ContractVersion, state: VersionState) -> None:
    move(work.session, version, ("state", "edition"), state=state, ended_on=work.today)
    work.session.refresh(version)


def _move_promises(work: Work, version: ContractVersion, was: PromiseState, *, state: PromiseState) -> None:
    """Move the promises that a version brought."""
    brought = update(ContractPromise).where(
        col(ContractPromise.version_id) == version.id, col(ContractPromise.state) == was
    )
    work.session.exec(brought.values(state=state))


def _keep_dropped(work: Work, version: ContractVersion) -> None:
    """Let promises go on that a version would have dropped and did not: it was withdrawn, or they were told first."""
    going_on = update(ContractPromise).where(
        col(ContractPromise.dropped_by) == version.id,
        col(ContractPromise.state).not_in((PromiseState.DROPPED, PromiseState.TAKEN_OUT)),
    )
    work.session.exec(going_on.values(dropped_by=None, drop_reason=None))
    work.session.expire_all()

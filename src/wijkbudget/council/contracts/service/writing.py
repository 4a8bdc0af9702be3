# SPDX-License-Identifier: EUPL-1.2
"""Writes the text of a contract: who takes part and what each promises; nothing holds before every party agreed."""

from uuid import UUID

from wijkbudget.council.contracts import access, rules
from wijkbudget.council.contracts.events import ContractDrafted, ContractWritten
from wijkbudget.council.contracts.models import Contract, ContractParty, ContractPromise, ContractVersion
from wijkbudget.council.contracts.queries import rows, views
from wijkbudget.council.contracts.rules import (
    ContractState,
    Counted,
    PartyKind,
    PartyNotFound,
    PartyThere,
    PromiseState,
    VersionState,
)
from wijkbudget.council.contracts.schemas import (
    AddParty,
    AddPromise,
    ContractView,
    DraftContract,
    DropPromise,
)
from wijkbudget.db.moving import move
from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb


@verb(access.WRITE)
def draft_contract(work: Work, place: str, command: DraftContract) -> ContractView:
    """Begin the contract of a year, with the council and the municipality as its first parties.

    Raises NeighbourhoodNotFound, WrongYear, WrongDay or ContractThere.
    """
    neighbourhoods.neighbourhood(work, place)
    rules.demand_year(command.year, work.today)
    rules.demand_in_year("review_on", command.review_on, command.year)
    if rows.contract_of_year(work, place, command.year) is not None:
        raise rules.ContractThere(_("There is a contract for this year already."))
    row = Contract(
        id=work.new_id(), place=place, year=command.year, state=ContractState.DRAFTED, review_on=command.review_on
    )
    work.session.add(row)
    work.session.flush()
    version = new_version(work, row, number=1, why="")
    for kind, name in ((PartyKind.COUNCIL, _council(work, place)), (PartyKind.MUNICIPALITY, _municipality(work))):
        _add_party(work, version, kind, name)
    work.record(ContractDrafted(place=place, subject=str(row.id), year=row.year))
    return views.contract(work, place, row.id)


@verb(access.WRITE)
def add_party(work: Work, place: str, contract_id: UUID, command: AddParty) -> ContractView:
    """Let a party take part in the text that is open.

    Raises ContractNotFound, NothingOpen, PartyUnnamed, OrganisationNotFound or PartyThere.
    """
    version = rows.open_version(work, rows.contract_row(work, place, contract_id).id)
    rules.demand_named(has_organisation=command.organisation_id is not None, has_name=command.name is not None)
    name, kind = command.name or "", PartyKind.OUTSIDE
    if command.organisation_id:
        name, kind = identity.organisation(work, place, command.organisation_id).name, PartyKind.ORGANISATION
    if name.casefold() in {party.name.casefold() for party in rows.parties(work, contract_id)}:
        raise PartyThere(_("This party takes part already."))
    party = _add_party(work, version, kind, name, command.organisation_id)
    return _written(work, version, party.id)


@verb(access.WRITE)
def add_promise(work: Work, place: str, contract_id: UUID, command: AddPromise) -> ContractView:
    """Write down in the text that is open what a party will do.

    Raises ContractNotFound, NothingOpen, PartyNotFound, WrongDay or HoursOrMoney.
    """
    row = rows.contract_row(work, place, contract_id)
    version = rows.open_version(work, row.id)
    party = rows.party_row(work, place, command.party_id)
    if party.contract_id != row.id:
        raise PartyNotFound(_("There is no such party in this contract."))
    rules.demand_in_year("due_on", command.due_on, row.year)
    rules.demand_measure(command.promised_minutes, command.promised_cents)
    promise = ContractPromise(
        id=work.new_id(),
        contract_id=row.id,
        version_id=version.id,
        party_id=party.id,
        place=place,
        what=command.what,
        promised_minutes=command.promised_minutes,
        promised_cents=command.promised_cents,
        followed_at=command.followed_at,
        due_on=command.due_on,
        state=PromiseState.WRITTEN,
    )
    work.session.add(promise)
    work.session.flush()
    return _written(work, version, promise.id)


@verb(access.WRITE)
def drop_promise(work: Work, place: str, promise_id: UUID, command: DropPromise) -> ContractView:
    """Take a promise out of the text that is open, or let that drop it once every party agrees.

    Raises PromiseNotFound, NothingOpen, TooLateToDrop or ChangedMeanwhile.
    """
    row = rows.promise_row(work, place, promise_id)
    version = rows.open_version(work, row.contract_id)
    rules.demand_leaving(Counted(PromiseState(row.state), row.due_on), work.today)
    going = {"dropped_by": version.id, "drop_reason": command.reason}
    if row.state == PromiseState.WRITTEN:
        going["state"] = PromiseState.TAKEN_OUT
    move(work.session, row, ("state", "dropped_by"), **going)
    work.session.refresh(row)
    return _written(work, version, row.id)


def new_version(work: Work, row: Contract, number: int, why: str) -> ContractVersion:
    """Open a text of a contract, in which parties and promises can be written."""
    version = ContractVersion(
        id=work.new_id(),
        contract_id=row.id,
        place=row.place,
        number=number,
        edition=1,
        why=why,
        state=VersionState.OPEN,
        opened_on=work.today,
    )
    work.session.add(version)
    work.session.flush()
    return version


def _add_party(
    work: Work, version: ContractVersion, kind: PartyKind, name: str, organisation_id: UUID | None = None
) -> ContractParty:
    party = ContractParty(
        id=work.new_id(),
        contract_id=version.contract_id,
        version_id=version.id,
        place=version.place,
        kind=kind,
        name=name,
        organisation_id=organisation_id,
    )
    work.session.add(party)
    work.session.flush()
    return party


def _written(work: Work, version: ContractVersion, about: UUID) -> ContractView:
    """Let every party agree anew to a text that changed, and return the contract."""
    move(work.session, version, ("edition", "state"), edition=version.edition + 1)
    work.session.refresh(version)
    work.record(
        ContractWritten(
            place=version.place,
            subject=str(version.contract_id),
            number=version.number,
            edition=version.edition,
            about=str(about),
        )
    )
    return views.contract(work, version.place, version.contract_id)


def _council(work: Work, place: str) -> str:
    return f"Wijkraad {neighbourhoods.neighbourhood(work, place).name}"


def _municipality(work: Work) -> str:
    return f"Gemeente {neighbourhoods.municipality(work).name}"

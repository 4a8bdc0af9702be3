# SPDX-License-Identifier: EUPL-1.2
"""Finds the rows that questions and verbs about the contract begin with, always within one neighbourhood."""

from uuid import UUID

from sqlmodel import col, select

from wijkbudget.council.contracts.models import (
    Contract,
    ContractConsent,
    ContractParty,
    ContractPromise,
    ContractVersion,
    PromiseReport,
    PromiseTime,
)
from wijkbudget.council.contracts.rules import (
    ContractNotFound,
    ContractState,
    HoursNotFound,
    NothingOpen,
    PartyKind,
    PartyNotFound,
    PromiseNotFound,
    VersionState,
)
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Role
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look

_SPOKESMAN = {
    PartyKind.COUNCIL: Role.CHAIR,
    PartyKind.MUNICIPALITY: Role.OFFICIAL,
    PartyKind.OUTSIDE: Role.OFFICIAL,
}


def contract_row(look: Look, place: str, contract_id: UUID) -> Contract:
    """Return a contract of this neighbourhood. Raises ContractNotFound."""
    row = look.session.get(Contract, contract_id)
    if row is None or row.place != place:
        raise ContractNotFound(_("There is no such contract in this neighbourhood."))
    return row


def contract_of_year(look: Look, place: str, year: int) -> Contract | None:
    """Return the contract of a year, if there is one."""
    return look.session.exec(select(Contract).where(col(Contract.place) == place, col(Contract.year) == year)).first()


def has_agreed_contract(look: Look, place: str, year: int) -> bool:
    """Return whether every party agreed to a contract for this year; for the domains above."""
    row = contract_of_year(look, place, year)
    return row is not None and row.state != ContractState.DRAFTED


def party_row(look: Look, place: str, party_id: UUID) -> ContractParty:
    """Return a party of a contract here that takes part, or would by an open change. Raises PartyNotFound."""
    row = look.session.get(ContractParty, party_id)
    if row is None or row.place != place or _is_withdrawn(look, row.version_id):
        raise PartyNotFound(_("There is no such party in this contract."))
    return row


def promise_row(look: Look, place: str, promise_id: UUID) -> ContractPromise:
    """Return a promise of a contract here. Raises PromiseNotFound."""
    row = look.session.get(ContractPromise, promise_id)
    if row is None or row.place != place:
        raise PromiseNotFound(_("There is no such promise in this neighbourhood."))
    return row


def hours_row(look: Look, place: str, hours_id: UUID) -> PromiseTime:
    """Return hours that were logged for a promise here. Raises HoursNotFound."""
    row = look.session.get(PromiseTime, hours_id)
    if row is None or row.place != place:
        raise HoursNotFound(_("There are no such hours in this neighbourhood."))
    return row


def versions(look: Look, contract_id: UUID) -> list[ContractVersion]:
    """Return the versions of a contract, the newest first."""
    rows = select(ContractVersion).where(col(ContractVersion.contract_id) == contract_id)
    return list(look.session.exec(rows.order_by(col(ContractVersion.number).desc())).all())


def open_version(look: Look, contract_id: UUID) -> ContractVersion:
    """Return the text that is being written. Raises NothingOpen."""
    rows = select(ContractVersion).where(
        col(ContractVersion.contract_id) == contract_id, col(ContractVersion.state) == VersionState.OPEN
    )
    row = look.session.exec(rows).first()
    if row is None:
        raise NothingOpen(_("No text is open now. Begin a change of the contract first."))
    return row


def parties(look: Look, contract_id: UUID) -> list[ContractParty]:
    """Return who takes part in a contract, or would by its open change, by name."""
    rows = (
        select(ContractParty)
        .join(ContractVersion, col(ContractVersion.id) == col(ContractParty.version_id))
        .where(col(ContractParty.contract_id) == contract_id, col(ContractVersion.state) != VersionState.WITHDRAWN)
    )
    return list(look.session.exec(rows.order_by(col(ContractParty.name), col(ContractParty.id))).all())


def promises(look: Look, contract_id: UUID) -> list[ContractPromise]:
    """Return the promises of a contract, the first to keep first."""
    rows = select(ContractPromise).where(col(ContractPromise.contract_id) == contract_id)
    return list(look.session.exec(rows.order_by(col(ContractPromise.due_on), col(ContractPromise.id))).all())


def consenting(look: Look, version: ContractVersion) -> set[UUID]:
    """Return which parties agreed to a version as it stands."""
    rows = select(ContractConsent.party_id).where(
        col(ContractConsent.version_id) == version.id, col(ContractConsent.edition) == version.edition
    )
    return set(look.session.exec(rows).all())


def unanswered(look: Look, promise_id: UUID) -> PromiseReport | None:
    """Return what a party said of its promise and nobody answered yet."""
    rows = select(PromiseReport).where(col(PromiseReport.promise_id) == promise_id, col(PromiseReport.answer).is_(None))
    return look.session.exec(rows).first()


def acts_for(look: Look, party: ContractParty) -> bool:
    """Return whether whoever asks may act for a party; a role that waits for its second step does not."""
    role = _SPOKESMAN.get(PartyKind(party.kind))
    if role is not None:
        return role in look.roles
    assert party.organisation_id is not None
    return look.actor.id in identity.organisation(look, party.place, party.organisation_id).members


def demand_acting(look: Look, party: ContractParty) -> None:
    """Do nothing if whoever asks may act for a party. Raises NotYours."""
    look.demand_own({look.actor.id} if acts_for(look, party) else set())


def _is_withdrawn(look: Look, version_id: UUID) -> bool:
    return look.session.get_one(ContractVersion, version_id).state == VersionState.WITHDRAWN

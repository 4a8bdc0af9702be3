# SPDX-License-Identifier: EUPL-1.2
"""Proves contracts: every party agreed to what holds, and another party to what became of each promise."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.council.contracts.models import (
    Contract,
    ContractParty,
    ContractPromise,
    ContractVersion,
    PromiseReport,
    PromiseTime,
)
from wijkbudget.council.contracts.queries import rows
from wijkbudget.council.contracts.rules import Answer, ContractState, PromiseState, Says, VersionState
from wijkbudget.kit.faults import Fault
from wijkbudget.trail.work import Look

_SETTLED = frozenset(PromiseState(each) for each in Says)


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for each contract that holds without every party, and each promise that one party settled."""
    versions = look.session.exec(select(ContractVersion).order_by(col(ContractVersion.id))).all()
    parties = look.session.exec(select(ContractParty)).all()
    yield from _check_versions(look, versions, parties)
    first_agreed = {row.contract_id for row in versions if row.number == 1 and row.state == VersionState.AGREED}
    for contract in look.session.exec(select(Contract).order_by(col(Contract.id))).all():
        if (contract.id in first_agreed) == (contract.state == ContractState.DRAFTED):
            yield Fault("a contract holds by agreement", f"contract {contract.id}", f"is {contract.state}")
    yield from _check_promises(look, {party.id: party for party in parties})


def _check_versions(
    look: Look, versions: Sequence[ContractVersion], parties: Sequence[ContractParty]
) -> Iterator[Fault]:
    """Yield a fault for each version that holds though a party of its time did not agree to it."""
    numbers = {row.id: row.number for row in versions}
    withdrawn = {row.id for row in versions if row.state == VersionState.WITHDRAWN}
    for row in versions:
        if row.state != VersionState.AGREED:
            continue
        then = {
            party.id
            for party in parties
            if party.contract_id == row.contract_id
            and party.version_id not in withdrawn
            and numbers[party.version_id] <= row.number
        }
        if rows.consenting(look, row) != then:
            shows = "holds, and not just every party of its time agreed"
            yield Fault("a contract holds by agreement", f"version {row.number} of {row.contract_id}", shows)


def _check_promises(look: Look, parties: dict[UUID, ContractParty]) -> Iterator[Fault]:
    """Yield a fault for each promise that is settled otherwise than two parties say."""
    agreed: dict[UUID, str] = {}
    owners = dict(look.session.exec(select(ContractPromise.id, ContractPromise.party_id)).all())
    for told in look.session.exec(select(PromiseReport).order_by(col(PromiseReport.told_at))).all():
        if told.answer == Answer.AGREES:
            agreed[told.promise_id] = told.says
        yield from _check_answer(told, owners[told.promise_id], parties)
    for given in look.session.exec(select(PromiseTime).order_by(col(PromiseTime.id))).all():
        yield from _check_answer(given, owners[given.promise_id], parties)
    for row in look.session.exec(select(ContractPromise).order_by(col(ContractPromise.id))).all():
        settled = row.state if PromiseState(row.state) in _SETTLED else None
        if settled != agreed.get(row.id):
            shows = f"is {row.state}, the parties say {agreed.get(row.id)}"
            yield Fault("two parties settle a promise", f"promise {row.id}", shows)


def _check_answer(
    said: PromiseReport | PromiseTime, owner: UUID, parties: dict[UUID, ContractParty]
) -> Iterator[Fault]:
    """Yield a fault if a party answered what it said itself, or one of another contract did."""
    if said.answering_party_id is None:
        return
    answering = parties[said.answering_party_id]
    if answering.id == owner or answering.contract_id != parties[owner].contract_id:
        yield Fault("two parties settle a promise", f"promise {said.promise_id}", "was answered by no other party")

# SPDX-License-Identifier: EUPL-1.2
"""Shows contracts to everybody: what parties promise, what became of it, and what waits for whom."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.council.contracts import access
from wijkbudget.council.contracts.models import (
    Contract,
    ContractParty,
    ContractPromise,
    ContractVersion,
    PromiseTime,
)
from wijkbudget.council.contracts.queries import rows, said
from wijkbudget.council.contracts.rules import (
    HELD,
    TELLABLE,
    ContractState,
    Counted,
    PartyKind,
    PromiseState,
    VersionState,
    is_due,
    kept_of,
    may_leave,
)
from wijkbudget.council.contracts.schemas import (
    ContractCard,
    ContractsView,
    ContractView,
    CountView,
    PartyView,
    PromisePage,
    PromiseView,
    VersionView,
    WaitView,
)
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question

_SHOWN = HELD | {PromiseState.WRITTEN}


@question(access.READ)
def contracts(look: Look, place: str) -> ContractsView:
    """Return the contracts of a neighbourhood, the newest first. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    found = look.session.exec(
        select(Contract).where(col(Contract.place) == place).order_by(col(Contract.year).desc())
    ).all()
    coming = {look.today.year, look.today.year + 1} - {row.year for row in found}
    return ContractsView(
        contracts=[
            ContractCard(
                id=row.id,
                year=row.year,
                state=ContractState(row.state),
                count=_count(look, row, rows.promises(look, row.id)),
            )
            for row in found
        ],
        years_to_draft=sorted(coming) if access.WRITE.allows(look.roles) else [],
    )


@question(access.READ)
def contract(look: Look, place: str, contract_id: UUID) -> ContractView:
    """Return a contract with its parties, promises and versions. Raises ContractNotFound."""
    row = rows.contract_row(look, place, contract_id)
    versions, promises = rows.versions(look, row.id), rows.promises(look, row.id)
    open_ = next((version for version in versions if version.state == VersionState.OPEN), None)
    parties = _parties(look, row, promises, open_)
    views = _promises(look, row, promises)
    writes = access.WRITE.allows(look.roles)
    is_in_force = row.state == ContractState.IN_FORCE
    return ContractView(
        id=row.id,
        year=row.year,
        state=ContractState(row.state),
        review_on=row.review_on,
        closed_on=row.closed_on,
        count=_count(look, row, promises),
        parties=parties,
        promises=sorted((view for view in views if view.state in _SHOWN), key=lambda view: (view.party, view.due_on)),
        dropped=[view for view in views if view.state is PromiseState.DROPPED],
        versions=[_version_view(version) for version in versions],
        reviews=said.reviews(look, row.id),
        waiting=list(_waiting(look, row, parties, views)),
        may_write=writes and open_ is not None,
        may_open=writes and is_in_force and open_ is None,
        may_withdraw=writes and is_in_force and open_ is not None,
        may_review=writes and is_in_force,
    )


@question(access.READ)
def promise(look: Look, place: str, promise_id: UUID) -> PromisePage:
    """Return one promise with all that was said about it. Raises PromiseNotFound."""
    row = rows.promise_row(look, place, promise_id)
    of = rows.contract_row(look, place, row.contract_id)
    reports, hours = said.reports(look, [row.id])[row.id], said.hours(look, row.id)
    parties = _parties(look, of, rows.promises(look, of.id), None)
    (view,) = _promises(look, of, [row])
    is_mine = any(party.is_mine for party in parties if party.id == row.party_id)
    is_in_force = of.state == ContractState.IN_FORCE
    is_waiting = any(report.answer is None for report in reports)
    is_open = any(version.state == VersionState.OPEN for version in rows.versions(look, of.id))
    counted = Counted(view.state, view.due_on)
    return PromisePage(
        promise=view,
        reports=reports,
        hours=hours,
        may_report=is_mine and is_in_force and view.state in TELLABLE and not is_waiting,
        may_log=is_mine and is_in_force and view.state in HELD and row.promised_minutes is not None,
        may_drop=access.WRITE.allows(look.roles)
        and is_open
        and row.dropped_by is None
        and may_leave(counted, look.today),
        answering=[] if is_mine else [each for each in parties if each.is_mine and each.kind is not PartyKind.OUTSIDE],
    )


def version_facts(look: Look, contract_id: UUID) -> tuple[int, int]:
    """Return how many parties and how many promises an open text would have when it is agreed."""
    standing = [
        row for row in rows.promises(look, contract_id) if PromiseState(row.state) in _SHOWN and row.dropped_by is None
    ]
    return len(rows.parties(look, contract_id)), len(standing)


def count_of(look: Look, row: Contract) -> CountView:
    """Return how many promises of a contract had to be kept, and what became of them."""
    return _count(look, row, rows.promises(look, row.id))


def _count(look: Look, row: Contract, promises: Iterable[ContractPromise]) -> CountView:
    counted = [Counted(PromiseState(each.state), each.due_on) for each in promises]
    kept = kept_of(counted, look.today, is_closed=row.state == ContractState.CLOSED)
    return CountView(
        promise_count=sum(each.state in HELD for each in counted),
        due_count=kept.due_count,
        kept_count=kept.kept_count,
        partly_kept_count=kept.partly_kept_count,
        not_kept_count=kept.not_kept_count,
        silent_count=kept.silent_count,
        kept_percent=kept.kept_percent,
    )


def _parties(
    look: Look, row: Contract, promises: Sequence[ContractPromise], open_: ContractVersion | None
) -> list[PartyView]:
    """Return the parties of a contract, each with what became of its promises."""
    agreed = rows.consenting(look, open_) if open_ else set[UUID]()
    return [
        PartyView(
            id=party.id,
            kind=PartyKind(party.kind),
            name=party.name,
            count=_count(look, row, [each for each in promises if each.party_id == party.id]),
            has_agreed=party.id in agreed if open_ else None,
            is_mine=rows.acts_for(look, party),
        )
        for party in rows.parties(look, row.id)
    ]


def _promises(look: Look, row: Contract, found: Sequence[ContractPromise]) -> list[PromiseView]:
    """Return promises as everybody sees them, in a few reads for all of them."""
    names = _names(look, row.id)
    reports, given = said.reports(look, [each.id for each in found]), said.given(look, row.id)
    is_closed = row.state == ContractState.CLOSED
    return [
        PromiseView(
            id=each.id,
            contract_id=row.id,
            year=row.year,
            party_id=each.party_id,
            party=names[each.party_id],
            what=each.what,
            promised_minutes=each.promised_minutes,
            given_minutes=given.get(each.id, 0),
            promised_cents=each.promised_cents,
            followed_at=each.followed_at,
            due_on=each.due_on,
            is_due=is_due(Counted(PromiseState(each.state), each.due_on), look.today, is_closed=is_closed),
            state=PromiseState(each.state),
            is_dropping=each.dropped_by is not None and each.state != PromiseState.DROPPED,
            drop_reason=each.drop_reason,
            report=next(iter(reports[each.id]), None),
        )
        for each in found
    ]


def _names(look: Look, contract_id: UUID) -> dict[UUID, str]:
    """Return the names of all who ever were a party of a contract."""
    found = select(ContractParty.id, ContractParty.name).where(col(ContractParty.contract_id) == contract_id)
    return dict(look.session.exec(found).all())


def _version_view(row: ContractVersion) -> VersionView:
    return VersionView(
        number=row.number,
        edition=row.edition,
        why=row.why,
        state=VersionState(row.state),
        opened_on=row.opened_on,
        ended_on=row.ended_on,
    )


def _waiting(
    look: Look, row: Contract, parties: Iterable[PartyView], promises: Sequence[PromiseView]
) -> Iterator[WaitView]:
    """Yield what waits, and for which party; anybody can see that, as they can see what was promised."""
    for party in parties:
        if party.has_agreed is False:
            yield WaitView(party=party.name, promise_id=None, what=None, kind="agree")
    if row.state != ContractState.IN_FORCE:
        return
    logged = select(PromiseTime.promise_id).where(
        col(PromiseTime.place) == row.place, col(PromiseTime.answer).is_(None)
    )
    with_hours = set(look.session.exec(logged).all())
    for view in promises:
        about = {"promise_id": view.id, "what": view.what}
        is_told = view.report is not None and view.report.answer is None
        if is_told:
            yield WaitView(party=None, kind="answer", **about)
        elif view.is_due and view.state is PromiseState.PROMISED:
            yield WaitView(party=view.party, kind="report", **about)
        if view.id in with_hours:
            yield WaitView(party=None, kind="hours", **about)

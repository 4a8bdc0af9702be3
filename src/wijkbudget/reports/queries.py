# SPDX-License-Identifier: EUPL-1.2
"""Reads the money from the books and the record from the trail, and proves that every pot adds up."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from wijkbudget.kit.faults import Fault
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.ledger.queries import TransferView
from wijkbudget.ledger.rules import Account, Unit
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reports import access, exports
from wijkbudget.reports.rules import (
    POSITION_MAX,
    PREFIXES,
    AccountNotFound,
    Move,
    Part,
    Pot,
    YearNotFound,
    account_name,
    account_of,
    add_up,
    demand_year,
    read_address,
    sentence,
)
from wijkbudget.reports.schemas import (
    InitiativeMoneyView,
    LineProofView,
    LineView,
    MoneyView,
    MovesView,
    MoveView,
    PartView,
    PotView,
    RecordView,
)
from wijkbudget.trail import queries as trail
from wijkbudget.trail.queries import EntryView
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.schemas import VoucherView


@question(access.READ)
def pots(look: Look, place: str) -> list[PotView]:
    """Return the money of each year, newest first. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    return [_pot_view(place, year, pot) for year, pot in sorted(_pots(look, place).items(), reverse=True)]


@question(access.READ)
def money(look: Look, place: str, year: int) -> MoneyView:
    """Return the money of one year, also for each initiative. Raises NeighbourhoodNotFound or YearNotFound."""
    pot = _demand_pot(look, place, year)
    kept, paid = (ledger.balances(look, f"{prefix}:{place}:{year}:") for prefix in ("voucher", "external:paid"))
    return MoneyView(
        pot=_pot_view(place, year, pot),
        granted_account=chart.MUNICIPALITY.address,
        initiatives=[
            _initiative_view(place, voucher, kept, paid)
            for voucher in vouchers.vouchers(look, place)
            if voucher.year == year
        ],
    )


@question(access.READ)
def transfers(look: Look, place: str, year: int, account: str) -> MovesView:
    """Return the transfers in and out of one account of a year's money, oldest first.

    Raises NeighbourhoodNotFound, YearNotFound or AccountNotFound.
    """
    _demand_pot(look, place, year)
    behind = _accounts_behind(look, place, year, account)
    plans = {voucher.id: voucher for voucher in vouchers.vouchers(look, place)}
    titles = {voucher_id: voucher.title for voucher_id, voucher in plans.items()}
    found = sorted(_transfers_of(look, place, year, behind), key=lambda one: (one.at, one.reference))
    address = read_address(account)
    plan = plans.get(address.voucher_id) if address and address.voucher_id else None
    entries = {
        entry.subject: entry.id
        for entry in trail.entries_about(look, place, [one.reference for one in found])
        if entry.position is not None
    }
    return MovesView(
        account=account,
        name=account_name(account, titles),
        in_cents=sum(one.amount for one in found if one.target in behind),
        out_cents=sum(one.amount for one in found if one.source in behind),
        initiative_id=plan.about if plan else None,
        moves=[
            MoveView(
                at=one.at,
                source=one.source,
                target=one.target,
                source_name=account_name(one.source, titles),
                target_name=account_name(one.target, titles),
                amount_cents=one.amount,
                reference=one.reference,
                entry_id=entries.get(one.reference),
            )
            for one in found
        ],
    )


@question(access.READ)
def record(look: Look, place: str, before: int | None = None) -> RecordView:
    """Return a page of the public record of a neighbourhood, newest first. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    entries = trail.entries(look, place, None if before is None else max(0, min(before, POSITION_MAX)))
    titles = _titles(look, place)
    lines = [_line(entry, titles) for entry in entries]
    has_older = bool(lines) and bool(trail.entries(look, place, lines[-1].position))
    return RecordView(lines=lines, older=lines[-1].position if has_older else None)


@question(access.READ)
def line(look: Look, place: str, entry_id: UUID) -> LineProofView:
    """Return one entry of the record with its proof. Raises NeighbourhoodNotFound or EntryNotFound."""
    neighbourhoods.neighbourhood(look, place)
    shown = trail.proof(look, place, entry_id)
    return LineProofView(
        line=_line(shown.entry, _titles(look, place)),
        text=shown.text,
        leaf=shown.leaf,
        proof=shown.proof,
        checkpoint=shown.checkpoint,
    )


@question(access.READ)
def export(look: Look, place: str, key: str, year: int | None) -> Iterator[View]:
    """Return the rows of an export, to be read while the session is open.

    Raises NeighbourhoodNotFound, ExportNotFound, YearMissing or YearNotFound.
    """
    neighbourhoods.neighbourhood(look, place)
    chosen = exports.find(key)
    demand_year(year, of_a_year=chosen.of_a_year)
    if year is not None:
        _demand_pot(look, place, year)
    return chosen.rows(look, place, year)


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every pot whose parts are not together exactly what was granted."""
    accounts = (account for prefix in PREFIXES for account in ledger.balances(look, f"{prefix}:"))
    places = {address.place for account in accounts if (address := read_address(account))}
    for place in sorted(places):
        for year, pot in sorted(_pots(look, place).items()):
            if not pot.is_whole:
                parts = ", ".join(f"{part} {cents}" for part, cents in pot.parts.items())
                shows = f"granted {pot.granted_cents} cents, but {parts}"
                yield Fault("granted is where it was granted to", f"pot {place} {year}", shows)


def _pots(look: Look, place: str) -> dict[int, Pot]:
    """Return the pot of each year that the books know."""
    balances: dict[str, int] = {}
    for prefix in PREFIXES:
        balances |= ledger.balances(look, f"{prefix}:{place}:")
    moves = [
        Move(one.source, one.target, one.amount)
        for one in ledger.transfers(look, place, chart.MUNICIPALITY)
        if one.unit is Unit.CENT
    ]
    return add_up(place, balances, moves)


def _demand_pot(look: Look, place: str, year: int) -> Pot:
    """Return the pot of a year. Raises NeighbourhoodNotFound or YearNotFound."""
    neighbourhoods.neighbourhood(look, place)
    pot = _pots(look, place).get(year)
    if pot is None:
        raise YearNotFound(_("This neighbourhood had no money in that year."))
    return pot


def _pot_view(place: str, year: int, pot: Pot) -> PotView:
    return PotView(
        year=year,
        granted_cents=pot.granted_cents,
        parts=[
            PartView(part=part, amount_cents=cents, account=account_of(part, place, year))
            for part, cents in pot.parts.items()
        ],
        is_whole=pot.is_whole,
    )


def _initiative_view(
    place: str, voucher: VoucherView, kept: Mapping[str, int], paid: Mapping[str, int]
) -> InitiativeMoneyView:
    voucher_account = chart.voucher(place, voucher.year, voucher.id).address
    paid_account = chart.paid(place, voucher.year, voucher.id).address
    return InitiativeMoneyView(
        initiative_id=voucher.about,
        title=voucher.title,
        granted_cents=voucher.value_cents,
        committed_cents=kept.get(voucher_account, 0),
        paid_cents=paid.get(paid_account, 0),
        returned_cents=voucher.returned_cents,
        voucher_account=voucher_account,
        paid_account=paid_account,
    )


def _accounts_behind(look: Look, place: str, year: int, account: str) -> frozenset[str]:
    """Return the accounts that an address stands for; all of them hold money of this year. Raises AccountNotFound."""
    if account == chart.MUNICIPALITY.address:
        return frozenset({account})
    address = read_address(account)
    if address is not None and (address.place, address.year) == (place, year):
        if address.part in (Part.FREE, Part.RESERVED):
            return frozenset({account})
        behind = frozenset(ledger.balances(look, account_of(address.part, place, year) + ":"))
        if address.voucher_id is None:
            return behind
        if account in behind:
            return frozenset({account})
    raise AccountNotFound(_("There is no such account in this year."))


def _transfers_of(look: Look, place: str, year: int, accounts: frozenset[str]) -> list[TransferView]:
    """Return the transfers of some accounts; of the municipality's only those that touch this year's pot."""
    pot = chart.pot(place, year)
    if chart.MUNICIPALITY.address in accounts:
        return [one for one in ledger.transfers(look, place, pot) if accounts & {one.source, one.target}]
    found = [ledger.transfers(look, place, Account(account, Unit.CENT)) for account in sorted(accounts)]
    return [one for some in found for one in some]


def _titles(look: Look, place: str) -> dict[UUID, str]:
    """Return the plan that each voucher is for."""
    return {voucher.id: voucher.title for voucher in vouchers.vouchers(look, place)}


def _line(entry: EntryView, titles: Mapping[UUID, str]) -> LineView:
    """Return a sealed entry with its sentence."""
    assert entry.position is not None
    facts: dict[str, Any] = entry.facts
    return LineView(
        id=entry.id,
        position=entry.position,
        at=entry.at,
        kind=entry.kind,
        subject=entry.subject,
        facts=facts,
        sentence=sentence(entry.kind, facts, titles),
    )

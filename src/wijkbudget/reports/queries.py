# SPDX-License-Identifier: EUPL-1.2
"""Reads the money from the books and the record from the trail, and proves that every pot adds up."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from wijkbudget.kit.faults import Fault
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.ledger.chart import Origin, Pot, read_address
from wijkbudget.ledger.queries import TransferView
from wijkbudget.ledger.rules import Account, Unit
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reports import access, exports
from wijkbudget.reports.rules import (
    ALWAYS_SHOWN,
    MOVED,
    POSITION_MAX,
    AccountNotFound,
    Move,
    Sums,
    YearNotFound,
    account_name,
    account_of,
    add_up,
    demand_year,
    origin_of,
    replay,
    sentence,
)
from wijkbudget.reports.schemas import (
    InitiativeMoneyView,
    LineProofView,
    LineView,
    MoneyView,
    MovesView,
    MoveView,
    OriginView,
    PartView,
    PotView,
    RecordView,
)
from wijkbudget.trail import queries as trail
from wijkbudget.trail.queries import EntryView
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.rules import PlanKind
from wijkbudget.vouchers.schemas import VoucherView


@question(access.READ)
def pots(look: Look, place: str) -> list[PotView]:
    """Return every pot, the newest year first and in it the general one. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    found = sorted(_sums(look, place).items(), key=lambda one: (-one[0].year, one[0].theme or ""))
    return [_pot_view(pot, sums) for pot, sums in found]


@question(access.READ)
def money(look: Look, place: str, year: int, theme: str | None = None) -> MoneyView:
    """Return the money of one pot, also for each initiative. Raises NeighbourhoodNotFound or YearNotFound."""
    pot = Pot(place, year, theme)
    sums = _demand_pot(look, pot)
    kept, paid = (ledger.balances(look, f"{prefix}:{pot.address}:") for prefix in ("voucher", "external:paid"))
    return MoneyView(
        pot=_pot_view(pot, sums),
        granted_account=chart.MUNICIPALITY.address,
        initiatives=[
            _initiative_view(place, voucher, kept, paid)
            for voucher in vouchers.vouchers(look, place)
            if (voucher.year, voucher.theme) == (year, theme)
        ],
    )


@question(access.READ)
def transfers(  # noqa: PLR0913, PLR0917 - each narrows what is shown
    look: Look, place: str, year: int, account: str, before: str | None = None, theme: str | None = None
) -> MovesView:
    """Return a page of the transfers in and out of one account of a year's money, newest first.

    An account outside the pots names none, so the theme says of which pot it is asked.
    Raises NeighbourhoodNotFound, YearNotFound, AccountNotFound or TransferNotFound.
    """
    address = read_address(account)
    pot = address.pot if address else Pot(place, year, theme)
    if (pot.place, pot.year) != (place, year):
        raise AccountNotFound(_("There is no such account in this year."))
    _demand_pot(look, pot)
    behind = _accounts_behind(look, pot, account)
    plans = {voucher.id: voucher for voucher in vouchers.vouchers(look, place)}
    titles = {voucher_id: voucher.title for voucher_id, voucher in plans.items()}
    found = ledger.statement(look, place, behind, before) if address else _crossed(look, pot, behind)
    plan = plans.get(address.about) if address and address.about else None
    about = trail.entries_about(look, place, [one.reference for one in found])
    entries = {entry.subject: entry.id for entry in about if entry.position is not None}
    return MovesView(
        account=account,
        name=account_name(account, titles),
        balance_cents=sum(behind.values()) if address else None,
        initiative_id=plan.about if plan and plan.plan_kind is PlanKind.INITIATIVE else None,
        challenge_id=plan.about if plan and plan.plan_kind is PlanKind.CHALLENGE else None,
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
        older=found[-1].reference if address and len(found) == ledger.PAGE_LENGTH else None,
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
        _demand_pot(look, Pot(place, year))
    return chosen.rows(look, place, year)


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every pot whose parts are not together what came in: now, and at each position of the trail."""
    accounts = (account for kind in chart.PARTS for account in ledger.balances(look, f"{kind}:"))
    places = {address.pot.place for account in accounts if (address := read_address(account))}
    for place in sorted(places):
        for pot, sums in sorted(_sums(look, place).items(), key=lambda one: one[0].address):
            if not sums.is_whole:
                came = ", ".join(f"{origin} {cents}" for origin, cents in sums.came.items() if cents)
                parts = ", ".join(f"{part} {cents}" for part, cents in sums.parts.items() if cents)
                about = " ".join(pot.address.split(":"))
                yield Fault("what came in is where it is", f"pot {about}", f"{came} cents, but {parts}")
        yield from _check_positions(look, place)


def _check_positions(look: Look, place: str) -> Iterator[Fault]:
    """Yield a fault for the first position of the trail at which a pot is not whole or the books say otherwise."""
    pots: dict[Pot, Sums] = {}
    for entries in trail.sealed(look, place):
        moved = [entry for entry in entries if entry.kind == MOVED and entry.facts["unit"] == Unit.CENT]
        booked = ledger.under(look, [entry.subject for entry in moved])
        for entry in moved:
            source, target, amount = (entry.facts[name] for name in ("source", "target", "amount"))
            about, told = f"position {entry.position} of {place}", booked.get(entry.subject)
            if told is None or (told.source, told.target, told.amount) != (source, target, amount):
                yield Fault("the trail says what the books say", about, f"{entry.subject} is not booked so")
                return
            if broken := replay(pots, place, Move(source, target, amount)):
                shows = f"after {entry.subject} pot {broken.address} is not whole any more"
                yield Fault("what came in is where it is", about, shows)
                return


def _sums(look: Look, place: str) -> dict[Pot, Sums]:
    """Return what every pot holds that the books know."""
    balances: dict[str, int] = {}
    for kind in chart.PARTS:
        balances |= ledger.balances(look, f"{kind}:{place}:")
    moves = [Move(*crossed) for crossed in ledger.crossings(look, place, _outside(look, place))]
    return add_up(place, balances, moves)


def _outside(look: Look, place: str) -> list[str]:
    """Return the accounts outside the pots that money of a place comes from or goes to."""
    clearing = (account for account in ledger.balances(look, "clearing:") if account.endswith(f":{place}"))
    ours = (chart.carried, chart.between, chart.disputed, chart.sponsored)
    return [chart.MUNICIPALITY.address, *(account(place).address for account in ours), *clearing]


def _demand_pot(look: Look, pot: Pot) -> Sums:
    """Return what a pot holds. Raises NeighbourhoodNotFound or YearNotFound."""
    neighbourhoods.neighbourhood(look, pot.place)
    sums = _sums(look, pot.place).get(pot)
    if sums is None:
        raise YearNotFound(_("This neighbourhood had no money in that year."))
    return sums


def _pot_view(pot: Pot, sums: Sums) -> PotView:
    return PotView(
        year=pot.year,
        theme=pot.theme,
        granted_cents=sums.came[Origin.GRANTED],
        total_cents=sums.total_cents,
        came=[
            OriginView(origin=origin, amount_cents=cents, account=origin_of(origin, pot))
            for origin, cents in sums.came.items()
            if cents or origin is Origin.GRANTED
        ],
        parts=[
            PartView(part=part, amount_cents=cents, account=account_of(part, pot))
            for part, cents in sums.parts.items()
            if cents or part in ALWAYS_SHOWN
        ],
        is_whole=sums.is_whole,
    )


def _initiative_view(
    place: str, voucher: VoucherView, kept: Mapping[str, int], paid: Mapping[str, int]
) -> InitiativeMoneyView:
    voucher_account = chart.voucher(place, voucher.year, voucher.id, voucher.theme).address
    paid_account = chart.paid(place, voucher.year, voucher.id, voucher.theme).address
    return InitiativeMoneyView(
        plan_kind=voucher.plan_kind,
        initiative_id=voucher.about,
        title=voucher.title,
        granted_cents=voucher.value_cents,
        committed_cents=kept.get(voucher_account, 0),
        paid_cents=paid.get(paid_account, 0),
        returned_cents=voucher.returned_cents,
        voucher_account=voucher_account,
        paid_account=paid_account,
    )


def _accounts_behind(look: Look, pot: Pot, account: str) -> dict[str, int]:
    """Return the accounts that an address stands for and what they hold; all of one pot. Raises AccountNotFound."""
    address = read_address(account)
    if address is None:
        said = chart.read_outside(account)
        alike = [at for at in _outside(look, pot.place) if chart.read_outside(at) == said]
        if account in alike or (said and account == origin_of(said[0], pot)):
            return dict.fromkeys([account] if account in alike else alike, 0)
        raise AccountNotFound(_("There is no such account in this year."))
    kinds = [kind for kind, part in chart.PARTS.items() if part is address.part]
    held = {at: cents for kind in kinds for at, cents in ledger.balances(look, f"{kind}:{pot.address}").items()}
    behind = {at: cents for at, cents in held.items() if (read := read_address(at)) and read.pot == pot}
    if address.about is None:
        return behind
    if account in behind:
        return {account: behind[account]}
    raise AccountNotFound(_("There is no such account in this year."))


def _crossed(look: Look, pot: Pot, accounts: Iterable[str]) -> list[TransferView]:
    """Return the transfers between accounts outside the pots and this pot, newest first; there are few."""
    found = (one for at in accounts for one in ledger.transfers(look, pot.place, Account(at, Unit.CENT)))
    crossed = [one for one in found if (at := read_address(one.source) or read_address(one.target)) and at.pot == pot]
    return sorted(crossed, key=lambda one: (one.at, one.reference), reverse=True)


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

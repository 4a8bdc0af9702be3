# SPDX-License-Identifier: EUPL-1.2
"""Reads payouts, and proves that what was paid is what the ledger says."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.ledger import queries as ledger
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments import access
from wijkbudget.payments.models import Payout, PayoutParty
from wijkbudget.payments.rules import PayoutNotFound, PayoutState, paid_under
from wijkbudget.payments.schemas import PayoutView
from wijkbudget.trail.work import Look, question


@question(access.READ)
def payouts(look: Look, place: str) -> list[PayoutView]:
    """Return the payouts of a neighbourhood: first what waits, oldest first, then what was paid, newest first.

    A payout that was withdrawn is left out.

    Raises NeighbourhoodNotFound.
    """
    neighbourhoods.neighbourhood(look, place)
    rows = look.session.exec(select(Payout).where(col(Payout.place) == place).order_by(col(Payout.ordered_at))).all()
    waiting = [row for row in rows if row.state in {PayoutState.ORDERED, PayoutState.BATCHED}]
    paid = [row for row in reversed(rows) if row.state == PayoutState.PAID]
    return _views(look, [*waiting, *paid])


@question(access.READ)
def payout(look: Look, place: str, payout_id: UUID) -> PayoutView:
    """Return one payout. Raises PayoutNotFound."""
    return _views(look, [row(look, place, payout_id)])[0]


def payout_about(look: Look, place: str, about: Collection[str]) -> dict[str, PayoutView]:
    """Return the payout of each of these things that has one; one that was withdrawn does not count."""
    counts = col(Payout.state) != PayoutState.WITHDRAWN
    rows = select(Payout).where(col(Payout.place) == place, col(Payout.about).in_(about), counts)
    return {view.about: view for view in _views(look, list(look.session.exec(rows).all()))}


def things_paid(look: Look, place: str, references: Collection[str]) -> dict[str, str]:
    """Return which thing was paid under each of these references in the ledger that is of a payout."""
    asked = {payout_id: reference for reference in references if (payout_id := paid_under(reference))}
    rows = select(Payout.id, Payout.about).where(col(Payout.place) == place, col(Payout.id).in_(asked))
    return {asked[payout_id]: about for payout_id, about in look.session.exec(rows).all()}


def things_on(look: Look, iban: str) -> frozenset[str]:
    """Return the things that were paid, or will be, to an account; one that was withdrawn does not count."""
    rows = select(Payout.about).where(col(Payout.iban) == iban, col(Payout.state) != PayoutState.WITHDRAWN)
    return frozenset(look.session.exec(rows).all())


def row(look: Look, place: str, payout_id: UUID) -> Payout:
    """Return the row of a payout of this neighbourhood, for the verbs. Raises PayoutNotFound."""
    found = look.session.exec(select(Payout).where(col(Payout.id) == payout_id, col(Payout.place) == place)).first()
    if found is None:
        raise PayoutNotFound(_("There is no such payment in this neighbourhood."))
    return found


def parties_of(look: Look, payout_ids: Collection[UUID]) -> Mapping[UUID, frozenset[str]]:
    """Return who asked for each of these payouts or approved it."""
    rows = select(PayoutParty).where(col(PayoutParty.payout_id).in_(payout_ids))
    found = defaultdict[UUID, set[str]](set)
    for party in look.session.exec(rows).all():
        found[party.payout_id].add(party.person)
    return {payout_id: frozenset(found[payout_id]) for payout_id in payout_ids}


def touched(look: Look) -> frozenset[UUID]:
    """Return the payouts that whoever asks had a hand in, and therefore does not pay."""
    mine = select(PayoutParty.payout_id).where(col(PayoutParty.person) == look.actor.id)
    return frozenset(look.session.exec(mine).all())


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every address where the payouts that were made are not what the ledger holds."""
    totals = select(Payout.target, func.sum(Payout.amount_cents)).where(col(Payout.state) == PayoutState.PAID)
    paid = {target: int(total) for target, total in look.session.exec(totals.group_by(col(Payout.target))).all()}
    booked = ledger.balances(look, "external:paid:")
    for target in sorted(paid.keys() | booked.keys()):
        if paid.get(target, 0) != booked.get(target, 0):
            shows = f"payouts say {paid.get(target, 0)} cents, the ledger says {booked.get(target, 0)}"
            yield Fault("what was paid is in the ledger", target, shows)


def _views(look: Look, rows: list[Payout]) -> list[PayoutView]:
    """Return payouts as whoever asks may see them."""
    pays, reverses = access.PAY.allows(look.roles), access.REVERSE.allows(look.roles)
    barred = touched(look) if pays or reverses else frozenset()
    return [
        PayoutView(
            id=row.id,
            year=row.year,
            about=row.about,
            title=row.title,
            amount_cents=row.amount_cents,
            payee=row.payee,
            iban=row.iban,
            paid_from=row.source.partition(":")[0],
            state=PayoutState(row.state),
            ordered_at=row.ordered_at,
            paid_at=row.paid_at,
            bank_reference=row.bank_reference,
            sent_back=row.sent_back,
            may_pay=pays and row.state == PayoutState.ORDERED and row.id not in barred,
            may_reverse=reverses
            and row.state == PayoutState.PAID
            and row.id not in barred
            and row.paid_by != look.actor.id,
        )
        for row in rows
    ]

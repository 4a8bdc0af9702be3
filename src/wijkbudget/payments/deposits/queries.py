# SPDX-License-Identifier: EUPL-1.2
"""Reads what a provider holds and sent, and proves that the books say the same."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.payments import access
from wijkbudget.payments.contributions import queries as contributions
from wijkbudget.payments.deposits import rules
from wijkbudget.payments.deposits.models import Deposit, DepositPart
from wijkbudget.payments.deposits.rules import EXPLAINED, DepositState, PartState
from wijkbudget.payments.deposits.schemas import DepositBookView, DepositPartView, DepositView
from wijkbudget.payments.providers import PROVIDERS
from wijkbudget.payments.providers.port import News
from wijkbudget.trail.work import Look, question

NEWEST = 50
"""How many deposits the cashier's page shows."""


class Judged(NamedTuple):
    """A part of a deposit, with what is known of it."""

    part: DepositPart
    state: PartState
    place: str | None


@question(access.READ_GIFTS, municipal=True)
def deposit_book(look: Look) -> DepositBookView:
    """Return what providers hold of us and sent to our bank, and what of that does not match."""
    newest = select(Deposit).order_by(col(Deposit.arrives_on).desc(), col(Deposit.id)).limit(NEWEST)
    sent = select(func.sum(col(Deposit.amount_cents))).where(col(Deposit.state) == DepositState.SENT)
    held = sum(ledger.balance(look, chart.provider(key)) for key in PROVIDERS)
    return DepositBookView(
        held_cents=-held,
        sent_cents=int(look.session.exec(sent).one() or 0),
        fee_cents=-sum(ledger.balance(look, chart.costs(key)) for key in PROVIDERS),
        deposits=_views(look, look.session.exec(newest).all()),
    )


@question(access.PERFORM, municipal=True)
def lacks_parts(look: Look, deposit_id: str) -> bool:
    """Return whether the provider must still be asked what a deposit is made of. Raises DepositNotFound."""
    return not deposit_row(look, deposit_id).has_parts


def deposit_row(look: Look, deposit_id: str) -> Deposit:
    """Return the row of a deposit, for the verbs. Raises DepositNotFound."""
    row = look.session.get(Deposit, deposit_id)
    if row is None:
        raise rules.DepositNotFound(_("There is no such deposit."))
    return row


def on_their_way(look: Look, moved_cents: int) -> Sequence[Deposit]:
    """Return the deposits of an amount that no statement shows yet, the first that was expected first."""
    sent = col(Deposit.state) == DepositState.SENT, col(Deposit.amount_cents) == moved_cents
    return look.session.exec(select(Deposit).where(*sent).order_by(col(Deposit.arrives_on), col(Deposit.id))).all()


def expected(look: Look, moved_cents: int, said: Collection[str | None]) -> str | None:
    """Return the deposit that a line of the bank is of: on its way, named by the line, and to the cent."""
    named = [row.id for row in on_their_way(look, moved_cents) if rules.is_named(row.reference, said)]
    return named[0] if len(named) == 1 else None


def judged(look: Look, rows: Sequence[Deposit]) -> dict[str, list[Judged]]:
    """Return the parts of each of these deposits, with what is known of them now."""
    of_them = select(DepositPart).where(col(DepositPart.deposit_id).in_([row.id for row in rows]))
    parts = look.session.exec(of_them.order_by(col(DepositPart.id))).all()
    told = contributions.told_of(look, {part.object_id for part in parts if part.object_id and part.news})
    failed = _failed(look, parts)
    found: dict[str, list[Judged]] = {row.id: [] for row in rows}
    for part in parts:
        known = told.get((News(part.news), part.object_id or "")) if part.news else None
        state = rules.judge(part.amount_cents, rules.Told(*known) if known else None, is_ours=part.news is not None)
        if part.object_id in failed:
            state = PartState.RETURNED
        found[part.deposit_id].append(Judged(part, state, known[1] if known else None))
    return found


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for each provider whose costs or deposits are not in the books as its parts say."""
    booked = select(DepositPart, Deposit).join(Deposit, col(Deposit.id) == col(DepositPart.deposit_id))
    costs, banked = defaultdict[str, int](int), defaultdict[str, int](int)
    again = _came_again(look)
    for part, of in look.session.exec(booked.where(col(DepositPart.place).is_not(None))).all():
        costs[of.provider] -= part.fee_cents
        if of.state == DepositState.ARRIVED or of.id in again:
            banked[of.provider] -= part.amount_cents - part.fee_cents
    for key in PROVIDERS:
        for account, expected_cents in ((chart.costs(key), costs[key]), (chart.deposited(key), banked[key])):
            held_cents = ledger.balance(look, account)
            if held_cents != expected_cents:
                shows = f"holds {held_cents} cents, the deposits say {expected_cents}"
                yield Fault("deposits are in the books", account.address, shows)


def _failed(look: Look, parts: Sequence[DepositPart]) -> frozenset[str]:
    """Return the deposits that failed and come again among these parts."""
    named = {part.object_id for part in parts if part.news is None and part.object_id}
    rows = select(Deposit.id).where(col(Deposit.id).in_(named), col(Deposit.state) == DepositState.FAILED)
    return frozenset(look.session.exec(rows).all())


def _came_again(look: Look) -> frozenset[str]:
    """Return the deposits that failed and came with a later one."""
    parts = select(DepositPart.object_id).join(Deposit, col(Deposit.id) == col(DepositPart.deposit_id))
    arrived = parts.where(col(DepositPart.news).is_(None), col(Deposit.state) == DepositState.ARRIVED)
    failed = select(Deposit.id).where(col(Deposit.id).in_(arrived), col(Deposit.state) == DepositState.FAILED)
    return frozenset(look.session.exec(failed).all())


def _views(look: Look, rows: Sequence[Deposit]) -> list[DepositView]:
    found = judged(look, rows)
    return [_view(row, found[row.id], is_late=_is_late(look, row)) for row in rows]


def _is_late(look: Look, row: Deposit) -> bool:
    return rules.is_late(DepositState(row.state), row.arrives_on, look.today)


def _view(row: Deposit, parts: Sequence[Judged], *, is_late: bool) -> DepositView:
    return DepositView(
        id=row.id,
        provider=row.provider,
        amount_cents=row.amount_cents,
        arrives_on=row.arrives_on,
        reference=row.reference,
        state=DepositState(row.state),
        is_late=is_late,
        fee_cents=sum(one.part.fee_cents for one in parts),
        part_count=len(parts),
        has_parts=row.has_parts,
        parts_cents=sum(one.part.amount_cents - one.part.fee_cents for one in parts),
        differences=[
            DepositPartView(
                id=one.part.id,
                object_id=one.part.object_id,
                amount_cents=one.part.amount_cents,
                fee_cents=one.part.fee_cents,
                place=one.place,
                state=one.state,
            )
            for one in parts
            if one.state not in EXPLAINED
        ],
    )

# SPDX-License-Identifier: EUPL-1.2
"""Hears of deposits, books what each cost, and that it came to the bank when a statement says so."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.flows import Flow
from wijkbudget.payments import access
from wijkbudget.payments.deposits import flows, queries, rules
from wijkbudget.payments.deposits.events import DepositArrived, DepositNoted, DepositPartsNoted
from wijkbudget.payments.deposits.models import Deposit, DepositPart
from wijkbudget.payments.deposits.rules import DepositState, PartState
from wijkbudget.payments.providers.port import DepositLine, DepositNotice
from wijkbudget.trail.work import Work, verb


@verb(access.HEAR, municipal=True)
def hear_deposit(work: Work, provider: str, notice: DepositNotice) -> None:
    """Take in news of a deposit that a provider signed, in any order; the same again changes nothing."""
    row, then = work.session.get(Deposit, notice.deposit_id), DepositState.SENT
    if notice.has_failed:
        then = DepositState.FAILED
    if row is None:
        row = Deposit(
            id=notice.deposit_id,
            provider=provider,
            amount_cents=notice.amount_cents,
            arrives_on=notice.arrives_on,
            reference=notice.reference,
            state=then,
            has_parts=False,
            noted_at=work.now,
        )
        work.session.add(row)
        _record(work, row)
    if (row.state, then) == (DepositState.SENT, DepositState.FAILED):
        row.state = then
        _record(work, row)
    if row.reference is None and notice.reference:
        row.reference = notice.reference
        _record(work, row)
    if notice.is_complete and not row.has_parts:
        work.errand(rules.PARTS, {"deposit": row.id})
    # What was told of a part since the last time makes it known.
    lacking = select(DepositPart.deposit_id).where(col(DepositPart.place).is_(None), col(DepositPart.news).is_not(None))
    for open_row in work.session.exec(select(Deposit).where(col(Deposit.id).in_(lacking))).all():
        _follow(work, open_row)


@verb(access.PERFORM, municipal=True)
def note_parts(work: Work, deposit_id: str, lines: Sequence[DepositLine]) -> None:
    """Keep what a deposit is made of, and book what it cost. Raises DepositNotFound."""
    row = queries.deposit_row(work, deposit_id)
    if row.has_parts:
        return
    row.has_parts = True
    work.session.add_all(
        DepositPart(
            id=line.id,
            deposit_id=deposit_id,
            news=line.news,
            object_id=line.object_id,
            amount_cents=line.amount_cents,
            fee_cents=line.fee_cents,
        )
        for line in lines
    )
    work.session.flush()
    fee_cents = sum(line.fee_cents for line in lines)
    work.record(DepositPartsNoted(place=None, subject=deposit_id, count=len(lines), fee_cents=fee_cents))
    _follow(work, row)


def arrive(work: Work, deposit_id: str, bank_line_id: UUID) -> None:
    """Book that a deposit stands on a statement, for the verb that reads it. Raises DepositNotFound."""
    row = queries.deposit_row(work, deposit_id)
    row.state, row.bank_line_id = DepositState.ARRIVED, bank_line_id
    work.session.flush()
    work.record(DepositArrived(place=None, subject=deposit_id, amount_cents=row.amount_cents))
    _follow(work, row)


def _record(work: Work, row: Deposit) -> None:
    work.session.flush()
    work.record(DepositNoted(place=None, subject=row.id, amount_cents=row.amount_cents, state=row.state))


def _follow(work: Work, row: Deposit, *, is_banked: bool = False) -> None:
    """Let the books say what is known of each part; the same again changes nothing."""
    is_banked = is_banked or row.state == DepositState.ARRIVED
    for part, state, place in queries.judged(work, [row])[row.id]:
        if state is PartState.KNOWN and place and (part.fee_cents or is_banked):
            part.place = place
            _book(work, row.provider, part, is_banked=is_banked)
        if state is PartState.RETURNED and is_banked:
            _follow(work, queries.deposit_row(work, part.object_id or ""), is_banked=True)
    work.session.flush()


def _book(work: Work, provider: str, part: DepositPart, *, is_banked: bool) -> None:
    """Book what a part cost, and what it brought once it is at the bank."""
    _post(work, provider, part, (flows.COSTS, flows.COSTS_BACK), part.fee_cents)
    if is_banked:
        _post(work, provider, part, (flows.BANK, flows.BANK_LESS), part.amount_cents - part.fee_cents)


def _post(work: Work, provider: str, part: DepositPart, ways: tuple[Flow, Flow], cents: int) -> None:
    """Move an amount to the provider, or the other way if it is less than nothing."""
    if not cents:
        return
    assert part.place
    way, sides = ways[cents < 0], [chart.costs(provider), chart.provider(provider)]
    if way in {flows.BANK, flows.BANK_LESS}:
        sides[0] = chart.deposited(provider)
    source, target = sides if cents > 0 else sides[::-1]
    ledger.post(work, part.place, way.transfer(source, target, abs(cents), part.id))

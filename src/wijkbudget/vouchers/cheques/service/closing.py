# SPDX-License-Identifier: EUPL-1.2
"""Books what was pledged once the last day has passed; the rest goes back to the pot."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.db.moving import move
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as books
from wijkbudget.ledger import service as ledger
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.booking import top_up
from wijkbudget.vouchers.cheques import access, rules
from wijkbudget.vouchers.cheques.events import ChequesClosed
from wijkbudget.vouchers.cheques.models import Cheque, ChequePledge, Issuance, IssuanceTotal
from wijkbudget.vouchers.cheques.queries import rows
from wijkbudget.vouchers.cheques.rules import IssuanceState
from wijkbudget.vouchers.kinds import RESIDENT
from wijkbudget.vouchers.models import Voucher


@verb(access.CLOSE)
def close_cheques(work: Work, place: str) -> int:
    """Book what was pledged once the last day has passed, and return how many issuances were closed.

    A plan that has money gets its pledges at once; what was pledged to one that is still voted on waits. After that the
    rest goes back to the pot, with what was pledged to plans that get no money. Run twice, it does nothing more.
    """
    row = rows.open_issuance(work, place)
    if row is None or row.last_on >= work.today:
        return 0
    plans, booked = rows.plans(work, row), rows.booked(work, row)
    pledged = [total for total in _totals(work, row) if total.voucher_id in plans and total.voucher_id not in booked]
    for total in pledged:
        if voucher := plans[total.voucher_id].voucher:
            _book(work, row, voucher, total)
    waits = any(plans[total.voucher_id].voucher is None for total in pledged)
    if waits and rules.may_wait(row.last_on, work.today):
        return 0
    held, pot = RESIDENT.account(place, row.year, row.id), RESIDENT.rest(place, row.year)
    rest_cents = books.balance(work, held)
    if rest_cents:
        ledger.post(work, place, rules.LEFT_OVER.transfer(held, pot, rest_cents, row.id))
    move(work.session, row, ("state",), state=IssuanceState.CLOSED, returned_cents=rest_cents)
    facts = {"pledged_cents": row.value_cents * row.cheque_count - rest_cents, "returned_cents": rest_cents}
    work.record(ChequesClosed(place=place, subject=str(row.id), **facts))
    return 1


class _Total(NamedTuple):
    """What was pledged to one plan, and by how many resident vouchers."""

    voucher_id: UUID
    amount_cents: int
    pledge_count: int


def _totals(work: Work, row: Issuance) -> list[_Total]:
    """Return what was pledged to each plan."""
    cents = func.sum(col(ChequePledge.amount_cents))
    summed = (
        select(ChequePledge.voucher_id, cents, func.count())
        .join(Cheque, col(Cheque.id) == col(ChequePledge.cheque_id))
        .where(col(Cheque.issuance_id) == row.id)
        .group_by(col(ChequePledge.voucher_id))
        .order_by(col(ChequePledge.voucher_id))
    )
    return [_Total(voucher_id, int(amount), count) for voucher_id, amount, count in work.session.exec(summed).all()]


def _book(work: Work, row: Issuance, plan: Voucher, total: _Total) -> None:
    """Bring what was pledged to a plan to its voucher, from one pot to another if a theme pays the plan."""
    source, flow = RESIDENT.account(row.place, row.year, row.id), rules.PLEDGED
    if plan.theme:
        on_its_way = chart.between(row.place)
        leaves = rules.PLEDGED_ON.transfer(source, on_its_way, total.amount_cents, row.id, plan.id)
        ledger.post(work, row.place, leaves)
        source, flow = on_its_way, rules.PLEDGED_IN
    account = chart.voucher(plan.place, plan.year, plan.id, plan.theme)
    top_up(work, plan, flow.transfer(source, account, total.amount_cents, row.id, plan.id))
    work.session.add(IssuanceTotal(issuance_id=row.id, **total._asdict()))
    work.session.flush()

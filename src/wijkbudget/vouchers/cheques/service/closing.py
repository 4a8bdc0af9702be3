# SPDX-License-Identifier: EUPL-1.2
"""Books what was pledged once the last day has passed; the rest goes back to the pot."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.db.moving import move
from wijkbudget.ledger import queries as books
from wijkbudget.ledger import service as ledger
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.booking import top_up
from wijkbudget.vouchers.cheques import access, rules
from wijkbudget.vouchers.cheques.events import ChequesClosed
from wijkbudget.vouchers.cheques.models import Cheque, ChequePledge, Issuance, IssuanceTotal
from wijkbudget.vouchers.cheques.queries import rows
from wijkbudget.vouchers.cheques.rules import IssuanceState
from wijkbudget.vouchers.kinds import INITIATIVE, RESIDENT


@verb(access.CLOSE)
def close_cheques(work: Work, place: str) -> int:
    """Book what was pledged once the last day has passed, and return how many issuances were closed.

    What was pledged to a plan that ended meanwhile goes back to the pot with what nobody pledged. Run twice, it does
    nothing more.
    """
    row = rows.open_issuance(work, place)
    if row is None or row.last_on >= work.today:
        return 0
    pledged_cents = sum(_book(work, row, *total) for total in _totals(work, row))
    rest_cents = row.value_cents * row.cheque_count - pledged_cents
    held, pot = RESIDENT.account(place, row.year, row.id), RESIDENT.rest(place, row.year)
    if rest_cents:
        ledger.post(work, place, rules.LEFT_OVER.transfer(held, pot, rest_cents, row.id))
    assert books.balance(work, held) == 0
    move(work.session, row, ("state",), state=IssuanceState.CLOSED, returned_cents=rest_cents)
    facts = {"pledged_cents": pledged_cents, "returned_cents": rest_cents}
    work.record(ChequesClosed(place=place, subject=str(row.id), **facts))
    return 1


def _totals(work: Work, row: Issuance) -> list[tuple[UUID, int, int]]:
    """Return how many cents were pledged to each plan, and by how many vouchers."""
    cents = func.sum(col(ChequePledge.amount_cents))
    summed = (
        select(ChequePledge.voucher_id, cents, func.count())
        .join(Cheque, col(Cheque.id) == col(ChequePledge.cheque_id))
        .where(col(Cheque.issuance_id) == row.id)
        .group_by(col(ChequePledge.voucher_id))
        .order_by(col(ChequePledge.voucher_id))
    )
    return [(voucher_id, int(amount), count) for voucher_id, amount, count in work.session.exec(summed).all()]


def _book(work: Work, row: Issuance, voucher_id: UUID, amount_cents: int, pledge_count: int) -> int:
    """Bring what was pledged to a plan, and return how many cents; none if the plan takes no money any more."""
    plan = rows.plans(work, row).get(voucher_id)
    if plan is None:
        return 0
    held = RESIDENT.account(row.place, row.year, row.id)
    account = INITIATIVE.account(plan.place, plan.year, plan.id)
    transfer = rules.PLEDGED.transfer(held, account, amount_cents, row.id, voucher_id)
    top_up(work, plan, transfer)
    work.session.add(
        IssuanceTotal(issuance_id=row.id, voucher_id=voucher_id, amount_cents=amount_cents, pledge_count=pledge_count)
    )
    work.session.flush()
    return amount_cents

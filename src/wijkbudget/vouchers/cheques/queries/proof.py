# SPDX-License-Identifier: EUPL-1.2
"""Proves resident vouchers: that each is within its value, and that the books moved just what they say."""

from collections.abc import Iterator

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.kit.faults import Fault
from wijkbudget.ledger import queries as ledger
from wijkbudget.trail.work import Look
from wijkbudget.vouchers.cheques.models import Cheque, ChequePledge, Issuance, IssuanceTotal
from wijkbudget.vouchers.cheques.rules import ISSUE, LEFT_OVER, PLEDGED, PLEDGED_ON, IssuanceState
from wijkbudget.vouchers.kinds.resident import RESIDENT
from wijkbudget.vouchers.models import Voucher


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every issuance whose vouchers, pledges or books do not say the same."""
    for row in look.session.exec(select(Issuance).order_by(col(Issuance.id))).all():
        about = f"issuance {row.id}"
        yield from _check_cheques(look, row, about)
        yield from _check_books(look, row, about)


def _check_cheques(look: Look, row: Issuance, about: str) -> Iterator[Fault]:
    """Yield a fault where there are more or fewer vouchers, other values, or pledges that do not add up."""
    of_it = col(Cheque.issuance_id) == row.id
    count = look.session.exec(select(func.count()).where(of_it, col(Cheque.value_cents) == row.value_cents)).one()
    if count != row.cheque_count:
        yield Fault("everybody got the same", about, f"{count} of {row.cheque_count} have the value it says")
    sums = (
        select(col(ChequePledge.cheque_id), func.sum(col(ChequePledge.amount_cents)).label("cents"))
        .group_by(col(ChequePledge.cheque_id))
        .subquery()
    )
    wrong = (
        select(func.count())
        .select_from(Cheque)
        .join(sums, sums.c.cheque_id == col(Cheque.id), isouter=True)
        .where(of_it, col(Cheque.pledged_cents) != func.coalesce(sums.c.cents, 0))
    )
    if wrong_count := look.session.exec(wrong).one():
        yield Fault("pledges add up", about, f"{wrong_count} vouchers pledge another sum than they say")


def _check_books(look: Look, row: Issuance, about: str) -> Iterator[Fault]:
    """Yield a fault where what was issued, what plans got, what went back and what is left are not the same money."""
    total_cents = row.value_cents * row.cheque_count
    found = select(IssuanceTotal.voucher_id, IssuanceTotal.amount_cents, Voucher.theme)
    of_it = found.join(Voucher, col(Voucher.id) == col(IssuanceTotal.voucher_id))
    totals = look.session.exec(of_it.where(col(IssuanceTotal.issuance_id) == row.id)).all()
    told = {PLEDGED.reference_of(row.id, voucher_id): cents for voucher_id, cents, _theme in totals}
    left = {PLEDGED_ON.reference_of(row.id, voucher_id): cents for voucher_id, cents, theme in totals if theme}
    told[ISSUE.reference_of(row.id)] = total_cents
    if row.returned_cents:
        told[LEFT_OVER.reference_of(row.id)] = row.returned_cents
    if ledger.amounts_under(look, [*told, *left]) != told | left:
        yield Fault("resident vouchers are in the books", about, "its transfers are not what it says")
    gone_cents = sum(told.values()) - total_cents
    expected = total_cents - gone_cents if row.state == IssuanceState.OPEN else 0
    held = ledger.balance(look, RESIDENT.account(row.place, row.year, row.id))
    if held != expected:
        yield Fault("no cent of resident vouchers is lost", about, f"holds {held}, not {expected} cents")

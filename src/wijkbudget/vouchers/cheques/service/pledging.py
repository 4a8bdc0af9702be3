# SPDX-License-Identifier: EUPL-1.2
"""Divides a resident voucher over plans, as its holder wants it now."""

from sqlmodel import col, delete

from wijkbudget.db.moving import move
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.cheques import access, rules
from wijkbudget.vouchers.cheques.events import ChequePledged
from wijkbudget.vouchers.cheques.models import Cheque, ChequePledge, Issuance
from wijkbudget.vouchers.cheques.queries import rows, views
from wijkbudget.vouchers.cheques.rules import ChequeState
from wijkbudget.vouchers.cheques.schemas import ChequeView, PledgeByCode, PledgeOwn


@verb(access.PLEDGE)
def pledge_by_code(work: Work, place: str, command: PledgeByCode) -> ChequeView:
    """Divide the resident voucher with a code over plans; until the last day it can be divided otherwise.

    Raises WrongCode, ChequeOver, ChequeDeactivated, NamedTwice, PlanTakesNone, MoreThanItsValue or ChangedMeanwhile.
    """
    return _divide(work, *rows.coded(work, place, command.code), command)


@verb(access.OWN)
def pledge_own(work: Work, place: str, command: PledgeOwn) -> ChequeView:
    """Divide your own resident voucher over plans; until the last day you can divide it otherwise.

    Raises IssuanceNotFound, ChequeNotFound, ChequeOver, ChequeDeactivated, NamedTwice, PlanTakesNone, MoreThanItsValue
    or ChangedMeanwhile.
    """
    return _divide(work, *rows.held(work, place, work.actor.id), command)


def _divide(work: Work, issuance: Issuance, row: Cheque, command: PledgeOwn) -> ChequeView:
    """Write what one resident voucher gives to each plan, instead of what it gave before."""
    rules.demand_open(ChequeState(row.state), issuance.last_on, work.today, issuance.article)
    wanted = rules.demand_pledges(
        [(each.voucher_id, each.amount_cents) for each in command.pledges],
        rows.plans(work, issuance).keys(),
        row.value_cents,
        issuance.article,
    )
    move(work.session, row, ("state", "turn", "pledged_cents"), pledged_cents=sum(wanted.values()))
    work.session.exec(delete(ChequePledge).where(col(ChequePledge.cheque_id) == row.id))
    work.session.add_all(
        ChequePledge(cheque_id=row.id, voucher_id=voucher_id, amount_cents=cents)
        for voucher_id, cents in wanted.items()
    )
    work.session.flush()
    work.session.refresh(row)
    pledged = {str(voucher_id): cents for voucher_id, cents in wanted.items()}
    work.record(ChequePledged(place=issuance.place, subject=str(issuance.id), cheque_id=str(row.id), pledged=pledged))
    return views.shown(work, issuance, row)

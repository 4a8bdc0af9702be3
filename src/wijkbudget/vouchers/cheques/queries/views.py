# SPDX-License-Identifier: EUPL-1.2
"""Shows resident vouchers: totals to everybody, and one of them to whoever holds it."""

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers.cheques import access
from wijkbudget.vouchers.cheques.models import Cheque, Issuance, IssuanceTotal
from wijkbudget.vouchers.cheques.queries import rows
from wijkbudget.vouchers.cheques.rules import ChequeState, IssuanceState, demand_open, shown_count
from wijkbudget.vouchers.cheques.schemas import (
    ChequeView,
    IssuanceView,
    OpenCheque,
    OverviewView,
    PlanPledgeView,
    PlanTotalView,
)
from wijkbudget.vouchers.models import Voucher


@question(access.READ)
def cheques(look: Look, place: str) -> OverviewView:
    """Return the resident vouchers of a neighbourhood, the newest first. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    here = select(Issuance).where(col(Issuance.place) == place)
    found = look.session.exec(here.order_by(col(Issuance.issued_on).desc(), col(Issuance.id))).all()
    views = [issuance_view(look, row) for row in found]
    return OverviewView(
        open=next((view for view in views if view.state is IssuanceState.OPEN), None),
        closed=[view for view in views if view.state is IssuanceState.CLOSED],
    )


@question(access.PLEDGE)
def cheque_by_code(look: Look, place: str, command: OpenCheque) -> ChequeView:
    """Return the resident voucher with a code. Raises WrongCode, ChequeOver or ChequeDeactivated."""
    return shown(look, *rows.coded(look, place, command.code))


@question(access.OWN)
def own_cheque(look: Look, place: str) -> ChequeView:
    """Return the resident voucher of whoever asks.

    Raises IssuanceNotFound, ChequeNotFound, ChequeOver or ChequeDeactivated.
    """
    return shown(look, *rows.held(look, place, look.actor.id))


def shown(look: Look, issuance: Issuance, cheque: Cheque) -> ChequeView:
    """Return one resident voucher as its holder sees it. Raises ChequeOver or ChequeDeactivated."""
    demand_open(ChequeState(cheque.state), issuance.last_on, look.today, issuance.article)
    pledged = rows.pledges_of(look, cheque.id)
    plans = rows.plans(look, issuance)
    # What was pledged to a plan that ended can be given to another one.
    pledged_cents = sum(pledged.get(voucher_id, 0) for voucher_id in plans)
    return ChequeView(
        value_cents=cheque.value_cents,
        pledged_cents=pledged_cents,
        left_cents=cheque.value_cents - pledged_cents,
        last_on=issuance.last_on,
        article=issuance.article,
        is_per_household=issuance.per == "household",
        plans=[
            PlanPledgeView(
                voucher_id=voucher_id,
                title=plan.title,
                has_money=plan.voucher is not None,
                pledged_cents=pledged.get(voucher_id, 0),
            )
            for voucher_id, plan in plans.items()
        ],
    )


def issuance_view(look: Look, row: Issuance) -> IssuanceView:
    """Return the resident vouchers of one act as everybody sees them.

    Choice: what each plan gets is told when they are closed, so that nobody waits for what others do.
    """
    used = select(func.count()).where(col(Cheque.issuance_id) == row.id, col(Cheque.pledged_cents) > 0)
    totals = select(IssuanceTotal, Voucher.title).join(Voucher, col(Voucher.id) == col(IssuanceTotal.voucher_id))
    of_it = totals.where(col(IssuanceTotal.issuance_id) == row.id)
    ordered = of_it.order_by(col(IssuanceTotal.amount_cents).desc(), col(Voucher.title))
    return IssuanceView(
        id=row.id,
        year=row.year,
        state=IssuanceState(row.state),
        value_cents=row.value_cents,
        cheque_count=row.cheque_count,
        total_cents=row.value_cents * row.cheque_count,
        is_per_household=row.per == "household",
        decision=row.decision,
        article=row.article,
        issued_on=row.issued_on,
        last_on=row.last_on,
        is_over=look.today > row.last_on,
        used_count=shown_count(look.session.exec(used).one()),
        plans=[
            PlanTotalView(
                voucher_id=total.voucher_id,
                title=title,
                amount_cents=total.amount_cents,
                pledge_count=shown_count(total.pledge_count),
            )
            for total, title in look.session.exec(ordered).all()
        ],
        returned_cents=row.returned_cents,
    )

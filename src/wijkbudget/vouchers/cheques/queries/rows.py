# SPDX-License-Identifier: EUPL-1.2
"""Finds the rows that questions and verbs about resident vouchers begin with, always within one neighbourhood."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules.policy import ResidentVouchersPolicy
from wijkbudget.trail.work import Look
from wijkbudget.vouchers.cheques.models import Cheque, ChequePledge, HopefulPlan, Issuance, IssuanceTotal
from wijkbudget.vouchers.cheques.rules import (
    ChequeNotFound,
    IssuanceNotFound,
    IssuanceState,
    NoCheques,
    wrong_code,
)
from wijkbudget.vouchers.kinds.resident import RESIDENT
from wijkbudget.vouchers.models import Voucher
from wijkbudget.vouchers.queries import codes
from wijkbudget.vouchers.rules import VoucherState


def section_of(look: Look, place: str) -> ResidentVouchersPolicy:
    """Return what the policy says of resident vouchers today. Raises NeighbourhoodNotFound or NoCheques."""
    section = neighbourhoods.policy(look, place).rules.resident_vouchers
    if section is None:
        sentence = _("The rules of this neighbourhood know no resident vouchers. The council can adopt rules that do.")
        raise NoCheques(sentence)
    return section


def open_issuance(look: Look, place: str) -> Issuance | None:
    """Return the resident vouchers that are open in a neighbourhood, if there are any."""
    here = select(Issuance).where(col(Issuance.place) == place, col(Issuance.state) == IssuanceState.OPEN)
    return look.session.exec(here).first()


def demand_issuance(look: Look, place: str) -> Issuance:
    """Return the resident vouchers that are open in a neighbourhood. Raises IssuanceNotFound."""
    row = open_issuance(look, place)
    if row is None:
        raise IssuanceNotFound(_("There are no resident vouchers in this neighbourhood now."))
    return row


def coded(look: Look, place: str, code: str) -> tuple[Issuance, Cheque]:
    """Return the resident voucher of this neighbourhood with a code. Raises WrongCode."""
    found = look.session.exec(
        select(Issuance, Cheque)
        .join(Issuance, col(Issuance.id) == col(Cheque.issuance_id))
        .where(col(Cheque.code_hash) == codes.code_hash(look, RESIDENT, code), col(Issuance.place) == place)
    ).first()
    if found is None:
        raise wrong_code()
    return found[0], found[1]


def held(look: Look, place: str, person_id: str) -> tuple[Issuance, Cheque]:
    """Return the resident voucher of somebody, or of their address. Raises IssuanceNotFound or ChequeNotFound."""
    issuance = demand_issuance(look, place)
    holder = identity.household_of(look, place, person_id) if issuance.per == "household" else person_id
    mine = select(Cheque).where(col(Cheque.issuance_id) == issuance.id, col(Cheque.holder) == (holder or ""))
    row = look.session.exec(mine).first()
    if row is None:
        raise ChequeNotFound(_("There is no resident voucher in this name. Whoever came to live here later has none."))
    return issuance, row


def pledges_of(look: Look, cheque_id: UUID) -> dict[UUID, int]:
    """Return what a resident voucher gives to each plan."""
    rows = select(ChequePledge.voucher_id, ChequePledge.amount_cents).where(col(ChequePledge.cheque_id) == cheque_id)
    return dict(look.session.exec(rows).all())


class TakingPlan(NamedTuple):
    """A plan that takes pledges."""

    title: str
    voucher: Voucher | None
    """None while people vote about it."""


def booked(look: Look, issuance: Issuance) -> frozenset[UUID]:
    """Return the vouchers that got what was pledged to them."""
    found = select(IssuanceTotal.voucher_id).where(col(IssuanceTotal.issuance_id) == issuance.id)
    return frozenset(look.session.exec(found).all())


def plans(look: Look, issuance: Issuance) -> dict[UUID, TakingPlan]:
    """Return the plans that take pledges today, by the id of their voucher: those that have money, then the hopeful.

    Choice: a plan of the same year that stands on a ballot, or won and has its voucher, whichever pot pays it. It has a
    group that accounts for every cent by receipts; what it does not need goes to the pot of the plan, with its other
    money.
    """
    funded = {row.id: TakingPlan(row.title, row) for row in _funded(look, issuance)}
    hoping = select(HopefulPlan).where(
        col(HopefulPlan.place) == issuance.place,
        col(HopefulPlan.year) == issuance.year,
        col(HopefulPlan.is_refused).is_(False),
        col(HopefulPlan.voucher_id).not_in(select(Voucher.id)),
    )
    ordered = hoping.order_by(col(HopefulPlan.title), col(HopefulPlan.voucher_id))
    return funded | {row.voucher_id: TakingPlan(row.title, None) for row in look.session.exec(ordered).all()}


def hopeful_row(look: Look, place: str, about: str) -> HopefulPlan | None:
    """Return the row of a plan that took pledges while people voted about it, if it did."""
    found = select(HopefulPlan).where(col(HopefulPlan.place) == place, col(HopefulPlan.about) == about)
    return look.session.exec(found).first()


def _funded(look: Look, issuance: Issuance) -> Sequence[Voucher]:
    taking = select(Voucher).where(
        col(Voucher.place) == issuance.place,
        col(Voucher.year) == issuance.year,
        col(Voucher.state) == VoucherState.ACTIVE,
        col(Voucher.valid_until) > look.today,
    )
    return look.session.exec(taking.order_by(col(Voucher.title), col(Voucher.id))).all()

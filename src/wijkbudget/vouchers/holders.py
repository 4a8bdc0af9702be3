# SPDX-License-Identifier: EUPL-1.2
"""Finds a voucher, who holds it and who has an interest in it, always within one neighbourhood."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look
from wijkbudget.vouchers import access
from wijkbudget.vouchers.models import Voucher, VoucherHolder
from wijkbudget.vouchers.rules import VoucherNotFound


def voucher_row(look: Look, place: str, voucher_id: UUID) -> Voucher:
    """Return the row of a voucher of this neighbourhood. Raises VoucherNotFound."""
    row = look.session.exec(select(Voucher).where(col(Voucher.id) == voucher_id, col(Voucher.place) == place)).first()
    if row is None:
        raise VoucherNotFound(_("There is no such voucher in this neighbourhood."))
    return row


def kept_cents(row: Voucher) -> int:
    """Return what of the value of a voucher did not come back."""
    return row.value_cents - row.returned_cents - row.paid_back_cents


def holders_of(look: Look, voucher_id: UUID) -> frozenset[str]:
    """Return the people a voucher is for."""
    people = select(VoucherHolder.person).where(col(VoucherHolder.voucher_id) == voucher_id)
    return frozenset(look.session.exec(people).all())


def vouchers_of(look: Look, place: str, people: Collection[str]) -> dict[UUID, date]:
    """Return the vouchers of any of these people in a neighbourhood, each with the day it was issued on."""
    held = select(VoucherHolder.voucher_id).where(col(VoucherHolder.person).in_(people))
    rows = select(col(Voucher.id), col(Voucher.issued_on)).where(col(Voucher.place) == place, col(Voucher.id).in_(held))
    found = look.session.exec(rows.order_by(col(Voucher.issued_on), col(Voucher.id))).all()
    return {voucher_id: day for voucher_id, day in found}  # noqa: C416 - mypy does not know a row as a pair


def interested_in(look: Look, row: Voucher) -> frozenset[str]:
    """Return who has an interest in a voucher: its holders, today's members, and whoever lives with a holder.

    Choice: holders are fixed when a voucher is issued, so that nobody joins to claim; members are those of today, so
    that nobody joins to approve.
    """
    holders = holders_of(look, row.id)
    members = identity.organisation(look, row.place, row.organisation_id).members if row.organisation_id else []
    return identity.housemates(look, holders) | set(members)


def sees_details(look: Look, holders: Collection[str]) -> bool:
    """Return whether whoever asks may see the names, account numbers and receipts of a voucher."""
    door = access.DETAILS
    return door.allows(look.roles) and (not door.only_own(look.roles) or look.actor.id in holders)

# SPDX-License-Identifier: EUPL-1.2
"""Finds which groups are late with their account, and until when each was asked to give it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look
from wijkbudget.vouchers.grants.models import GrantDecision
from wijkbudget.vouchers.grants.rules import DecisionKind
from wijkbudget.vouchers.models import Voucher
from wijkbudget.vouchers.reminders import rules
from wijkbudget.vouchers.reminders.models import AccountReminder
from wijkbudget.vouchers.rules import VoucherState


def due_on(look: Look, row: Voucher) -> date | None:
    """Return the last day to account for a voucher that ended, or None if there is nothing to account for."""
    if row.state != VoucherState.EXPIRED or not row.claimed_cents:
        return None
    section = neighbourhoods.policy(look, row.place, row.issued_on).rules.vouchers
    ended_on = row.stopped_on or row.valid_until - timedelta(days=1)
    return rules.due_on(ended_on, section.account_within_days)


def terms_of(look: Look, voucher_ids: Collection[UUID]) -> Mapping[UUID, date]:
    """Return until when the group of each of these vouchers was last asked to account for it, if it was."""
    last = select(col(AccountReminder.voucher_id), func.max(col(AccountReminder.until)))
    of_them = last.where(col(AccountReminder.voucher_id).in_(voucher_ids))
    return dict(look.session.exec(of_them.group_by(col(AccountReminder.voucher_id))).all())


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every voucher that was settled without an account before its group had its time."""
    settled = select(Voucher.id, GrantDecision.decided_at).join(
        GrantDecision, col(GrantDecision.voucher_id) == col(Voucher.id)
    )
    silent = col(Voucher.account).is_(None), col(GrantDecision.kind) == DecisionKind.SETTLEMENT
    found = look.session.exec(settled.where(*silent).order_by(col(Voucher.id))).all()
    terms = terms_of(look, [voucher_id for voucher_id, _at in found])
    for voucher_id, decided_at in found:
        until = terms.get(voucher_id)
        if until is None or day_of(decided_at) <= until:
            shows = f"was settled without an account, and its group had until {until}"
            yield Fault("a group is asked before its money is settled", f"voucher {voucher_id}", shows)

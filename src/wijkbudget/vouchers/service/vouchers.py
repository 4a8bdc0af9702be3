# SPDX-License-Identifier: EUPL-1.2
"""Issues vouchers, accounts for them, settles them and lets them expire."""

from uuid import UUID

from sqlmodel import col, select

from wijkbudget.db.moving import move
from wijkbudget.kit.codes import read_code
from wijkbudget.kit.period import days_after
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import Transfer
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import access, queries, rules
from wijkbudget.vouchers.events import (
    VoucherAccounted,
    VoucherExpired,
    VoucherIssued,
    VoucherSettled,
    VoucherStopped,
)
from wijkbudget.vouchers.models import Voucher, VoucherHolder
from wijkbudget.vouchers.queries import rows
from wijkbudget.vouchers.rules import VoucherState
from wijkbudget.vouchers.schemas import AccountFor, IssueVoucher, VoucherView

AS_READ = ("state", "claimed_cents")
"""What must not have changed when a voucher moves on."""


def issue(work: Work, place: str, command: IssueVoucher) -> VoucherView:
    """Put reserved money in the hands of a group, for the verb that decided so. Raises NotEnough."""
    valid_days = neighbourhoods.policy(work, place).rules.vouchers.valid_days
    voucher = _new(work, place, command, valid_days)
    work.session.add(voucher)
    work.session.flush()
    work.session.add_all(VoucherHolder(voucher_id=voucher.id, person=person) for person in sorted(set(command.holders)))
    transfer = Transfer(
        source=chart.reserved(place, command.year),
        target=chart.voucher(place, command.year, voucher.id),
        amount=command.value_cents,
        reference=rules.issue_reference(voucher.id),
    )
    ledger.post(work, place, transfer)
    work.record(
        VoucherIssued(
            place=place,
            subject=str(voucher.id),
            year=command.year,
            about=command.about,
            decision_id=str(command.decision_id),
            value_cents=command.value_cents,
            valid_until=voucher.valid_until.isoformat(),
        )
    )
    return queries.voucher(work, place, voucher.id)


@verb(access.CLAIM)
def account_for(work: Work, place: str, voucher_id: UUID, command: AccountFor) -> VoucherView:
    """Say what was done with the money, when nothing is open any more.

    Raises VoucherNotFound, NotYours, WrongState, ClaimsOpen or DayToCome.
    """
    row = rows.voucher_row(work, place, voucher_id)
    work.demand_own(rows.holders_of(work, voucher_id))
    rules.demand_state(VoucherState(row.state), VoucherState.ACCOUNTED)
    rules.demand_finished(command.finished_on, work.today)
    rules.demand_nothing_open(rows.open_count(work, place, voucher_id))
    told = {"account": command.done, "finished_on": command.finished_on}
    move(work.session, row, AS_READ, state=VoucherState.ACCOUNTED, **told)
    work.record(VoucherAccounted(place=place, subject=str(voucher_id), paid_cents=row.claimed_cents))
    return queries.voucher(work, place, voucher_id)


@verb(access.DECIDE, once=True)
def settle(work: Work, place: str, voucher_id: UUID) -> VoucherView:
    """End a voucher whose payments all have their receipt; the rest goes back to the pot.

    Raises VoucherNotFound, OwnMoney, WrongState, ClaimsOpen or NotAccountedFor.
    """
    row = rows.voucher_row(work, place, voucher_id)
    rules.demand_other_eyes(work.actor.id, rows.interested_in(work, row))
    rules.demand_state(VoucherState(row.state), VoucherState.SETTLED)
    rules.demand_nothing_open(rows.open_count(work, place, voucher_id))
    paid_cents, receipts_cents = rows.paid_and_shown(work, place, voucher_id)
    rules.demand_accounted(paid_cents, receipts_cents)
    _give_back(work, row, VoucherState.SETTLED)
    work.record(
        VoucherSettled(
            place=place, subject=str(voucher_id), paid_cents=paid_cents, returned_cents=row.value_cents - paid_cents
        )
    )
    return queries.voucher(work, place, voucher_id)


def stop(work: Work, place: str, voucher_id: UUID) -> int:
    """Return how many cents went back from the voucher of a plan that stops, for the verb that stops it.

    Raises VoucherNotFound, WrongState, ClaimsOpen or NothingLeft.
    """
    row = rows.voucher_row(work, place, voucher_id)
    rules.demand_state(VoucherState(row.state), VoucherState.EXPIRED)
    rules.demand_nothing_open(rows.open_count(work, place, voucher_id))
    rules.demand_left(row.value_cents - row.claimed_cents - row.returned_cents)
    rest_cents = _give_back(work, row, VoucherState.EXPIRED, stopped_on=work.today)
    work.record(VoucherStopped(place=place, subject=str(voucher_id), returned_cents=rest_cents))
    return rest_cents


@verb(access.EXPIRE)
def expire(work: Work, place: str) -> int:
    """Let the rest go back of each voucher whose time is over and on which nothing is open; return how many."""
    due = select(Voucher).where(
        col(Voucher.place) == place,
        col(Voucher.state) == VoucherState.ACTIVE,
        col(Voucher.valid_until) <= work.today,
    )
    over = [row for row in work.session.exec(due).all() if not rows.open_count(work, place, row.id)]
    for row in over:
        rest_cents = _give_back(work, row, VoucherState.EXPIRED)
        work.record(VoucherExpired(place=place, subject=str(row.id), returned_cents=rest_cents))
    return len(over)


def _new(work: Work, place: str, command: IssueVoucher, valid_days: int) -> Voucher:
    """Return the row of a new voucher."""
    voucher_id = work.new_id()
    return Voucher(
        id=voucher_id,
        place=place,
        year=command.year,
        about=command.about,
        title=command.title,
        decision_id=command.decision_id,
        organisation_id=command.organisation_id,
        code_hash=rows.code_hash(work, read_code(rows.code_of(work, voucher_id)) or ""),
        value_cents=command.value_cents,
        claimed_cents=0,
        returned_cents=0,
        state=VoucherState.ACTIVE,
        issued_on=work.today,
        valid_until=days_after(work.today, valid_days),
    )


def _give_back(work: Work, row: Voucher, then: VoucherState, **told: object) -> int:
    """End the spending on a voucher, and return how many cents went back to the pot."""
    rest_cents = row.value_cents - row.claimed_cents - row.returned_cents
    move(work.session, row, AS_READ, state=then, returned_cents=row.returned_cents + rest_cents, **told)
    if rest_cents:
        transfer = Transfer(
            source=chart.voucher(row.place, row.year, row.id),
            target=chart.pot(row.place, row.year),
            amount=rest_cents,
            reference=rules.rest_reference(row.id),
        )
        ledger.post(work, row.place, transfer)
    return rest_cents

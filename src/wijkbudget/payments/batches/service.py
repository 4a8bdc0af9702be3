# SPDX-License-Identifier: EUPL-1.2
"""Names the account that pays, and puts batches together, takes them apart, releases and sends them."""

from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select, update

from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.payments import access, booking
from wijkbudget.payments.batches import pain, queries, rules
from wijkbudget.payments.batches.events import AccountNamed, BatchDrafted, BatchReleased, BatchSent, BatchUndone
from wijkbudget.payments.batches.models import DebtorAccount, PaymentBatch, PaymentLine
from wijkbudget.payments.batches.rules import BatchState, LineState
from wijkbudget.payments.batches.schemas import AccountView, BatchDetails, DraftBatch, NameAccount, RefusedByBank
from wijkbudget.payments.models import Payout
from wijkbudget.payments.queries import parties_of
from wijkbudget.payments.rules import PayoutNotFound, PayoutState, bank_of, demand_waiting, read_iban
from wijkbudget.trail.work import Draft, Outdated, Work, verb


class _Made(NamedTuple):
    """A file that was made before the act that releases it."""

    order: rules.Order
    content: bytes


@verb(access.NAME_ACCOUNT, municipal=True)
def name_account(work: Work, command: NameAccount) -> AccountView:
    """Say from which account the municipality pays from now on. Raises IbanUnreadable."""
    iban = read_iban(command.iban)
    row = DebtorAccount(
        version=queries.account_version(work) + 1,
        holder=command.holder,
        iban=iban,
        bic=bank_of(iban),
        decided_by=command.decided_by,
        named_by=work.actor.id,
        named_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record(AccountNamed(place=None, subject=str(row.version), version=row.version))
    return queries.account(work)


@verb(access.BATCH, municipal=True, once=True)
def draft(work: Work, command: DraftBatch) -> BatchDetails:
    """Put payouts together for the bank.

    Raises NoBankAccount, PayoutNotFound, AlreadyPaid, InABatch, PayoutOver or HadAHandInIt.
    """
    version = queries.account(work).version
    found = _payouts(work, command.payouts)
    batch_id = work.new_id()
    total_cents = sum(payout.amount_cents for payout in found)
    row = PaymentBatch(
        id=batch_id,
        state=BatchState.DRAFTED,
        account_version=version,
        payment_count=len(found),
        total_cents=total_cents,
        drafted_by=work.actor.id,
        drafted_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    for payout in found:
        booking.move(work, payout, PayoutState.ORDERED, state=PayoutState.BATCHED)
        work.session.add(_line(batch_id, payout))
    work.session.flush()
    payouts = [str(payout.id) for payout in found]
    facts = BatchDrafted(place=None, subject=str(batch_id), payouts=payouts, count=len(found), total_cents=total_cents)
    work.record(facts)
    return queries.batch(work, batch_id)


@verb(access.BATCH, municipal=True)
def undo(work: Work, batch_id: UUID) -> BatchDetails:
    """Take a batch apart that nobody released; its payouts wait again. Raises BatchNotFound or WrongState."""
    row = queries.batch_row(work, batch_id)
    paid = queries.lines_of(work, batch_id)
    _move(work, row, state=BatchState.UNDONE)
    work.session.exec(delete(PaymentLine).where(col(PaymentLine.batch_id) == batch_id))
    for _of_it, payout in paid:
        booking.move(work, payout, PayoutState.BATCHED, state=PayoutState.ORDERED)
    work.record(BatchUndone(place=None, subject=str(batch_id), total_cents=row.total_cents))
    return queries.batch(work, batch_id)


def make_file(look: Draft, batch_id: UUID) -> _Made:
    """Make the file of a batch, before the act: checking it takes a while. Raises BatchNotFound or WrongState."""
    row = queries.batch_row(look, batch_id)
    rules.demand_batch_state(BatchState(row.state), BatchState.RELEASED)
    order = queries.order_of(look, row)
    return _Made(order, pain.write(order))


@verb(access.RELEASE, municipal=True, once=True, prepare=make_file)
def release(work: Work, batch_id: UUID) -> BatchDetails:
    """Release a batch that somebody else put together, and keep its file for the bank.

    Raises BatchNotFound, WrongState, SamePerson, HadAHandInIt or Outdated.
    """
    row = queries.batch_row(work, batch_id)
    rules.demand_batch_state(BatchState(row.state), BatchState.RELEASED)
    rules.demand_other_person(row.drafted_by, work.actor.id)
    _demand_no_hand(work, [payout for _of_it, payout in queries.lines_of(work, batch_id)])
    made = work.prepared(make_file)
    now = queries.order_of(work, row)
    if replace(made.order, made_at=now.made_at, execution_on=now.execution_on) != now:
        raise Outdated
    sha256 = work.files.put(made.content)
    _move(work, row, state=BatchState.RELEASED, released_by=work.actor.id, released_at=work.now, file_sha256=sha256)
    total_cents = row.total_cents
    work.record(BatchReleased(place=None, subject=str(batch_id), total_cents=total_cents, file_sha256=sha256))
    return queries.batch(work, batch_id)


@verb(access.BATCH, municipal=True)
def send(work: Work, batch_id: UUID) -> BatchDetails:
    """Say that the bank got the file. Raises BatchNotFound or WrongState."""
    row = queries.batch_row(work, batch_id)
    _move(work, row, state=BatchState.SENT, sent_by=work.actor.id, sent_at=work.now)
    work.record(BatchSent(place=None, subject=str(batch_id), total_cents=row.total_cents))
    return queries.batch(work, batch_id)


@verb(access.BATCH, municipal=True, once=True)
def refuse_payment(work: Work, batch_id: UUID, command: RefusedByBank) -> BatchDetails:
    """Let a payment wait again that the bank told you it does not pay.

    Choice: only of a batch that was sent, and only while the bank did not say otherwise on a statement.
    Raises BatchNotFound, PayoutNotFound or WrongState.
    """
    row = queries.batch_row(work, batch_id)
    paid = {payout.id: (line, payout) for line, payout in queries.lines_of(work, batch_id)}
    if command.payout_id not in paid:
        raise PayoutNotFound(_("There is no such payment in this batch."))
    line, payout = paid[command.payout_id]
    rules.demand_sent(BatchState(row.state))
    turn(work, line, LineState.WAITING, LineState.REFUSED)
    booking.send_back(work, payout, command.reason)
    return queries.batch(work, batch_id)


def turn(work: Work, line: PaymentLine, before: LineState, then: LineState) -> None:
    """Say what became of a payment, in one step that the database decides. Raises WrongState."""
    there = col(PaymentLine.end_to_end_id) == line.end_to_end_id, col(PaymentLine.state) == before
    if work.session.exec(update(PaymentLine).where(*there).values(state=then)).rowcount != 1:
        raise WrongState(_("The bank said something else of this payment before."))
    work.session.refresh(line)


def _payouts(work: Work, ids: list[UUID]) -> list[Payout]:
    """Return the payouts for a batch. Raises PayoutNotFound, AlreadyPaid, InABatch, PayoutOver or HadAHandInIt."""
    asked = set(ids)
    rows = select(Payout).where(col(Payout.id).in_(asked)).order_by(col(Payout.place), col(Payout.id))
    found = list(work.session.exec(rows).all())
    if len(found) != len(asked):
        raise PayoutNotFound(_("One of these payments is not there."))
    for payout in found:
        demand_waiting(PayoutState(payout.state))
    _demand_no_hand(work, found)
    return found


def _demand_no_hand(work: Work, payouts: list[Payout]) -> None:
    """Raise HadAHandInIt if whoever asks had a hand in one of these payouts."""
    parties = parties_of(work, [payout.id for payout in payouts])
    rules.demand_no_hand(work.actor.id, ((payout.title, payout.amount_cents, parties[payout.id]) for payout in payouts))


def _line(batch_id: UUID, payout: Payout) -> PaymentLine:
    return PaymentLine(
        end_to_end_id=rules.end_to_end_id(payout.id, payout.attempt),
        batch_id=batch_id,
        payout_id=payout.id,
        attempt=payout.attempt,
        amount_cents=payout.amount_cents,
        state=LineState.WAITING,
    )


def _move(work: Work, row: PaymentBatch, **values: Any) -> None:
    """Bring a batch to its next state, in one step that the database decides. Raises WrongState."""
    before, then = BatchState(row.state), BatchState(values["state"])
    rules.demand_batch_state(before, then)
    there = update(PaymentBatch).where(col(PaymentBatch.id) == row.id, col(PaymentBatch.state) == before)
    if work.session.exec(there.values(**values)).rowcount != 1:
        rules.demand_batch_state(then, then)
    work.session.refresh(row)

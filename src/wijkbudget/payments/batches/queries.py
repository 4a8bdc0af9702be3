# SPDX-License-Identifier: EUPL-1.2
"""Reads batches and their payments, and proves that they are what was ordered."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments import access
from wijkbudget.payments.batches import rules
from wijkbudget.payments.batches.models import DebtorAccount, PaymentBatch, PaymentLine
from wijkbudget.payments.batches.rules import BatchNotFound, BatchState, LineState, NoBankAccount
from wijkbudget.payments.batches.schemas import (
    AccountView,
    BatchDetails,
    BatchLineView,
    BatchView,
    FileView,
    WaitingView,
)
from wijkbudget.payments.models import Payout
from wijkbudget.payments.queries import parties_of, touched
from wijkbudget.payments.rules import PayoutState, bank_of
from wijkbudget.trail.work import Look, question


@question(access.READ_BATCHES, municipal=True)
def to_batch(look: Look) -> list[WaitingView]:
    """Return the payouts of all neighbourhoods that can go to the bank, by neighbourhood, the oldest first."""
    waits = select(Payout).where(col(Payout.state) == PayoutState.ORDERED)
    found = look.session.exec(waits.order_by(col(Payout.place), col(Payout.ordered_at), col(Payout.id))).all()
    barred, names = touched(look), names_of(look)
    return [
        WaitingView(
            id=row.id,
            place=row.place,
            neighbourhood=names[row.place],
            title=row.title,
            payee=row.payee,
            iban=row.iban,
            amount_cents=row.amount_cents,
            ordered_at=row.ordered_at,
            sent_back=row.sent_back,
            is_barred=row.id in barred,
        )
        for row in found
    ]


@question(access.READ_BATCHES, municipal=True)
def batches(look: Look) -> list[BatchView]:
    """Return every batch, the newest first."""
    newest = col(PaymentBatch.drafted_at).desc(), col(PaymentBatch.id)
    found = look.session.exec(select(PaymentBatch).order_by(*newest)).all()
    states = _line_states(look)
    return [_view(row, states.get(row.id, [])) for row in found]


@question(access.READ_BATCHES, municipal=True)
def batch(look: Look, batch_id: UUID) -> BatchDetails:
    """Return one batch with its payments. Raises BatchNotFound."""
    row = batch_row(look, batch_id)
    paid = lines_of(look, batch_id)
    names = identity.names(look, {person for person in (row.drafted_by, row.released_by) if person})
    view, pays = _view(row, [LineState(line.state) for line, _payout in paid]), access.BATCH.allows(look.roles)
    had_a_hand = row.drafted_by == look.actor.id or not touched(look).isdisjoint(payout.id for _line, payout in paid)
    return BatchDetails(
        **view.model_dump(),
        account=_account(_account_row(look, row.account_version)),
        drafted_by=names.get(row.drafted_by, row.drafted_by),
        released_by=names.get(row.released_by, row.released_by) if row.released_by else None,
        file_sha256=row.file_sha256,
        lines=_lines(look, paid),
        may_release=access.RELEASE.allows(look.roles) and view.state is BatchState.DRAFTED and not had_a_hand,
        may_undo=pays and view.state is BatchState.DRAFTED,
        may_fetch=pays and row.file_sha256 is not None,
        may_send=pays and view.state is BatchState.RELEASED,
        may_refuse=pays and view.state is BatchState.SENT,
    )


@question(access.BATCH, municipal=True)
def batch_file(look: Look, batch_id: UUID) -> FileView:
    """Return the file of a batch for the bank, each time the same. Raises BatchNotFound."""
    row = batch_row(look, batch_id)
    content = look.files.read(row.file_sha256) if row.file_sha256 else None
    if content is None:
        raise BatchNotFound(_("There is no file of this batch."))
    return FileView(name=f"betaalopdracht-{batch_id.hex[:8]}.xml", content=content)


@question(access.READ_ACCOUNT, municipal=True)
def account(look: Look) -> AccountView:
    """Return the account the municipality pays from now. Raises NoBankAccount."""
    return _account(_account_row(look))


def account_ibans(look: Look) -> frozenset[str]:
    """Return every account the municipality paid from."""
    return frozenset(look.session.exec(select(DebtorAccount.iban)).all())


def account_version(look: Look) -> int:
    """Return how many times an account was named."""
    versions = select(DebtorAccount.version).order_by(col(DebtorAccount.version).desc())
    return look.session.exec(versions.limit(1)).first() or 0


def batch_row(look: Look, batch_id: UUID) -> PaymentBatch:
    """Return the row of a batch, for the verbs. Raises BatchNotFound."""
    found = look.session.exec(select(PaymentBatch).where(col(PaymentBatch.id) == batch_id)).first()
    if found is None:
        raise BatchNotFound(_("There is no such batch."))
    return found


def lines_of(look: Look, batch_id: UUID) -> Sequence[tuple[PaymentLine, Payout]]:
    """Return the payments of a batch with their payouts, in one order."""
    both = select(PaymentLine, Payout).join(Payout, col(Payout.id) == col(PaymentLine.payout_id))
    of_it = both.where(col(PaymentLine.batch_id) == batch_id)
    return look.session.exec(of_it.order_by(col(Payout.place), col(PaymentLine.end_to_end_id))).all()


def names_of(look: Look) -> dict[str, str]:
    """Return what each neighbourhood is called."""
    return {view.slug: view.name for view in neighbourhoods.neighbourhoods(look)}


def order_of(look: Look, row: PaymentBatch) -> rules.Order:
    """Return a batch as the bank is told it, at this moment."""
    account_row, names = _account_row(look, row.account_version), names_of(look)
    return rules.Order(
        id=row.id,
        debtor=rules.Debtor(holder=account_row.holder, iban=account_row.iban, bic=account_row.bic),
        made_at=look.now,
        execution_on=look.today,
        instructions=tuple(
            rules.Instruction(
                end_to_end_id=line.end_to_end_id,
                amount_cents=line.amount_cents,
                payee=payout.payee,
                iban=payout.iban,
                bic=bank_of(payout.iban),
                remittance=rules.remittance(names[payout.place], payout.year, payout.title, payout.number),
            )
            for line, payout in lines_of(look, row.id)
        ),
    )


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every batch that is not what was ordered, and for every payout that is lost between batches."""
    for row in look.session.exec(select(PaymentBatch).order_by(col(PaymentBatch.id))).all():
        paid = lines_of(look, row.id)
        about = f"batch {row.id}"
        counted = (len(paid), sum(line.amount_cents for line, _payout in paid))
        if row.state != BatchState.UNDONE and counted != (row.payment_count, row.total_cents):
            shows = f"says {row.payment_count} payments, {row.total_cents} cents; they are {counted[0]}, {counted[1]}"
            yield Fault("a batch is the sum of its payments", about, shows)
        for line, payout in paid:
            yield from _check_line(line, payout, about)
        content = look.files.read(row.file_sha256) if row.file_sha256 else b""
        if row.file_sha256 and hashlib.sha256(content or b"").hexdigest() != row.file_sha256:
            yield Fault("every released batch has its file", about, "its file is gone or altered")
        hands = parties_of(look, [payout.id for _line, payout in paid]).values()
        if {row.drafted_by, row.released_by} & {person for some in hands for person in some}:
            yield Fault("others pay", about, "was handled by somebody who asked for its money or approved it")
    yield from _check_batched(look)


def _check_line(line: PaymentLine, payout: Payout, about: str) -> Iterator[Fault]:
    """Yield a fault where a payment of a batch and its payout do not say the same."""
    shows = f"payment {line.end_to_end_id}"
    if line.amount_cents != payout.amount_cents:
        yield Fault("a batch pays what was ordered", about, f"{shows} has another amount")
    if line.state == LineState.BOOKED and payout.attempt > line.attempt:
        # It was undone as a mistake, which the room of those proves.
        return
    expected = {LineState.WAITING: PayoutState.BATCHED, LineState.BOOKED: PayoutState.PAID}.get(LineState(line.state))
    if expected is not None and (payout.state, payout.attempt) != (expected, line.attempt):
        yield Fault("a payment is in one state", about, f"{shows} is {line.state}, its payout is {payout.state}")
    if expected is None and payout.attempt <= line.attempt:
        yield Fault("what was sent back waits again", about, f"{shows} is {line.state}, its payout does not know")


def _check_batched(look: Look) -> Iterator[Fault]:
    """Yield a fault for each payout that says it is in a batch and stands in none."""
    waiting = select(PaymentLine.payout_id).where(col(PaymentLine.state) == LineState.WAITING)
    lost = select(Payout.id).where(col(Payout.state) == PayoutState.BATCHED, col(Payout.id).not_in(waiting))
    for payout_id in look.session.exec(lost).all():
        yield Fault("what is batched is in a batch", f"payout {payout_id}", "is in none")


def _line_states(look: Look) -> dict[UUID, list[LineState]]:
    """Return what became of the payments of each batch."""
    rows = select(PaymentLine.batch_id, PaymentLine.state).distinct()
    found = defaultdict[UUID, list[LineState]](list)
    for batch_id, state in look.session.exec(rows).all():
        found[batch_id].append(LineState(state))
    return found


def _account_row(look: Look, version: int | None = None) -> DebtorAccount:
    """Return the account of a version, or the one that holds. Raises NoBankAccount."""
    rows = select(DebtorAccount).order_by(col(DebtorAccount.version).desc())
    of_it = rows.where(col(DebtorAccount.version) == version) if version else rows
    found = look.session.exec(of_it.limit(1)).first()
    if found is None:
        raise NoBankAccount(_("Nobody has said yet from which account the municipality pays."))
    return found


def _account(row: DebtorAccount) -> AccountView:
    return AccountView.model_validate(row, from_attributes=True)


def _view(row: PaymentBatch, lines: Collection[LineState]) -> BatchView:
    return BatchView(
        id=row.id,
        state=rules.state_of(BatchState(row.state), lines),
        payment_count=row.payment_count,
        total_cents=row.total_cents,
        drafted_at=row.drafted_at,
        released_at=row.released_at,
        sent_at=row.sent_at,
    )


def _lines(look: Look, paid: Sequence[tuple[PaymentLine, Payout]]) -> list[BatchLineView]:
    names = names_of(look)
    return [
        BatchLineView(
            payout_id=payout.id,
            end_to_end_id=line.end_to_end_id,
            place=payout.place,
            neighbourhood=names[payout.place],
            title=payout.title,
            payee=payout.payee,
            iban=payout.iban,
            amount_cents=line.amount_cents,
            state=LineState(line.state),
        )
        for line, payout in paid
    ]

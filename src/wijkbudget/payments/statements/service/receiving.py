# SPDX-License-Identifier: EUPL-1.2
"""Takes statements in, matches their lines with payments, and keeps why the others do not match."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from wijkbudget.db.among import Among
from wijkbudget.kit.text import _
from wijkbudget.payments import access, booking
from wijkbudget.payments.batches import queries as batches
from wijkbudget.payments.batches.models import PaymentBatch, PaymentLine
from wijkbudget.payments.batches.rules import OUT, BatchState, LineState
from wijkbudget.payments.batches.service import turn
from wijkbudget.payments.deposits import queries as deposits
from wijkbudget.payments.deposits import service as depositing
from wijkbudget.payments.models import Payout
from wijkbudget.payments.reversals import queries as undone
from wijkbudget.payments.reversals import service as reversals
from wijkbudget.payments.rules import PayoutState
from wijkbudget.payments.statements import queries, rules
from wijkbudget.payments.statements.camt import reading
from wijkbudget.payments.statements.camt.reading import Statement
from wijkbudget.payments.statements.events import StatementReceived
from wijkbudget.payments.statements.models import BankLine, BankMatch, BankStatement
from wijkbudget.payments.statements.rules import OF_NO_PAYMENT, Difference, Known, Match
from wijkbudget.payments.statements.schemas import ReceiveStatement, StatementView
from wijkbudget.trail.work import Draft, Work, verb


class _Read(NamedTuple):
    """A file that was read before the act that takes it in."""

    sha256: str
    statements: list[Statement]


@dataclass
class _Payment:
    """A payment of ours while a statement is matched with it."""

    line: PaymentLine
    payout: Payout
    is_out: bool
    matches: set[Match] = field(default_factory=set)

    @property
    def known(self) -> Known:
        return Known(
            amount_cents=self.line.amount_cents,
            state=LineState(self.line.state),
            is_out=self.is_out,
            matches=frozenset(self.matches),
        )


def read_file(_look: Draft, command: ReceiveStatement) -> _Read:
    """Read a file before the act: a large one takes a while. Raises StatementUnreadable or EntryTwice."""
    content, found = rules.read_statements(command.statement)
    return _Read(hashlib.sha256(content).hexdigest(), found)


@verb(access.BATCH, municipal=True, once=True, prepare=read_file)
def receive(work: Work, command: ReceiveStatement) -> list[StatementView]:  # noqa: ARG001 - it was read before the act
    """Take in a file of the bank: book what was paid, undo what was sent back, and list what does not match.

    Raises StatementUnreadable, StatementTwice or EntryTwice; then nothing of the file is taken in.
    """
    made = work.prepared(read_file)
    ours, taken = batches.account_ibans(work), []
    for statement in made.statements:
        rules.demand_our_account(statement.iban, ours)
        _demand_new(work, statement)
        taken.append(_take_in(work, statement, made.sha256))
    return [view for view in queries.statements(work) if view.id in taken]


def _demand_new(work: Work, statement: Statement) -> None:
    """Raise StatementTwice or EntryTwice if a statement, or an entry of it, was there before."""
    same = col(BankStatement.iban) == statement.iban, col(BankStatement.statement_id) == statement.id
    if work.session.exec(select(BankStatement.id).where(*same)).first() is not None:
        raise rules.StatementTwice(_("Statement %(name)s was read before.", name=statement.id))
    references = [line.bank_reference for line in statement.lines if line.bank_reference and line.part == 1]
    there = select(BankLine.bank_reference).where(
        col(BankLine.iban) == statement.iban, Among(col(BankLine.bank_reference), "references")
    )
    if (twice := work.session.exec(there, params={"references": references}).first()) is not None:
        raise rules.entry_twice(twice)


def _take_in(work: Work, statement: Statement, sha256: str) -> UUID:
    """Keep one statement with its lines, and do what they say."""
    row = BankStatement(
        id=work.new_id(),
        iban=statement.iban,
        statement_id=statement.id,
        sequence=statement.sequence,
        opened_on=statement.opened_on,
        closed_on=statement.closed_on,
        opening_cents=statement.opening_cents,
        closing_cents=statement.closing_cents,
        line_count=len(statement.lines),
        file_sha256=sha256,
        received_by=work.actor.id,
        received_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    payments = _payments(work, [line.end_to_end_id for line in statement.lines if line.end_to_end_id])
    matched = 0
    # What went out comes first, so that what was sent back on the same day undoes what is booked.
    for line in sorted(statement.lines, key=lambda line: line.is_credit):
        matched += _match(work, row, line, payments)
    work.record(
        StatementReceived(
            place=None,
            subject=str(row.id),
            count=len(statement.lines),
            matched=matched,
            different=len(statement.lines) - matched,
            opening_cents=row.opening_cents,
            closing_cents=row.closing_cents,
            file_sha256=sha256,
        )
    )
    return row.id


def _match(work: Work, row: BankStatement, line: reading.BankLine, payments: dict[str, _Payment]) -> bool:
    """Keep one line, do what it says, and return whether it is of payments of ours."""
    verdict, meant = _judged(work, line, payments)
    moved_cents = line.amount_cents if line.is_credit else -line.amount_cents
    said = (line.remittance, line.end_to_end_id, line.bank_reference)
    deposit = deposits.expected(work, moved_cents, said) if verdict in OF_NO_PAYMENT else None
    verdict = Match.DEPOSIT if deposit else verdict
    match = verdict if isinstance(verdict, Match) else None
    kept = BankLine(
        id=work.new_id(),
        statement_id=row.id,
        iban=row.iban,
        entry=line.entry,
        part=line.part,
        bank_reference=line.bank_reference,
        booked_on=line.booked_on,
        is_credit=line.is_credit,
        amount_cents=line.amount_cents,
        end_to_end_id=line.end_to_end_id,
        return_reason=line.return_reason,
        match=match,
        difference=None if match else verdict,
        party=None if match else line.party,
        party_iban=None if match else line.party_iban,
        remittance=None if match else line.remittance,
    )
    work.session.add(kept)
    work.session.flush()
    if match is None:
        return False
    if deposit:
        depositing.arrive(work, deposit, kept.id)
        return True
    for payment in meant:
        _follow(work, payment, match, line)
        work.session.add(BankMatch(end_to_end_id=payment.line.end_to_end_id, match=match, line_id=kept.id))
    work.session.flush()
    return True


def _judged(
    work: Work, line: reading.BankLine, payments: dict[str, _Payment]
) -> tuple[Match | Difference, list[_Payment]]:
    """Return what a line says, and of which payments: of one, or of a whole batch if it tells only its sum."""
    named = payments.get(line.end_to_end_id or "")
    whole = [] if named or line.is_credit or line.end_to_end_id else _whole_batch(work, line, payments)
    if not whole:
        return rules.judge(line, named.known if named else None), [named] if named else []
    if sum(payment.line.amount_cents for payment in whole) != line.amount_cents:
        return Difference.OTHER_AMOUNT, []
    parts = ((replace(line, amount_cents=payment.line.amount_cents), payment.known) for payment in whole)
    verdicts = {rules.judge(part, known) for part, known in parts}
    return (verdicts.pop(), whole) if len(verdicts) == 1 else (Difference.OTHER_AMOUNT, [])


def _follow(work: Work, payment: _Payment, match: Match, line: reading.BankLine) -> None:
    """Do in the books what a statement says of a payment."""
    state = LineState(payment.line.state)
    if match is Match.SENT_BACK:
        turn(work, payment.line, state, LineState.SENT_BACK)
        reversals.send_back(work, payment.payout, payment.line.attempt, line.return_reason or "-")
    elif state is LineState.WAITING:
        turn(work, payment.line, state, LineState.BOOKED)
        booking.book(work, payment.payout, PayoutState.BATCHED, line.bank_reference or payment.line.end_to_end_id)
    # Else it was sent back on a statement that we read before this one: it went out and came in, and nothing moves.
    payment.matches.add(match)


def _payments(work: Work, end_to_end_ids: Sequence[str]) -> dict[str, _Payment]:
    """Return the payments of ours that go by these ids, with what statements said of them before."""
    found = _of(work, Among(col(PaymentLine.end_to_end_id), "asked"), asked=end_to_end_ids)
    return {payment.line.end_to_end_id: payment for payment in found}


def _whole_batch(work: Work, line: reading.BankLine, payments: dict[str, _Payment]) -> list[_Payment]:
    """Return every payment of the batch that a line names, as far as each is known by now."""
    try:
        batch_id = UUID(hex=line.batch_reference or "")
    except ValueError:
        return []
    found = _of(work, col(PaymentLine.batch_id) == batch_id)
    return [payments.setdefault(payment.line.end_to_end_id, payment) for payment in found]


def _of(work: Work, condition: ColumnElement[bool], **asked: Sequence[str]) -> list[_Payment]:
    """Return payments with what statements said of them before."""
    rows = (
        select(PaymentLine, Payout, PaymentBatch.state)
        .join(Payout, col(Payout.id) == col(PaymentLine.payout_id))
        .join(PaymentBatch, col(PaymentBatch.id) == col(PaymentLine.batch_id))
        .where(condition)
        .order_by(col(PaymentLine.end_to_end_id))
    )
    both = work.session.exec(rows, params=asked).all()
    found = {line.end_to_end_id: _Payment(line, payout, BatchState(state) in OUT) for line, payout, state in both}
    reversed_ = undone.reversals_among(work, [payout.id for _line, payout, _state in both])
    for payment in found.values():
        row = reversed_.get((payment.payout.id, payment.line.attempt))
        if row and row.recovered_cents:
            # The cashier booked what came back by hand, so a line that brings it is money that nobody expects.
            payment.matches.add(Match.SENT_BACK)
    told = select(BankMatch).where(Among(col(BankMatch.end_to_end_id), "found"))
    for match in work.session.exec(told, params={"found": list(found)}).all():
        found[match.end_to_end_id].matches.add(Match(match.match))
    return list(found.values())

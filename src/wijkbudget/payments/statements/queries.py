# SPDX-License-Identifier: EUPL-1.2
"""Reads statements and what does not match, and proves that what the bank says is what the books say."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import case, func
from sqlmodel import col, select

from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.ledger import queries as ledger
from wijkbudget.ledger.rules import reversal_reference
from wijkbudget.payments import access
from wijkbudget.payments.batches.models import PaymentLine
from wijkbudget.payments.batches.rules import LineState
from wijkbudget.payments.deposits import queries as deposits
from wijkbudget.payments.models import Payout
from wijkbudget.payments.reversals import queries as reversals
from wijkbudget.payments.rules import paid_reference
from wijkbudget.payments.statements.models import BankLine, BankMatch, BankStatement, DepositProposal
from wijkbudget.payments.statements.rules import (
    OF_NO_PAYMENT,
    Difference,
    Match,
    Place,
    StatementNotFound,
    leaves_gap,
)
from wijkbudget.payments.statements.schemas import (
    BankLineView,
    DepositChoiceView,
    ProposalView,
    StatementDetails,
    StatementView,
)
from wijkbudget.trail.work import Look, question


@question(access.READ_BATCHES, municipal=True)
def statements(look: Look) -> list[StatementView]:
    """Return every statement, the newest first."""
    latest = col(BankStatement.closed_on).desc(), col(BankStatement.sequence).desc(), col(BankStatement.statement_id)
    rows = look.session.exec(select(BankStatement).order_by(*latest)).all()
    return _views(look, rows)


@question(access.READ_BATCHES, municipal=True)
def statement(look: Look, statement_id: UUID) -> StatementDetails:
    """Return one statement with its lines. Raises StatementNotFound."""
    found = [view for view in statements(look) if view.id == statement_id]
    if not found:
        raise StatementNotFound(_("There is no such bank statement."))
    of_it = select(BankLine).where(col(BankLine.statement_id) == statement_id)
    rows = look.session.exec(of_it.order_by(col(BankLine.entry), col(BankLine.part))).all()
    return StatementDetails(**found[0].model_dump(), lines=_lines(look, rows))


@question(access.READ_BATCHES, municipal=True)
def differences(look: Look) -> list[BankLineView]:
    """Return every line that matches nothing and is not explained yet, the oldest first."""
    is_open = col(BankLine.difference).is_not(None), col(BankLine.settled_at).is_(None)
    oldest = col(BankLine.booked_on), col(BankLine.entry), col(BankLine.part), col(BankLine.id)
    return _lines(look, look.session.exec(select(BankLine).where(*is_open).order_by(*oldest)).all())


@question(access.READ_BATCHES, municipal=True)
def line(look: Look, line_id: UUID) -> BankLineView:
    """Return one line of a statement. Raises StatementNotFound."""
    return _lines(look, [line_row(look, line_id)])[0]


def candidates(look: Look, row: BankLine) -> dict[str, DepositChoiceView]:
    """Return the deposits that a line could be, by their id; none if it is of a payment, or was explained."""
    if row.difference is None or row.settled_at or Difference(row.difference) not in OF_NO_PAYMENT:
        return {}
    found = deposits.on_their_way(look, row.amount_cents if row.is_credit else -row.amount_cents)
    return {one.id: DepositChoiceView(id=one.id, arrives_on=one.arrives_on, reference=one.reference) for one in found}


def line_row(look: Look, line_id: UUID) -> BankLine:
    """Return the row of a line, for the verbs. Raises StatementNotFound."""
    found = look.session.exec(select(BankLine).where(col(BankLine.id) == line_id)).first()
    if found is None:
        raise StatementNotFound(_("There is no such line on a bank statement."))
    return found


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every statement that does not add up, and every match that the books do not have."""
    amount, is_credit = col(BankLine.amount_cents), col(BankLine.is_credit)
    moved = func.sum(case((is_credit, amount), else_=-amount))
    sums = select(BankLine.statement_id, moved).group_by(col(BankLine.statement_id))
    totals = {statement_id: int(total) for statement_id, total in look.session.exec(sums).all()}
    for row in look.session.exec(select(BankStatement).order_by(col(BankStatement.id))).all():
        if row.opening_cents + totals.get(row.id, 0) != row.closing_cents:
            yield Fault("a statement adds up", f"statement {row.id}", "its lines do not lead to its balance")
    yield from _check_matches(look)


def _check_matches(look: Look) -> Iterator[Fault]:
    """Yield a fault for each payment whose statements, state and transfers do not say the same."""
    both = select(PaymentLine, Payout).join(Payout, col(Payout.id) == col(PaymentLine.payout_id))
    paid = look.session.exec(both.order_by(col(PaymentLine.end_to_end_id))).all()
    matched = defaultdict[str, set[Match]](set)
    for match in look.session.exec(select(BankMatch)).all():
        matched[match.end_to_end_id].add(Match(match.match))
    booked = ledger.amounts_under(look, [paid_reference(payout.id, of.attempt) for of, payout in paid])
    undone = ledger.amounts_under(
        look, [reversal_reference(paid_reference(payout.id, of.attempt)) for of, payout in paid]
    )
    reversed_ = reversals.reversals_among(look, [payout.id for _of, payout in paid])
    for of, payout in paid:
        about, reference = f"payment {of.end_to_end_id}", paid_reference(payout.id, of.attempt)
        says, state = matched[of.end_to_end_id], LineState(of.state)
        if (state is LineState.BOOKED) != (says == {Match.BOOKED}) or (state is LineState.SENT_BACK) != (
            Match.SENT_BACK in says
        ):
            yield Fault("a payment is what the bank says", about, f"is {state}, statements say {sorted(says)}")
        moved = booked.get(reference, 0) - undone.get(reversal_reference(reference), 0)
        stands = state is LineState.BOOKED and (payout.id, of.attempt) not in reversed_
        if moved != (of.amount_cents if stands else 0):
            yield Fault("what the bank paid is in the books", about, f"is {state}, the books moved {moved} cents")


def _views(look: Look, rows: Sequence[BankStatement]) -> list[StatementView]:
    """Return statements, each with what matches and whether one seems to be missing before it."""
    is_open = col(BankLine.difference).is_not(None) & col(BankLine.settled_at).is_(None)
    counted = select(BankLine.statement_id, func.count(col(BankLine.match)), func.sum(case((is_open, 1), else_=0)))
    counts = {
        statement_id: (matched, int(open_))
        for statement_id, matched, open_ in look.session.exec(counted.group_by(col(BankLine.statement_id))).all()
    }
    gaps, before = set[UUID](), dict[str, Place]()
    for row in reversed(rows):
        now = Place(sequence=row.sequence, opening_cents=row.opening_cents, closing_cents=row.closing_cents)
        if leaves_gap(before.get(row.iban), now):
            gaps.add(row.id)
        before[row.iban] = now
    return [
        StatementView(
            id=row.id,
            statement_id=row.statement_id,
            iban=row.iban,
            sequence=row.sequence,
            opened_on=row.opened_on,
            closed_on=row.closed_on,
            opening_cents=row.opening_cents,
            closing_cents=row.closing_cents,
            line_count=row.line_count,
            matched_count=counts.get(row.id, (0, 0))[0],
            open_count=counts.get(row.id, (0, 0))[1],
            has_gap_before=row.id in gaps,
            received_at=row.received_at,
        )
        for row in rows
    ]


def _lines(look: Look, rows: Sequence[BankLine]) -> list[BankLineView]:
    """Return lines with what the payments were for that they match."""
    pays = access.BATCH.allows(look.roles)
    titles = select(BankMatch.line_id, Payout.title).join(
        PaymentLine, col(PaymentLine.end_to_end_id) == col(BankMatch.end_to_end_id)
    )
    named = titles.join(Payout, col(Payout.id) == col(PaymentLine.payout_id))
    of_statements = named.join(BankLine, col(BankLine.id) == col(BankMatch.line_id)).where(
        col(BankLine.statement_id).in_({row.statement_id for row in rows})
    )
    payments = defaultdict[UUID, list[str]](list)
    for line_id, title in look.session.exec(of_statements.order_by(col(Payout.title))).all():
        payments[line_id].append(title)
    ids = [row.id for row in rows]
    proposals = {
        found.line_id: found
        for found in look.session.exec(select(DepositProposal).where(col(DepositProposal.line_id).in_(ids))).all()
    }
    return [
        BankLineView(
            id=row.id,
            statement_id=row.statement_id,
            booked_on=row.booked_on,
            is_credit=row.is_credit,
            amount_cents=row.amount_cents,
            end_to_end_id=row.end_to_end_id,
            return_reason=row.return_reason,
            match=Match(row.match) if row.match else None,
            difference=Difference(row.difference) if row.difference else None,
            payments=payments[row.id],
            party=row.party,
            party_iban=row.party_iban,
            remittance=row.remittance,
            settled_at=row.settled_at,
            settled_reason=row.settled_reason,
            may_settle=pays and row.difference is not None and row.settled_at is None,
            deposits=list(candidates(look, row).values()),
            proposal=_proposal_view(look, row, proposals.get(row.id)),
        )
        for row in rows
    ]


def _proposal_view(look: Look, row: BankLine, found: DepositProposal | None) -> ProposalView | None:
    """Return which deposit somebody sees in a line, and whether whoever asks can join them."""
    if found is None or row.settled_at:
        return None
    is_other = access.RELEASE.allows(look.roles) and look.actor.id != found.proposed_by
    return ProposalView(deposit_id=found.deposit_id, reason=found.reason, may_join=is_other and found.joined_at is None)

# SPDX-License-Identifier: EUPL-1.2
"""Explains lines that match nothing: by a reason, or by the deposit that two people see in one."""

from uuid import UUID

from sqlmodel import col, update

from wijkbudget.payments import access
from wijkbudget.payments.deposits import service as depositing
from wijkbudget.payments.statements import queries, rules
from wijkbudget.payments.statements.events import DepositJoined, DepositProposed, DifferenceSettled
from wijkbudget.payments.statements.models import BankLine, DepositProposal
from wijkbudget.payments.statements.rules import Difference, Match
from wijkbudget.payments.statements.schemas import BankLineView, ProposeDeposit, SettleDifference
from wijkbudget.trail.work import Work, verb


@verb(access.BATCH, municipal=True)
def settle_difference(work: Work, line_id: UUID, command: SettleDifference) -> BankLineView:
    """Explain a line that matches no payment. Raises StatementNotFound or WrongState."""
    row = queries.line_row(work, line_id)
    rules.demand_open(is_open=row.difference is not None and row.settled_at is None)
    there = update(BankLine).where(col(BankLine.id) == line_id, col(BankLine.settled_at).is_(None))
    settled = there.values(settled_by=work.actor.id, settled_at=work.now, settled_reason=command.reason)
    rules.demand_open(is_open=work.session.exec(settled).rowcount == 1)
    work.session.refresh(row)
    amount_cents, difference = row.amount_cents, str(row.difference)
    work.record(DifferenceSettled(place=None, subject=str(line_id), amount_cents=amount_cents, difference=difference))
    return queries.line(work, line_id)


@verb(access.BATCH, municipal=True)
def propose_deposit(work: Work, line_id: UUID, command: ProposeDeposit) -> BankLineView:
    """Say which deposit of a payment provider a line is that does not name it, and why; somebody else joins them.

    Raises StatementNotFound, WrongState or NotThisDeposit.
    """
    row = _demand_open(work, line_id)
    rules.demand_candidate(command.deposit_id, queries.candidates(work, row))
    before = work.session.get(DepositProposal, line_id)
    if before:
        work.session.delete(before)
        work.session.flush()
    proposal = DepositProposal(
        line_id=line_id,
        deposit_id=command.deposit_id,
        reason=command.reason,
        proposed_by=work.actor.id,
        proposed_at=work.now,
    )
    work.session.add(proposal)
    work.session.flush()
    work.record(DepositProposed(place=None, subject=command.deposit_id, line_id=str(line_id)))
    return queries.line(work, line_id)


@verb(access.RELEASE, municipal=True)
def join_deposit(work: Work, line_id: UUID) -> BankLineView:
    """Join a line with the deposit that somebody else saw in it: from then on that arrived.

    Choice: two people, as for what goes out, because nothing on the statement says so.

    Raises StatementNotFound, WrongState, NoProposal, SamePerson or NotThisDeposit.
    """
    row = _demand_open(work, line_id)
    proposal = work.session.get(DepositProposal, line_id)
    deposit_id = rules.demand_proposed(proposal.deposit_id if proposal else None)
    assert proposal, "a deposit was proposed"
    rules.demand_other_eyes(proposal.proposed_by, work.actor.id)
    rules.demand_candidate(deposit_id, queries.candidates(work, row))
    there = update(BankLine).where(col(BankLine.id) == line_id, col(BankLine.settled_at).is_(None))
    # Nobody needs to know any more who was on the other side.
    joined = there.values(match=Match.DEPOSIT, difference=None, party=None, party_iban=None, remittance=None)
    rules.demand_open(is_open=work.session.exec(joined).rowcount == 1)
    work.session.refresh(row)
    proposal.joined_by, proposal.joined_at = work.actor.id, work.now
    work.session.flush()
    work.record(DepositJoined(place=None, subject=deposit_id, line_id=str(line_id), amount_cents=row.amount_cents))
    depositing.arrive(work, deposit_id, line_id)
    return queries.line(work, line_id)


def _demand_open(work: Work, line_id: UUID) -> BankLine:
    """Return a line that matches nothing and is of no payment of ours. Raises StatementNotFound or WrongState."""
    row = queries.line_row(work, line_id)
    is_open = row.difference is not None and row.settled_at is None
    rules.demand_open(is_open=is_open and Difference(str(row.difference)) in rules.OF_NO_PAYMENT)
    return row

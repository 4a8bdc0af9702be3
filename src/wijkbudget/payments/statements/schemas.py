# SPDX-License-Identifier: EUPL-1.2
"""What statements are asked and answer."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from wijkbudget.kit.fields import Command, Field, Line, Sentences, View
from wijkbudget.payments.statements.rules import Difference, Match


class ReceiveStatement(Command):
    """Take in a file of the bank."""

    statement: Annotated[str, Field(min_length=1)]
    """A camt.053 file in base64."""


class SettleDifference(Command):
    """Explain a line that matches no payment."""

    reason: Sentences


class ProposeDeposit(Command):
    """Say which deposit of a payment provider a line is that does not name it, and why."""

    deposit_id: Line
    """By which the provider knows it."""
    reason: Sentences


class DepositChoiceView(View):
    """A deposit that a line could be: on its way, and of the same amount."""

    id: str
    arrives_on: date
    reference: str | None


class ProposalView(View):
    """Which deposit somebody sees in a line."""

    deposit_id: str
    reason: str
    may_join: bool
    """Whether whoever asks can join them: somebody else than who saw it."""


class StatementView(View):
    """A statement as a line in a list."""

    id: UUID
    statement_id: str
    """What the bank calls it."""
    iban: str
    sequence: int | None
    opened_on: date
    closed_on: date
    opening_cents: int
    closing_cents: int
    line_count: int
    matched_count: int
    open_count: int
    """How many lines match nothing and are not explained yet."""
    has_gap_before: bool
    """Whether a statement seems to be missing before this one."""
    received_at: datetime


class BankLineView(View):
    """One line of a statement."""

    id: UUID
    statement_id: UUID
    booked_on: date
    is_credit: bool
    amount_cents: int
    end_to_end_id: str | None
    return_reason: str | None
    match: Match | None
    difference: Difference | None
    payments: list[str]
    """What the payments were for that it matches."""
    party: str | None
    party_iban: str | None
    remittance: str | None
    settled_at: datetime | None
    settled_reason: str | None
    may_settle: bool
    deposits: list[DepositChoiceView]
    """Which deposits it could be."""
    proposal: ProposalView | None
    """Which of them somebody says it is, or said before the two were joined."""


class StatementDetails(StatementView):
    """A statement with its lines."""

    lines: list[BankLineView]

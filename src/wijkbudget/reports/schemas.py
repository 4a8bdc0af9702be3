# SPDX-License-Identifier: EUPL-1.2
"""What the public pages answer."""

from datetime import datetime
from uuid import UUID

from wijkbudget.kit.fields import View
from wijkbudget.kit.text import Text
from wijkbudget.reports.rules import Part
from wijkbudget.trail.queries import CheckpointView


class PartView(View):
    """One part of a pot, and the account that holds it."""

    part: Part
    amount_cents: int
    account: str


class PotView(View):
    """What was granted to a neighbourhood for a year, and where it is."""

    year: int
    granted_cents: int
    parts: list[PartView]
    is_whole: bool
    """Whether the parts are together exactly what was granted."""


class InitiativeMoneyView(View):
    """What was granted to one initiative, and where it is."""

    initiative_id: str
    title: str
    granted_cents: int
    committed_cents: int
    paid_cents: int
    returned_cents: int
    """Back in the pot."""
    voucher_account: str
    paid_account: str


class MoneyView(View):
    """The money of one neighbourhood and one year."""

    pot: PotView
    granted_account: str
    initiatives: list[InitiativeMoneyView]


class MoveView(View):
    """One transfer of money, with its addresses and in words."""

    at: datetime
    source: str
    target: str
    source_name: Text
    target_name: Text
    amount_cents: int
    reference: str
    entry_id: UUID | None
    """The entry of the public record that says so; None until it is sealed."""


class MovesView(View):
    """Every transfer in and out of an account."""

    account: str
    name: Text
    in_cents: int
    out_cents: int
    initiative_id: str | None
    """The plan that the account is for, if it is for one."""
    moves: list[MoveView]


class LineView(View):
    """One entry of the public record, in a sentence."""

    id: UUID
    position: int
    at: datetime
    kind: str
    subject: str
    facts: dict[str, object]
    sentence: Text


class RecordView(View):
    """A page of the public record, newest first."""

    lines: list[LineView]
    older: int | None
    """The position below which the next page begins, if there is one."""


class LineProofView(View):
    """Shows that one entry stands in the log that a checkpoint signed."""

    line: LineView
    text: str
    """The very text of the entry in the log."""
    leaf: str
    """SHA-256 of a zero byte and the text."""
    proof: list[str]
    checkpoint: CheckpointView

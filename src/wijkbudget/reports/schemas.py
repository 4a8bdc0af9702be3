# SPDX-License-Identifier: EUPL-1.2
"""What the public pages answer."""

from datetime import datetime
from uuid import UUID

from wijkbudget.kit.fields import View
from wijkbudget.kit.text import Text
from wijkbudget.ledger.chart import Origin, Part
from wijkbudget.trail.queries import CheckpointView
from wijkbudget.vouchers.rules import PlanKind


class PartView(View):
    """One part of a pot, and the account that holds it."""

    part: Part
    amount_cents: int
    account: str


class OriginView(View):
    """What came into a pot from one side, and the account it came from."""

    origin: Origin
    amount_cents: int
    account: str


class PotView(View):
    """What came into the pot of a neighbourhood for a year, or for one theme in it, and where it is."""

    year: int
    theme: str | None
    granted_cents: int
    total_cents: int
    """With what was carried over and given."""
    came: list[OriginView]
    parts: list[PartView]
    is_whole: bool
    """Whether the parts are together exactly what came in."""


class InitiativeMoneyView(View):
    """What was granted to one initiative, or for a task that a group took over, and where it is."""

    plan_kind: PlanKind
    initiative_id: str
    """Of the initiative or the bid."""
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
    """A page of the transfers in and out of an account, newest first."""

    account: str
    name: Text
    balance_cents: int | None
    """What it holds; None for an account that is not of this pot alone."""
    initiative_id: str | None
    """The plan that the account is for, if it is for one."""
    challenge_id: str | None
    """The bid that it is for, if it is for one."""
    moves: list[MoveView]
    older: str | None
    """The reference before which the next page begins, if there is one."""


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

# SPDX-License-Identifier: EUPL-1.2
"""What voting answers about a ballot: the paper, what is checked, and the receipt."""

from datetime import date
from uuid import UUID

from wijkbudget.kit.fields import View
from wijkbudget.voting.receipts import SignedReceipt
from wijkbudget.voting.rules import Marking


class MarksView(View):
    """What one ballot allows; forms and papers are drawn from it."""

    marking: Marking
    marks_min: int
    marks_max: int | None
    marks_budget_cents: int | None
    mark_max: int
    """The most that one option can get; where options are put in places, the mark of the first place."""
    total_max: int | None
    """How many points there are."""


class PaperOption(View):
    """An option as it stands on the ballot."""

    key: str
    title: str
    cost_cents: int


class PaperLimit(View):
    """Some options of which only so many can win, or that can cost only so much together."""

    name: str
    keys: list[str]
    wins_max: int | None
    spent_cents_max: int | None


class PaperView(MarksView):
    """The ballot that a code opens: the same for everybody in the round."""

    round_id: UUID
    place: str
    title: str
    budget_cents: int
    closes_on: date
    hand_in_at: str
    """Where it is handed in on paper; empty: at the desk that the letter names."""
    hand_in_until: date
    """The last day to do so."""
    ballot: str
    options: list[PaperOption]
    limits: list[PaperLimit]
    """Which options cannot all win, whatever is voted."""


class MarkedOption(PaperOption):
    """An option that somebody marked."""

    mark: int


class CheckedView(View):
    """What a ballot says before it is cast, so that a voter can read it back."""

    paper: PaperView
    chosen: list[MarkedOption]
    """The highest mark first."""
    cost_cents: int
    """What all of them cost together."""
    marks_total: int


class ReceiptView(View):
    """By this receipt a voter finds the ballot in the published list."""

    receipt: str
    place: str
    title: str
    closes_on: date
    signed: SignedReceipt


class WasCastView(View):
    """Whether a vote was cast in somebody's name; emptied when the outcome is final."""

    round_id: UUID
    is_voter: bool
    voted_on: date | None
    is_forgotten: bool

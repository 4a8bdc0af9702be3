# SPDX-License-Identifier: EUPL-1.2
"""What the house is asked about offers and pairings, and what it answers."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from wijkbudget.kit.fields import Command, Day, Id, Line, Sentences, View, symbol
from wijkbudget.neighbourhoods.schemas import QuarterView
from wijkbudget.reciprocity.offers.rules import Audience, PairingState, Reason, Side, Weekday
from wijkbudget.reciprocity.schemas import TaskLineView

Move = Annotated[
    Literal[PairingState.ACCEPTED, PairingState.DECLINED, PairingState.WITHDRAWN, PairingState.FINISHED],
    symbol(PairingState),
]


class OfferTime(Command):
    """Offer time and talents to the neighbourhood; what is left out is open."""

    talents: Sentences
    themes: list[Line] = Field(default=[], max_length=20)
    quarter: Line | None = None
    weekdays: list[Annotated[Weekday, symbol(Weekday)]] = Field(default=[], max_length=7)
    on_day: Day | None = None
    last_on: Day | None = None
    """The last day of the offer; left out it is its one day, or a year."""
    audience: Annotated[Audience, symbol(Audience)] = Audience.GUIDES


class InviteToHelp(Command):
    """Ask somebody who offered time to help with a task."""

    time_offer_id: Id


class MovePairing(Command):
    """Say yes or no to a proposal, call it off, or say that the help was given."""

    state: Move


class WriteMessage(Command):
    """Write to the other side."""

    words: Annotated[Sentences, Field(max_length=1000)]


class OfferView(View):
    """Time that somebody offers, by a first name."""

    id: UUID
    first_name: str
    talents: str
    themes: list[str]
    """None is every theme."""
    quarter: QuarterView | None
    """None is the whole neighbourhood."""
    weekdays: list[Weekday]
    """None is every day."""
    on_day: date | None
    last_on: date
    audience: Audience
    is_own: bool


class FittingOfferView(View):
    """An offer that fits a task, and why."""

    offer: OfferView
    reasons: list[Reason]


class FittingTaskView(View):
    """A task that fits an offer of the reader, and why."""

    task: TaskLineView
    reasons: list[Reason]
    weekday: Weekday | None
    """Of the day of the task."""


class PairingLineView(View):
    """A task and a helper, for one of the two sides."""

    id: UUID
    task_id: UUID
    task_title: str
    state: PairingState
    side: Side
    """On which side the reader is."""
    proposed_by: Side
    proposed_on: date
    name: str | None
    """Who the other is: of a helper the first name until both said yes, of whoever asks nothing until then."""
    next_states: list[PairingState]
    """What the reader can make of it now."""


class MessageView(View):
    """What one side wrote."""

    name: str
    words: str
    sent_at: datetime
    is_own: bool


class PairingView(PairingLineView):
    """A task and a helper with what they wrote each other, the oldest first."""

    messages: list[MessageView]
    may_write: bool
    readers: list[str]
    """Everybody who can read this, by name, once both said yes."""


class OwnHelpView(View):
    """What the reader offers, which tasks fit that, and whom they help."""

    offers: list[OfferView]
    fitting: list[FittingTaskView]
    """The best fit first."""
    pairings: list[PairingLineView]
    """Those that go on first, then the newest."""


class TaskHelpView(View):
    """Who could help with a task and who does, as far as the reader may know."""

    weekday: Weekday | None
    """Of the day of the task."""

    may_propose: bool
    """Whether the reader can say that they want to help."""
    fitting: list[FittingOfferView]
    """For those who answer for the task; the best fit first."""
    pairings: list[PairingLineView]
    """For those who answer for the task all of them, for a helper their own."""


class PairingCount(View):
    """How many helpers and tasks were brought together in a period."""

    theme: str | None
    quarter: str | None
    """The code of the small area."""
    started: int
    finished: int

# SPDX-License-Identifier: EUPL-1.2
"""What challenges are asked and answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.challenges.rules.bids import Chapter, Gain, Part
from wijkbudget.challenges.rules.clock import COMPLETION_DAYS_MAX
from wijkbudget.challenges.rules.group import Consent
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.rules.tasks import FILE_BYTES_MAX, Decider
from wijkbudget.kit.actor import Role
from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Prose, Sentences, View, symbol
from wijkbudget.kit.text import Text
from wijkbudget.kit.units import Cents, PositiveCents

COST_LINES_MAX = 20
DURATION_MONTHS_MAX = 240
REACH_MAX = 1_000_000


class ListTask(Command):
    """Put a task on the list of what can be challenged."""

    title: Line
    summary: Sentences
    current_cost_cents: PositiveCents
    """A year."""
    quality: Line
    contract_ends_on: Day | None = None
    department: Line
    decider: Annotated[Decider, symbol(Decider)]


class ImportTasks(Command):
    """Put all tasks of a CSV file on the list, or none."""

    csv: Annotated[str, Field(max_length=FILE_BYTES_MAX)]


class WithdrawTask(Command):
    """Take a task off the list."""

    reason: Sentences


class StartChallenge(Command):
    """Begin a bid on a task, together with neighbours or in the name of an organisation."""

    municipal_task_id: Id
    title: Line
    organisation_id: Id | None = None


class WriteIdea(Command):
    """Say what you want to do and why it gets better."""

    what: Prose = ""
    gains: Annotated[list[Annotated[Gain, symbol(Gain)]], Field(max_length=len(Gain), default_factory=list)]
    why_better: Prose = ""
    goal: Prose = ""


class WriteNeighbourhood(Command):
    """Say what the neighbourhood has to do with it."""

    area_bond: Prose = ""
    added_value: Prose = ""
    audience: Prose = ""
    expected_reach: Annotated[int, Field(ge=0, le=REACH_MAX)] | None = None


class BidCostDraft(Command):
    """One line of what a bid costs a year."""

    what: Line
    amount_cents: PositiveCents


class WriteCosts(Command):
    """Say what it costs a year, and what comes from others."""

    cost_lines: Annotated[list[BidCostDraft], Field(max_length=COST_LINES_MAX, default_factory=list)]
    own_cents: Cents = 0
    other_cents: Cents = 0


class WriteQuality(Command):
    """Say how it stays good and safe, and for how long."""

    experience: Prose = ""
    help_wanted: Prose = ""
    quality: Prose = ""
    safety: Prose = ""
    harm: Prose = ""
    starts_on: Day | None = None
    duration_months: Annotated[int, Field(ge=1, le=DURATION_MONTHS_MAX)] | None = None


class InviteMember(Command):
    """Make a link with which one person can stand behind the bid."""

    called: Line
    """How you call this person; only the group sees it."""


class AnswerInvitation(Command):
    """Answer the invitation that a link belongs to."""

    code: Line


class AskToComplete(Command):
    """Ask a group for what is missing."""

    missing: Annotated[list[Annotated[Part, symbol(Part)]], Field(min_length=1, max_length=len(Part))]
    reason: Sentences
    days: Annotated[int, Field(ge=1, le=COMPLETION_DAYS_MAX)]
    """How many days the group gets."""


class PutAside(Command):
    """Put a bid aside, because it was not completed in time."""

    reason: Sentences


class WithdrawChallenge(Command):
    """Take a bid back."""

    reason: Prose = ""


class TaskView(View):
    """A task of the municipality that can be challenged."""

    id: UUID
    title: str
    summary: str
    current_cost_cents: int
    quality: str
    contract_ends_on: date | None
    department: str
    decider: Decider
    listed_on: date
    is_open: bool
    withdrawn_on: date | None
    why_withdrawn: str | None


class ImportedTasksView(View):
    """What came of a file of tasks."""

    listed_count: int


class ClockView(View):
    """Where the time of the municipality stands."""

    received_on: date
    suspended_days: int
    stands_still: bool
    decide_on: date
    left_days: int


class ChallengeLine(View):
    """A bid in the public register."""

    id: UUID
    title: str
    municipal_task_id: UUID
    task_title: str
    state: State
    received_on: date | None
    clock: ClockView | None
    """While the municipality owes an answer."""
    is_mine: bool
    """Whoever asks stands behind it."""


class CaseLine(ChallengeLine):
    """A bid that waits for the municipality."""

    has_case_worker: bool
    is_my_case: bool


class BidCostView(View):
    """One line of what a bid costs a year."""

    what: str
    amount_cents: int


class ComparisonView(View):
    """What a bid asks for a year, beside what the task costs now."""

    asked_cents: int
    current_cents: int
    is_dearer: bool
    says: Text


class BidView(View):
    """What a bid says."""

    what: str
    gains: list[Gain]
    why_better: str
    goal: str
    area_bond: str
    added_value: str
    audience: str
    expected_reach: int | None
    cost_lines: list[BidCostView]
    own_cents: int
    other_cents: int
    experience: str
    help_wanted: str
    quality: str
    safety: str
    harm: str
    starts_on: date | None
    duration_months: int | None
    comparison: ComparisonView
    missing: list[Part]


class MoveView(View):
    """One move of a bid, as everybody may see it."""

    move: Move
    then: State
    by: Role
    """The side it came from: the group, or the municipality."""
    moved_on: date
    base: str
    reason: str


class MemberView(View):
    """Somebody who stands behind a bid, or was asked to."""

    id: UUID
    name: str
    consent: Consent
    code: str | None
    """What the link of an open invitation carries, for the group."""


class CompletionView(View):
    """What is missing, and until when it can be sent."""

    missing: list[Part]
    reason: str
    asked_on: date
    last_on: date
    is_over: bool
    put_aside_until: date


class ChallengeView(ChallengeLine):
    """One bid; what the reader may do is told with it."""

    task: TaskView
    organisation: str | None
    bid: BidView
    member_count: int
    group_min: int
    members: list[MemberView]
    """Names for whoever belongs to the neighbourhood; open invitations for the group."""
    completion: CompletionView | None
    moves: list[MoveView]
    next_chapter: Chapter | None
    """The first page of the form on which something is missing, of what was asked for if that was asked."""
    is_my_case: bool
    may_write: bool
    may_submit: bool
    may_complete: bool
    may_withdraw: bool
    may_take_on: bool
    may_ask_to_complete: bool
    may_put_aside: bool


class InvitationView(View):
    """A bid as somebody sees it who is asked to stand behind it."""

    challenge_id: UUID
    title: str
    task: TaskView
    organisation: str | None
    member_count: int
    bid: BidView
    code: str
    has_joined: bool

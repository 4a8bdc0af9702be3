# SPDX-License-Identifier: EUPL-1.2
"""What challenges answer."""

from datetime import date
from uuid import UUID

from wijkbudget.challenges.rules.bids import Chapter, Gain, Part
from wijkbudget.challenges.rules.group import Consent
from wijkbudget.challenges.rules.states import Move, Side, State
from wijkbudget.challenges.rules.tasks import Decider
from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import Text


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
    still_until: date | None
    """The last day on which the time stands still now."""
    decide_on: date
    left_days: int
    passed_percent: int
    alarm: int | None
    """How far the time is, in percent, if that is far enough to be reminded of it: 50, 75 or 100."""
    was_put_off: bool


class PenaltyView(View):
    """What the municipality owes because it is too late, after the group told it so."""

    told_on: date
    first_on: date
    last_on: date
    days: int
    owed_cents: int
    most_cents: int


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


class ChallengePage(View):
    """A page of the public register."""

    mine: list[ChallengeLine]
    """One's own, those that were not sent in too, on the first page."""
    bids: list[ChallengeLine]
    next: str | None
    """The key of the page that follows."""


class CaseLine(ChallengeLine):
    """A bid that waits for the municipality."""

    has_case_worker: bool
    is_my_case: bool


class CasePage(View):
    """A page of what waits for the municipality."""

    cases: list[CaseLine]
    next: str | None
    """The key of the page that follows."""


class BidCostView(View):
    """One line of what a bid costs a year."""

    what: str
    amount_cents: int


class IndicatorView(View):
    """By what it is seen that the work helps."""

    what: str
    target: str


class ComparisonView(View):
    """What a bid asks for a year, beside what the task costs now."""

    asked_cents: int
    current_cents: int
    is_dearer: bool
    says: Text


class BidView(View):
    """What a bid says."""

    what: str
    task_part: str
    gains: list[Gain]
    why_better: str
    goal: str
    area_bond: str
    added_value: str
    indicators: list[IndicatorView]
    audience: str
    expected_reach: int | None
    recruitment: str
    cost_lines: list[BidCostView]
    own_cents: int
    other_cents: int
    experience: str
    quality: str
    continuity: str
    safety: str
    harm: str
    starts_on: date | None
    duration_months: int | None
    soon: Text | None
    """That it begins sooner than the policy asks."""
    collaboration: str
    help_wanted: str
    running_contracts: str
    legal_form: LegalForm | None
    registration_number: str | None
    comparison: ComparisonView
    missing: list[Part]


class MoveView(View):
    """One move of a bid, as everybody may see it."""

    move: Move
    then: State
    by: Side
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
    penalty: PenaltyView | None
    expires_on: date | None
    """The last day on which a concept can stay as it is, if that comes near."""
    moves: list[MoveView]
    next_chapter: Chapter | None
    """The first page of the form on which something is missing, of what was asked for if that was asked."""
    is_my_case: bool
    may_write: bool
    may: list[Move]
    """What whoever asks can do with it now, as far as the table says."""


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

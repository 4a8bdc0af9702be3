# SPDX-License-Identifier: EUPL-1.2
"""What challenges are asked."""

from typing import Annotated, Literal

from wijkbudget.challenges.rules.bids import Gain, Part
from wijkbudget.challenges.rules.characters import LegalCharacter
from wijkbudget.challenges.rules.completion import COMPLETION_DAYS_MAX
from wijkbudget.challenges.rules.tasks import FILE_BYTES_MAX, Decider
from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.identity.schemas import RegistrationNumber
from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Prose, Sentences, symbol
from wijkbudget.kit.units import Cents, PositiveCents

COST_LINES_MAX = 20
INDICATORS_MAX = 5
"""Source: Opsterland (CVDR651770) art. 1 asks for what can be measured; Choice: five, so that they are looked at."""
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
    task_part: Prose = ""
    """Empty for the whole task."""
    gains: Annotated[list[Annotated[Gain, symbol(Gain)]], Field(max_length=len(Gain), default_factory=list)]
    why_better: Prose = ""
    goal: Prose = ""


class IndicatorDraft(Command):
    """By what it is seen that the work helps: what is counted, and how much of it is good."""

    what: Line
    target: Line


class WriteNeighbourhood(Command):
    """Say what the neighbourhood has to do with it."""

    area_bond: Prose = ""
    added_value: Prose = ""
    indicators: Annotated[list[IndicatorDraft], Field(max_length=INDICATORS_MAX, default_factory=list)]
    audience: Prose = ""
    expected_reach: Annotated[int, Field(ge=0, le=REACH_MAX)] | None = None
    recruitment: Prose = ""


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
    """Say how it stays good and safe."""

    experience: Prose = ""
    quality: Prose = ""
    continuity: Prose = ""
    safety: Prose = ""
    harm: Prose = ""


class WritePlanning(Command):
    """Say when it begins, for how long, with whom, and as what."""

    starts_on: Day | None = None
    duration_months: Annotated[int, Field(ge=1, le=DURATION_MONTHS_MAX)] | None = None
    collaboration: Prose = ""
    help_wanted: Prose = ""
    running_contracts: Prose = ""
    legal_form: Annotated[LegalForm, symbol(LegalForm)] | None = None
    """What neighbours mean to be when there is an agreement; an organisation says so itself."""
    registration_number: RegistrationNumber | None = None


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


class TakeOver(Command):
    """Become the case worker of a bid instead of another official."""

    reason: Prose = ""


class PauseTime(Command):
    """Let the time to decide stand still."""

    cause: Literal["group", "force_majeure"]
    """The group is, or nobody can help it."""
    last_on: Day
    """The last day on which it stands still."""
    reason: Sentences


class UnpauseTime(Command):
    """Let the time to decide run again."""

    reason: Prose = ""


class GiveNotice(Command):
    """Tell the municipality that it is too late."""

    reason: Prose = ""
    """What the group adds in its own words."""


class AdjournDecision(Command):
    """Put a decision off, once."""

    decide_on: Day
    """The new last day."""
    reason: Sentences


class PutAside(Command):
    """Put a bid aside, because it was not completed in time."""

    reason: Sentences
    legal_character: Annotated[LegalCharacter | None, symbol(LegalCharacter)] = None
    """What the policy says, if it is left out."""


class WithdrawChallenge(Command):
    """Take a bid back."""

    reason: Prose = ""

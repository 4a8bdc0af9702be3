# SPDX-License-Identifier: EUPL-1.2
"""What the house is asked about time and voices, and what it answers."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from wijkbudget.identity.schemas import PersonView
from wijkbudget.kit.fields import Command, Day, Id, Line, Prose, View, symbol
from wijkbudget.kit.text import Text
from wijkbudget.neighbourhoods.rules import Right
from wijkbudget.neighbourhoods.schemas import QuarterView
from wijkbudget.reciprocity.rules.entries import EntryKind, EntryState, Evidence, Ruling, TaskState
from wijkbudget.reciprocity.rules.limits import DAY_MINUTES, ENTRY_MINUTES_MAX, STEP_MINUTES
from wijkbudget.reciprocity.rules.outlook import Ceiling
from wijkbudget.reciprocity.rules.tasks import AGE_MIN, AGE_MIN_MAX, CONFIRMERS_MAX, NEEDED_MINUTES_MAX, Asker

Reason = Annotated[Prose, Field(min_length=1)]
Action = Literal["confirm", "withdraw", "dispute", "rule_on", "correct", "object_to_correction", "rule_on_correction"]


Quarters = Annotated[int, Field(ge=STEP_MINUTES, le=ENTRY_MINUTES_MAX)]
"""Minutes that one person gives at once."""


class DescribeTask(Command):
    """Say what is to be done, where and when, for what age, and how much time it takes."""

    title: Line
    explanation: Prose = ""
    theme: Line | None = None
    quarter: Line | None = None
    """The code of the small area; left out it is the whole neighbourhood."""
    on_day: Day | None = None
    age_min: Annotated[int, Field(ge=AGE_MIN, le=AGE_MIN_MAX)] = AGE_MIN
    norm_minutes: Quarters | None = None
    """How long it takes whoever does it; left out it is as long as they say."""
    needed_minutes: Annotated[int, Field(ge=STEP_MINUTES, le=NEEDED_MINUTES_MAX)] | None = None
    """How much time residents must pledge before it starts; left out it needs no pledges."""
    needed_by: Day | None = None


class OpenTask(DescribeTask):
    """Open a task that residents can give time to, and say who asks and who may confirm it."""

    asked_by: Annotated[Asker, symbol(Asker)] = Asker.COUNCIL
    organisation_id: Id | None = None
    """Which organisation asks, if one does."""
    confirmers: list[Id] = Field(min_length=1, max_length=CONFIRMERS_MAX)


class AskForHelp(DescribeTask):
    """Ask for help for yourself, or for an organisation that you are a member of."""

    organisation_id: Id | None = None


class LogTime(Command):
    """Say that you gave time, in quarters of an hour."""

    given_on: Day
    minutes: Annotated[int, Field(ge=1, le=ENTRY_MINUTES_MAX)] | None = None
    """How long; not asked where the task says how long it takes."""
    start_minutes: Annotated[int, Field(ge=0, lt=DAY_MINUTES)] | None = None
    """When it began, in minutes after midnight."""
    kind: Annotated[EntryKind, symbol(EntryKind)] = EntryKind.DOING
    note: Line | None = None
    """What you did, in your own words."""


class LogTimeFor(LogTime):
    """Write down time for somebody who does not use a computer."""

    person_id: Id


class DisputeTime(Command):
    """Say why confirmed time is not right."""

    reason: Reason


class RuleOnDispute(Command):
    """Say whether disputed time stands, and why."""

    ruling: Annotated[Ruling, symbol(Ruling)]
    reason: Reason


class CorrectTime(Command):
    """Say why time that counts is not right."""

    reason: Reason


class ObjectToCorrection(Command):
    """Say why time that was taken out of the books is right after all."""

    objection: Reason


class RuleOnCorrection(Command):
    """Say whether a correction stands after an objection, and why."""

    ruling: Annotated[Ruling, symbol(Ruling)]
    reason: Reason


class GrantExemption(Command):
    """Exempt somebody until a day; the reason stays between the two of you."""

    person_id: Id
    until_on: Day


class TaskLineView(View):
    """A task in a list."""

    id: UUID
    title: str
    state: TaskState
    asked_by: Asker
    asker_name: str | None
    """Which organisation asks; None for every other asker, as who asks for help is not told."""
    plan_id: UUID | None
    """Of which plan, where its group asks."""
    theme: str | None
    quarter: QuarterView | None
    """None is the whole neighbourhood."""
    on_day: date | None
    is_past: bool
    """Its day has passed."""
    age_min: int
    norm_minutes: int | None
    needed_minutes: int | None
    needed_by: date | None
    pledged_minutes: int
    started_on: date | None
    """When all that it needs was pledged; None until then, and where it needs no pledges."""
    opened_on: date
    settled_minutes: int
    """All time that counts, of everybody together."""
    to_confirm_count: int
    """How many entries wait for the reader to confirm them; one of their own household is refused at the door."""
    disputed_count: int


class DisputeView(View):
    """Why somebody says that time is not right, and the ruling once it is there."""

    raised_on: date
    reason: str
    ruled_on: date | None
    ruling: Ruling | None
    ruling_reason: str | None


class CorrectionView(View):
    """Why time that counted does so no longer, what its giver said of that, and the ruling once it is there."""

    corrected_on: date
    reason: str
    objections_until: date
    """From this day on the giver can no longer object."""
    objection: str | None
    ruled_on: date | None
    ruling: Ruling | None
    ruling_reason: str | None


class EntryView(View):
    """Time that somebody logged; the name only where the reader may see it."""

    id: UUID
    task_id: UUID
    task_title: str
    person_name: str | None
    given_on: date
    minutes: int
    start_minutes: int | None
    """When it began, in minutes after midnight; like the note and the helper only where the name is shown."""
    kind: EntryKind
    note: str | None
    evidence: Evidence
    is_by_helper: bool
    """Somebody else wrote it down for the giver."""
    state: EntryState
    objections_until: date | None
    """From this day on it can no longer be disputed."""
    settled_on: date | None
    dispute: DisputeView | None
    correction: CorrectionView | None
    actions: list[Action]
    """What the reader may do with it now."""


class TaskView(TaskLineView):
    """A task, with what the reader may see of the time on it that is not settled yet."""

    explanation: str
    confirmers: list[PersonView]
    entries: list[EntryView]
    may_log: bool
    may_end: bool


class ExemptionView(View):
    """Somebody who is exempt until a day."""

    id: UUID
    person_name: str
    granted_on: date
    until_on: date


class SettledView(View):
    """How much was settled in one go."""

    entry_count: int
    amount_minutes: int


class VoicesView(View):
    """The voice of each of some voters on a day, the rule it follows and what the guards changed for all."""

    rule: str
    parameters: dict[str, int]
    weights: dict[str, int]
    """By person, in hundredths."""
    notes: list[Text]


class CountedView(View):
    """Time of the reader that counts for their voice."""

    entry_id: UUID
    task_title: str
    given_on: date
    minutes: int
    left_minutes: int
    """What is left of it, where time counts for less the longer ago it was given; rounded down."""
    halves_on: date | None
    """When it next counts for half, where the rule lets time fade."""
    leaves_on: date
    """The first day on which it no longer counts, because it is too long ago."""


class RiseView(View):
    """How much more time gives the next larger voice, if all others stay as they are."""

    more_minutes: int
    weight_hundredths: int


class FallView(View):
    """The first day on which a voice is smaller if nothing is added, and all others stay as they are."""

    on: date
    weight_hundredths: int


class RightsView(View):
    """Which rights wait for time here, and whether they are open to the reader."""

    opens: list[Right]
    is_open: bool
    steps: list[Text]
    """What they take and what is there; empty where nothing waits for time."""
    article: str | None


class OwnVoiceView(View):
    """The voice of one voter today, why, and what can change it."""

    weight_hundredths: int
    steps: list[Text]
    rule: str
    article: str
    counts_from: date
    counts_until: date
    """The last day that counts."""
    counted_minutes: int
    waiting_minutes: int
    """What the reader logged and nobody settled yet."""
    objection_days: int
    """How long time waits after it was confirmed."""
    is_exempt: bool
    exempt_until: date | None
    counted: list[CountedView]
    """The newest first."""
    rise: RiseView | None
    ceiling: Ceiling | None
    """Why no more time raises it, where none does."""
    fall: FallView | None
    """None where it never falls by itself."""

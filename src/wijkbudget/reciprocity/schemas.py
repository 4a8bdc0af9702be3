# SPDX-License-Identifier: EUPL-1.2
"""What the house is asked about time and voices, and what it answers."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from wijkbudget.identity.schemas import PersonView
from wijkbudget.kit.fields import Command, Day, Id, Line, Prose, View, symbol
from wijkbudget.kit.text import Text
from wijkbudget.reciprocity.rules.entries import ENTRY_MINUTES_MAX, EntryState, Ruling, TaskState
from wijkbudget.reciprocity.rules.voices import Voice

Reason = Annotated[Prose, Field(min_length=1)]
Action = Literal["confirm", "withdraw", "dispute", "rule_on"]


class OpenTask(Command):
    """Open a task that residents can give time to, and say who may confirm it."""

    title: Line
    explanation: Prose = ""
    confirmers: list[Id] = Field(min_length=1, max_length=20)


class LogTime(Command):
    """Say that you gave time, in quarters of an hour."""

    given_on: Day
    minutes: Annotated[int, Field(ge=1, le=ENTRY_MINUTES_MAX)]


class DisputeTime(Command):
    """Say why confirmed time is not right."""

    reason: Reason


class RuleOnDispute(Command):
    """Say whether disputed time stands, and why."""

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


class EntryView(View):
    """Time that somebody logged; the name only where the reader may see it."""

    id: UUID
    task_id: UUID
    task_title: str
    person_name: str | None
    given_on: date
    minutes: int
    state: EntryState
    objections_until: date | None
    """From this day on it can no longer be disputed."""
    settled_on: date | None
    dispute: DisputeView | None
    actions: list[Action]
    """What the reader may do with it now."""


class TaskView(TaskLineView):
    """A task, with what the reader may see of the time on it that is not settled yet."""

    explanation: str
    confirmers: list[PersonView]
    entries: list[EntryView]
    may_log: bool


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
    """The voice of each of a list of voters on a day, the rule it follows and what the guards changed for all."""

    rule: str
    parameters: dict[str, int]
    voices: dict[str, Voice]
    notes: list[Text]


class OwnVoiceView(View):
    """The voice of one voter today, and why."""

    weight_hundredths: int
    steps: list[Text]
    rule: str
    article: str
    counts_from: date
    counts_until: date
    """The last day that counts."""
    counted_minutes: int
    is_exempt: bool

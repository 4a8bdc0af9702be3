# SPDX-License-Identifier: EUPL-1.2
"""What the house is asked about pledged time, and what it answers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from wijkbudget.kit.fields import Command, View
from wijkbudget.reciprocity.pledges.rules import PLEDGED_MINUTES_MAX, PledgeState


class PledgeTime(Command):
    """Promise time to a task, in quarters of an hour."""

    minutes: Annotated[int, Field(ge=1, le=PLEDGED_MINUTES_MAX)]


class PledgeView(View):
    """Pledged time, and what becomes of it."""

    id: UUID
    task_id: UUID
    task_title: str
    person_name: str | None
    """Whose it is, where the reader needs to know that."""
    minutes: int
    settled_minutes: int
    """What of it was given, and nobody can dispute any more."""
    state: PledgeState
    pledged_on: date
    needed_by: date
    """The last day on which it can be given."""
    started_on: date | None
    """From this day on it binds."""
    unkept_on: date | None
    closed_on: date | None
    may_withdraw: bool
    may_lift: bool


class PledgedTaskView(View):
    """How much time is pledged to a task, of what it needs before it starts."""

    task_id: UUID
    task_title: str
    needed_minutes: int | None
    """None where the task waits for no pledges."""
    pledged_minutes: int
    missing_minutes: int
    giver_count: int
    needed_by: date | None
    started_on: date | None
    own: PledgeView | None
    """What the reader pledged."""
    pledges: list[PledgeView]
    """By name, for whoever may confirm time on the task or can lift a pledge."""
    may_pledge: bool
    most_minutes: int
    """The most that the reader can pledge now."""


class JudgedView(View):
    """How many pledges changed in one go."""

    pledge_count: int

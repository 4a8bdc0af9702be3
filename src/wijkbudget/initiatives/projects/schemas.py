# SPDX-License-Identifier: EUPL-1.2
"""What projects are asked and answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.initiatives.projects.rules import CHOICES_MAX, CHOICES_MIN
from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Prose, View
from wijkbudget.kit.text import Text
from wijkbudget.reciprocity.rules.limits import STEP_MINUTES
from wijkbudget.reciprocity.rules.tasks import NEEDED_MINUTES_MAX
from wijkbudget.reciprocity.schemas import TaskLineView


class AskForHands(Command):
    """Ask the neighbourhood for time for a project: it starts when enough is pledged."""

    title: Line
    explanation: Prose = ""
    needed_minutes: Annotated[int, Field(ge=STEP_MINUTES, le=NEEDED_MINUTES_MAX)]
    needed_by: Day
    """The last day on which the time can be given."""


class OpenProjectVote(Command):
    """Ask everybody whom a project touches a question, with choices, until a day."""

    question: Line
    explanation: Prose = ""
    choices: Annotated[list[Line], Field(min_length=CHOICES_MIN, max_length=CHOICES_MAX)]
    closes_on: Day
    """The last day on which one can vote."""


class CastProjectVote(Command):
    """Vote for a choice, for yourself or for an organisation; an earlier vote changes into this one."""

    position: Annotated[int, Field(ge=1, le=CHOICES_MAX)]
    organisation_id: Id | None = None


class ProjectVoteLine(View):
    """A vote inside a project, in a list."""

    id: UUID
    question: str
    opened_on: date
    closes_on: date
    is_open: bool


class ProjectView(View):
    """What a project asks: hands, and what the neighbourhood wants."""

    initiative_id: UUID
    initiative_title: str
    tasks: list[TaskLineView]
    """The newest first."""
    votes: list[ProjectVoteLine]
    """Those that are open first, then the newest."""
    may_ask: bool
    """Whether the reader can ask for hands."""
    may_open_vote: bool


class ProjectChoiceView(View):
    """A choice, and what it got once the vote is over."""

    position: int
    title: str
    voter_count: int | None
    """None while the vote is open, like the numbers below."""
    share_percent: int | None
    """Of all voice; together they are a hundred."""
    equal_percent: int | None
    """With everybody equal."""
    voters: list[str]
    """By name, once the vote is over, for those inside the project."""


class OwnProjectVoteView(View):
    """What the reader voted in a project, and what that voice is."""

    position: int | None
    """None where they did not vote yet."""
    steps: list[Text]
    """Why their voice is what it is; known once the vote is over, when it is clear who shares it."""


class ProjectOrganisationView(View):
    """An organisation for which the reader can vote, and what it voted."""

    id: UUID
    name: str
    position: int | None


class ProjectVoteView(ProjectVoteLine):
    """A vote inside a project: the question, the rule that was fixed with it, and what was chosen."""

    initiative_id: UUID
    initiative_title: str
    explanation: str
    choices: list[ProjectChoiceView]
    voter_count: int
    leading: list[int]
    """What has most voice; more than one if they have just as much, none while the vote is open."""
    leading_equal: list[int]
    article: str
    per_hour_hundredths: int
    bonus_hundredths_max: int
    share_percent_max: int
    rule_hash: str
    given_minutes: int
    """What the reader gave to the project before the question."""
    own: OwnProjectVoteView | None
    """None for whoever cannot vote here."""
    organisations: list[ProjectOrganisationView]
    sees_names: bool

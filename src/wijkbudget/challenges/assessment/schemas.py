# SPDX-License-Identifier: EUPL-1.2
"""What looking into a bid is asked and answers."""

from datetime import date
from typing import Annotated

from wijkbudget.challenges.assessment.rules import Finding
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.kit.fields import Command, Day, Field, Line, Prose, Sentences, View, symbol
from wijkbudget.kit.text import Text


class PlanTalk(Command):
    """Say when and where the group and the officials who know the task meet."""

    planned_on: Day
    venue: Line


class WriteMinutes(Command):
    """Write down what was said in the talk."""

    held_on: Day
    minutes: Sentences


class Elaborate(Command):
    """Agree that the time to decide stands still while the group works its bid out."""

    last_on: Day
    """On which it stands still."""


class CheckGround(Command):
    """Write down what was found about one ground."""

    ground: Annotated[Ground, symbol(Ground)]
    finding: Annotated[Finding, symbol(Finding)]
    reason: Prose = ""
    """Needed for every finding but `not_met`."""


class AskAdvice(Command):
    """Ask others for advice."""

    reason: Prose = ""


class IntendRefusal(Command):
    """Tell the group that the municipality means to say no, and why."""

    grounds: Annotated[list[Annotated[Ground, symbol(Ground)]], Field(min_length=1, max_length=len(Ground))]
    motivation: Sentences


class AnswerIntention(Command):
    """Answer for the group what the municipality means to say."""

    answer: Sentences


class MakeReady(Command):
    """Put a bid before who decides."""

    reason: Prose = ""


class SendBack(Command):
    """Say what is still missing to decide."""

    reason: Sentences


class TalkView(View):
    """The talk about a bid, and what was said in it."""

    planned_on: date
    venue: str
    has_come: bool
    """The day of the plan is there."""
    held_on: date | None
    """None while nobody wrote down what was said."""
    minutes: str


class GroundView(View):
    """One ground of the checklist, and what was found about it."""

    ground: Ground
    name: Text
    look_at: Text
    source: str
    finding: Finding | None
    reason: str
    found_on: date | None
    is_open: bool
    """Nobody looked at it since the bid was last written."""
    proposed: Finding | None
    """What the house itself found, for the case worker to agree with or not."""
    why_proposed: Text | None


class GroundName(View):
    """A ground by its code and its name."""

    ground: Ground
    name: Text


class IntentionView(View):
    """That the municipality means to say no, and what the group answered."""

    number: int
    """The number of the move."""
    grounds: list[GroundName]
    motivation: str
    told_on: date
    answer_until: date
    answer: str | None
    answered_on: date | None
    is_heard: bool
    """The group answered, or its time to is over."""


class AssessmentView(View):
    """How far the municipality is with looking into a bid; what was said and found is not for everybody."""

    talk: TalkView | None
    checklist: list[GroundView]
    """For officials and auditors."""
    open_count: int
    """How many grounds nobody looked at yet."""
    is_tested: bool
    """Procurement and state aid were looked at."""
    waits_for_council: bool
    """The council was asked, and can still advise."""
    intention: IntentionView | None
    """The last one."""
    may_plan: bool
    """Whoever asks can plan the talk, or plan it anew."""
    may_write_minutes: bool
    may_check: bool
    may_answer: bool

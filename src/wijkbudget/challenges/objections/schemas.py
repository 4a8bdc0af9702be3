# SPDX-License-Identifier: EUPL-1.2
"""What objections are asked and answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.challenges.objections.rules import Bar, NoHearing, ObjectionOutcome
from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Prose, Sentences, View, symbol

OBJECTIONS_MAX = 200


class FileObjection(Command):
    """Object to the last decision about a bid."""

    interest: Sentences
    """What the decision has to do with you."""
    words: Sentences
    """Why you do not agree."""
    why_late: Prose = ""


class EnterObjection(FileObjection):
    """Enter an objection that came on paper."""

    called: Line
    """Who objects."""
    received_on: Day


class PlanHearing(Command):
    """Invite everybody who objected."""

    hearing_on: Day
    hearing_where: Line


class ReportHearing(Command):
    """Write down what was said."""

    report: Sentences


class AdjournObjections(Command):
    """Put the decision about objections off by six weeks, once."""

    reason: Sentences


class ObjectionAnswer(Command):
    """What comes of one objection."""

    objection_id: Id
    outcome: Annotated[ObjectionOutcome, symbol(ObjectionOutcome)]
    bar: Annotated[Bar, symbol(Bar)] | None = None


class DecideObjections(Command):
    """Decide about all open objections to a decision at once."""

    answers: Annotated[list[ObjectionAnswer], Field(max_length=OBJECTIONS_MAX, default_factory=list)]
    no_hearing: Annotated[NoHearing, symbol(NoHearing)] | None = None
    """Why nobody was heard, if nobody was."""
    reason: Sentences


class ObjectionView(View):
    """One objection, for who objected and who judges it."""

    id: UUID
    called: str
    is_mine: bool
    interest: str
    words: str
    received_on: date
    is_late: bool
    why_late: str
    outcome: ObjectionOutcome | None
    bar: Bar | None
    decided_on: date | None
    may_withdraw: bool


class ObjectionsView(View):
    """How it stands with the objections to the last decision about a bid."""

    open_count: int
    object_until: date | None
    """The last day to object; None if nobody can, or the decision was not made known yet."""
    decide_on: date | None
    left_days: int | None
    was_put_off: bool
    invited_on: date | None
    hearing_on: date | None
    hearing_where: str | None
    papers_until: date | None
    report: str | None
    """For who objected and who judges it."""
    objections: list[ObjectionView]
    """One's own; all of them for who judges them."""
    may_object: bool
    may_judge: bool
    """Whoever asks can judge them, and there is one that is open."""
    may_enter: bool

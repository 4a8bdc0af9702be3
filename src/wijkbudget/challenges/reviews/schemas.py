# SPDX-License-Identifier: EUPL-1.2
"""What the work of a bid is asked and answers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.challenges.reviews.rules.ends import EndGround, Handover, Reached
from wijkbudget.challenges.reviews.rules.survey import Answer, Question
from wijkbudget.challenges.rules.states import Move, Side, State
from wijkbudget.kit.fields import Command, Day, Field, Line, Prose, Sentences, View, symbol
from wijkbudget.kit.units import Cents, Minutes

RESULTS_MAX = 5
"""Source: Geertruidenberg and Meierijstad ask at most five results."""
REPORT_DAYS_MAX = 12


class ReportedResult(Command):
    """How far one result of the agreement is."""

    number: Annotated[int, Field(ge=1, le=RESULTS_MAX)]
    measured: Line
    """What was counted or seen, by the indicator of the agreement."""
    reached: Annotated[Reached, symbol(Reached)]
    words: Prose = ""


class ReportWork(Command):
    """Tell how the work goes, for one of the days of the agreement."""

    report_on: Day
    results: Annotated[list[ReportedResult], Field(min_length=1, max_length=RESULTS_MAX)]
    worked_minutes: Minutes
    """How long the group worked, all together, since the report before."""
    spent_cents: Cents
    """What it spent since the report before."""
    words: Sentences


class SuspendWork(Command):
    """Let the work stand still for a while."""

    until_on: Day
    """The last day on which it stands still."""
    reason: Sentences


class ResumeWork(Command):
    """Let work that stood still go on."""

    reason: Prose = ""


class LookBack(Command):
    """Begin to look back together; `reason` where no day for it has come."""

    reason: Prose = ""


class WriteFinding(Command):
    """Write what your side found."""

    words: Sentences


class AnswerSurvey(Command):
    """Answer three questions about the work; nobody keeps who answered what."""

    done_well: Annotated[Answer, symbol(Answer)]
    noticed: Annotated[Answer, symbol(Answer)]
    go_on: Annotated[Answer, symbol(Answer)]


class GoOn(Command):
    """Let the work go on after looking back."""

    reason: Sentences


class ExtendAgreement(Command):
    """Let an agreement last longer."""

    until_on: Day
    """The new last day."""
    report_days: Annotated[list[Day], Field(min_length=1, max_length=REPORT_DAYS_MAX)]
    """When the group reports in the time that is added."""
    reason: Sentences


class FinishWork(Command):
    """Say that the work is done, at the end of the agreement."""

    reason: Sentences


class HandBack(Command):
    """Give the task back early."""

    from_on: Day
    """The first day on which the group no longer does it."""
    reason: Sentences


class EndAgreement(Command):
    """End the agreement early, for the municipality."""

    from_on: Day
    ground: Annotated[EndGround, symbol(EndGround)]
    reason: Sentences


class HandOver(Command):
    """Write down that one thing was handed over, and where it went."""

    thing: Annotated[Handover, symbol(Handover)]
    words: Line


class WriteLesson(Command):
    """Write what your side learnt, in at most two hundred words."""

    words: Sentences


class CloseChallenge(Command):
    """Close a bid of which everything is settled."""

    reason: Prose = ""


class AgreedResultView(View):
    """A result that was agreed."""

    number: int
    what: str
    indicator: str
    target: str


class ReportedResultView(View):
    """How far a result is, as the group tells."""

    number: int
    measured: str
    reached: Reached
    words: str


class ReportView(View):
    """A report of the group."""

    report_on: date
    reported_on: date
    is_late: bool
    worked_minutes: int
    spent_cents: int
    words: str
    results: list[ReportedResultView]


class ReportDueView(View):
    """A day of which there is no report yet."""

    report_on: date
    is_open: bool
    """It can be sent now."""
    is_late: bool


class FindingView(View):
    """What one side found."""

    side: Side
    words: str
    written_on: date


class AnswerCountView(View):
    """How often residents gave one of these answers."""

    answers: list[Answer]
    count: int


class QuestionView(View):
    """A question to residents, and what is shown of the answers."""

    question: Question
    counts: list[AnswerCountView]


class ReviewView(View):
    """One time that both sides looked back."""

    number: int
    due_on: date | None
    opened_on: date
    reason: str
    survey_until_on: date
    survey_is_open: bool
    answered_count: int | None
    """None while residents can answer, and where it is so few that it would tell who they are."""
    questions: list[QuestionView]
    """Empty for as long."""
    findings: list[FindingView]
    outcome: Move | None
    """How it went on."""
    why: str
    may_answer: bool


class EndView(View):
    """That the work ended, or ends."""

    move: Move
    last_on: date
    """The last day on which the group does the task."""
    ground: EndGround | None
    reason: str


class HandoverView(View):
    """One thing of the checklist."""

    thing: Handover
    side: Side | None
    """Which side wrote it down; None where nobody did."""
    words: str
    handed_on: date | None


class LessonView(View):
    """What one side learnt."""

    side: Side
    words: str
    written_on: date


class CourseView(View):
    """How the work of a bid goes."""

    challenge_id: UUID
    title: str
    state: State
    starts_on: date
    ends_on: date
    first_end_on: date
    extendable_until: date | None
    first_day_without: date
    """The first day on which the group need not do the task, if somebody ends it today."""
    results: list[AgreedResultView]
    reports: list[ReportView]
    reports_due: list[ReportDueView]
    next_review_on: date | None
    reviews: list[ReviewView]
    """The newest first."""
    stands_still_until: date | None
    end: EndView | None
    handovers: list[HandoverView]
    is_settled: bool
    """Nothing is left of the money that was granted, or none was."""
    lessons: list[LessonView]
    side: Side | None
    """For which side whoever asks can speak."""
    may_report: bool
    is_review_due: bool
    """A day to look back has come."""
    may_answer: bool
    may_find: bool
    may_conclude: bool
    """Both sides wrote what they found, and residents had their time to answer."""
    may_hand_over: bool
    may_teach: bool
    is_orderly: bool
    """Everything was handed over, paid and told, so that the bid can be closed."""

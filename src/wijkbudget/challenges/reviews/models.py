# SPDX-License-Identifier: EUPL-1.2
"""The tables of work that a group took over: its reports, reviews, pauses, extensions, early end and handing over."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, text

NOBODY: frozenset[str] = frozenset()


def _known_side() -> CheckConstraint:
    return CheckConstraint("side IN ('group', 'case_worker')", name="known_side")


def _by_move() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["challenge_id", "number"], ["challenge_move.challenge_id", "challenge_move.number"])


def _of_review() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["challenge_id", "number"], ["challenge_review.challenge_id", "challenge_review.number"]
    )


class WorkReport(Table, table=True):
    """What the group told about the time until one day of its agreement."""

    __tablename__ = "work_report"
    __table_args__ = (CheckConstraint("worked_minutes >= 0 AND spent_cents >= 0", name="not_negative"),)
    personal: ClassVar[frozenset[str]] = frozenset({"reporter"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    report_on: date = Field(primary_key=True)
    place: str
    worked_minutes: int = Field(sa_column=amount())
    spent_cents: int = Field(sa_column=amount())
    words: str = Field(sa_column=text())
    reporter: str
    reported_on: date


class ReportedResult(Table, table=True):
    """How far one result of the agreement is, in a report."""

    __tablename__ = "reported_result"
    __table_args__ = (
        ForeignKeyConstraint(["challenge_id", "report_on"], ["work_report.challenge_id", "work_report.report_on"]),
        CheckConstraint("reached IN ('yes', 'partly', 'no')", name="known_reach"),
    )
    personal: ClassVar[frozenset[str]] = NOBODY

    challenge_id: UUID = Field(primary_key=True)
    report_on: date = Field(primary_key=True)
    number: int = Field(primary_key=True)
    """Which result of the agreement, from 1."""
    place: str
    measured: str
    reached: str
    words: str = Field(sa_column=text())


class ChallengeReview(Table, table=True):
    """Both sides look back; numbered as the move with which it began."""

    __tablename__ = "challenge_review"
    __table_args__ = (_by_move(),)
    personal: ClassVar[frozenset[str]] = NOBODY

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    due_on: date | None = None
    """The day of the agreement, if one had come; None for a review in between."""
    opened_on: date
    survey_until_on: date
    """The last day on which residents can answer."""


class ReviewFinding(Table, table=True):
    """What one side found when it looked back."""

    __tablename__ = "review_finding"
    __table_args__ = (_of_review(), _known_side())
    personal: ClassVar[frozenset[str]] = frozenset({"writer"})

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    side: str = Field(primary_key=True)
    place: str
    words: str = Field(sa_column=text())
    writer: str
    written_on: date


class SurveyAnswerer(Table, table=True):
    """That somebody answered, under a keyed hash: not when, nor what; gone when both sides have looked back."""

    __tablename__ = "survey_answerer"
    __table_args__ = (_of_review(),)
    personal: ClassVar[frozenset[str]] = frozenset({"mark"})

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    mark: str = Field(primary_key=True)
    place: str


class SurveyCount(Table, table=True):
    """How often residents gave one answer to one question; no answer of anybody is kept."""

    __tablename__ = "survey_count"
    __table_args__ = (
        _of_review(),
        CheckConstraint("answer_count >= 0", name="not_negative"),
        CheckConstraint("question IN ('done_well', 'noticed', 'go_on')", name="known_question"),
        CheckConstraint("answer IN ('yes', 'partly', 'no', 'unknown')", name="known_answer"),
    )
    personal: ClassVar[frozenset[str]] = NOBODY

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    question: str = Field(primary_key=True)
    answer: str = Field(primary_key=True)
    place: str
    answer_count: int = Field(sa_column=amount())


class Suspension(Table, table=True):
    """Until when the work stands still; numbered as the move with which that began."""

    __tablename__ = "suspension"
    __table_args__ = (
        _by_move(),
        CheckConstraint("until_on > suspended_on", name="lasts_a_day"),
    )
    personal: ClassVar[frozenset[str]] = NOBODY

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    suspended_on: date
    until_on: date


class AgreementExtension(Table, table=True):
    """A later end than the agreement says, which itself stays as it was signed; numbered as its move."""

    __tablename__ = "agreement_extension"
    __table_args__ = (
        _by_move(),
        CheckConstraint("until_on > ended_on", name="later_than_before"),
    )
    personal: ClassVar[frozenset[str]] = NOBODY

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    ended_on: date
    """The last day before this."""
    until_on: date
    """The last day from now on."""
    review_on: date
    extended_on: date


class ExtensionReportDay(Table, table=True):
    """A day to report on in the time that was added."""

    __tablename__ = "extension_report_day"
    __table_args__ = (
        ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["agreement_extension.challenge_id", "agreement_extension.number"],
        ),
    )
    personal: ClassVar[frozenset[str]] = NOBODY

    challenge_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    report_on: date = Field(primary_key=True)
    place: str


class EarlyEnd(Table, table=True):
    """From which day the group no longer does the task, and on what ground the municipality ended it."""

    __tablename__ = "early_end"
    __table_args__ = (
        _by_move(),
        CheckConstraint("ground IN ('not_kept', 'money', 'unsafe', 'task_ended', 'together')", name="known_ground"),
    )
    personal: ClassVar[frozenset[str]] = NOBODY

    challenge_id: UUID = Field(primary_key=True)
    number: int
    """Of the move with which it ended."""
    place: str
    from_on: date
    ground: str | None = None
    """None where the group gave the task back."""


class ThingHandover(Table, table=True):
    """That one thing was handed over: by which side it was written down, when, and where it went."""

    __tablename__ = "thing_handover"
    __table_args__ = (
        _known_side(),
        CheckConstraint(
            "thing IN ('keys', 'equipment', 'papers', 'people', 'residents', 'successor')", name="known_thing"
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"teller"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    thing: str = Field(primary_key=True)
    place: str
    side: str
    words: str
    teller: str
    handed_on: date


class Lesson(Table, table=True):
    """What one side learnt."""

    __tablename__ = "lesson"
    __table_args__ = (_known_side(),)
    personal: ClassVar[frozenset[str]] = frozenset({"writer"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    side: str = Field(primary_key=True)
    place: str
    words: str = Field(sa_column=text())
    writer: str
    written_on: date


for _kept in (
    WorkReport, ReportedResult, ChallengeReview, ReviewFinding, Suspension, AgreementExtension, ExtensionReportDay,
    EarlyEnd, ThingHandover, Lesson,
):  # fmt: skip
    append_only(_kept)

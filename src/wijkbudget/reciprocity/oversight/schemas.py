# SPDX-License-Identifier: EUPL-1.2
"""What the audit committee is shown, and what it says."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.kit.fields import Command, Line, Sentences, View, symbol
from wijkbudget.reciprocity.oversight.rules import Finding
from wijkbudget.reciprocity.rules.entries import EntryState


class DrawSample(Command):
    """Draw which time of a period is looked at again, from the value that was announced."""

    period: Line
    """Such as `2026-Q1`."""
    value: Line


class NoteFinding(Command):
    """Say whether drawn time is right, and why you think so."""

    finding: Annotated[Finding, symbol(Finding)]
    reason: Sentences


class NoteRing(Command):
    """Say what you made of people who confirm mostly each other."""

    reason: Sentences


class LookedAtView(View):
    """Time as the audit committee sees it, with who gave and confirmed it."""

    id: UUID
    task_title: str
    giver_name: str
    confirmer_name: str
    given_on: date
    minutes: int
    state: EntryState


class RingNoteView(View):
    """What somebody made of a ring."""

    noted_on: date
    noted_by: str
    reason: str
    entry_count: int
    """How many entries they had then."""


class RingLineView(View):
    """People who confirm mostly each other, in a list."""

    key: str
    names: list[str]
    inside_count: int
    """How many of their entries were confirmed among themselves."""
    entry_count: int
    """How many of their entries were confirmed by anybody."""
    inside_minutes: int
    is_looked_at: bool
    """Whether somebody looked since their last entry."""


class RingsView(View):
    """All rings of the last year."""

    first_on: date
    rings: list[RingLineView]


class RingView(RingLineView):
    """One ring, with what they confirmed among themselves and what was said of it."""

    entries: list[LookedAtView]
    notes: list[RingNoteView]
    may_note: bool
    """Whether the reader is no part of it."""


class SampleView(View):
    """How the lots of a period were drawn; nothing in it points at a person."""

    period: str
    first_on: date
    last_on: date
    lots_from: str
    value: str
    seed: str
    entry_count: int
    """How many entries were settled in the period."""
    drawn_count: int
    drawn_on: date
    right_count: int
    not_right_count: int


class SamplesView(View):
    """Every sample that was drawn, and what is announced for the next."""

    samples: list[SampleView]
    """The newest first."""
    percent: int | None
    """Which part is drawn; None where the policy has no such rule."""
    lots_from: str | None
    article: str | None
    due: list[str]
    """Periods that are over, with settled time and without a sample; the oldest first."""


class CheckView(View):
    """Time on which the lot fell, and what was found."""

    entry: LookedAtView
    finding: Finding | None
    reason: str | None
    found_by: str | None
    found_on: date | None
    may_note: bool
    """Whether the reader can say what they found."""


class CheckedSampleView(SampleView):
    """A sample with the time that was drawn."""

    checks: list[CheckView]

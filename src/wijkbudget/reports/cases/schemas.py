# SPDX-License-Identifier: EUPL-1.2
"""What the public record tells of a bid."""

from datetime import datetime
from uuid import UUID

from wijkbudget.challenges.rules.states import State
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import Text


class RecordedCaseLine(View):
    """A bid, and how much of it stands in the record."""

    challenge_id: UUID
    title: str
    state: State
    entry_count: int
    sealed_count: int
    """How many of the entries have their place in the signed log."""


class RecordedCasePage(View):
    """Some bids, the newest first."""

    cases: list[RecordedCaseLine]
    next: str | None
    """The key of the page that follows."""


class RecordedEntry(View):
    """One thing that happened to a bid."""

    id: UUID
    at: datetime
    sentence: Text
    is_sealed: bool
    """It has its place in the signed log, so its proof can be read."""


class RecordedCaseView(View):
    """Everything that happened to a bid, the first thing first."""

    challenge_id: UUID
    title: str
    state: State
    entries: list[RecordedEntry]

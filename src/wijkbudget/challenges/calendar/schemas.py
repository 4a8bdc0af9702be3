# SPDX-License-Identifier: EUPL-1.2
"""What the calendar of a case answers."""

from datetime import date, datetime
from enum import StrEnum

from wijkbudget.kit.fields import View
from wijkbudget.kit.text import Text


class Mark(StrEnum):
    """What is on a day."""

    COMPLETE = "complete"
    DECIDE = "decide"
    ANSWER = "answer"
    OBJECT = "object"
    PENALTY = "penalty"


class CaseDay(View):
    """A day on which something of a bid must be done, or begins."""

    mark: Mark
    on: date
    says: Text


class CalendarView(View):
    """The days of a bid, the first one first."""

    title: str
    made_at: datetime
    days: list[CaseDay]

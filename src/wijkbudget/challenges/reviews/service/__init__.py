# SPDX-License-Identifier: EUPL-1.2
"""Reports on work that a group took over, looks back at it, lets it last longer or stop, and hands it over."""

from wijkbudget.challenges.reviews.service.ending import (
    close,
    end_agreement,
    hand_back,
    hand_over,
    write_lesson,
)
from wijkbudget.challenges.reviews.service.looking_back import (
    answer_survey,
    extend,
    finish,
    go_on,
    look_back,
    write_finding,
)
from wijkbudget.challenges.reviews.service.working import report, resume, suspend

__all__ = [
    "answer_survey",
    "close",
    "end_agreement",
    "extend",
    "finish",
    "go_on",
    "hand_back",
    "hand_over",
    "look_back",
    "report",
    "resume",
    "suspend",
    "write_finding",
    "write_lesson",
]

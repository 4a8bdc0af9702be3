# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a vote inside a project; never what somebody voted."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class ProjectVoteOpened(Event):
    """The group of a project asked a question, with the rule for voices frozen; the subject is the vote."""

    sentence: ClassVar[Text] = _("A vote inside a project was opened.")

    initiative_id: str
    closes_on: str
    choice_count: int
    rule: dict[str, int]
    """What the voices follow: the parameters as they were that day."""
    rule_hash: str
    """Of the question, its choices and the rule."""


@dataclass(frozen=True, kw_only=True)
class ProjectVoteCast(Event):
    """Somebody voted in a project, or changed their vote; the subject is the vote."""

    sentence: ClassVar[Text] = _("Somebody voted inside a project.")
    personal: ClassVar[frozenset[str]] = frozenset({"voter"})

    voter: str
    is_organisation: bool

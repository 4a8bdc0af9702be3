# SPDX-License-Identifier: EUPL-1.2
"""What the council is asked to record, and how it is shown."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from wijkbudget.council.rules import Kind, Stance
from wijkbudget.kit.fields import Command, Day, Line, Sentences, View, symbol

PersonId = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Members = Annotated[list[PersonId], Field(max_length=100)]
InFavour = Annotated[Members, Field(alias="for")]
"""Who was for it; `for` in JSON, which is no name in Python."""


class RecordDecision(Command):
    """Record what the council decided, with the members for and against, and who stepped aside."""

    kind: Annotated[Kind, symbol(Kind)]
    title: Line
    motivation: Sentences
    decided_on: Day
    article: Line
    """The article of the by-law that gives the council this power."""
    for_: InFavour
    against: Members
    recused: Members


class MemberView(View):
    """A member of the council."""

    id: str
    name: str
    is_chair: bool


class VoiceView(View):
    """What one member did when a decision was taken."""

    person_id: str
    name: str
    stance: Stance


class DecisionView(View):
    """A decision of the council."""

    id: UUID
    kind: Kind
    title: str
    motivation: str
    decided_on: date
    article: str
    recorded_at: datetime
    member_count: int
    voices: list[VoiceView]
    about: list[str]

    def names(self, stance: str) -> list[str]:
        """Return the names of the members who did one thing."""
        return [voice.name for voice in self.voices if voice.stance == stance]

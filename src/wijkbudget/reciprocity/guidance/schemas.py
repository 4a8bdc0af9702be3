# SPDX-License-Identifier: EUPL-1.2
"""What contracts with young people are asked and answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from wijkbudget.kit.fields import Command, Day, Id, Sentences, View, symbol
from wijkbudget.reciprocity.guidance.rules import Consent

Note = Annotated[Sentences, StringConstraints(max_length=500)]


class ProposeGuidance(Command):
    """Propose a contract to a young person: what they do, until when, and what the guide does."""

    person_id: Id
    tasks: Sentences
    guide_does: Sentences
    until_on: Day
    """The last day."""


class TellConsent(Command):
    """Write down whether a parent agrees: yes or no, and no document."""

    consent: Annotated[Consent, symbol(Consent)]


class WriteNote(Command):
    """Write a short note, for the two of them."""

    note: Note


class NoteView(View):
    """A note of the guide."""

    id: UUID
    note: str
    written_on: date


class GuidanceView(View):
    """A contract, for the young person and the guide."""

    id: UUID
    young_name: str
    guide_name: str
    tasks: str
    guide_does: str
    until_on: date
    proposed_on: date
    signed_on: date | None
    ended_on: date | None
    """From then on nothing of what it said is kept."""
    is_running: bool
    """Whether both signed and the last day has not passed."""
    needs_consent: bool
    """Whether a parent has to agree; only asked until it is signed."""
    has_consent: bool | None
    consent_told_on: date | None
    notes: list[NoteView]
    """The newest first."""
    may_sign: bool
    is_guide: bool
    """Whether whoever asks is the guide."""


class GuidanceCard(View):
    """That there is a contract, in a list."""

    id: UUID
    young_name: str
    guide_name: str
    until_on: date
    is_running: bool
    is_signed: bool

# SPDX-License-Identifier: EUPL-1.2
"""What can happen to an agreement; each event is about its bid."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class AgreementWritten(Event):
    """A page of an agreement was saved; the subject is the bid."""

    sentence: ClassVar[Text] = _("A page of an agreement was saved.")

    chapter: str


@dataclass(frozen=True, kw_only=True)
class AgreementOffered(Event):
    """An official offered a text to be signed; the subject is the bid."""

    sentence: ClassVar[Text] = _("Text %(number)s of an agreement was offered to be signed.")

    number: int
    text_hash: str
    budget_cents: int


@dataclass(frozen=True, kw_only=True)
class AgreementSigned(Event):
    """One of the group signed a text; the subject is the bid."""

    sentence: ClassVar[Text] = _("A group signed text %(number)s of its agreement.")
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    number: int
    text_hash: str
    person: str


@dataclass(frozen=True, kw_only=True)
class AgreementEnteredInto(Event):
    """The municipality signed too, so the agreement holds; the subject is the bid."""

    sentence: ClassVar[Text] = _("An agreement holds: both sides signed it, and %(committed_cents)s comes with it.")

    number: int
    text_hash: str
    committed_cents: int
    """From the pot of the neighbourhood."""
    voucher_id: str | None

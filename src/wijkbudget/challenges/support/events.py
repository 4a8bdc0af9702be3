# SPDX-License-Identifier: EUPL-1.2
"""What can happen to the support of a bid; nothing says who is for it and who is against it."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class BidSigned(Event):
    """A neighbour said whether they are for a bid; the subject is the bid."""

    sentence: ClassVar[Text] = _("%(signature_count)s neighbours said what they think of a bid.")

    signature_count: int


@dataclass(frozen=True, kw_only=True)
class SignatureTakenBack(Event):
    """A neighbour took back what they said of a bid; the subject is the bid."""

    sentence: ClassVar[Text] = _("A neighbour took a signature under a bid back; %(signature_count)s are left.")

    signature_count: int


@dataclass(frozen=True, kw_only=True)
class PaperAttached(Event):
    """A group added a paper to its bid; the subject is the bid."""

    sentence: ClassVar[Text] = _("A group added a paper to its bid.")

    attachment_id: str
    what: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class AttachmentTakenBack(Event):
    """A group took a paper back before its bid was sent in; the subject is the bid."""

    sentence: ClassVar[Text] = _("A group took a paper back.")

    attachment_id: str


@dataclass(frozen=True, kw_only=True)
class SheetCounted(Event):
    """Somebody counted the signatures on a sheet; the subject is the bid. The number is told when two agree."""

    sentence: ClassVar[Text] = _("Somebody counted a sheet with signatures under a bid.")

    attachment_id: str
    turn: int
    settled_count: int | None

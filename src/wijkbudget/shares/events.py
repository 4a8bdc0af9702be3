# SPDX-License-Identifier: EUPL-1.2
"""What can happen to shares; whom it happened to is hidden."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class SharesGranted(Event):
    """Some residents each got a share, or more than one, for one kind of reason; the subject is the neighbourhood."""

    sentence: ClassVar[Text] = _("%(share_count)s shares were granted to residents.")
    personal: ClassVar[frozenset[str]] = frozenset({"share_ids", "person_ids"})

    share_ids: list[str]
    person_ids: list[str]
    """Who got each of these shares, in the same order."""
    reason: str
    policy_version: int
    share_count: int
    decision_id: str | None = None
    """The decision of the council, for a share by the neighbourhood contract."""


@dataclass(frozen=True, kw_only=True)
class SharesLapsed(Event):
    """All shares of some people who left lapsed; the subject is the neighbourhood."""

    sentence: ClassVar[Text] = _("%(share_count)s shares lapsed, because their holders left.")
    personal: ClassVar[frozenset[str]] = frozenset({"lapse_ids", "person_ids"})

    lapse_ids: list[str]
    person_ids: list[str]
    reason: str
    share_count: int


@dataclass(frozen=True, kw_only=True)
class SharesReviewed(Event):
    """Everybody got what was due on a day; the subject is the neighbourhood."""

    sentence: ClassVar[Text] = _("The shares were reviewed: %(holder_count)s people hold %(share_count)s shares.")

    policy_version: int
    holder_count: int
    share_count: int


@dataclass(frozen=True, kw_only=True)
class SharesSuspended(Event):
    """All shares of somebody stopped counting; the subject is the neighbourhood."""

    sentence: ClassVar[Text] = _("Shares of somebody do not count while they are looked into.")
    personal: ClassVar[frozenset[str]] = frozenset({"suspension_id", "person_id"})

    suspension_id: str
    person_id: str


@dataclass(frozen=True, kw_only=True)
class SharesReinstated(Event):
    """The shares of somebody count again; the subject is the neighbourhood."""

    sentence: ClassVar[Text] = _("Shares of somebody count again.")
    personal: ClassVar[frozenset[str]] = frozenset({"suspension_id", "person_id"})

    suspension_id: str
    person_id: str


@dataclass(frozen=True, kw_only=True)
class ShareCorrected(Event):
    """A share that was granted by mistake was taken back; the subject is the neighbourhood."""

    sentence: ClassVar[Text] = _("A share that was granted by mistake was taken back.")
    personal: ClassVar[frozenset[str]] = frozenset({"share_id", "person_id"})

    share_id: str
    person_id: str


@dataclass(frozen=True, kw_only=True)
class SharesHandedBack(Event):
    """A resident handed shares back for the fixed price."""

    sentence: ClassVar[Text] = _("Somebody handed %(share_count)s shares back for %(amount_cents)s.")
    personal: ClassVar[frozenset[str]] = frozenset({"share_ids", "person_id"})

    share_ids: list[str]
    person_id: str
    share_count: int
    amount_cents: int
    policy_version: int

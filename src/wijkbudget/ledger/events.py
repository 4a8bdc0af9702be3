# SPDX-License-Identifier: EUPL-1.2
"""What can happen in the ledger."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class Transferred(Event):
    """An amount moved between two accounts; the subject is its reference."""

    sentence: ClassVar[Text] = _("%(amount)s %(unit)s moved from %(source)s to %(target)s.")

    source: str
    target: str
    unit: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class TimeTransferred(Event):
    """Minutes moved; an address of time names the person who gave it, so nobody reads it in the public record."""

    sentence: ClassVar[Text] = _("%(amount_minutes)s of given time was written in the books.")
    personal: ClassVar[frozenset[str]] = frozenset({"source", "target"})

    source: str
    target: str
    amount_minutes: int


@dataclass(frozen=True, kw_only=True)
class SharesTransferred(Event):
    """Shares moved, of many people at once; an address of shares names who holds them, so nobody reads it.

    The references are as many as the people, so they are kept beside the public record too.
    """

    sentence: ClassVar[Text] = _("%(amount_shares)s shares were written in the books.")
    personal: ClassVar[frozenset[str]] = frozenset({"references", "sources", "targets"})

    references: list[str]
    sources: list[str]
    targets: list[str]
    amount_shares: int

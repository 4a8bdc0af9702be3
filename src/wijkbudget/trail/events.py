# SPDX-License-Identifier: EUPL-1.2
"""What a domain says happened; ids and amounts only, never names, addresses or votes."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import ClassVar

from wijkbudget.kit.text import Text

Value = str | int | bool | None | list[str] | list[int] | dict[str, int]
"""What an event may hold; an id is a string, a day is an ISO string."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Subclass in a domain's `events.py`, in the past tense: `VoucherIssued`."""

    sentence: ClassVar[Text]
    """What happened, for the trail page; may name the event's fields."""
    personal: ClassVar[frozenset[str]] = frozenset()
    """Which fields point at a person (an id); names never stand in an event."""

    place: str | None
    """The neighbourhood it happened in; None for the whole municipality."""
    subject: str
    """The id of the thing it happened to."""

    @classmethod
    def kind(cls) -> str:
        """Return the name in the trail, such as `vouchers.VoucherIssued`."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"

    def facts(self) -> dict[str, Value]:
        """Return what everybody may read, besides place and subject."""
        apart = self.personal | {"place", "subject"}
        return {name: getattr(self, name) for name in self._names() if name not in apart}

    def hidden(self) -> dict[str, Value]:
        """Return what points at a person."""
        return {name: getattr(self, name) for name in self._names() if name in self.personal}

    def _names(self) -> Iterator[str]:
        return (field.name for field in fields(self))


def kinds() -> dict[str, type[Event]]:
    """Return every kind of event that any domain declared, by its name in the trail."""
    return {event.kind(): event for event in Event.__subclasses__()}

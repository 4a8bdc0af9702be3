# SPDX-License-Identifier: EUPL-1.2
"""A closed, ordered set of interchangeable parts, looked up by key."""

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeVar


class Keyed(Protocol):
    """A part that knows the key it is registered under; the key is its file name."""

    @property
    def key(self) -> str:
        """Return the key."""


Part = TypeVar("Part", bound=Keyed)


class Registry(Mapping[str, Part]):
    """Read-only; built once from the parts named in a package's `__init__.py`."""

    def __init__(self, *parts: Part) -> None:
        """Keep the parts in the order given."""
        self._parts = {part.key: part for part in parts}
        assert len(self._parts) == len(parts), "two parts share a key"

    def __getitem__(self, key: str) -> Part:
        """Return the part with this key."""
        return self._parts[key]

    def __iter__(self) -> Iterator[str]:
        """Return the keys in order."""
        return iter(self._parts)

    def __len__(self) -> int:
        """Return how many parts there are."""
        return len(self._parts)

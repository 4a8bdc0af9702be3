# SPDX-License-Identifier: EUPL-1.2
"""Which places there are, and which address lies in which."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from wijkbudget.kit.errors import BadInput, Conflict, NotFound


class MunicipalityNotFounded(NotFound):
    """There is no municipality in this house yet."""


class AlreadyFounded(Conflict):
    """A house holds one municipality, and it is there."""


class BadMunicipality(BadInput):
    """The neighbourhoods, quarters or postcodes contradict each other."""


class NeighbourhoodNotFound(NotFound):
    """No neighbourhood has this name."""


@dataclass(frozen=True)
class Located:
    """Where an address lies."""

    place: str
    quarter: str


@dataclass(frozen=True, kw_only=True)
class PostcodeRange:
    """House numbers of one postcode that lie in one quarter, the last included."""

    place: str
    quarter: str
    postcode: str
    first: int
    last: int


class AddressBook:
    """Finds the neighbourhood of an address; read once, asked often."""

    def __init__(self, ranges: Iterable[PostcodeRange]) -> None:
        """Keep the ranges by postcode."""
        self._ranges: dict[str, list[PostcodeRange]] = {}
        self._quarters: dict[str, Located] = {}
        for part in ranges:
            self._ranges.setdefault(part.postcode, []).append(part)
            self._quarters[part.quarter] = Located(part.place, part.quarter)

    def locate(self, postcode: str, house_number: int) -> Located | None:
        """Return where an address lies, or None if it is in no neighbourhood; the postcode is `1234AB`."""
        for part in self._ranges.get(postcode, []):
            if part.first <= house_number <= part.last:
                return Located(part.place, part.quarter)
        return None

    def quarter(self, code: str) -> Located | None:
        """Return where a quarter lies, or None if it is in no neighbourhood; the code is `BU99010101`."""
        return self._quarters.get(code)

    def overlaps(self) -> Iterator[tuple[PostcodeRange, PostcodeRange]]:
        """Yield pairs of ranges that claim the same address; none where each address is claimed once."""
        for parts in self._ranges.values():
            ordered = sorted(parts, key=lambda part: (part.first, part.last))
            yield from ((one, other) for one, other in pairwise(ordered) if other.first <= one.last)

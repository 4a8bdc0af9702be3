# SPDX-License-Identifier: EUPL-1.2
"""How long lists of bids are read a page at a time: by the key of the last line that was seen."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from wijkbudget.kit.errors import BadInput
from wijkbudget.kit.text import _

PAGE_LENGTH = 50
"""Choice: as many as one reads on a phone without losing the way."""


class NoSuchPage(BadInput):
    """The end of the address is not one that a list gave."""


class PageKey(NamedTuple):
    """The last line that was seen: the day by which the list is ordered, and which bid it is."""

    on: date
    id: UUID

    def __str__(self) -> str:
        """Return the key as it stands in an address."""
        return f"{self.on}_{self.id}"


def read_key(written: str) -> PageKey | None:
    """Return the key that an address carries, or None for the first page. Raises NoSuchPage."""
    if not written:
        return None
    on, _between, challenge_id = written.partition("_")
    try:
        return PageKey(date.fromisoformat(on), UUID(challenge_id))
    except ValueError as error:
        raise NoSuchPage(_("There is no such page. Begin with the first one.")) from error

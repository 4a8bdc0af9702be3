# SPDX-License-Identifier: EUPL-1.2
"""Takes small groups together, so that no published number is about few people, nor follows from the others."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

PEOPLE_MIN = 10
"""Choice: a number about fewer than ten people can tell who they are."""


class Cells(NamedTuple):
    """Which groups have a number of their own, and which have one together; nothing of all is shown where both lack."""

    alone: list[str]
    together: list[str]


def is_shown(*counts: int) -> bool:
    """Return whether none of these numbers of people is so small that it tells who they are; none at all is not."""
    return all(count == 0 or count >= PEOPLE_MIN for count in counts)


def cells(sizes: Mapping[str, int], may_show: Callable[[Collection[str]], bool]) -> Cells:
    """Return how groups are shown: each alone where that may be, and all others as one.

    What is shown as one may be shown too: while it may not, the smallest group that stands alone joins it. So whoever
    subtracts what is shown from the total finds what is shown as one, and nothing smaller. Nothing at all is shown if
    even all groups as one may not be.
    """
    alone = [group for group in sizes if may_show([group])]
    together = [group for group in sizes if group not in alone]
    while together and not may_show(together):
        if not alone:
            return Cells([], [])
        smallest = min(alone, key=lambda group: (sizes[group], group))
        alone.remove(smallest)
        together.append(smallest)
    return Cells(alone, [group for group in sizes if group in together])

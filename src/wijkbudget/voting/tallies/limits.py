# SPDX-License-Identifier: EUPL-1.2
"""What limits still allow while a tally chooses: plans that exclude each other, and caps for a theme or a small area.

One mechanism for every tally: an option for which a limit has no room is passed over. Room only shrinks, so what is
passed over once stays out. With limits no tally promises a group its proportional part: the part of a group may lie
within a cap that is full.
"""

from collections import defaultdict
from collections.abc import Iterable

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.text import Text, _
from wijkbudget.voting.rules import Election, Limit, Option, UnknownOption
from wijkbudget.voting.tallies import reasons
from wijkbudget.voting.tallies.counting import Count


class LimitsNothing(RuleBroken):
    """A limit that changes nothing, or that lets none of its options win."""


def demand_limiting(limit: Limit, options: Iterable[Option]) -> None:
    """Do nothing if a limit keeps some of its options out, and not all. Raises UnknownOption or LimitsNothing."""
    costs_cents = {option.id: option.cost_cents for option in options}
    if limit.ids - costs_cents.keys():
        raise UnknownOption(_("There is no such plan on this ballot."))
    within = [costs_cents[id_] for id_ in limit.ids]
    if (limit.wins_max is None) is (limit.spent_cents_max is None):
        raise LimitsNothing(_("Fill in one of the two: how many can win, or how much they can cost together."))
    if limit.wins_max is not None and limit.wins_max >= len(within):
        raise LimitsNothing(_("These are %(count)s plans, so they can all win. Lower the number.", count=len(within)))
    if limit.spent_cents_max is not None and limit.spent_cents_max >= sum(within):
        raise LimitsNothing(_("Together these plans cost %(cost_cents)s. Lower the amount.", cost_cents=sum(within)))
    if limit.spent_cents_max is not None and limit.spent_cents_max < min(within):
        raise LimitsNothing(_("Each of these plans costs more than that, so none could win. Raise the amount."))


class Room:
    """What each limit of an election still has room for."""

    def __init__(self, election: Election) -> None:
        """Begin with nothing chosen."""
        self._limits: dict[str, list[Limit]] = defaultdict(list)
        for limit in election.limits:
            for id_ in limit.ids:
                self._limits[id_].append(limit)
        self._wins: dict[Limit, int] = defaultdict(int)
        self._spent_cents: dict[Limit, int] = defaultdict(int)

    def blocks(self, option: Option) -> Limit | None:
        """Return the first limit that has no room for an option, or None."""
        for limit in self._limits.get(option.id, ()):
            if not self._fits(limit, option):
                return limit
        return None

    def take(self, option: Option) -> None:
        """Give an option that was chosen its room."""
        for limit in self._limits.get(option.id, ()):
            self._wins[limit] += 1
            self._spent_cents[limit] += option.cost_cents

    def wins_left(self, limit: Limit) -> int | None:
        """Return how many more can win within a limit, or None if any number can."""
        return None if limit.wins_max is None else limit.wins_max - self._wins[limit]

    def cents_left(self, limit: Limit) -> int | None:
        """Return how much more can be spent within a limit, or None if any amount can."""
        return None if limit.spent_cents_max is None else limit.spent_cents_max - self._spent_cents[limit]

    def _fits(self, limit: Limit, option: Option) -> bool:
        wins, cents = self.wins_left(limit), self.cents_left(limit)
        return (wins is None or wins > 0) and (cents is None or option.cost_cents <= cents)


def free_winners(counted: Count, room: Room, told: dict[str, Text]) -> list[str]:
    """Return the free options that win before the tally begins, most votes first; tell of those without room."""
    winners = []
    for option in counted.free:
        if limit := room.blocks(option):
            told[option.id] = reasons.no_room(counted.votes[option.id], limit.name)
        else:
            room.take(option)
            winners.append(option.id)
    return winners

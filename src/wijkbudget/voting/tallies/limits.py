# SPDX-License-Identifier: EUPL-1.2
"""What limits still allow while a tally chooses: plans that exclude each other, and caps for a theme or a small area.

One mechanism for every tally: an option for which a limit has no room is passed over. Room only shrinks, so what is
passed over once stays out. With limits no tally promises a group its proportional part: the part of a group may lie
within a cap that is full.
"""

from collections import defaultdict

from wijkbudget.kit.text import Text
from wijkbudget.voting.rules import Election, Limit, Option
from wijkbudget.voting.tallies import reasons
from wijkbudget.voting.tallies.counting import Count


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
        return next((limit for limit in self._limits.get(option.id, ()) if not self._fits(limit, option)), None)

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

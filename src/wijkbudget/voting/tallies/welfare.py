# SPDX-License-Identifier: EUPL-1.2
"""Best total: of all sets of options that fit, the one with the most votes together, or the most votes times euros.

Source: Talmon and Faliszewski 2019, "A Framework for Approval-based Budgeting Methods" (arXiv 1809.04382), the
max rules; exact, by dynamic programming in whole numbers.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import lcm

from wijkbudget.kit.text import Text, _
from wijkbudget.voting.rules import Election, Limit, Option, Outcome, Parameters, TieOrder, choices
from wijkbudget.voting.tallies import reasons
from wijkbudget.voting.tallies.best_set import Item, best_set
from wijkbudget.voting.tallies.counting import account_for, count
from wijkbudget.voting.tallies.limits import Room, free_winners
from wijkbudget.voting.tallies.poll import Poll

_TOTALS = {
    "cost": _("Of all sets of plans that fit in the money, the one with the highest votes times costs is chosen."),
    "cardinality": _("Of all sets of plans that fit in the money, the one with most votes together is chosen."),
}


class _Welfare:
    key = "welfare"
    name = _("Best total")

    def parameters(self, raw: Mapping[str, object]) -> Parameters:
        """Return what a vote is worth: the `cost` of the option, or one (`cardinality`). Raises BadParameter."""
        return choices(raw, {"utility": ("cost", "cardinality")})

    def words(self, parameters: Parameters) -> tuple[Text, ...]:
        """Return how it counts, in plain sentences."""
        return (_TOTALS[str(parameters["utility"])],)

    def choose(self, poll: Poll, parameters: Parameters) -> tuple[str, ...]:
        """Return the winners. Raises TooManySets."""
        return self.tally(poll, parameters).winners

    def tally(self, poll: Poll, parameters: Parameters) -> Outcome:
        """Return the set with the best total; of equal sets the one with the first in the lot. Raises TooManySets."""
        election, counted = poll.election, count(poll)
        told: dict[str, Text] = {}
        room = Room(election)
        free = free_winners(counted, room, told)
        candidates = [option for option in counted.payable if not room.blocks(option)]
        worth = {
            option.id: counted.votes[option.id] * (option.cost_cents if parameters["utility"] == "cost" else 1)
            for option in candidates
        }
        chosen = _first_best(_Problem(candidates, worth, election, room), election.ties)
        for option in candidates:
            if option.id in chosen:
                room.take(option)
        winners = free + [option.id for option in counted.payable if option.id in chosen]
        for option in counted.payable:
            votes = counted.votes[option.id]
            if option.id in chosen:
                told[option.id] = reasons.in_best_set(votes)
            elif limit := room.blocks(option):
                told[option.id] = reasons.no_room(votes, limit.name)
            else:
                told[option.id] = reasons.not_in_best_set(votes)
        return Outcome(
            tally=self.key,
            parameters=parameters,
            ties=election.ties,
            budget_cents=election.budget_cents,
            spent_cents=sum(option.cost_cents for option in candidates if option.id in chosen),
            winners=tuple(winners),
            options=account_for(poll, counted, told, set(winners)),
            steps={"welfare": str(sum((worth[id_] for id_ in chosen), Fraction(0)))},
        )


class _Problem:
    """Which options to choose for the best total; asked again and again, to settle who goes first among equals."""

    def __init__(
        self, candidates: Sequence[Option], worth: Mapping[str, Fraction], election: Election, room: Room
    ) -> None:
        """Put everything in whole numbers."""
        scale = lcm(*(each.denominator for each in worth.values()))
        caps = [(limit, room.wins_left(limit), room.cents_left(limit)) for limit in election.limits]
        self.rooms = [election.budget_cents]
        self.rooms += [left for _limit, wins, cents in caps for left in (wins, cents) if left is not None]
        self.items = {
            option.id: Item(value=int(worth[option.id] * scale), takes=_takes(option, caps)) for option in candidates
        }

    def best(self, taken: Collection[str], open_: Sequence[str], above: int) -> frozenset[str] | None:
        """Return the best set with all that is taken and any that is open, or None if it is not above a value."""
        rooms = [room - sum(self.items[id_].takes[place] for id_ in taken) for place, room in enumerate(self.rooms)]
        if min(rooms) < 0:
            return None
        best = best_set([self.items[id_] for id_ in open_], rooms, above - self.value(taken))
        return None if best is None else frozenset(taken) | {open_[place] for place in best}

    def value(self, ids: Collection[str]) -> int:
        """Return the total of some options."""
        return sum(self.items[id_].value for id_ in ids)


def _first_best(problem: _Problem, ties: TieOrder) -> frozenset[str]:
    """Return, of all sets with the best total, the one with the option that goes first, then the next, and so on."""
    open_ = [id_ for id_ in ties.ids if id_ in problem.items]
    best = problem.best((), open_, -1)
    assert best is not None, "nothing at all is a set too"
    total = problem.value(best)
    taken: list[str] = []
    while open_:
        first = open_.pop(0)
        if first not in best:
            other = problem.best([*taken, first], open_, total - 1)
            if other is None:
                continue
            best = other
        taken.append(first)
    return best


def _takes(option: Option, caps: Sequence[tuple[Limit, int | None, int | None]]) -> tuple[int, ...]:
    """Return what an option takes from the budget and from each limit."""
    takes = [option.cost_cents]
    for limit, wins, cents in caps:
        within = option.id in limit.ids
        takes += [int(within)] * (wins is not None) + [option.cost_cents * within] * (cents is not None)
    return tuple(takes)


WELFARE = _Welfare()

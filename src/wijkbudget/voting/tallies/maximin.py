# SPDX-License-Identifier: EUPL-1.2
"""Maximin support: supporters carry the costs, and the next winner is what makes the highest burden rise least.

Source: Aziz, Lee and Talmon 2018, "Proportionally Representative Participatory Budgeting" (AAMAS, arXiv 1711.08226),
after Sánchez-Fernández, Fernández-García, Fisteus and Brill 2022 (arXiv 1609.05370). A mark of any height is support.
Choice: each load is computed exactly, by maximum flow, where others solve a linear program for each option.
"""

from collections.abc import Mapping
from fractions import Fraction
from heapq import heapify, heappop, heapreplace

from wijkbudget.kit.text import Text, _
from wijkbudget.voting.rules import Option, Outcome, Parameters, refuse_unknown
from wijkbudget.voting.tallies import reasons
from wijkbudget.voting.tallies.counting import Count, account_for, count
from wijkbudget.voting.tallies.limits import Room, free_winners
from wijkbudget.voting.tallies.loads import Loads
from wijkbudget.voting.tallies.poll import Poll


class _Maximin:
    key = "maximin"
    name = _("Smallest burden")

    def parameters(self, raw: Mapping[str, object]) -> Parameters:
        """Return nothing: there is nothing to set. Raises BadParameter."""
        refuse_unknown(raw, ())
        return {}

    def words(self, parameters: Parameters) -> tuple[Text, ...]:  # noqa: ARG002 (of every tally)
        """Return how it counts, in plain sentences."""
        return (
            _("Supporters carry the cost of a plan together, divided so that nobody carries more than needed."),
            _("Each time the plan is chosen that makes the highest burden rise least."),
            _("A plan that no longer fits in the money is passed over."),
        )

    def choose(self, poll: Poll, parameters: Parameters) -> tuple[str, ...]:
        """Return the winners. Raises TooManyBallots."""
        return self.tally(poll, parameters).winners

    def tally(self, poll: Poll, parameters: Parameters) -> Outcome:
        """Return what burdens the most burdened voice least, one by one, as long as it fits. Raises TooManyBallots."""
        counted = count(poll)
        told: dict[str, Text] = {}
        room = Room(poll.election)
        winners = free_winners(counted, room, told)
        left_cents = poll.election.budget_cents
        queue = _Queue(poll, counted)
        while option := queue.first():
            votes = counted.votes[option.id]
            if limit := room.blocks(option):
                told[option.id] = reasons.no_room(votes, limit.name)
                queue.drop()
            elif option.cost_cents > left_cents:
                told[option.id] = reasons.too_dear(votes, option.cost_cents, left_cents)
                queue.drop()
            elif (load := queue.choose()) is not None:
                # The poll counts voices in whole numbers; people read what a voice of one carries.
                told[option.id] = reasons.carried_together(load / poll.voice_unit)
                room.take(option)
                left_cents -= option.cost_cents
                winners.append(option.id)
        return Outcome(
            tally=self.key,
            parameters=parameters,
            ties=poll.election.ties,
            budget_cents=poll.election.budget_cents,
            spent_cents=poll.election.budget_cents - left_cents,
            winners=tuple(winners),
            options=account_for(poll, counted, told, set(winners)),
            steps={},
        )


class _Queue:
    """The options that can still win, by a floor under the highest load that each would bring.

    What was chosen before only raises loads, so a floor found earlier stays one: only the lowest is looked at again.
    """

    def __init__(self, poll: Poll, counted: Count) -> None:
        payable = {option.id for option in counted.payable}
        self._options = poll.options
        self._loads = Loads(poll)
        self._floors = [
            (self._loads.floor(place), place) for place, option in enumerate(poll.options) if option.id in payable
        ]
        heapify(self._floors)

    def first(self) -> Option | None:
        """Return the option with the lowest floor, by the lot if there are more, or None if none is left."""
        return self._options[self._floors[0][1]] if self._floors else None

    def drop(self) -> None:
        """Leave the first option out."""
        heappop(self._floors)

    def choose(self) -> Fraction | None:
        """Choose the first option and return the highest load; or find a higher floor under it."""
        known, place = self._floors[0]
        floor = self._loads.floor(place)
        if floor > known:
            heapreplace(self._floors, (floor, place))
            return None
        higher = self._loads.choose(place, known)
        if higher is None:
            heappop(self._floors)
            return known
        heapreplace(self._floors, (higher, place))
        return None


MAXIMIN = _Maximin()

# SPDX-License-Identifier: EUPL-1.2
"""Method of Equal Shares: the budget is divided equally over all voices, and supporters buy together what they chose.

Source: Peters, Pierczyński and Skowron 2021, "Proportional participatory budgeting with additive utilities" (arXiv
2008.13276); completion by adding money: equalshares.net, and the vote Top Idee in Assen, 2024, whose outcome it gives.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wijkbudget.kit.text import Text, _
from wijkbudget.voting.rules import Outcome, Parameters, choices, refuse_unknown, whole_number
from wijkbudget.voting.tallies.counting import Count, account_for, count
from wijkbudget.voting.tallies.limits import Room, free_winners
from wijkbudget.voting.tallies.poll import Poll

if TYPE_CHECKING:
    from wijkbudget.voting.tallies.purses import Runs
    from wijkbudget.voting.tallies.sharing import Sharing

_CHOICES = {
    "utility": ("cost", "cardinality", "score"),
    "start": ("exact", "whole"),
    "completion": ("add1", "none", "greedy", "add1_greedy"),
    "stop": ("infeasible", "exhaustive"),
}

_SHARED = _(
    "Every voice gets an equal part of the money. Supporters of a plan pay for it together. "
    "The plan that asks least of its supporters goes first. "
    "So the money follows all voters, not only the largest group."
)
_COMPLETED = _("What is left at the end is spent on more plans, as long as it lasts.")


class _EqualShares:
    key = "equal_shares"
    name = _("Equal shares")

    def words(self, parameters: Parameters) -> tuple[Text, ...]:
        """Return how it counts, in plain sentences."""
        return (_SHARED, *([_COMPLETED] if parameters["completion"] != "none" else []))

    def parameters(self, raw: Mapping[str, object]) -> Parameters:
        """Return how utility is measured, and how money that is left is spent. Raises BadParameter.

        `utility` of a mark: the `cost` of the option, `cardinality` one whatever the mark, `score` the mark itself.
        `start`: the `exact` part of the budget, or rounded down to `whole` units. `completion` of what is left: `add1`
        gives every average voice one unit more until that would spend too much, `greedy` goes on with what costs least
        for its utility and fits, or first the one and then the other. `stop`: add-one ends before the first step that
        is `infeasible`, or as soon as nothing else fits (`exhaustive`).

        Choice: the defaults are those of Assen 2024; a unit is `unit_cents`.
        """
        refuse_unknown(raw, (*_CHOICES, "unit_cents"))
        chosen = choices({name: value for name, value in raw.items() if name != "unit_cents"}, _CHOICES)
        return {**chosen, "unit_cents": whole_number(raw, "unit_cents", 100, least=1)}

    def choose(self, poll: Poll, parameters: Parameters, runs: "Runs | None" = None) -> tuple[str, ...]:
        """Return the winners: free ones, what was bought, and what was added, each in that order.

        Somebody who counts the same poll before with the same limits hands over the runs of it.
        """
        counted, room = count(poll), Room(poll.election)
        free = free_winners(counted, room, {})
        shared = _shared(poll, counted, room, parameters, runs)
        return (*free, *shared.winners) if shared else tuple(free)

    def tally(self, poll: Poll, parameters: Parameters) -> Outcome:
        """Return what supporters buy together with their equal shares."""
        counted, room = count(poll), Room(poll.election)
        told: dict[str, Text] = {}
        free = free_winners(counted, room, told)
        shared = _shared(poll, counted, room, parameters)
        winners = (*free, *shared.winners) if shared else tuple(free)
        return Outcome(
            tally=self.key,
            parameters=parameters,
            ties=poll.election.ties,
            budget_cents=poll.election.budget_cents,
            spent_cents=shared.spent_cents if shared else 0,
            winners=winners,
            options=account_for(poll, counted, told | (shared.told() if shared else {}), set(winners)),
            steps=_steps(poll, shared),
        )


def _shared(
    poll: Poll, counted: Count, room: Room, parameters: Parameters, runs: "Runs | None" = None
) -> "Sharing | None":
    """Return how the budget was shared, or None if nobody is there to share it."""
    if not poll.ballot_count:
        return None
    # Bringing in the compiler takes time and memory, which only somebody who counts should spend.
    from wijkbudget.voting.tallies.sharing import Sharing  # noqa: PLC0415 (see above)

    return Sharing(poll, counted, room, parameters, runs)


def _steps(poll: Poll, shared: "Sharing | None") -> dict[str, str | int]:
    if shared is None:
        return {"start_cents": 0, "step_cents": 0, "added_steps": 0}
    voices = int(poll.voices.sum()) * poll.voice_unit
    return {
        "start_cents": str(shared.start_cents / voices),
        "step_cents": str(shared.step_cents / voices),
        "added_steps": shared.added_steps,
    }


EQUAL_SHARES = _EqualShares()

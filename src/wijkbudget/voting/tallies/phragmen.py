# SPDX-License-Identifier: EUPL-1.2
"""Sequential Phragmén: all voices save at the same speed, and supporters buy an option the moment they can pay it.

Source: Los, Christoff and Grossi 2022, "Proportional Budget Allocations: Towards a Systematization" (IJCAI, arXiv
2203.12324), after Phragmén 1894; the count ends at the first option that no longer fits. A mark of any height is
support. Choice: of options that can be paid at the same moment the lot says which goes first, also when the other one
no longer fits.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wijkbudget.kit.text import Text, _
from wijkbudget.voting.rules import Outcome, Parameters, refuse_unknown
from wijkbudget.voting.tallies import reasons
from wijkbudget.voting.tallies.counting import Count, account_for, count
from wijkbudget.voting.tallies.limits import Room, free_winners
from wijkbudget.voting.tallies.poll import Poll

if TYPE_CHECKING:
    from wijkbudget.voting.tallies.saving import Saving


class _Phragmen:
    key = "phragmen"
    name = _("Phragmén’s method")

    def parameters(self, raw: Mapping[str, object]) -> Parameters:
        """Return nothing: there is nothing to set. Raises BadParameter."""
        refuse_unknown(raw, ())
        return {}

    def words(self, parameters: Parameters) -> tuple[Text, ...]:  # noqa: ARG002 (of every tally)
        """Return how it counts, in plain sentences."""
        return (
            _("All voices save at the same speed."),
            _("When the supporters of a plan can pay for it together it is chosen, and they begin at nothing again."),
            _("The count ends at the first plan that no longer fits in the money."),
        )

    def choose(self, poll: Poll, parameters: Parameters) -> tuple[str, ...]:  # noqa: ARG002 (of every tally)
        """Return the winners."""
        counted = count(poll)
        room = Room(poll.election)
        free = free_winners(counted, room, {})
        return (*free, *(poll.options[place].id for place in _saved(poll, counted, room).bought))

    def tally(self, poll: Poll, parameters: Parameters) -> Outcome:
        """Return what supporters save for together, until something does not fit."""
        counted, room = count(poll), Room(poll.election)
        told: dict[str, Text] = {}
        free = free_winners(counted, room, told)
        saved = _saved(poll, counted, room)
        bought = [poll.options[place] for place in saved.bought]
        for option in bought:
            room.take(option)
        winners = (*free, *(option.id for option in bought))
        spent_cents = sum(option.cost_cents for option in bought)
        told |= _told(poll, counted, room, saved, poll.election.budget_cents - spent_cents)
        return Outcome(
            tally=self.key,
            parameters=parameters,
            ties=poll.election.ties,
            budget_cents=poll.election.budget_cents,
            spent_cents=spent_cents,
            winners=winners,
            options=account_for(poll, counted, told, set(winners)),
            steps={},
        )


def _saved(poll: Poll, counted: Count, room: Room) -> "Saving":
    """Return what was saved for together, within what limits leave."""
    # Bringing in the compiler takes time and memory, which only somebody who counts should spend.
    from wijkbudget.voting.tallies.saving import Saving  # noqa: PLC0415 (see above)

    payable = {option.id for option in counted.payable}
    return Saving(poll, [place for place, option in enumerate(poll.options) if option.id in payable], room)


def _told(poll: Poll, counted: Count, room: Room, saved: "Saving", left_cents: int) -> dict[str, Text]:
    """Return why each option that took part won or lost."""
    told = {
        poll.options[place].id: reasons.saved_together(cents)
        for place, cents in zip(saved.bought, saved.cents_saved(), strict=True)
    }
    together_cents = {poll.options[place].id: cents for place, cents in saved.cents_together().items()}
    for option in counted.payable:
        votes = counted.votes[option.id]
        if option.id in told:
            continue
        if limit := room.blocks(option):
            told[option.id] = reasons.no_room(votes, limit.name)
        elif together_cents.get(option.id, option.cost_cents) == option.cost_cents:
            # It could be paid, so there was less money left than it costs.
            told[option.id] = reasons.too_dear(votes, option.cost_cents, left_cents)
        else:
            told[option.id] = reasons.not_enough_together(together_cents[option.id], option.cost_cents)
    return told


PHRAGMEN = _Phragmen()

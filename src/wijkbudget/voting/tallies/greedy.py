# SPDX-License-Identifier: EUPL-1.2
"""Greedy: most votes first, or most votes for each euro, as long as the money lasts.

Source: the rule in Amsterdam's neighbourhood budgets since 2019, with its thresholds and part funding of the next plan,
as recorded in Pabulib (arXiv 2012.06539); votes for each euro: Talmon and Faliszewski 2019, "A Framework for
Approval-based Budgeting Methods" (arXiv 1809.04382).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from wijkbudget.kit.text import Text, _
from wijkbudget.voting.rules import (
    BadParameter,
    Option,
    Outcome,
    Parameters,
    choices,
    refuse_unknown,
    whole_number,
)
from wijkbudget.voting.tallies import reasons
from wijkbudget.voting.tallies.counting import Count, account_for, count
from wijkbudget.voting.tallies.limits import Room, free_winners
from wijkbudget.voting.tallies.poll import Poll

_CHOICES = {"order": ("votes", "votes_per_euro"), "too_dear": ("skip", "stop", "part")}
_THRESHOLDS = ("votes_min", "support_percent_min")
_ALL_PERCENT = 100

_ORDERS = {
    "votes": _("The plan with most votes goes first."),
    "votes_per_euro": _("The plan with most votes for each euro goes first."),
}
_ENDS = {
    "skip": _("A plan that no longer fits in the money is passed over."),
    "stop": _("The count ends at the first plan that no longer fits in the money."),
    "part": _("The first plan that no longer fits in the money gets what is left, and the count ends."),
}


class _Greedy:
    key = "greedy"
    name = _("Most votes first")

    def parameters(self, raw: Mapping[str, object]) -> Parameters:
        """Return in which order, what becomes of what no longer fits, and how much support is needed.

        `too_dear`: `skip` passes it over, `stop` ends the count, `part` gives it what is left and ends the count.
        Raises BadParameter.
        """
        refuse_unknown(raw, (*_CHOICES, *_THRESHOLDS))
        chosen = choices({name: value for name, value in raw.items() if name in _CHOICES}, _CHOICES)
        least = {
            "votes_min": whole_number(raw, "votes_min", 0, least=0),
            "support_percent_min": whole_number(raw, "support_percent_min", 0, least=0),
        }
        if least["support_percent_min"] > _ALL_PERCENT:
            raise BadParameter(_("“%(name)s” is a percentage: at most 100.", name="support_percent_min"))
        return {**chosen, **least}

    def words(self, parameters: Parameters) -> tuple[Text, ...]:
        """Return how it counts, in plain sentences."""
        votes_min, percent = parameters["votes_min"], parameters["support_percent_min"]
        return (
            _ORDERS[str(parameters["order"])],
            _ENDS[str(parameters["too_dear"])],
            *([_("A plan needs at least %(votes)s votes.", votes=votes_min)] if votes_min else []),
            *([_("A plan must be on at least %(percent)s%% of the ballots.", percent=percent)] if percent else []),
        )

    def choose(self, poll: Poll, parameters: Parameters) -> tuple[str, ...]:
        """Return the winners."""
        return self.tally(poll, parameters).winners

    def tally(self, poll: Poll, parameters: Parameters) -> Outcome:
        """Return what comes first and fits; an option that costs more than the whole budget never takes part."""
        election = poll.election
        told: dict[str, Text] = {}
        counted = _supported(poll, parameters, told)
        room = Room(election)
        winners = free_winners(counted, room, told)
        part_cents: dict[str, int] = {}
        left_cents = election.budget_cents
        ended = False
        for option in _ordered(poll, counted, str(parameters["order"])):
            votes = counted.votes[option.id]
            if ended:
                told[option.id] = reasons.never_reached(votes)
            elif limit := room.blocks(option):
                told[option.id] = reasons.no_room(votes, limit.name)
            elif option.cost_cents <= left_cents:
                told[option.id] = reasons.fitted(votes, left_cents)
                room.take(option)
                winners.append(option.id)
                left_cents -= option.cost_cents
            elif parameters["too_dear"] == "part" and left_cents:
                told[option.id] = reasons.fitted_in_part(votes, option.cost_cents, left_cents)
                winners.append(option.id)
                part_cents[option.id] = left_cents
                left_cents, ended = 0, True
            else:
                told[option.id] = reasons.too_dear(votes, option.cost_cents, left_cents)
                ended = parameters["too_dear"] != "skip"
        return Outcome(
            tally=self.key,
            parameters=parameters,
            ties=election.ties,
            budget_cents=election.budget_cents,
            spent_cents=election.budget_cents - left_cents,
            winners=tuple(winners),
            options=account_for(poll, counted, told, set(winners), part_cents),
            steps={},
        )


def _supported(poll: Poll, parameters: Parameters, told: dict[str, Text]) -> Count:
    """Return the options with votes and supporters enough to take part; tell of the others."""
    counted = count(poll)
    votes_min, percent_min = Fraction(parameters["votes_min"]), int(parameters["support_percent_min"])
    voices, backing = int(poll.voices.sum()), poll.backing.tolist()
    for place, option in enumerate(poll.options):
        if not (counted.heads[option.id] and option.cost_cents <= poll.election.budget_cents):
            continue
        votes, percent = counted.votes[option.id], Fraction(100 * backing[place], voices)
        if votes < votes_min:
            told[option.id] = reasons.too_few_votes(votes, votes_min)
        elif percent < percent_min:
            told[option.id] = reasons.too_few_supporters(percent, percent_min)
    return replace(
        counted,
        free=tuple(option for option in counted.free if option.id not in told),
        payable=tuple(option for option in counted.payable if option.id not in told),
    )


def _ordered(poll: Poll, counted: Count, order: str) -> Sequence[Option]:
    """Return the options that can be paid in the order in which they get their turn."""
    if order == "votes":
        return counted.payable
    place_of = {option.id: place for place, option in enumerate(poll.options)}
    return sorted(
        counted.payable, key=lambda option: (-counted.votes[option.id] / option.cost_cents, place_of[option.id])
    )


GREEDY = _Greedy()

# SPDX-License-Identifier: EUPL-1.2
"""Greedy: most votes first, as long as the money lasts.

Source: the rule in Amsterdam's neighbourhood budgets since 2019, as recorded in Pabulib (arXiv 2012.06539).
"""

from collections.abc import Mapping

from wijkbudget.kit.text import Text
from wijkbudget.voting.rules import Election, Outcome, Parameters, choices
from wijkbudget.voting.tallies import reasons
from wijkbudget.voting.tallies.counting import account_for, count


class _Greedy:
    key = "greedy"

    def parameters(self, raw: Mapping[str, object]) -> Parameters:
        """Return whether to `skip` what no longer fits, or to `stop` there. Raises BadParameter."""
        return choices(raw, {"too_dear": ("skip", "stop")})

    def tally(self, election: Election, parameters: Parameters) -> Outcome:
        """Return the options with most votes that fit; one that costs more than the whole budget never takes part."""
        counted = count(election)
        winners = [option.id for option in counted.free]
        told: dict[str, Text] = {}
        left_cents = election.budget_cents
        ended = False
        for option in counted.payable:
            votes = counted.votes[option.id]
            if ended:
                told[option.id] = reasons.never_reached(votes)
            elif option.cost_cents <= left_cents:
                told[option.id] = reasons.fitted(votes, left_cents)
                winners.append(option.id)
                left_cents -= option.cost_cents
            else:
                told[option.id] = reasons.too_dear(votes, option.cost_cents, left_cents)
                ended = parameters["too_dear"] == "stop"
        return Outcome(
            tally=self.key,
            parameters=parameters,
            ties=election.ties,
            budget_cents=election.budget_cents,
            spent_cents=election.budget_cents - left_cents,
            winners=tuple(winners),
            options=account_for(election, counted, told, set(winners)),
            steps={},
        )


GREEDY = _Greedy()

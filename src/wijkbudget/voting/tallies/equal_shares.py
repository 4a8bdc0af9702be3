# SPDX-License-Identifier: EUPL-1.2
"""Method of Equal Shares: the budget is divided equally over all voices, and supporters buy together what they chose.

Source: Peters, Pierczyński and Skowron 2021, "Proportional participatory budgeting with additive utilities" (arXiv
2008.13276); completion by adding money: equalshares.net, and the vote Top Idee in Assen, 2024, whose outcome it gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from wijkbudget.kit.text import Text
from wijkbudget.voting.rules import Election, Outcome, Parameters, choices, refuse_unknown, whole_number
from wijkbudget.voting.tallies import reasons
from wijkbudget.voting.tallies.counting import account_for, count
from wijkbudget.voting.tallies.purses import Market, Purchase, Purses, buy, open_market

_CHOICES = {
    "utility": ("cost", "cardinality"),
    "completion": ("add1", "none"),
    "stop": ("infeasible", "exhaustive"),
}


@dataclass(frozen=True, kw_only=True)
class _Run:
    """What is bought when the purses hold so much money together."""

    added_steps: int
    purses: Purses
    bought: list[Purchase]
    spent_cents: int

    @property
    def winners(self) -> list[str]:
        return [purchase.candidate.id for purchase in self.bought]


@dataclass(frozen=True, kw_only=True)
class _Sale:
    """The same market with ever fuller purses."""

    market: Market
    budget_cents: int
    step_cents: int
    """One unit of currency for each ballot: the same for each voice, so that scaling all voices changes nothing."""

    def run(self, added_steps: int) -> _Run:
        purses = Purses(self.market, self.budget_cents + added_steps * self.step_cents)
        bought = buy(self.market, purses, self.budget_cents)
        spent_cents = sum(purchase.candidate.cost_cents for purchase in bought)
        return _Run(added_steps=added_steps, purses=purses, bought=bought, spent_cents=spent_cents)

    def completed(self, *, stop_when_exhaustive: bool) -> _Run:
        """Return the last run before the first step that would spend more than the budget.

        It ends earlier when nothing is left to buy, or with `stop_when_exhaustive` when nothing else fits in what is
        left. Steps that are proved to change nothing are jumped over, in jumps that double while they succeed.
        """
        run, jump = self.run(0), 1
        while not self._is_complete(run, stop_when_exhaustive=stop_when_exhaustive):
            richer = self.run(run.added_steps + jump)
            if _nothing_happens_between(run, richer):
                run, jump = richer, jump * 2
            elif jump > 1:
                jump //= 2
            elif richer.spent_cents > self.budget_cents:
                break
            else:
                run = richer
        return run

    def _is_complete(self, run: _Run, *, stop_when_exhaustive: bool) -> bool:
        won = set(run.winners)
        lost_cents = [option.cost_cents for option in self.market.candidates if option.id not in won]
        if stop_when_exhaustive:
            return all(run.spent_cents + cost_cents > self.budget_cents for cost_cents in lost_cents)
        return not lost_cents


def _nothing_happens_between(run: _Run, richer: _Run) -> bool:
    """Return whether every step between two runs is proved to buy the same in the same order.

    With fuller purses every key falls or stays, as long as the same was bought before. So in each round in between the
    winner's key is at most that of the poorer run, and the others' keys are at least those of the richer run.
    """
    return run.winners == richer.winners and all(
        after.others_key is None or before.key < after.others_key
        for before, after in zip(run.bought, richer.bought, strict=True)
    )


class _EqualShares:
    key = "equal_shares"

    def parameters(self, raw: Mapping[str, object]) -> Parameters:
        """Return how utility is measured, and how money that is left is spent. Raises BadParameter.

        Choice: the defaults are those of Assen 2024; a step of add-one adds `unit_cents` for each average voice.
        """
        refuse_unknown(raw, (*_CHOICES, "unit_cents"))
        chosen = choices({name: value for name, value in raw.items() if name != "unit_cents"}, _CHOICES)
        return {**chosen, "unit_cents": whole_number(raw, "unit_cents", 100, least=1)}

    def tally(self, election: Election, parameters: Parameters) -> Outcome:
        """Return what supporters buy together with their equal shares."""
        counted = count(election)
        ballot_count = sum(ballot.count for ballot in election.ballots)
        voices = sum((ballot.weight * ballot.count for ballot in election.ballots), Fraction(0))
        sale = _Sale(
            market=open_market(election, counted.payable, str(parameters["utility"])),
            budget_cents=election.budget_cents,
            step_cents=int(parameters["unit_cents"]) * ballot_count,
        )
        if parameters["completion"] == "add1":
            run = sale.completed(stop_when_exhaustive=parameters["stop"] == "exhaustive")
        else:
            run = sale.run(0)
        winners = [option.id for option in counted.free] + run.winners
        return Outcome(
            tally=self.key,
            parameters=parameters,
            ties=election.ties,
            budget_cents=election.budget_cents,
            spent_cents=run.spent_cents,
            winners=tuple(winners),
            options=account_for(election, counted, _told(sale.market, run, voices), set(winners)),
            steps={
                "start_cents": str(election.budget_cents / voices) if voices else 0,
                "step_cents": str(sale.step_cents / voices) if voices else 0,
                "added_steps": run.added_steps,
            },
        )


def _told(market: Market, run: _Run, voices: Fraction) -> dict[str, Text]:
    told = {
        candidate.id: reasons.not_enough_together(run.purses.left_together(candidate), candidate.cost_cents)
        for candidate in market.candidates
    }
    for purchase in run.bought:
        # The market counts voices in whole numbers; people read what a voice of one paid.
        share_cents = purchase.key[0] * purchase.candidate.utility * sum(market.voices) / voices
        told[purchase.candidate.id] = reasons.paid_together(share_cents)
    return told


EQUAL_SHARES = _EqualShares()

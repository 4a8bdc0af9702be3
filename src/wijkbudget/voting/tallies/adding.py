# SPDX-License-Identifier: EUPL-1.2
"""Gives everybody more until that would spend too much; steps that are proved to change nothing are jumped over."""

from dataclasses import dataclass

from wijkbudget.voting.tallies.earlier import Trace
from wijkbudget.voting.tallies.purses import Runs


@dataclass(frozen=True, kw_only=True)
class Money:
    """With how much everybody together begins, how much a step adds, and when to stop."""

    start_cents: int
    step_cents: int
    """So much for each ballot: the same for each voice, so that scaling all voices changes nothing."""
    voices: int
    budget_cents: int
    stop_when_exhaustive: bool

    def after(self, step: int) -> int:
        """Return how much there is after so many steps."""
        return self.start_cents + step * self.step_cents


def last_step(runs: Runs, money: Money) -> tuple[int, Trace]:
    """Return the last step before the first that would spend more than the budget, and its run.

    It comes earlier when nothing is left to buy, or with `stop_when_exhaustive` when nothing else fits in what is left.
    A jump goes as far as the nearest loser needs if nothing else changes; is that no step at all, jumps double while
    they succeed. A run that came too far is kept, for the smaller jumps before it.
    """
    step, run, jump, needed = 0, runs.run(money.start_cents), 1, 0
    ahead: list[tuple[int, Trace, bool]] = []
    is_over = _is_over(run, money)
    while not is_over:
        if not ahead:
            needed = int(run.short_cents * money.voices // money.step_cents)
            ahead.append(_at(runs, money, step + (needed or jump)))
        further, richer, ends = ahead[-1]
        if nothing_happens_between(run, richer):
            jump = 1 if needed or len(ahead) > 1 else 2 * jump
        elif further > step + 1:
            ahead.append(_at(runs, money, (step + further) // 2))
            continue
        elif richer.spent_cents > money.budget_cents:
            break
        else:
            jump = 1
        step, run, is_over = further, richer, ends
        ahead.pop()
    return step, run


def _at(runs: Runs, money: Money, step: int) -> tuple[int, Trace, bool]:
    run = runs.run(money.after(step))
    return step, run, _is_over(run, money)


def _is_over(run: Trace, money: Money) -> bool:
    """Return whether after a run nothing is left to buy, or to fit in what is left of the budget."""
    return run.cheapest_cents > money.budget_cents - (run.spent_cents if money.stop_when_exhaustive else 0)


def nothing_happens_between(run: Trace, richer: Trace) -> bool:
    """Return whether every step between two runs is proved to buy the same in the same order.

    With fuller purses every price falls or stays, as long as the same was bought before. So in each round in between
    the winner's price is at most that of the poorer run, and the others' prices are at least those of the richer run.
    Where all supporters of the winner pay alike in the poorer run they do so in between, and only those whose price
    could be lower if theirs did so too are its rivals.
    """
    if run.winners.tobytes() != richer.winners.tobytes():
        return False
    return bool(((run.ceilings < richer.others) | (run.were_full & (run.ceilings < richer.rivals))).all())

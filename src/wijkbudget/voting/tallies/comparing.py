# SPDX-License-Identifier: EUPL-1.2
"""Several tallies of the same ballots side by side: who wins in each, and what that is for voters."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.text import Text
from wijkbudget.voting.rules import Outcome, Parameters
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.poll import Poll


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One tally of the ballots, and what it is for voters."""

    tally: str
    outcome: Outcome | None
    """None if this tally cannot count so many."""
    refusal: Text | None
    reached: int
    """Ballots with at least one option that won."""
    cast: int
    supported: int
    """Each winner's supporters, together."""

    @property
    def reached_percent(self) -> Fraction:
        """Return the part of the ballots with at least one option that won."""
        return Fraction(100 * self.reached, self.cast) if self.cast else Fraction(0)

    @property
    def cents_per_supporter(self) -> Fraction:
        """Return what was spent for each time that somebody chose a winner."""
        spent_cents = self.outcome.spent_cents if self.outcome else 0
        return Fraction(spent_cents, self.supported) if self.supported else Fraction(0)


def compare(poll: Poll, asked: Iterable[tuple[str, Parameters]]) -> tuple[Compared, ...]:
    """Return what each tally makes of the same ballots."""
    return tuple(_compared(poll, key, parameters) for key, parameters in asked)


def differing(compared: Iterable[Compared]) -> frozenset[str]:
    """Return the options that win in one of the tallies and lose in another."""
    won = [frozenset(each.outcome.winners) for each in compared if each.outcome]
    return frozenset().union(*won).difference(won[0].intersection(*won)) if won else frozenset()


def _compared(poll: Poll, key: str, parameters: Parameters) -> Compared:
    try:
        outcome = TALLIES[key].tally(poll, parameters)
    except RuleBroken as refusal:
        return Compared(tally=key, outcome=None, refusal=refusal.text, reached=0, cast=poll.ballot_count, supported=0)
    has_won = np.array([option.id in outcome.winners for option in poll.options], dtype=bool)
    groups = np.repeat(np.arange(len(poll.voices)), np.diff(poll.group_starts))
    reached = np.unique(groups[has_won[poll.group_options]])
    return Compared(
        tally=key,
        outcome=outcome,
        refusal=None,
        reached=int(poll.ballots[reached].sum()),
        cast=poll.ballot_count,
        supported=int(poll.heads[has_won].sum()),
    )

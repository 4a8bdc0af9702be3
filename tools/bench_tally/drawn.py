# SPDX-License-Identifier: EUPL-1.2
"""Draws a large election from a seed: the same on every machine."""

from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from random import Random

from wijkbudget.voting.rules import Ballots, CountedBallot, Election, Option, ties_by_id

BALLOTS, OPTIONS, TICKS = 208_244, 60, 6
SEED = 2026


def election(ballots: int, seed: int = SEED) -> Election:
    """Return an election in which voters tick six plans on average, some plans far more often than others.

    The costs are the same whatever the number of ballots, and the budget pays for about a third of all plans.
    """
    random = Random(seed)  # noqa: S311 (it must be the same everywhere)
    ids = [str(number) for number in range(1, OPTIONS + 1)]
    costs = [random.randrange(5_000, 200_001, 500) * 100 for _id in ids]
    # Popularity falls as one over the rank: the tenth plan is chosen a tenth as often as the first.
    reached = list(accumulate(1 / (rank + 3) for rank in range(OPTIONS)))

    def voters() -> Iterator[CountedBallot]:
        for _voter in range(ballots):
            wanted = random.randint(1, 2 * TICKS - 1)
            ticked: dict[str, int] = {}
            while len(ticked) < wanted:
                ticked[ids[bisect(reached, random.random() * reached[-1])]] = 1
            yield CountedBallot(marks=ticked)

    return Election(
        options=tuple(Option(id=id_, cost_cents=cost, title=id_) for id_, cost in zip(ids, costs, strict=True)),
        ballots=Ballots.of(voters()),
        budget_cents=sum(costs) // 3,
        ties=ties_by_id(ids),
    )

# SPDX-License-Identifier: EUPL-1.2
"""Guesses quickly who a slow tally would choose, so that the tally itself is run a few times only to be certain."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from wijkbudget.voting.rules import Parameters
from wijkbudget.voting.tallies.counting import Count, count
from wijkbudget.voting.tallies.equal_shares import EQUAL_SHARES
from wijkbudget.voting.tallies.greedy import GREEDY
from wijkbudget.voting.tallies.limits import Room, free_winners
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.tallies.welfare import WELFARE

_FURTHER = 2
"""Choice: ours; so many steps more are looked at, each of which is a run."""


class Lacking(NamedTuple):
    """What an option was short of: either so much money, or so many more voters; at least one of each."""

    cents: int
    voters: int


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A poll where one option changed, about to be counted."""

    choose: Callable[[], tuple[str, ...]]
    """The tally itself."""
    lacking: Callable[[], Lacking | None]
    """About what that option is short of; None if it seems to win."""


Guess = Callable[[Poll, int], Trial]
"""A quick way to about the same winners, where the option at a place changed."""


def quicker(key: str, parameters: Parameters, poll: Poll) -> Guess | None:
    """Return a quick way to about the same winners, or None for a tally that is quick itself."""
    if key == EQUAL_SHARES.key and str(parameters["completion"]).startswith("add1") and poll.ballot_count:
        return _in_few_steps(parameters, poll)
    if key == WELFARE.key:
        order = "votes" if parameters["utility"] == "cost" else "votes_per_euro"
        by_turns = GREEDY.parameters({"order": order})

        def trial(changed: Poll, place: int) -> Trial:
            def lacking() -> Lacking | None:
                wins = changed.options[place].id in GREEDY.choose(changed, by_turns)
                return None if wins else Lacking(cents=1, voters=1)

            return Trial(choose=lambda: WELFARE.choose(changed, parameters), lacking=lacking)

        return trial
    return None


def _in_few_steps(parameters: Parameters, poll: Poll) -> Guess:
    """Return equal shares with the money of the last step that leaves enough for the option, and of a few more."""
    # The compiler is there already if equal shares were counted.
    from wijkbudget.voting.tallies.earlier import Earlier  # noqa: PLC0415 (see equal_shares.py)
    from wijkbudget.voting.tallies.purses import Runs  # noqa: PLC0415 (see equal_shares.py)
    from wijkbudget.voting.tallies.sharing import Sharing, money_of, runs_of  # noqa: PLC0415 (see equal_shares.py)

    # With a unit of another size the voices of all are other numbers than before.
    earlier = Earlier(keeps=poll.voice_unit.numerator == 1)
    budget_cents, money = poll.election.budget_cents, money_of(poll, parameters)

    def opened(changed: Poll, known: Earlier) -> tuple[Count, Room, Runs]:
        counted, room = count(changed), Room(changed.election)
        free_winners(counted, room, {})
        return counted, room, runs_of(changed, counted, room, parameters, known)

    counted, room, runs = opened(poll, earlier)
    last = Sharing(poll, counted, room, parameters, runs).added_steps

    def trial(changed: Poll, place: int) -> Trial:
        left_cents = budget_cents - changed.options[place].cost_cents
        fits = bisect_right(range(last + 1), left_cents, key=lambda step: runs.run(money.after(step)).spent_cents)
        steps, more = range(max(0, fits - 1), last + 1)[: 1 + _FURTHER], money_of(changed, parameters)
        _counted, _room, again = opened(changed, earlier.beside(place))

        def lacking() -> Lacking | None:
            found = []
            # With more money it may come instead of another, so that all that is bought still fits.
            for step in steps:
                run = again.run(more.after(step))
                if place not in run.winners:
                    found.append(again.lacking(more.after(step), place))
                elif step == steps[0] or run.spent_cents <= budget_cents:
                    return None
            cents, voices = map(min, zip(*found, strict=True))
            return Lacking(cents=cents, voters=ceil(voices * changed.voice_unit))

        return Trial(choose=lambda: EQUAL_SHARES.choose(changed, parameters, again), lacking=lacking)

    return trial

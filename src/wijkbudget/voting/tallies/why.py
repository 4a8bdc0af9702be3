# SPDX-License-Identifier: EUPL-1.2
"""What would have been enough for an option that lost: the tally is run again until it wins.

Nobody has proved that more supporters or a lower cost never hurt in every tally. So what is found is what was run: with
that many more, or at that cost, the option wins; it is not promised that one fewer, or any number more, does the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

from wijkbudget.kit.text import Text, _
from wijkbudget.voting.rules import Parameters
from wijkbudget.voting.tallies.guessing import Guess, Lacking, Trial, quicker
from wijkbudget.voting.tallies.poll import Poll

EURO = 100

_TIMES_MAX = 16
"""Choice: ours; nobody is told to find more new voters than sixteen for each one there was."""

_STEPS_MIN = 50
"""Choice: ours; a lower cost is looked for in round amounts, a power of ten euros of which it has fifty or more."""


_KEPT = 4
"""Choice: ours; so many polls are kept at a time, each of which takes memory: a number that wins and one that loses."""


class Chooses(Protocol):
    """Whatever can choose again."""

    key: str

    def choose(self, poll: Poll, parameters: Parameters) -> tuple[str, ...]:
        """Return the winners."""


@dataclass(frozen=True, kw_only=True)
class Enough:
    """What would have been enough for an option that lost."""

    voters: int | None
    """So many more, each with a voice of one and for this option only; None if none that was tried was enough."""
    voters_tried: int
    cost_cents: int | None
    """This cost; None if not even the lowest that was tried was enough."""
    less_cents: int | None

    @property
    def texts(self) -> tuple[Text, ...]:
        """Return what was found, in a sentence about voters and one about the cost."""
        return self._of_voters(), self._of_cost()

    def _of_voters(self) -> Text:
        if not self.voters_tried:
            return _("It costs more than the whole budget, so no number of voters would have been enough.")
        if self.voters is None:
            return _(
                "Even with %(voters)s more voters, each for this plan only, it would have lost.",
                voters=self.voters_tried,
            )
        if self.voters == 1:
            return _("With one more voter, for this plan only, it would have won.")
        return _("With %(voters)s more voters, each for this plan only, it would have won.", voters=self.voters)

    def _of_cost(self) -> Text:
        if self.cost_cents is None:
            return _("No lower cost that was tried would have made it win.")
        return _(
            "It would also have won had it cost %(less_cents)s less, so %(cost_cents)s.",
            less_cents=self.less_cents,
            cost_cents=self.cost_cents,
        )


def enough(tally: Chooses, parameters: Parameters, poll: Poll, ids: Sequence[str]) -> list[Enough]:
    """Return for each of some options that lost what would have been enough."""
    # One guess serves them all, for to make it can take a count of its own.
    guess = quicker(tally.key, parameters, poll) if ids else None
    return [_enough(tally, parameters, poll, id_, guess) for id_ in ids]


def _enough(tally: Chooses, parameters: Parameters, poll: Poll, id_: str, guess: Guess | None) -> Enough:
    place = next(place for place, option in enumerate(poll.options) if option.id == id_)
    cost_cents = poll.options[place].cost_cents
    budget_cents, step_cents = poll.election.budget_cents, _step_cents(cost_cents)

    def for_less(steps: int) -> Poll:
        return poll.with_cost(id_, cost_cents - steps * step_cents)

    def fewest(changed: Callable[[int], Poll], loses: int, most: int, short: Callable[[Lacking], int]) -> int | None:
        @lru_cache(maxsize=_KEPT)
        def trial(number: int) -> Trial | None:
            return guess(changed(number), place) if guess else None

        @cache
        def wins(number: int) -> bool:
            tried = trial(number)
            return id_ in (tried.choose() if tried else tally.choose(changed(number), parameters))

        def lacks(number: int) -> int:
            tried = trial(number)
            found = tried.lacking() if tried else None
            return short(found) if found else 0

        return _fewest(wins, loses, most, _near(lacks, loses, most) if guess and loses < most else None)

    fits = cost_cents <= budget_cents
    voters_max = _TIMES_MAX * max(1, poll.ballot_count) if fits else 0
    voters = fewest(poll.with_group(id_).with_voters, 0, voters_max, lambda lacking: lacking.voters)
    # What costs more than the whole budget never takes part, so that is the least there must go off.
    too_much = 0 if fits else -(-(cost_cents - budget_cents) // step_cents) - 1
    steps = fewest(for_less, too_much, (cost_cents - 1) // step_cents, lambda lacking: -(-lacking.cents // step_cents))
    return Enough(
        voters=voters,
        voters_tried=voters_max,
        cost_cents=None if steps is None else cost_cents - steps * step_cents,
        less_cents=None if steps is None else steps * step_cents,
    )


def _step_cents(cost_cents: int) -> int:
    """Return a round amount: a power of ten euros, or a cent where the cost is too small for that."""
    if cost_cents < _STEPS_MIN * EURO:
        return 1
    step_cents = EURO
    while cost_cents >= _STEPS_MIN * step_cents * 10:
        step_cents *= 10
    return step_cents


def _near(lacks: Callable[[int], int], loses: int, most: int) -> int | None:
    """Return a number that wins after one that loses, by going as far as is lacking, or None.

    Where that does not bring it near, the next step is at least twice as wide.
    """
    lacking = lacks(loses)
    number = min(loses + lacking, most)
    while still := lacks(number):
        if number == most:
            return None
        gap, brought = number - loses, lacking - still
        step = max(still, min(still * gap // brought, 2 * still)) if brought > 0 else max(still, 2 * gap)
        loses, lacking, number = number, still, min(number + step, most)
    # What was lacking is seldom too much, so that one fewer most often loses.
    is_least = number - loses == 1 or lacks(number - 1)
    return number if is_least else _halved(lambda tried: not lacks(tried), loses, number - 1)


def _fewest(wins: Callable[[int], bool], loses: int, most: int, guess: int | None = None) -> int | None:
    """Return a number that wins after one that loses, by doubling and halving around a guess, or None."""
    gap, number = 1, most
    if guess is not None and wins(guess):
        number = guess
        while number - gap > loses and wins(number - gap):
            number, gap = number - gap, gap * 8
        loses = max(loses, number - gap)
    else:
        loses = guess or loses
        if loses >= most:
            return None
        while not wins(number := min(loses + gap, most)):
            if number == most:
                return None
            loses, gap = number, gap * 2
    return _halved(wins, loses, number)


def _halved(wins: Callable[[int], bool], loses: int, number: int) -> int:
    """Return a number that wins after one that loses, between two such numbers."""
    while number - loses > 1:
        middle = (loses + number) // 2
        if wins(middle):
            number = middle
        else:
            loses = middle
    return number

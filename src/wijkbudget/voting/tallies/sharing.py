# SPDX-License-Identifier: EUPL-1.2
"""Shares the budget equally and spends it: what supporters buy together, and what is added with what is left."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from wijkbudget.kit.text import Text
from wijkbudget.voting.rules import Option, Parameters
from wijkbudget.voting.tallies import reasons
from wijkbudget.voting.tallies.adding import Money, last_step
from wijkbudget.voting.tallies.counting import Count
from wijkbudget.voting.tallies.earlier import Earlier
from wijkbudget.voting.tallies.limits import Room
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.tallies.purses import Runs
from wijkbudget.voting.tallies.stall import open_stall


class Sharing:
    """How the budget of a poll was shared and spent."""

    def __init__(
        self, poll: Poll, counted: Count, room: Room, parameters: Parameters, runs: Runs | None = None
    ) -> None:
        """Buy with equal shares, and complete that as the parameters say; `room` is what limits leave."""
        self._did_run = runs or runs_of(poll, counted, room, parameters, Earlier())
        self._stall = self._did_run.stall
        self._poll, self._counted, self._room = poll, counted, room
        money = money_of(poll, parameters)
        completion = str(parameters["completion"])
        if completion.startswith("add1"):
            self.added_steps, run = last_step(self._did_run, money)
        else:
            self.added_steps, run = 0, self._did_run.run(money.start_cents)
        self.start_cents, self.step_cents = money.start_cents, money.step_cents
        self.bought = self._named(run.winners.tolist())
        """In the order in which they were bought."""
        self.spent_cents = run.spent_cents
        for option in self.bought:
            room.take(option)
        self._barred = {option.id for option in self._named(self._stall.payable) if room.blocks(option)}
        self.added: list[Option] = []
        """What was added with what was left, in that order."""
        self._turns: dict[str, int] = {}
        """What was left when an option had its turn in that."""
        if completion.endswith("greedy"):
            self._complete()

    @cached_property
    def _runs(self) -> Runs:
        """Return runs of which the last is the one that decided; add-one went on beyond it."""
        total_cents = self.start_cents + self.added_steps * self.step_cents
        self._did_run.recall(total_cents)
        return self._did_run

    @property
    def winners(self) -> tuple[str, ...]:
        """Return what was bought, and then what was added."""
        return tuple(option.id for option in (*self.bought, *self.added))

    @property
    def purse(self) -> Fraction:
        """Return what a voice of one began with, in cents."""
        start_cents = self.start_cents + self.added_steps * self.step_cents
        return start_cents / (int(self._poll.voices.sum()) * self._poll.voice_unit)

    @property
    def prices(self) -> list[Fraction]:
        """Return what a voice of one paid for each mark, in the order in which options were bought."""
        # The run counts voices in whole numbers; people read what a voice of one paid.
        return [price / self._poll.voice_unit for price in self._runs.exact.prices]

    @property
    def rounds(self) -> dict[int, int]:
        """Return in which round each option was bought, by its place in the poll."""
        place_of = {option.id: place for place, option in enumerate(self._poll.options)}
        return {place_of[option.id]: bought_in for bought_in, option in enumerate(self.bought)}

    @property
    def emptied_at(self) -> list[int]:
        """Return the round in which each group gave all it had, or -1."""
        return self._runs.emptied_at

    def was_barred(self, option: Option) -> bool:
        """Return whether a limit had no room for an option beside what was bought."""
        return option.id in self._barred

    def told(self) -> dict[str, Text]:
        """Return why each option that took part won or lost."""
        bought = {option.id for option in self.bought}
        left_cents = self._runs.cents_left()
        lost = [place for place in self._stall.payable if self._poll.options[place].id not in bought]
        told = {self._poll.options[place].id: self._why_lost(place, left_cents) for place in lost}
        for option in self.added:
            told[option.id] = reasons.fitted(self._counted.votes[option.id], self._turns[option.id])
        # Whoever gave more points paid as many times more.
        by_point = bool((self._stall.market.block_marks > 1).any())
        told |= {
            option.id: reasons.paid_together(share_cents, by_point=by_point)
            for option, share_cents in zip(self.bought, self._runs.cents_paid(self._poll.voice_unit), strict=True)
        }
        return told

    def _why_lost(self, place: int, left_cents: Mapping[int, int]) -> Text:
        option = self._poll.options[place]
        votes = self._counted.votes[option.id]
        if option.id in self._turns:
            return reasons.too_dear(votes, option.cost_cents, self._turns[option.id])
        if limit := self._room.blocks(option):
            return reasons.no_room(votes, limit.name)
        return reasons.not_enough_together(left_cents[place], option.cost_cents)

    def _complete(self) -> None:
        """Add what costs least for its utility and fits, again and again."""
        for option in self._named(self._stall.payable):
            if option in self.bought or self._room.blocks(option):
                continue
            left_cents = self._turns[option.id] = self._poll.election.budget_cents - self.spent_cents
            if option.cost_cents <= left_cents:
                self._room.take(option)
                self.added.append(option)
                self.spent_cents += option.cost_cents

    def _named(self, places: Sequence[int]) -> list[Option]:
        return [self._poll.options[place] for place in places]


def runs_of(poll: Poll, counted: Count, room: Room, parameters: Parameters, earlier: Earlier) -> Runs:
    """Return runs of a poll; `room` is what limits leave."""
    payable = {option.id for option in counted.payable}
    places = [place for place, option in enumerate(poll.options) if option.id in payable]
    return Runs(open_stall(poll, places, str(parameters["utility"]), room), earlier)


def money_of(poll: Poll, parameters: Parameters) -> Money:
    """Return with how much everybody begins, and how much a step adds."""
    budget_cents, step_cents = poll.election.budget_cents, int(parameters["unit_cents"]) * poll.ballot_count
    return Money(
        start_cents=budget_cents // step_cents * step_cents if parameters["start"] == "whole" else budget_cents,
        step_cents=step_cents,
        voices=int(poll.voices.sum()),
        budget_cents=budget_cents,
        stop_when_exhaustive=parameters["stop"] == "exhaustive",
    )

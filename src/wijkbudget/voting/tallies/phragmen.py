# SPDX-License-Identifier: EUPL-1.2
"""Sequential Phragmén: all voices save at the same speed, and supporters buy an option the moment they can pay it.

Source: Los, Christoff and Grossi 2022, "Proportional Budget Allocations: Towards a Systematization" (IJCAI, arXiv
2203.12324), after Phragmén 1894; the count ends at the first option that no longer fits. A mark of any height is
support. Choice: of options that can be paid at the same moment the lot says which goes first, also when the other one
no longer fits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wijkbudget.kit.text import Text, _
from wijkbudget.voting.rules import Option, Outcome, Parameters, refuse_unknown
from wijkbudget.voting.tallies import reasons
from wijkbudget.voting.tallies.counting import Count, account_for, count
from wijkbudget.voting.tallies.limits import Room, free_winners
from wijkbudget.voting.tallies.poll import Poll

_SLACK = 1e-6
"""Far more than sums of doubles are off (a billionth for ten million marks); what is nearer is decided exactly."""


@dataclass(frozen=True, kw_only=True)
class _Moment:
    """When an option can be paid: what each whole voice has saved by then."""

    option: Option
    place: int
    saved: Fraction


class _Savings:
    """What each group of voices has saved since it last bought something.

    A group has spent all it ever saved at the moment of its last purchase, so the moment says all. Moments of purchases
    are kept exactly, as whole numbers over one scale; the doubles only say which options to look at.
    """

    def __init__(self, poll: Poll) -> None:
        self._poll = poll
        self._costs = poll.costs.astype(np.float64)
        self._support = poll.backing
        self._spent = np.zeros(len(poll.options))
        """What the supporters of each option spent together."""
        self._last = np.zeros(len(poll.voices), dtype=np.int64)
        """Which purchase was the last of each group; the first moment of all is that of no purchase."""
        self._moments = [0]
        self._scale = 1

    def first(self, is_open: NDArray[np.bool_]) -> _Moment:
        """Return which of the open options can be paid first, by the lot if there are more."""
        places = np.flatnonzero(is_open)
        moments = (self._costs[places] + self._spent[places]) / self._support[places]
        near = places[moments <= moments.min() * (1 + _SLACK)].tolist()
        saved, place = min((self._moment(place), place) for place in near)
        return _Moment(option=self._poll.options[place], place=place, saved=saved)

    def buy(self, moment: _Moment) -> None:
        """Let the supporters of an option spend all they have saved."""
        groups = self._supporters(moment.place)
        times = np.array([Fraction(each, self._scale) for each in self._moments], dtype=np.float64)
        spent = self._poll.voices[groups] * (np.float64(moment.saved) - times[self._last[groups]])
        rows, marked = self._marked_by(groups)
        self._spent += np.bincount(marked, weights=np.repeat(spent, rows), minlength=len(self._spent))
        self._last[groups] = len(self._moments)
        growth = (moment.saved * self._scale).denominator
        self._moments = [each * growth for each in self._moments]
        self._scale *= growth
        self._moments.append(int(moment.saved * self._scale))

    def together(self, place: int, saved: Fraction) -> Fraction:
        """Return what the supporters of an option have together at a moment."""
        return saved * int(self._support[place]) - self._spent_exactly(place)

    def _moment(self, place: int) -> Fraction:
        """Return exactly what each whole voice has saved when an option can be paid."""
        return (self._poll.options[place].cost_cents + self._spent_exactly(place)) / int(self._support[place])

    def _spent_exactly(self, place: int) -> Fraction:
        groups = self._supporters(place)
        voices = np.zeros(len(self._moments), dtype=np.int64)
        np.add.at(voices, self._last[groups], self._poll.voices[groups])
        spent = sum(int(voices[last]) * self._moments[last] for last in np.flatnonzero(voices).tolist())
        return Fraction(spent, self._scale)

    def _supporters(self, place: int) -> NDArray[Any]:
        starts = self._poll.option_starts
        return self._poll.supporters[starts[place] : starts[place + 1]]

    def _marked_by(self, groups: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return how many options each group marked, and these options one after the other."""
        starts = self._poll.group_starts[groups]
        rows = self._poll.group_starts[groups + 1] - starts
        ends = np.cumsum(rows)
        places = np.arange(ends[-1]) + np.repeat(starts - (ends - rows), rows)
        return rows, self._poll.group_options[places]


@dataclass(frozen=True, kw_only=True)
class _Run:
    """What was bought when, and what ended the count."""

    savings: _Savings
    bought: list[_Moment]
    ended_by: _Moment | None


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
        winners = free_winners(counted, room, {})
        return (*winners, *(moment.option.id for moment in _run(poll, counted, room).bought))

    def tally(self, poll: Poll, parameters: Parameters) -> Outcome:
        """Return what supporters save for together, until something does not fit."""
        counted = count(poll)
        told: dict[str, Text] = {}
        room = Room(poll.election)
        winners = free_winners(counted, room, told)
        run = _run(poll, counted, room)
        winners += [moment.option.id for moment in run.bought]
        spent_cents = sum(moment.option.cost_cents for moment in run.bought)
        told |= _told(poll, counted, room, run, poll.election.budget_cents - spent_cents)
        return Outcome(
            tally=self.key,
            parameters=parameters,
            ties=poll.election.ties,
            budget_cents=poll.election.budget_cents,
            spent_cents=spent_cents,
            winners=tuple(winners),
            options=account_for(poll, counted, told, set(winners)),
            steps={},
        )


def _run(poll: Poll, counted: Count, room: Room) -> _Run:
    """Buy what can be paid first, until something does not fit or nothing is left."""
    payable = {option.id for option in counted.payable}
    is_open = np.array([option.id in payable for option in poll.options], dtype=bool)
    savings, bought, left_cents = _Savings(poll), list[_Moment](), poll.election.budget_cents
    while is_open.any():
        moment = savings.first(is_open)
        is_open[moment.place] = False
        if room.blocks(moment.option):
            continue
        if moment.option.cost_cents > left_cents:
            return _Run(savings=savings, bought=bought, ended_by=moment)
        savings.buy(moment)
        room.take(moment.option)
        left_cents -= moment.option.cost_cents
        bought.append(moment)
    return _Run(savings=savings, bought=bought, ended_by=None)


def _told(poll: Poll, counted: Count, room: Room, run: _Run, left_cents: int) -> dict[str, Text]:
    # The poll counts voices in whole numbers; people read what a voice of one saved.
    told = {moment.option.id: reasons.saved_together(moment.saved / poll.voice_unit) for moment in run.bought}
    place_of = {option.id: place for place, option in enumerate(poll.options)}
    for option in counted.payable:
        votes = counted.votes[option.id]
        if option.id in told:
            continue
        if limit := room.blocks(option):
            told[option.id] = reasons.no_room(votes, limit.name)
            continue
        assert run.ended_by is not None, "who is not bought or blocked came too late"
        together = run.savings.together(place_of[option.id], run.ended_by.saved)
        if option.id == run.ended_by.option.id or together == option.cost_cents:
            told[option.id] = reasons.too_dear(votes, option.cost_cents, left_cents)
        else:
            told[option.id] = reasons.not_enough_together(together, option.cost_cents)
    return told


PHRAGMEN = _Phragmen()

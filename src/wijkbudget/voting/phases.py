# SPDX-License-Identifier: EUPL-1.2
"""The life of a round: its phases and dates, and everything that is frozen when it opens."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Literal

from wijkbudget.kit.canonical import canonical
from wijkbudget.kit.errors import NotFound, RuleBroken
from wijkbudget.kit.fields import Field, View
from wijkbudget.kit.period import days_after
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import Text, _
from wijkbudget.voting.ballots import BALLOTS
from wijkbudget.voting.rules import BallotParameters, Limit, Option


class Phase(StrEnum):
    """How far a round is; it only goes forward."""

    PREPARED = "prepared"
    """Options can be added; nobody can vote."""
    OPEN = "open"
    """Everything is frozen; whoever has a code can vote from the first day on, and change it."""
    CLOSED = "closed"
    """The box is sealed and published."""
    COUNTED = "counted"
    """The outcome is known; objections can be made."""
    FINAL = "final"
    """Objections are over; nobody can see any more who voted."""


NEXT: Mapping[Phase, Phase] = {
    Phase.PREPARED: Phase.OPEN,
    Phase.OPEN: Phase.CLOSED,
    Phase.CLOSED: Phase.COUNTED,
    Phase.COUNTED: Phase.FINAL,
}
"""Each phase with the only one that can follow."""

PHASE_NAMES: Mapping[Phase, Text] = {
    Phase.PREPARED: _("in preparation"),
    Phase.OPEN: _("open for voting"),
    Phase.CLOSED: _("closed"),
    Phase.COUNTED: _("counted"),
    Phase.FINAL: _("final"),
}


class RoundNotFound(NotFound):
    """The neighbourhood has no such round."""


class NotThere(NotFound):
    """What is asked for comes only in a later phase of the round."""


class NotOnRegister(NotFound):
    """Somebody cannot vote in this round."""


class WrongDates(RuleBroken):
    """The days of a round are not in order."""


class TooEarly(RuleBroken):
    """The day for this has not come, or is over."""


class OptionTaken(RuleBroken):
    """The same thing stands on the ballot already."""


class NothingToChoose(RuleBroken):
    """A round opens with two options or more."""


class NobodyToVote(RuleBroken):
    """A round opens with somebody who can vote."""


class LotsNotDrawn(RuleBroken):
    """What the lots are drawn from is not known yet."""


class NothingToDraw(RuleBroken):
    """The lots of this round follow from the sealed ballots, or were drawn already."""


class AlreadyVoted(RuleBroken):
    """A code that has voted is never replaced."""


class FrozenOption(View):
    """An option as it stands on every ballot."""

    key: str
    title: str
    cost_cents: int


class FrozenLimit(View):
    """Some options of which only so many can win, or that can cost only so much together."""

    name: str
    ids: list[str]
    wins_max: int | None = None
    spent_cents_max: int | None = None


class FrozenClass(View):
    """A voice class, and how many people can vote with that voice."""

    voice_hundredths: int
    voters: int


class FrozenRound(View):
    """What cannot change once a round is open; its canonical JSON is hashed and kept as it is."""

    id: str
    place: str
    year: int
    title: str
    opens_on: date
    closes_on: date
    reference_on: date
    budget_cents: int
    article: str
    policy: str
    """The hash of the policy that holds for this round."""
    ballot: str
    ballot_parameters: dict[str, int | str]
    tally: str
    tally_parameters: dict[str, int | str]
    decides: Literal["weighted", "equal"]
    voter_age_min: int
    voters_per_class_min: int
    ballots_per_class_min: int
    objection_days: int
    voice_rule: str
    voice_parameters: dict[str, int]
    options: list[FrozenOption]
    classes: list[FrozenClass]
    merged: list[Text]
    """Why a voice class was merged into a lower one, for each that was."""
    roll: str
    """A keyed hash over who can vote with which voice."""
    ties: list[str] = Field(default_factory=list)
    """The order among equals where a file gives it; otherwise they are drawn by lot."""
    with_paper: bool = False
    """People can vote on paper too."""
    hand_in_at: str = ""
    """Where a ballot on paper is handed in; empty: at the desk that the letter names."""
    hand_in_until: date | None = None
    """The last day to do so; None: the last day of voting."""
    lots_from: str = ""
    """What the lots will be drawn from once the box is sealed; empty: from the sealed ballots and these rules alone."""
    receipt_key: str = ""
    """The public key that checks signed receipts, in base64."""
    limits: list[FrozenLimit] = Field(default_factory=list)
    """Options that exclude each other, and caps for a theme or a small area."""
    source: dict[str, str] = Field(default_factory=dict)
    """What a file says of a vote that was held elsewhere: where and when it was, and how people could vote."""

    @cached_property
    def option_list(self) -> tuple[Option, ...]:
        """Return the options as ballots and tallies take them."""
        return tuple(Option(id=each.key, cost_cents=each.cost_cents, title=each.title) for each in self.options)

    @cached_property
    def limit_list(self) -> tuple[Limit, ...]:
        """Return the limits as tallies take them."""
        return tuple(
            Limit(
                name=each.name,
                ids=frozenset(each.ids),
                wins_max=each.wins_max,
                spent_cents_max=each.spent_cents_max,
            )
            for each in self.limits
        )

    @cached_property
    def ballot_limits(self) -> BallotParameters:
        """Return what a ballot may hold."""
        return BALLOTS[self.ballot].parameters(self.ballot_parameters, budget_cents=self.budget_cents)

    def check(self, marks: Mapping[str, int]) -> dict[str, int]:
        """Return the marks as they go into the box. Raises UnknownOption or another RuleBroken of the ballot."""
        return BALLOTS[self.ballot].check(marks, self.option_list, self.ballot_limits)


def demand_markable(frozen: FrozenRound) -> None:
    """Do nothing if the ballot can be filled in with the options there are. Raises NothingToChoose."""
    least = frozen.ballot_limits.marks_min
    if least > len(frozen.options):
        raise NothingToChoose(
            _("By the rules a ballot names at least %(least)s plans, and there are fewer.", least=least)
        )


def frozen_text(frozen: View) -> str:
    """Return what is hashed and kept."""
    return canonical(frozen.model_dump(mode="json", by_alias=False)).decode()


@lru_cache(maxsize=64)
def read_frozen(document: str) -> FrozenRound:
    """Return a frozen round from what was kept; every ballot asks for the same few."""
    return FrozenRound.model_validate_json(document)


def wrong_phase(now: Phase) -> WrongState:
    """Return the refusal of whatever a round in this phase does not allow."""
    return WrongState(_("This cannot be done now: the round is %(phase)s.", phase=PHASE_NAMES[now]))


def demand_phase(now: Phase, *needed: Phase) -> None:
    """Do nothing if a round is in a phase that allows this. Raises WrongState."""
    if now not in needed:
        raise wrong_phase(now)


def follow(now: Phase, then: Phase) -> Phase:
    """Return the next phase. Raises WrongState if it is not the one that follows."""
    if NEXT.get(now) is not then:
        raise wrong_phase(now)
    return then


def demand_dates(opens_on: date, closes_on: date, reference_on: date, today: date) -> None:
    """Do nothing if the days of a round are in order. Raises WrongDates.

    Choice: people can vote on the last day too, until it is over in the Netherlands.
    """
    if opens_on < today:
        raise WrongDates(_("A round cannot open in the past."))
    if closes_on < opens_on:
        raise WrongDates(_("A round cannot close before it opens."))
    if reference_on > opens_on:
        raise WrongDates(_("Who can vote must be known before the round opens."))


def demand_fixing_day(reference_on: date, closes_on: date, today: date) -> None:
    """Do nothing on a day on which a round may be fixed and its codes issued. Raises TooEarly.

    Choice: from the day on which it is known who can vote, so that letters are there on the first day of voting; a code
    opens nothing before that day. The calendar waits for the first day.
    """
    if not reference_on <= today <= closes_on:
        raise TooEarly(_("A round is fixed from the day on which it is known who can vote."))


def demand_closing_day(closes_on: date, today: date) -> None:
    """Do nothing once the last day of voting is over. Raises TooEarly."""
    if today <= closes_on:
        raise TooEarly(_("A round closes when its last day is over, not before."))


def demand_draw(lots_from: str | None, drawn: str) -> None:
    """Do nothing if a sealed round still waits for its draw. Raises NothingToDraw."""
    if not lots_from:
        raise NothingToDraw(_("The lots of this round follow from the sealed ballots. There is nothing to draw."))
    if drawn:
        raise NothingToDraw(_("The draw of this round is known already: %(drawn)s.", drawn=drawn))


def demand_drawn(lots_from: str | None, drawn: str) -> None:
    """Do nothing if all that lots follow from is known. Raises LotsNotDrawn."""
    if lots_from and not drawn:
        raise LotsNotDrawn(_("First fill in what was drawn: %(lots_from)s.", lots_from=lots_from))


def objections_until(counted_on: date, objection_days: int) -> date:
    """Return the day from which no objection can be made any more; the day of publication does not count.

    Source: Algemene wet bestuursrecht art. 6:8 (a term begins on the day after publication).
    """
    return days_after(counted_on, objection_days + 1)


def demand_objections_over(until: date, today: date) -> None:
    """Do nothing once objections are over. Raises TooEarly."""
    if today < until:
        raise TooEarly(_("People can still object. A round is final after that."))


def weight(voice_hundredths: int) -> Fraction:
    """Return the exact weight of a voice."""
    return Fraction(voice_hundredths, 100)

# SPDX-License-Identifier: EUPL-1.2
"""What voting answers about the outcome of a round."""

from datetime import date
from uuid import UUID

from wijkbudget.kit.fields import View
from wijkbudget.kit.text import Text
from wijkbudget.voting.phases import FrozenClass, FrozenOption, Phase
from wijkbudget.voting.rules import Marking
from wijkbudget.voting.sealed import SealedBallot


class PublishedView(View):
    """The sealed box of a round, with what is needed to count it again."""

    round_id: UUID
    frozen_hash: str
    frozen: str
    """The canonical JSON of rules, options and classes; its SHA-256 is the frozen hash."""
    root: str
    merged: list[Text]
    ballots: list[SealedBallot]


class OptionResult(View):
    """What became of one option, and why."""

    key: str
    about: str
    title: str
    cost_cents: int
    votes_hundredths: int
    """Exact, for every voice is a whole number of hundredths."""
    heads: int
    won: bool
    paid_cents: int
    """What it gets: its cost if it won, less only where the rule funds a part, else nothing."""
    why: Text


class CountView(View):
    """One count: all options as on the ballot, and who won in the order chosen."""

    winners: list[OptionResult]
    options: list[OptionResult]
    spent_cents: int
    steps: dict[str, int | str]


class OutcomeView(View):
    """The outcome of a round; `winners` are those of the count that decides."""

    round_id: UUID
    title: str
    phase: Phase
    budget_cents: int
    decides: str
    article: str
    tally: str
    marking: Marking
    mark_max: int
    """The most that one option can get; where options are put in places, the mark of the first place."""
    outcome_hash: str
    root: str
    seed: str
    """Empty where nothing was drawn, because a file says who goes first among equals."""
    lots: list[str]
    """All options in the order of the lots, by key: the first goes first among equals."""
    lots_from: str
    """What was announced to draw from; empty: from the sealed ballots and the fixed rules."""
    drawn: str
    objections_until: date | None
    ballots: list[FrozenClass]
    """How many ballots were counted with each voice."""
    winners: list[OptionResult]
    weighted: CountView
    equal: CountView
    differs: list[str]
    """What wins in one of the two counts and loses in the other, by `about`."""


class TallyColumn(View):
    """What one tally makes of the ballots of a round."""

    tally: str
    name: Text
    how_counted: list[Text]
    is_own: bool
    """It is how the round itself was counted."""
    refusal: Text | None
    """Why it cannot count these ballots."""
    winners: list[str]
    spent_cents: int
    reached: int
    """Ballots with at least one plan that is chosen."""
    reached_percent: int
    cents_per_supporter: int
    """What is spent for each time that somebody chose a plan that is chosen."""


class SideBySideView(View):
    """The same ballots counted in every way; nothing follows from it."""

    title: str
    ballots: int
    options: list[FrozenOption]
    """Chosen in one of the ways or more."""
    columns: list[TallyColumn]
    differs: list[str]
    """Chosen in one way and not in another."""
    left_out: list[Text]
    """Ways of counting that take too long for so many ballots."""


class PromotedView(View):
    """An option of the reserve list that got its money."""

    key: str
    about: str
    title: str
    granted_cents: int


class SuccessionView(View):
    """An option that stopped after it won or moved up, and what moved up instead."""

    key: str
    about: str
    title: str
    stopped_on: date
    kept_cents: int
    """What it had spent."""
    freed_cents: int
    promoted: list[PromotedView]


class ReserveLine(View):
    """An option that was not chosen, and what stands in its way."""

    key: str
    title: str
    cost_cents: int
    lacking_cents: int | None
    """What would have to be free beside what is left; None if it is not on the reserve list."""
    limit: str | None
    """The first limit without room for it."""
    why: Text


class ReserveView(View):
    """Who is next now, in order, when a winner stops or money is added; those who are not; and what moved before."""

    title: str
    left_cents: int
    lines: list[ReserveLine]
    others: list[ReserveLine]
    successions: list[SuccessionView]


class EnoughView(View):
    """Why an option won or lost, and what would have been enough if it lost."""

    title: str
    round_title: str
    cost_cents: int
    paid_cents: int
    heads: int
    won: bool
    why: Text
    found: list[Text]
    """What was found by counting again; each was counted, none is promised for other numbers."""

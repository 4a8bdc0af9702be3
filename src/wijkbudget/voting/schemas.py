# SPDX-License-Identifier: EUPL-1.2
"""What voting is asked to do, and what it answers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints

from wijkbudget.kit.fields import Command, Day, Id, Line, View
from wijkbudget.kit.text import Text
from wijkbudget.kit.units import Cents, PositiveCents
from wijkbudget.voting.pabulib import BYTES_MAX
from wijkbudget.voting.phases import FrozenClass, Phase, typed_code
from wijkbudget.voting.sealed import SealedBallot

Year = Annotated[int, Field(ge=2000, le=2999)]
VotingCode = Annotated[str, BeforeValidator(typed_code)]
"""A voting code as typed; a typing mistake is told before anything is looked up."""

OptionKey = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Mark = Annotated[int, Field(ge=0, le=1_000_000)]


class PrepareRound(Command):
    """Prepare a round: when, for how much, and who can vote."""

    year: Year
    title: Line
    opens_on: Day
    closes_on: Day
    reference_on: Day
    budget_cents: PositiveCents


class OptionDraft(Command):
    """Put something on the ballot; only who does so knows what `about` means."""

    about: Line
    title: Line
    cost_cents: Cents


class OpenBallot(Command):
    """Ask for the ballot that a voting code opens."""

    code: VotingCode


class CastBallot(Command):
    """Cast a ballot, or change it."""

    code: VotingCode
    marks: Annotated[dict[OptionKey, Mark], Field(max_length=10_000)]
    """Each option with its mark; on an approval ballot 1 is a tick."""


class ReplaceCode(Command):
    """Send somebody a new voting code instead of a lost one."""

    person_id: Id


class ImportElection(Command):
    """Put a vote that was held elsewhere on the record, from a Pabulib file."""

    name: Line
    text: Annotated[str, StringConstraints(min_length=1, max_length=BYTES_MAX)]


class RoundLine(View):
    """A round in a list."""

    id: UUID
    year: int
    title: str
    phase: Phase
    opens_on: date
    closes_on: date
    budget_cents: int


class OptionView(View):
    """An option on the ballot."""

    key: str
    about: str
    title: str
    cost_cents: int


class RulesView(View):
    """How a round is voted on and counted, as it was frozen at the opening."""

    frozen_hash: str
    article: str
    ballot: str
    ballot_parameters: dict[str, int | str]
    tally: str
    tally_parameters: dict[str, int | str]
    decides: str
    voter_age_min: int
    voters_per_class_min: int
    ballots_per_class_min: int
    voice_rule: str
    voice_parameters: dict[str, int]
    classes: list[FrozenClass]
    merged: list[Text]


class RoundView(RoundLine):
    """A round with its options, and from the opening on with its rules; it never tells how many have voted."""

    place: str
    reference_on: date
    objections_until: date | None
    is_imported: bool
    options: list[OptionView]
    rules: RulesView | None


class PaperOption(View):
    """An option as it stands on the ballot."""

    key: str
    title: str
    cost_cents: int


class PaperView(View):
    """The ballot that a code opens: the same for everybody in the round."""

    round_id: UUID
    place: str
    title: str
    budget_cents: int
    closes_on: date
    ballot: str
    marks_min: int
    marks_max: int | None
    marks_budget_cents: int | None
    options: list[PaperOption]


class ReceiptView(View):
    """By this receipt a voter finds the ballot in the published list."""

    receipt: str
    title: str
    closes_on: date


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
    outcome_hash: str
    root: str
    seed: str
    """Empty where nothing was drawn, because a file says who goes first among equals."""
    objections_until: date | None
    ballots: list[FrozenClass]
    """How many ballots were counted with each voice."""
    winners: list[OptionResult]
    weighted: CountView
    equal: CountView
    differs: list[str]
    """What wins in one of the two counts and loses in the other, by `about`."""


class WasCastView(View):
    """Whether a vote was cast in somebody's name; emptied when the outcome is final."""

    round_id: UUID
    is_voter: bool
    voted_on: date | None
    is_forgotten: bool


class MovedView(View):
    """Rounds that went to their next phase because their day had come."""

    moved: list[UUID]

# SPDX-License-Identifier: EUPL-1.2
"""What voting is asked to do."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from wijkbudget.kit.fields import Command, Day, Id, Line, symbol
from wijkbudget.kit.units import Cents, PositiveCents
from wijkbudget.voting.codes import typed_code
from wijkbudget.voting.pabulib import BYTES_MAX
from wijkbudget.voting.receipts import typed_receipt
from wijkbudget.voting.turnout import ASKED, Answer

Year = Annotated[int, Field(ge=2000, le=2999)]
VotingCode = Annotated[str, BeforeValidator(typed_code)]
"""A voting code as typed; a typing mistake is told before anything is looked up."""

OptionKey = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Receipt = Annotated[str, BeforeValidator(typed_receipt), StringConstraints(max_length=40)]
"""A receipt as typed: with or without hyphens, in capitals or not."""

Mark = Annotated[int, Field(ge=0, le=1_000_000)]


class PrepareRound(Command):
    """Prepare a round: when, for how much, and who can vote."""

    year: Year
    title: Line
    opens_on: Day
    closes_on: Day
    reference_on: Day
    budget_cents: PositiveCents
    with_paper: bool = False
    """People can vote on paper too; then the ballots are sealed when the paper is entered."""
    hand_in_at: Line | None = None
    """Where they hand a ballot on paper in, and at which hours; without it, at the desk that the letter names."""
    hand_in_until: Day | None = None
    """The last day to do so; without it, the last day of voting."""
    lots_from: Line | None = None
    """What lots will be drawn from, such as a lottery on a day after the vote; without it, from the sealed ballots."""


class AddLimit(Command):
    """Let only so many of some plans win, or let them cost only so much together; one of the two."""

    name: Line
    """Of what: a theme, a small area, or the plans that exclude each other."""
    keys: Annotated[list[OptionKey], Field(min_length=1, max_length=1_000)]
    wins_max: Annotated[int, Field(ge=1, le=1_000)] | None = None
    spent_cents_max: PositiveCents | None = None


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
    """Each option with its mark: 1 for a tick, the points, or of L places L for the first and 1 for the last."""


class DrawLots(Command):
    """Fill in what came out of the announced draw."""

    value: Line


class VoterSays(Command):
    """What somebody said who was drawn, by their place in the draw."""

    number: Annotated[int, Field(ge=1, le=ASKED)]
    answer: Annotated[Answer, symbol(Answer)]


class NoteAnswers(Command):
    """Note what voters said who were drawn; who is left out keeps their answer."""

    answers: Annotated[list[VoterSays], Field(min_length=1, max_length=ASKED)]


class FindBallot(Command):
    """Look for a ballot in the sealed box."""

    receipt: Receipt


class ReplaceCode(Command):
    """Send somebody a new voting code instead of a lost one."""

    person_id: Id


class ImportElection(Command):
    """Put a vote that was held elsewhere on the record, from a Pabulib file."""

    name: Line
    text: Annotated[str, StringConstraints(min_length=1, max_length=BYTES_MAX)]

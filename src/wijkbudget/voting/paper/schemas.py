# SPDX-License-Identifier: EUPL-1.2
"""What is asked of those who open and enter paper ballots, and what they see; never what somebody entered."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from wijkbudget.kit.fields import Command, View, symbol
from wijkbudget.voting.paper.rules import Seat
from wijkbudget.voting.schemas import PaperView, VotingCode

ENVELOPES_MAX = 1_000_000

Envelopes = Annotated[int, Field(ge=0, le=ENVELOPES_MAX)]
Voice = Annotated[int, Field(ge=100, le=100_000)]


class TakeSeat(Command):
    """Say what you do with the paper ballots of a round."""

    seat: Annotated[Seat, symbol(Seat)]


class ReceiveEnvelope(Command):
    """Put the code of an envelope on the list."""

    code: VotingCode


class EndReceiving(Command):
    """Say how many envelopes lie on the table, and how many of them have no place on the list."""

    returned: Envelopes
    second_envelope: Envelopes
    wrong_code: Envelopes
    too_late: Envelopes


class EnterBallot(Command):
    """Enter one paper ballot: the numbers of the plans, or a letter if it does not count."""

    voice_hundredths: Voice
    number: Annotated[int, Field(ge=1, le=ENVELOPES_MAX)]
    line: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=r"^[^\x00-\x1f]*$")] = ""


class EnvelopeView(View):
    """Where an envelope goes."""

    is_accepted: bool
    """False: the code voted online, so the envelope is set aside."""
    is_known: bool
    """The code was on the list before."""
    voice_hundredths: int


class StackView(View):
    """How far the ballots of one voice are."""

    voice_hundredths: int
    ballots: int
    first: int
    """How many ballots are entered by whoever enters first."""
    second: int
    differs: int | None
    """How many wait for the third person; nobody else is told, for it says something of what others entered."""


class ProgressView(View):
    """How far the paper of a round is; numbers only."""

    round_id: UUID
    place: str
    title: str
    is_over: bool
    """Voting is over, so envelopes can be opened."""
    is_received: bool
    """The envelopes are counted, so ballots can be entered."""
    is_balanced: bool
    """The ballots are in the box."""
    seat: Seat | None
    """What whoever asks does."""
    accepted: int
    voted_online: int
    stacks: list[StackView]


class NextBallot(View):
    """The ballot that whoever asks enters now."""

    voice_hundredths: int
    number: int | None
    """None: there is nothing for you to enter on this stack now."""
    ballots: int
    done: int
    """How many of this stack whoever asks entered."""
    seat: Seat | None
    paper: PaperView


class EnteredView(View):
    """What came of an entry, without what was entered."""

    number: int
    is_again: bool
    """All three entered it differently; everything about it is forgotten, and the two enter it again."""


class SheetView(View):
    """The sheet of the paper ballots as everybody reads it: all voices together, for few of one voice are no secret."""

    round_id: UUID
    place: str
    title: str
    issued: int
    voted: int
    online: int
    returned: int
    aside: dict[str, int]
    accepted: int
    entered: int
    spoiled: dict[str, int]

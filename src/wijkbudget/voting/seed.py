# SPDX-License-Identifier: EUPL-1.2
"""Demo votes, held through the verbs; the letters tell the codes, because nothing else does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from wijkbudget.kit.actor import Actor
from wijkbudget.trail import errands
from wijkbudget.trail.desk import Desk
from wijkbudget.voting import service
from wijkbudget.voting.letters.rules import ERRAND
from wijkbudget.voting.schemas import CastBallot, PrepareRound, RoundView

LETTERS_MAX = 100_000
TOGETHER = 500
"""How many ballots wait at once; the writer's queue is twice as long."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A voting code that waits for the post, and the voice behind it."""

    code: str
    voice_hundredths: int


@dataclass(frozen=True, kw_only=True)
class Choice:
    """So many voters of one voice who all tick the same options."""

    count: int
    voice_hundredths: int
    options: Sequence[str]


def prepare(desk: Desk, place: str, official: Actor, command: PrepareRound) -> RoundView:
    """Prepare a round; options are put on its ballot by the domain they are about."""
    return desk.by(official).act(service.prepare, place, command)


def turn(desk: Desk, place: str) -> list[UUID]:
    """Move rounds on until no day has come any more, and return which moved; the desk is the system's."""
    turned: list[UUID] = []
    while moved := desk.act(service.advance, place).moved:
        turned += moved
    return turned


def letters(desk: Desk, round_id: UUID) -> list[Letter]:
    """Return the codes of a round on the letters that are not printed yet; the desk is the system's."""
    waiting = desk.ask(errands.waiting, LETTERS_MAX)
    return [
        Letter(code=letter["code"], voice_hundredths=letter["voice_hundredths"])
        for errand in waiting
        if errand.kind == ERRAND and errand.payload["round_id"] == str(round_id)
        for letter in errand.payload["letters"]
    ]


def vote(desk: Desk, found: Iterable[Letter], choices: Iterable[Choice]) -> list[str]:
    """Let voters make their choices, each with a letter of their own, and return the receipts."""
    unused = list(found)
    ballots = []
    for choice in choices:
        voters = [letter for letter in unused if letter.voice_hundredths == choice.voice_hundredths][: choice.count]
        assert len(voters) == choice.count, f"only {len(voters)} voters with voice {choice.voice_hundredths} are left"
        ballots += [CastBallot(code=voter.code, marks=dict.fromkeys(choice.options, 1)) for voter in voters]
        used = {voter.code for voter in voters}
        unused = [letter for letter in unused if letter.code not in used]
    return cast(desk, ballots)


def cast(desk: Desk, ballots: Sequence[CastBallot]) -> list[str]:
    """Cast ballots and return their receipts; the acts wait for the disk together."""
    receipts = []
    for first in range(0, len(ballots), TOGETHER):
        some = ballots[first : first + TOGETHER]
        waiting = [desk.submit(service.cast, ballot, None) for ballot in some]
        receipts += [cast_.result().receipt for cast_ in waiting]
    return receipts

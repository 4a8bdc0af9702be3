# SPDX-License-Identifier: EUPL-1.2
"""The stage of the demo: a desk whose clock is set from scene to scene, and chance that is the same each time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any
from uuid import UUID

from wijkbudget.app.due import advance_all
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import SYSTEM, Actor, Role, may
from wijkbudget.trail import errands, sealing
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import service as voting
from wijkbudget.voting.letters.rules import ERRAND
from wijkbudget.voting.schemas import CastBallot

_ERRANDS_MAX = 5_000

Addressee = tuple[str, str, int, str]
"""A name, and where somebody lives: postcode, house number and what comes after it."""


@dataclass
class Clock:
    """A clock that the scenes set."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the moment it is in the scene."""
        return self.now


@dataclass
class Chance:
    """Bytes that are the same in every demo, so that its year always ends the same."""

    drawn: int = 0

    def __call__(self, count: int) -> bytes:
        """Return the next bytes."""
        self.drawn += 1
        return sha256(f"demo {self.drawn}".encode()).digest()[:count]


@dataclass
class Stage:
    """Where the scenes are played."""

    desk: Desk
    clock: Clock
    staff: dict[str, dict[Role, Actor]] = field(default_factory=dict)

    def on(self, day: date) -> None:
        """Let it be noon on a day."""
        self.clock.now = datetime.combine(day, time(12), UTC)

    def clear_letters(self) -> list[dict[str, Any]]:
        """Return the letters with voting codes that wait, and mark everything that waits as sent.

        In the demo nobody prints them, so that they are thrown away as soon as they are made.
        """
        system = self.desk.by(SYSTEM)
        waiting = system.ask(errands.waiting, _ERRANDS_MAX)
        system.act(errands.finish, [errand.id for errand in waiting])
        batches = [errand.payload for errand in waiting if errand.kind == ERRAND]
        for batch in batches:
            place, round_id = batch["place"], UUID(batch["round_id"])
            system.act(voting.keep, place, round_id, batch["number"])
            self.desk.by(self.staff[place][Role.OFFICIAL]).act(voting.discard_letters, place, round_id)
        return [letter for batch in batches for letter in batch["letters"]]

    def pass_time(self, place: str) -> None:
        """Do what is due in a place, as the clock of the house would, and seal the trail."""
        advance_all(self.desk.by(SYSTEM), place)
        while self.desk.by(SYSTEM).act(sealing.seal):
            pass

    def cast(self, ballots: Iterable[tuple[str, Mapping[str, int]]]) -> None:
        """Cast ballots: each a voting code with what was marked."""
        commands = [CastBallot(code=code, marks=dict(marks)) for code, marks in ballots]
        waiting = [self.desk.submit(voting.cast, command, None) for command in commands]
        for future in waiting:
            future.result()


@question(may(Role.SYSTEM))
def addressed(look: Look, _place: str, person_ids: list[str]) -> list[Addressee]:
    """Return whom a letter to each of these people names."""
    found = [identity.address_of(look, person_id) for person_id in person_ids]
    return [(each.name, each.postcode, each.house_number, each.addition) for each in found]


def addressee(letter: dict[str, Any]) -> Addressee:
    """Return whom a letter names."""
    return letter["name"], letter["postcode"], letter["house_number"], letter["addition"]


def below(limit: int, *about: object) -> int:
    """Return a number from zero, below a limit, always the same about the same thing."""
    return int.from_bytes(sha256(" ".join(map(str, about)).encode()).digest()[:8]) % limit

# SPDX-License-Identifier: EUPL-1.2
"""The stage of the demo: a desk whose clock is set from scene to scene, and chance that is the same each time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from hashlib import sha256

from wijkbudget.app.due import advance_all
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import SYSTEM, Actor, Role, may
from wijkbudget.trail import errands, sealing
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.errands import ErrandView
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import service as voting
from wijkbudget.voting.schemas import CastBallot

_LETTERS_MAX = 5_000


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

    def clear_letters(self) -> list[ErrandView]:
        """Return the letters that wait, and mark them as sent."""
        system = self.desk.by(SYSTEM)
        letters = system.ask(errands.waiting, _LETTERS_MAX)
        system.act(errands.finish, [letter.id for letter in letters])
        return letters

    def pass_time(self, place: str) -> None:
        """Do what is due in a place, as the clock of the house would, and seal the trail."""
        advance_all(self.desk.by(SYSTEM), place)
        while self.desk.by(SYSTEM).act(sealing.seal):
            pass

    def cast(self, ballots: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Cast ballots: each a voting code with the keys that were ticked."""
        commands = [CastBallot(code=code, marks=dict.fromkeys(keys, 1)) for code, keys in ballots]
        for verb in (voting.mark_voted, voting.drop):
            waiting = [self.desk.submit(verb, command) for command in commands]
            for future in waiting:
                future.result()


@question(may(Role.SYSTEM))
def address_lines(look: Look, _place: str, person_ids: list[str]) -> list[tuple[str, ...]]:
    """Return how a letter to each of these people is addressed."""
    return [tuple(identity.address_of(look, person_id).lines) for person_id in person_ids]


def below(limit: int, *about: object) -> int:
    """Return a number from zero, below a limit, always the same about the same thing."""
    return int.from_bytes(sha256(" ".join(map(str, about)).encode()).digest()[:8]) % limit

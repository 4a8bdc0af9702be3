# SPDX-License-Identifier: EUPL-1.2
"""The evening on which the paper ballots of Oost are entered: one differs, one is blank, one voter voted online too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from wijkbudget.app.demo.stage import Stage
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.trail.desk import Desk
from wijkbudget.voting.paper import service
from wijkbudget.voting.paper.rules import LETTERS, Seat, Spoiled
from wijkbudget.voting.paper.schemas import EndReceiving, EnterBallot, ReceiveEnvelope, TakeSeat

VOICE_HUNDREDTHS = 100
"""Those who vote on paper here have one voice."""

_BLANK = next(letter for letter, reason in LETTERS.items() if reason is Spoiled.BLANK)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Where the paper of one round is opened and entered."""

    place: str
    round_id: UUID
    official: Desk
    seats: Mapping[Seat, Desk]

    def enter_all(self, ballots: Sequence[tuple[str, Sequence[str]]], *, twice: str) -> None:
        """Open the envelopes and enter what is in them, until the sheet balances.

        The first ballot is entered differently, the last is blank, and `twice` is the code of somebody who voted.
        """
        here, receiver = (self.place, self.round_id), self.seats[Seat.RECEIVE]
        for code in (*(code for code, _keys in ballots), twice):
            receiver.act(service.receive, *here, ReceiveEnvelope(code=code))
        counted = EndReceiving(returned=len(ballots) + 1, second_envelope=0, wrong_code=0, too_late=0)
        receiver.act(service.end_receiving, *here, counted)
        lines = [" ".join(keys) for _code, keys in ballots[:-1]]
        self._enter(Seat.FIRST, [_BLANK, *lines[1:], _BLANK])
        self._enter(Seat.SECOND, [*lines, _BLANK])
        self._enter(Seat.THIRD, lines[:1])
        self.official.act(service.balance, *here)

    def _enter(self, seat: Seat, lines: Sequence[str]) -> None:
        for number, line in enumerate(lines, 1):
            command = EnterBallot(voice_hundredths=VOICE_HUNDREDTHS, number=number, line=line)
            self.seats[seat].act(service.enter, self.place, self.round_id, command)


def sit_down(stage: Stage, place: str, round_id: UUID, helpers: Sequence[Actor]) -> Table:
    """Let four people take a task each: the official, the guide, and two residents who help."""
    staff = stage.staff[place]
    seated = [staff[Role.OFFICIAL], staff[Role.GUIDE]]
    seated += [people.grant(stage.desk, place, helper, Role.GUIDE) for helper in helpers]
    seats = {seat: stage.desk.by(person) for seat, person in zip(Seat, seated, strict=True)}
    for seat, at in seats.items():
        at.act(service.take_seat, place, round_id, TakeSeat(seat=seat))
    return Table(place=place, round_id=round_id, official=stage.desk.by(staff[Role.OFFICIAL]), seats=seats)

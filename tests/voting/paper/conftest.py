# SPDX-License-Identifier: EUPL-1.2
"""A round of Oost that people can vote in on paper too, and the people who open and enter the envelopes."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from tests import worlds
from tests.voting.conftest import CLOSES, COSTS_CENTS, OFFICIAL, OPENS, REFERENCE, Vote, add_option, rows
from wijkbudget.identity import queries as identity
from wijkbudget.identity import service as people
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.trail.work import question
from wijkbudget.voting import seed
from wijkbudget.voting.paper import queries, service
from wijkbudget.voting.paper.rules import Seat
from wijkbudget.voting.paper.schemas import EndReceiving, EnterBallot, ReceiveEnvelope, TakeSeat
from wijkbudget.voting.schemas import OptionDraft, PrepareRound


@question(may(Role.SYSTEM), municipal=True)
def paper_faults(look):
    """Return what the proof of the paper finds wrong."""
    return [str(fault) for fault in queries.check(look)]


def guide(name):
    """Return somebody who helps with the paper ballots of Oost."""
    return Actor(id=name, roles=frozenset({(Role.GUIDE, "oost")}))


RECEIVER, FIRST, SECOND, THIRD = (guide(name) for name in ("rita", "frans", "selma", "derk"))
SEATS = {RECEIVER: Seat.RECEIVE, FIRST: Seat.FIRST, SECOND: Seat.SECOND, THIRD: Seat.THIRD}


EVERY_TABLE = ("worker", "envelope", "stack", "entry")


def left(vote):
    """Return how many rows each table of paper holds that must be emptied."""
    return {name: vote.rows(f"SELECT count(*) FROM voting_paper_{name}")[0][0] for name in EVERY_TABLE}


@dataclass
class PaperVote(Vote):
    """A round with paper, and how its people act."""

    def everybody_takes_a_seat(self):
        for person, seat in SEATS.items():
            self.take(person, seat)

    def take(self, person, seat):
        return self.desk.by(person).act(service.take_seat, self.place, self.id, TakeSeat(seat=seat))

    def leave(self, person):
        return self.desk.by(person).act(service.leave_seat, self.place, self.id)

    def voting_ends(self):
        self.clock.forward(days=(CLOSES - self.clock.now.date()).days + 1)

    def receive(self, code, by=RECEIVER):
        return self.desk.by(by).act(service.receive, self.place, self.id, ReceiveEnvelope(code=code))

    def end_receiving(self, returned, *, second_envelope=0, wrong_code=0, too_late=0):
        command = EndReceiving(
            returned=returned, second_envelope=second_envelope, wrong_code=wrong_code, too_late=too_late
        )
        return self.desk.by(RECEIVER).act(service.end_receiving, self.place, self.id, command)

    def enter(self, person, number, line, voice=100):
        command = EnterBallot(voice_hundredths=voice, number=number, line=line)
        return self.desk.by(person).act(service.enter, self.place, self.id, command)

    def both_enter(self, number, line):
        self.enter(FIRST, number, line)
        self.enter(SECOND, number, line)

    def next(self, person, voice=100):
        return self.desk.by(person).ask(queries.next_paper, self.place, self.id, voice)

    def balance(self):
        return self.desk.by(OFFICIAL).act(service.balance, self.place, self.id)

    def progress(self, person=OFFICIAL):
        return self.desk.by(person).ask(queries.paper_progress, self.place, self.id)

    def sheet(self):
        return self.desk.ask(queries.paper_sheet, self.place, self.id)

    def ready_to_enter(self, envelopes):
        """Let voting end and so many envelopes come back, all of them good."""
        self.everybody_takes_a_seat()
        self.voting_ends()
        for letter in self.letters()[:envelopes]:
            self.receive(letter.code)
        self.end_receiving(envelopes)

    def faults(self):
        return super().faults() + self.desk.ask(paper_faults)

    def rows(self, statement):
        return rows(self.desk, statement)


@pytest.fixture
def prepared(desk, clock, meerwijk):
    """Return a prepared round of four plans in Oost, with paper."""
    command = PrepareRound(
        year=2026,
        title="Stem voor Oost",
        opens_on=OPENS,
        closes_on=CLOSES,
        reference_on=REFERENCE,
        budget_cents=3_000_000,
        with_paper=True,
    )
    made = seed.prepare(desk, "oost", OFFICIAL, command)
    for number, cost_cents in enumerate(COSTS_CENTS, 1):
        plan = OptionDraft(about=f"plan-{number}", title=f"Plan {number}", cost_cents=cost_cents)
        desk.act(add_option, "oost", made.id, plan)
    return PaperVote(desk, clock, "oost", made.id)


@pytest.fixture
def vote(prepared):
    """Return the same round, open."""
    prepared.open()
    return prepared


@pytest.fixture
def table(desk, vote):
    """Return the five people at the table: an official, and four guides for the four seats."""
    made = {"official": worlds.staff(desk, "oost")[Role.OFFICIAL]}
    for seat in ("receive", "first", "second", "third"):
        added = desk.act(people.add_person, "oost", AddPerson(name=f"Gids {seat}", role=Role.GUIDE))
        made[seat] = desk.ask(identity.actor, UUID(added.person.id))
    return made

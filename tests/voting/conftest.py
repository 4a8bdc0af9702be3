# SPDX-License-Identifier: EUPL-1.2
"""A round of Meerwijk to vote in: its people, its plans and the codes on their letters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

import pytest
from sqlmodel import insert, text

from tests import worlds
from tools.bench_voices import city
from wijkbudget.identity import queries as identity
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import SYSTEM, Actor, Role, may
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.trail import errands
from wijkbudget.trail import queries as trail
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import question, verb
from wijkbudget.voting import queries, seed, service
from wijkbudget.voting.schemas import CastBallot, OptionDraft, PrepareRound

OPENS, CLOSES, REFERENCE = date(2026, 3, 2), date(2026, 3, 15), date(2026, 3, 1)
COSTS_CENTS = (2_000_000, 1_500_000, 1_000_000, 400_000)
"""What the four plans cost; with a budget of 30,000 euros not all fit."""

BALLOTS: dict[str, dict[str, int]] = {
    "approval": {"marks_max": 3},
    "knapsack": {},
    "one": {},
    "points": {"points_total": 5, "points_max": 4},
    "ranking": {"length": 3},
}
"""Every way to mark a ballot, with what a policy can set of it."""

OFFICIAL = Actor(id="official", roles=frozenset({(Role.OFFICIAL, None)}))

add_option = verb(may(Role.SYSTEM))(service.add_option)


@question(may(Role.SYSTEM), municipal=True)
def faults(look):
    """Return what the domain's own proof finds wrong."""
    return [str(fault) for fault in queries.check(look)]


def rows(desk, statement, **values):
    """Return rows of the database as they are."""
    with desk.database.read() as session:
        return session.connection().execute(text(statement), values).all()


@question(may(Role.SYSTEM))
def identity_residents(look, place, on, age_min):
    return identity.residents(look, place, on, age_min)


@question(may(Role.SYSTEM))
def entries_about(look, place, subjects):
    return trail.entries_about(look, place, subjects)


def give(desk, voters, given):
    """Let voters have given time, settled and all: who, on which day, and how many minutes."""

    def write(session):
        for table, lines in city.time_of([UUID(id_) for id_ in voters], given):
            session.connection().execute(insert(table), list(lines))

    desk.database.submit(write).result()


@verb(may(Role.SYSTEM), municipal=True, silent="a test breaks in")
def break_in(work, statement):
    """Change the database behind everybody's back."""
    work.session.connection().exec_driver_sql(statement)


@dataclass
class Vote:
    """One round, and how to act in it."""

    desk: Desk
    clock: object
    place: str
    id: UUID

    def open(self):
        return self.desk.by(OFFICIAL).act(service.open_, self.place, self.id)

    def close(self):
        self.clock.forward(days=(CLOSES - self.clock.now.date()).days + 1)
        return self.desk.act(service.close, self.place, self.id)

    def count(self):
        return self.desk.act(service.count, self.place, self.id)

    def finish(self):
        self.clock.forward(days=40)
        return self.desk.act(service.finish, self.place, self.id)

    def view(self):
        return self.desk.ask(queries.round_, self.place, self.id)

    def outcome(self):
        return self.desk.ask(queries.outcome, self.place, self.id)

    def published(self):
        return self.desk.ask(queries.published, self.place, self.id)

    def letters(self):
        return seed.letters(self.desk, self.id)

    def payloads(self):
        waiting = self.desk.by(SYSTEM).ask(errands.waiting, 100_000)
        return [
            letter
            for errand in waiting
            if errand.payload.get("round_id") == str(self.id)
            for letter in errand.payload["letters"]
        ]

    def cast(self, code: str, *options: str):
        ballot = CastBallot(code=code, marks=dict.fromkeys(options, 1))
        return self.desk.act(service.cast, ballot, None).receipt

    def faults(self):
        return self.desk.by(SYSTEM).ask(faults)


@pytest.fixture
def prepare(desk, clock) -> Callable[..., Vote]:
    """Return what prepares a round of four plans."""
    return partial(prepared, desk, clock)


def prepared(desk, clock, place: str = "oost", title: str = "Stem voor Oost", **more: object) -> Vote:
    """Prepare a round of four plans."""
    days = {"opens_on": OPENS, "closes_on": CLOSES, "reference_on": REFERENCE}
    command = PrepareRound(year=2026, title=title, budget_cents=3_000_000, **days, **more)
    made = seed.prepare(desk, place, OFFICIAL, command)
    for number, cost_cents in enumerate(COSTS_CENTS, 1):
        plan = OptionDraft(about=f"plan-{number}", title=f"Plan {number}", cost_cents=cost_cents)
        desk.act(add_option, place, made.id, plan)
    return Vote(desk, clock, place, made.id)


@pytest.fixture
def meerwijk(desk):
    """Found Meerwijk, with sixty people on the register of Oost and forty of West."""
    worlds.found_meerwijk(desk)
    people.fill_register(desk, worlds.register_csv({"oost": 60, "west": 40}))


@pytest.fixture
def vote(meerwijk, prepare) -> Vote:
    """Return an open round in Oost: approval ballots, equal shares."""
    made = prepare()
    made.open()
    return made


@pytest.fixture
def vote_by(desk, meerwijk, prepare):
    """Return what opens a round in Oost with another ballot."""

    def make(ballot, **more):
        parameters = {"marks_min": 1, **BALLOTS[ballot], **more}
        lines = "".join(f"{name} = {value}\n" for name, value in parameters.items())
        toml = demo_toml("oost").replace('ballot = "approval"', f'ballot = "{ballot}"')
        toml = toml.replace("[voting.ballot_parameters]\nmarks_min = 1\n", f"[voting.ballot_parameters]\n{lines}")
        decided = AdoptPolicy(valid_from=OPENS, decided_by="Raadsbesluit 2026-3", toml=toml)
        desk.act(neighbourhoods.adopt_policy, "oost", decided)
        made = prepare()
        made.open()
        return made

    return make

# SPDX-License-Identifier: EUPL-1.2
"""Plans in Oost: residents who make and support them, and the people who assess, count and adopt."""

import re
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from tests.conftest import built_once
from tests.stores import Store
from tests.worlds import found_meerwijk, settle_in, staff
from wijkbudget.council import queries as council
from wijkbudget.identity import seed as people
from wijkbudget.initiatives import queries, service
from wijkbudget.initiatives.rules import Verdict
from wijkbudget.initiatives.schemas import AdoptOutcome, AssessInitiative, ProposeInitiative
from wijkbudget.kit.actor import SYSTEM, Actor, Role, may
from wijkbudget.kit.canonical import digest
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.models import TrailEntry
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import seed as votes
from wijkbudget.voting import service as voting
from wijkbudget.voting.schemas import PrepareRound
from wijkbudget.vouchers import queries as vouchers

HOUSE = may(Role.SYSTEM)
OPENS, CLOSES, REFERENCE = date(2026, 3, 2), date(2026, 3, 15), date(2026, 3, 1)
DECIDED = date(2026, 3, 16)
HAVEN = "BU99010101"


@question(HOUSE, municipal=True)
def faults(look: Look) -> list[str]:
    """Return what the proofs of plans, council, vouchers and the books find."""
    checks = (queries.check, council.check, vouchers.check, ledger.check)
    return [str(fault) for check in checks for fault in check(look)]


@question(HOUSE, municipal=True)
def state(look: Look) -> str:
    """Return a hash of everything the house holds, to see that nothing changed."""
    tables = [each for each in TrailEntry.metadata.sorted_tables if each.name not in {"login_session", "kept_answer"}]
    return digest([[str(row) for row in look.session.connection().execute(each.select()).all()] for each in tables])


@question(HOUSE)
def money(look: Look, place: str) -> dict[str, int]:
    """Return what is in the pot of 2026, reserved, and in vouchers."""
    return {
        "pot": ledger.balance(look, chart.pot(place, 2026)),
        "reserved": ledger.balance(look, chart.reserved(place, 2026)),
        "vouchers": sum(ledger.balances(look, f"voucher:{place}:2026:").values()),
    }


@question(HOUSE, municipal=True)
def recorded(look: Look) -> list[str]:
    """Return what the trail says happened to plans."""
    kinds = [row.kind for row in look.session.connection().execute(TrailEntry.metadata.tables["trail_entry"].select())]
    return sorted(kind for kind in kinds if kind.startswith("initiatives."))


def drafted(**changed: object) -> ProposeInitiative:
    """Return a plan for EUR 5,500."""
    asked: dict[str, object] = {
        "title": "Pluktuin",
        "summary": "Een tuin voor iedereen.\nMet kruiden.",
        "theme": "groen",
        "quarter": HAVEN,
        "spot": "Lindenpark",
        "cost_lines": [{"what": "Bomen", "amount_cents": 320_000}, {"what": "Grond", "amount_cents": 230_000}],
    }
    return ProposeInitiative.model_validate({**asked, **changed})


@dataclass
class Hood:
    """Oost: twelve residents, the staff, and how to bring a plan to a vote."""

    desk: Desk
    clock: object
    residents: list[Actor]
    staff: dict[Role, Actor]

    @property
    def anna(self) -> Actor:
        return self.residents[0]

    @property
    def bart(self) -> Actor:
        """Sits in the council too."""
        return self.residents[1]

    @property
    def neighbours(self) -> list[Actor]:
        """Return five others, as many as the policy asks."""
        return self.residents[2:7]

    def by(self, actor: Actor | Role) -> Desk:
        who = self.staff[actor] if isinstance(actor, Role) else actor
        return self.desk.by(who)

    def count_with(self, tally: str, **parameters: str) -> None:
        """Let the council choose another way of counting, from today on."""
        toml = re.sub(r"\n\[voting\.tally_parameters\]\n(?:.+\n)*", "\n", demo_toml("oost"))
        lines = "".join(f'{name} = "{value}"\n' for name, value in parameters.items())
        toml = toml.replace('tally = "equal_shares"', f'tally = "{tally}"') + f"\n[voting.tally_parameters]\n{lines}"
        decided = AdoptPolicy(valid_from=self.clock.now.date(), decided_by="Raadsbesluit 2026-7", toml=toml)
        self.by(Role.ADMINISTRATOR).act(neighbourhoods.adopt_policy, "oost", decided)

    def let_the_council_advise(self) -> None:
        """Let the council only advise about money, from today on."""
        binding = 'decision = "outcome"\nbody = "council"\npower = "binding"\nbasis = "mandate"'
        advice = 'decision = "outcome"\nbody = "council"\npower = "advice"'
        toml = demo_toml("oost").replace(binding, advice)
        decided = AdoptPolicy(valid_from=self.clock.now.date(), decided_by="Raadsbesluit 2026-9", toml=toml)
        self.by(Role.ADMINISTRATOR).act(neighbourhoods.adopt_policy, "oost", decided)

    def open_by_time(self, right: str) -> None:
        """Let two hours open a right, from today on."""
        section = f'article = "Verordening, art. 8a"\nopens = ["{right}"]\nminutes_min = 120\ntasks_min = 2\n'
        toml = f"{demo_toml('oost')}\n[rights]\n{section}window_months = 12\n"
        decided = AdoptPolicy(valid_from=self.clock.now.date(), decided_by="Raadsbesluit 2026-8", toml=toml)
        self.by(Role.ADMINISTRATOR).act(neighbourhoods.adopt_policy, "oost", decided)

    def propose(self, actor: Actor | None = None, **changed: object):
        self.clock.forward(minutes=1)
        return self.by(actor or self.anna).act(service.propose, "oost", drafted(**changed))

    def supported(self, actor: Actor | None = None, **changed: object):
        plan = self.propose(actor, **changed)
        for neighbour in self.neighbours:
            self.by(neighbour).act(service.support, "oost", plan.id)
        return self.view(plan.id)

    def feasible(self, actor: Actor | None = None, **changed: object):
        plan = self.supported(actor, **changed)
        found = AssessInitiative(verdict=Verdict.FEASIBLE, reason="Dit kan.")
        self.by(Role.OFFICIAL).act(service.assess, "oost", plan.id, found)
        return self.view(plan.id)

    def prepare(self, budget_cents: int = 3_000_000) -> UUID:
        command = PrepareRound(
            year=2026,
            title="Stem voor Oost",
            opens_on=OPENS,
            closes_on=CLOSES,
            reference_on=REFERENCE,
            budget_cents=budget_cents,
        )
        return votes.prepare(self.desk, "oost", self.staff[Role.OFFICIAL], command).id

    def put_on_ballot(self, round_id: UUID):
        return self.by(Role.OFFICIAL).act(service.put_on_ballot, "oost", round_id)

    def open(self, round_id: UUID) -> None:
        self.desk.act(voting.open_, "oost", round_id)

    def hold(self, round_id: UUID, *options: str) -> None:
        """Open a round, let ten people vote for the same options, and count."""
        self.open(round_id)
        letters = votes.letters(self.desk, round_id)
        votes.vote(self.desk, letters, [votes.Choice(count=10, voice_hundredths=100, options=options)])
        self.clock.forward(days=(CLOSES - self.clock.now.date()).days + 1)
        self.desk.act(voting.close, "oost", round_id)
        self.desk.act(voting.count, "oost", round_id)

    def voted(self) -> tuple[UUID, UUID, UUID]:
        """Hold a round that Anna's plan wins and Bart's loses; return the ids of both plans and the round."""
        anna, bart = self.feasible(), self.feasible(self.bart, title="Muziek")
        round_id = self.prepare()
        self.put_on_ballot(round_id)
        self.hold(round_id, "1")
        return anna.id, bart.id, round_id

    def outcome(self, **changed: object) -> AdoptOutcome:
        """Return a decision that the chair and a member are for, and Bart is against."""
        command: dict[str, object] = {
            "decided_on": DECIDED,
            "motivation": "Zo is gestemd.",
            "for_": [self.staff[Role.CHAIR].id, self.staff[Role.COUNCIL].id],
            "against": [self.bart.id],
            "recused": [],
        }
        return AdoptOutcome.model_validate({**command, **changed})

    def adopt(self, round_id: UUID, **changed: object):
        return (
            self.by(Role.CHAIR)
            .once(self.desk.entropy(8).hex())
            .act(service.adopt, "oost", round_id, self.outcome(**changed))
        )

    def view(self, initiative_id: UUID):
        return self.desk.ask(queries.initiative, "oost", initiative_id)

    def state(self) -> str:
        return self.desk.by(SYSTEM).ask(state)

    def money(self) -> dict[str, int]:
        return self.desk.by(SYSTEM).ask(money, "oost")

    def faults(self) -> list[str]:
        return self.desk.by(SYSTEM).ask(faults)

    def recorded(self) -> list[str]:
        return self.desk.by(SYSTEM).ask(recorded)


@pytest.fixture(scope="session")
def built(store: Store, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Hood]:
    return built_once(store, tmp_path_factory.mktemp("initiatives"), settle)


@pytest.fixture
def hood(built: tuple[str, Hood], desk: Desk, clock) -> Hood:
    return replace(built[1], desk=desk, clock=clock, residents=list(built[1].residents))


def settle(desk: Desk) -> Hood:
    """Settle twelve residents in Oost, one of whom sits in the council, and its staff."""
    found_meerwijk(desk)
    residents = settle_in(desk, "oost", 12)
    residents[1] = people.grant(desk, "oost", residents[1], Role.COUNCIL)
    return Hood(desk, desk.clock, residents, staff(desk, "oost"))


MARKS = [(1, ["1"]), (5, ["1", "2", "3"]), (1, ["2", "3"]), (1, ["2"]), (2, ["1", "4"])]
"""Eight votes for the first plan, seven for the second, six for the third, two for the last: no lot decides."""


@pytest.fixture
def counted(hood):
    """Return Oost after a count: Anna's plan of 5,500 won all there is; on the reserve list dear, cheap and small."""
    hood.count_with("greedy")
    plans = [
        hood.feasible(title="Pluktuin"),
        hood.feasible(hood.bart, title="Duur", cost_lines=[{"what": "Alles", "amount_cents": 560_000}]),
        hood.feasible(hood.residents[7], title="Muziek", cost_lines=[{"what": "Band", "amount_cents": 300_000}]),
        hood.feasible(hood.residents[8], title="Bankje", cost_lines=[{"what": "Hout", "amount_cents": 200_000}]),
    ]
    round_id = hood.prepare(budget_cents=560_000)
    hood.put_on_ballot(round_id)
    hood.open(round_id)
    letters = votes.letters(hood.desk, round_id)
    choices = [votes.Choice(count=size, voice_hundredths=100, options=marks) for size, marks in MARKS]
    votes.vote(hood.desk, letters, choices)
    hood.clock.forward(days=14)
    hood.desk.act(voting.close, "oost", round_id)
    hood.desk.act(voting.count, "oost", round_id)
    hood.plans, hood.round_id = {plan.title: plan.id for plan in plans}, round_id
    return hood

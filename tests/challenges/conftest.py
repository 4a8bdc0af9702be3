# SPDX-License-Identifier: EUPL-1.2
"""Challenges in Oost: a task on the list, residents who make a bid together, and two officials."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.conftest import Clock, desk_of
from tests.stores import Store, opened
from tests.worlds import found_meerwijk, settle_in, staff
from wijkbudget.app.proof import DOMAINS
from wijkbudget.challenges import queries, service
from wijkbudget.challenges.rules.bids import Part
from wijkbudget.challenges.rules.tasks import Decider
from wijkbudget.challenges.schemas import (
    AnswerInvitation,
    AskToComplete,
    BidCostDraft,
    IndicatorDraft,
    InviteMember,
    ListTask,
    PutAside,
    StartChallenge,
    WithdrawChallenge,
    WriteCosts,
    WriteIdea,
    WriteNeighbourhood,
    WritePlanning,
    WriteQuality,
)
from wijkbudget.db.database import open_database
from wijkbudget.identity import queries as identity
from wijkbudget.identity import service as people
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import SYSTEM, Actor, Role, may
from wijkbudget.kit.canonical import digest
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.models import TrailEntry
from wijkbudget.trail.work import Look, Work, question, verb

HOUSE = may(Role.SYSTEM)
MOWING = ListTask(
    title="Gras maaien in het Lindenpark",
    summary="Het gras in het park kort houden.",
    current_cost_cents=1_200_000,
    quality="Elke twee weken gemaaid",
    department="Groen",
    decider=Decider.EXECUTIVE,
)
ASK = AskToComplete(missing=[Part.SAFETY, Part.HARM], reason="Wie let op het verkeer?", days=14)

ASIDE = PutAside(reason="Er kwam niets.")
BACK = WithdrawChallenge(reason="Wij hebben geen tijd.")
CSV = """taak;uitleg;kosten_per_jaar;kwaliteit;contract_tot;afdeling;wie_beslist
Vegen;De straat vegen.;8.000;Schoon;2027-12-31;Beheer;college
Buurthuis openen;De deur open en dicht.;15.000;Elke dag;;Welzijn;raad
"""


@verb(HOUSE, silent="a test")
def run(work: Work, place: str, statement: str) -> None:
    """Run a statement that no verb would."""
    work.session.connection().execute(text(statement))


@question(HOUSE, municipal=True)
def faults(look: Look) -> list[str]:
    """Return what the proofs of challenges and of all its rooms find."""
    rooms = [each for each in DOMAINS if each.__name__.startswith("wijkbudget.challenges")]
    return [str(fault) for room in rooms for fault in room.check(look)]


@question(HOUSE, municipal=True)
def state(look: Look) -> str:
    """Return a hash of everything the house holds, to see that nothing changed."""
    tables = [each for each in TrailEntry.metadata.sorted_tables if each.name not in {"login_session", "kept_answer"}]
    return digest([[str(row) for row in look.session.connection().execute(each.select()).all()] for each in tables])


@question(HOUSE, municipal=True)
def recorded(look: Look) -> list[str]:
    """Return what the trail says happened to challenges, sorted."""
    kinds = [row.kind for row in look.session.connection().execute(TrailEntry.metadata.tables["trail_entry"].select())]
    return sorted(kind for kind in kinds if kind.startswith("challenges."))


@dataclass
class Hood:
    """Oost, and how a bid gets into each state."""

    desk: Desk
    clock: object
    residents: list[Actor]
    staff: dict[Role, Actor]
    other_official: Actor
    decider: Actor
    """Decides about bids, and works on none."""
    other_decider: Actor
    """Decides about objections to what the first decided."""
    task_id: UUID

    @property
    def anna(self) -> Actor:
        return self.residents[0]

    @property
    def bart(self) -> Actor:
        return self.residents[1]

    @property
    def carla(self) -> Actor:
        """Has no part in any bid."""
        return self.residents[2]

    def by(self, actor: Actor | Role) -> Desk:
        return self.desk.by(self.staff[actor] if isinstance(actor, Role) else actor)

    def start(self, **changed: object):
        self.clock.forward(minutes=1)
        asked = {"municipal_task_id": self.task_id, "title": "Wij maaien zelf", **changed}
        return self.by(self.anna).act(service.start, "oost", StartChallenge.model_validate(asked))

    def code(self, challenge_id: UUID, called: str = "Buurman") -> str:
        """Invite somebody, and return what the link carries."""
        view = self.by(self.anna).act(service.invite, "oost", challenge_id, InviteMember(called=called))
        return next(member.code for member in reversed(view.members) if member.code)

    def join(self, challenge_id: UUID, actor: Actor):
        answer = AnswerInvitation(code=self.code(challenge_id))
        return self.by(actor).act(service.accept, "oost", challenge_id, answer)

    def write(self, challenge_id: UUID, amount_cents: int = 900_000) -> None:
        """Fill in every page."""
        at = self.by(self.anna)
        idea = WriteIdea(what="Maaien.", gains=["cheaper", "better"], why_better="Wij zijn er altijd.", goal="Groen.")
        at.act(service.write_idea, "oost", challenge_id, idea)
        hood = WriteNeighbourhood(
            area_bond="Wij wonen er.",
            added_value="Buren ontmoeten elkaar.",
            indicators=[IndicatorDraft(what="Maaibeurten", target="26 in een jaar")],
            audience="Alle buren.",
            expected_reach=300,
            recruitment="Met een briefje.",
        )
        at.act(service.write_neighbourhood, "oost", challenge_id, hood)
        costs = WriteCosts(cost_lines=[BidCostDraft(what="Maaier", amount_cents=amount_cents)], own_cents=100_000)
        at.act(service.write_costs, "oost", challenge_id, costs)
        quality = WriteQuality(
            experience="Een van ons is hovenier.",
            quality="Wij kijken elke week.",
            continuity="Wij werken elkaar in.",
            safety="Wij dragen bescherming.",
            harm="Niemand.",
        )
        at.act(service.write_quality, "oost", challenge_id, quality)
        planning = WritePlanning(starts_on="2026-06-01", duration_months=12)
        at.act(service.write_planning, "oost", challenge_id, planning)

    def concept(self) -> UUID:
        """Return a bid of Anna and Bart in which nothing is missing."""
        bid = self.start()
        self.write(bid.id)
        self.join(bid.id, self.bart)
        return bid.id

    def submitted(self) -> UUID:
        challenge_id = self.concept()
        self.by(self.anna).act(service.submit, "oost", challenge_id)
        return challenge_id

    def incomplete(self) -> UUID:
        challenge_id = self.submitted()
        self.by(Role.OFFICIAL).act(service.ask_to_complete, "oost", challenge_id, ASK)
        return challenge_id

    def view(self, challenge_id: UUID, actor: Actor | Role | None = None):
        return self.by(actor or self.anna).ask(queries.challenge, "oost", challenge_id)

    def state(self) -> str:
        return self.desk.by(SYSTEM).ask(state)

    def faults(self) -> list[str]:
        return self.desk.by(SYSTEM).ask(faults)

    def recorded(self) -> list[str]:
        return self.desk.by(SYSTEM).ask(recorded)


@dataclass(frozen=True)
class Ready:
    """Oost as every test here finds it, made once: where it is kept, who lives and works there, and the task."""

    url: str
    drawn: int
    """How much chance it took, so that a test goes on from there."""
    residents: list[Actor]
    staff: dict[Role, Actor]
    other_official: Actor
    decider: Actor
    other_decider: Actor
    task_id: UUID


def _official(desk: Desk, name: str) -> Actor:
    added = desk.act(people.add_person, "oost", AddPerson(name=name, role=Role.OFFICIAL))
    return desk.ask(identity.actor, UUID(added.person.id))


def settle(desk: Desk, clock: Clock) -> Hood:
    """Found Meerwijk, and let the people of Oost and a task be there."""
    found_meerwijk(desk)
    residents, officials = settle_in(desk, "oost", 3), staff(desk, "oost")
    others = [_official(desk, name) for name in ("Karim Aziz", "Karin de Boer", "Kees Mulder")]
    task_id = desk.by(officials[Role.OFFICIAL]).act(service.list_task, "oost", MOWING).id
    return Hood(desk, clock, residents, officials, *others, task_id)


@pytest.fixture(scope="session")
def ready(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ready]:
    url = store.make()
    database = open_database(url)
    clock = Clock()
    hood = settle(desk_of(database, tmp_path_factory.mktemp("challenges"), clock), clock)
    database.close()
    yield Ready(
        url,
        hood.desk.entropy.drawn,
        hood.residents,
        hood.staff,
        hood.other_official,
        hood.decider,
        hood.other_decider,
        hood.task_id,
    )
    store.drop(url)


@pytest.fixture
def desk(store: Store, ready: Ready, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with opened(store, store.copy(ready.url)) as database:
        yield desk_of(database, tmp_path, clock, ready.drawn)


@pytest.fixture
def hood(desk: Desk, clock: Clock, ready: Ready) -> Hood:
    return Hood(
        desk,
        clock,
        ready.residents,
        ready.staff,
        ready.other_official,
        ready.decider,
        ready.other_decider,
        ready.task_id,
    )


def refused(hood, refusal, actor, function, *args):
    """Assert that an act is refused by name and changes nothing, and return the refusal."""
    before = hood.state()
    with pytest.raises(refusal) as caught:
        hood.by(actor).act(function, "oost", *args)
    assert hood.state() == before
    return caught.value

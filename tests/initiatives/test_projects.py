# SPDX-License-Identifier: EUPL-1.2
"""A plan that has money asks for hands, and asks a question: who gave time has more say, openly and by name."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.conftest import built_once, desk_of
from tests.initiatives.conftest import Hood, settle
from tests.initiatives.conftest import state as state_of
from tests.stores import beside, opened, url_of
from wijkbudget.identity import service as identity
from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.identity.schemas import StartOrganisation
from wijkbudget.initiatives import service as plans
from wijkbudget.initiatives.projects import queries, rules, service
from wijkbudget.initiatives.projects.schemas import AskForHands, CastProjectVote, OpenProjectVote
from wijkbudget.initiatives.schemas import GiveUpInitiative
from wijkbudget.kit.actor import GUEST, SYSTEM, Actor, Role, may
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity import service as tasks
from wijkbudget.reciprocity.pledges import service as pledges
from wijkbudget.reciprocity.pledges.schemas import PledgeTime
from wijkbudget.reciprocity.rules.entries import TaskState
from wijkbudget.reciprocity.schemas import LogTime
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.models import TrailEntry
from wijkbudget.trail.work import Look, NotYours, question

PLACE = "oost"
ASKED = {"question": "Welk hek?", "choices": ["Hout", "IJzer"], "closes_on": date(2026, 4, 20)}


@question(may(Role.SYSTEM), municipal=True)
def faults(look: Look) -> list[Fault]:
    """Return what the proof of projects finds."""
    return list(queries.check(look))


@dataclass
class Garden:
    """A plan that has money, to which one neighbour gave four hours."""

    hood: Hood
    plan_id: UUID
    lost_id: UUID
    giver: Actor
    others: list[Actor]
    """Neighbours who gave nothing."""
    now: datetime

    def ask(self, **changed):
        return self.hood.by(self.hood.anna).act(
            service.open_project_vote, PLACE, self.plan_id, OpenProjectVote(**{**ASKED, **changed})
        )

    def cast(self, vote_id, who, position, **more):
        return self.hood.by(who).act(
            service.cast_project_vote, PLACE, vote_id, CastProjectVote(position=position, **more)
        )

    def read(self, vote_id, who):
        return self.hood.by(who).ask(queries.project_vote, PLACE, vote_id)

    def refused(self, refusal, act):
        before = self.hood.desk.by(SYSTEM).ask(state_of)
        with pytest.raises(refusal):
            act()
        assert self.hood.desk.by(SYSTEM).ask(state_of) == before


def plant(desk) -> Garden:
    """Let Anna's plan win and get its money, ask for four hours, and let one neighbour give them."""
    hood = settle(desk)
    plan_id, lost_id, round_id = hood.voted()
    hood.adopt(round_id)
    hands = AskForHands(title="Spitten", needed_minutes=240, needed_by=date(2026, 3, 30))
    task = hood.by(hood.anna).act(service.ask_for_hands, PLACE, plan_id, hands).tasks[0]
    giver = hood.residents[2]
    hood.by(giver).once("pledge").act(pledges.pledge_time, PLACE, task.id, PledgeTime(minutes=240))
    given = LogTime(given_on=desk.clock.now.date(), minutes=240)
    entry = hood.by(giver).once("log").act(tasks.log, PLACE, task.id, given)
    hood.by(Role.GUIDE).act(tasks.confirm, PLACE, entry.id)
    desk.clock.forward(days=15)
    desk.act(tasks.settle, PLACE)
    return Garden(hood, plan_id, lost_id, giver, hood.residents[3:], desk.clock.now)


@pytest.fixture(scope="session")
def planted(store, tmp_path_factory) -> tuple[str, Garden]:
    return built_once(store, tmp_path_factory.mktemp("projects"), plant)


@pytest.fixture
def desk(planted, store, tmp_path, clock):
    clock.now = planted[1].now
    with opened(store, store.copy(planted[0])) as database:
        yield desk_of(database, tmp_path, clock, drawn=1_000_000)


@pytest.fixture
def garden(planted, desk, clock) -> Garden:
    return replace(planted[1], hood=replace(planted[1].hood, desk=desk, clock=clock))


class TestHands:
    def test_are_asked_by_the_group_of_a_plan_that_has_money(self, garden):
        project = garden.hood.desk.by(GUEST).ask(queries.project, PLACE, garden.plan_id)
        assert [(task.title, task.needed_minutes, task.pledged_minutes) for task in project.tasks] == [
            ("Spitten", 240, 240)
        ]
        hands = AskForHands(title="Wieden", needed_minutes=60, needed_by=date(2026, 5, 1))
        anna = garden.hood.by(garden.hood.anna)
        garden.refused(
            WrongState,
            lambda: garden.hood.by(garden.hood.bart).act(service.ask_for_hands, PLACE, garden.lost_id, hands),
        )
        garden.refused(
            NotYours, lambda: garden.hood.by(garden.giver).act(service.ask_for_hands, PLACE, garden.plan_id, hands)
        )
        again = anna.act(service.ask_for_hands, PLACE, garden.plan_id, hands)
        assert [task.title for task in again.tasks] == ["Wieden", "Spitten"]
        assert again.tasks[0].started_on is None

    def test_are_asked_no_longer_when_the_plan_stops(self, garden):
        anna = garden.hood.by(garden.hood.anna)
        anna.once("stop").act(plans.give_up, PLACE, garden.plan_id, GiveUpInitiative(reason="Geen sleutel."))
        stopped = anna.ask(queries.project, PLACE, garden.plan_id)
        assert [task.state for task in stopped.tasks] == [TaskState.ENDED]
        assert not stopped.may_ask


class TestAVote:
    def test_is_asked_by_the_group_where_the_policy_knows_it(self, garden):
        garden.refused(rules.ChoicesWrong, lambda: garden.ask(choices=["Hout", "hout"]))
        for day in (garden.now.date(), garden.now.date() + timedelta(days=61)):
            garden.refused(rules.ClosingDayWrong, lambda day=day: garden.ask(closes_on=day))
        garden.refused(
            NotYours,
            lambda: garden.hood.by(garden.giver).act(
                service.open_project_vote, PLACE, garden.plan_id, OpenProjectVote(**ASKED)
            ),
        )
        without = demo_toml(PLACE).partition("\n[project_votes]\n")
        toml = without[0] + "\n[" + without[2].partition("\n[")[2]
        decided = AdoptPolicy(valid_from=garden.now.date(), decided_by="Raadsbesluit 2026-8", toml=toml)
        garden.hood.by(Role.ADMINISTRATOR).act(neighbourhoods.adopt_policy, PLACE, decided)
        garden.refused(rules.NoProjectVotes, garden.ask)

    def test_fixes_the_rule_and_the_hours_of_that_day(self, garden):
        vote = garden.ask()
        with garden.hood.desk.database.read() as session:
            said = [
                row for row in session.exec(select(TrailEntry)).all() if row.kind == "initiatives.ProjectVoteOpened"
            ]
        facts = json.loads(said[0].facts)
        assert (facts["rule_hash"], facts["rule"]["share_percent_max"]) == (vote.rule_hash, 20)
        toml = demo_toml(PLACE).replace("share_percent_max = 20", "share_percent_max = 40")
        decided = AdoptPolicy(valid_from=garden.now.date(), decided_by="Raadsbesluit 2026-8", toml=toml)
        garden.hood.by(Role.ADMINISTRATOR).act(neighbourhoods.adopt_policy, PLACE, decided)
        found = garden.read(vote.id, garden.giver)
        assert (found.share_percent_max, found.rule_hash, found.given_minutes) == (20, vote.rule_hash, 240)
        assert garden.read(vote.id, garden.others[0]).given_minutes == 0

    def test_weighs_time_and_shows_nothing_before_the_last_day_is_over(self, garden, clock):
        vote = garden.ask()
        garden.cast(vote.id, garden.giver, 1)
        for other in garden.others[:2]:
            garden.cast(vote.id, other, 2)
        garden.cast(vote.id, garden.others[0], 1)
        garden.cast(vote.id, garden.others[0], 2)
        now = garden.read(vote.id, garden.others[0])
        assert (now.voter_count, now.own.position, now.leading) == (3, 2, [])
        assert all(choice.share_percent is None and choice.voters == [] for choice in now.choices)
        clock.forward(days=(ASKED["closes_on"] - garden.now.date()).days + 1)
        garden.refused(rules.VoteOver, lambda: garden.cast(vote.id, garden.others[1], 1))
        inside = garden.read(vote.id, garden.giver)
        # Voices of 1.4, 1 and 1, of which nobody has more than a fifth, or with three voters a third.
        assert [choice.share_percent for choice in inside.choices] == [33, 67]
        assert [choice.equal_percent for choice in inside.choices] == [33, 67]
        assert [len(choice.voters) for choice in inside.choices] == [1, 2]
        assert inside.own.steps != []
        assert inside.leading == inside.leading_equal == [2]
        for stranger in (GUEST, garden.others[5], garden.hood.staff[Role.OFFICIAL]):
            outside = garden.read(vote.id, stranger)
            assert [choice.share_percent for choice in outside.choices] == [33, 67]
            assert all(choice.voters == [] for choice in outside.choices)
            assert not outside.sees_names
        assert garden.read(vote.id, garden.hood.staff[Role.AUDITOR]).sees_names
        assert garden.hood.desk.by(SYSTEM).ask(faults) == []

    def test_is_for_who_lives_here_and_is_cast_once_each(self, garden):
        vote = garden.ask()
        for stranger in (GUEST, garden.hood.staff[Role.OFFICIAL]):
            garden.refused(DoorClosed, lambda who=stranger: garden.cast(vote.id, who, 1))
        garden.refused(rules.UnknownChoice, lambda: garden.cast(vote.id, garden.giver, 3))
        garden.refused(rules.ProjectVoteNotFound, lambda: garden.cast(uuid4(), garden.giver, 1))
        moved = Actor(id=str(uuid4()), roles=garden.giver.roles)
        garden.refused(rules.NotConcerned, lambda: garden.cast(vote.id, moved, 1))

    def test_counts_an_organisation_once_and_never_its_hours(self, garden, clock):
        def organise(name, form, number):
            asked = StartOrganisation(name=name, legal_form=form, registration_number=number)
            return UUID(str(garden.hood.by(garden.giver).act(identity.start_organisation, PLACE, asked).id))

        club = organise("SV Oost", LegalForm.ASSOCIATION, "12345678")
        group = organise("De tuinclub", LegalForm.GROUP, None)
        clock.forward(days=1)
        late = organise("Laatkomers", LegalForm.FOUNDATION, "87654321")
        vote = garden.ask()
        garden.cast(vote.id, garden.giver, 1)
        shown = garden.cast(vote.id, garden.giver, 2, organisation_id=club)
        assert [(each.name, each.position) for each in shown.organisations if each.id == club] == [("SV Oost", 2)]
        for without in (group, late):
            garden.refused(
                rules.NoVoteForGroup,
                lambda one=without: garden.cast(vote.id, garden.giver, 1, organisation_id=one),
            )
        garden.refused(rules.NoVoteForGroup, lambda: garden.cast(vote.id, garden.others[0], 1, organisation_id=club))
        garden.cast(vote.id, garden.giver, 1, organisation_id=club)
        clock.forward(days=30)
        found = garden.read(vote.id, garden.giver)
        assert (found.voter_count, found.choices[0].voter_count) == (2, 2)
        assert "SV Oost" in found.choices[0].voters


class TestTheProof:
    def test_finds_what_was_tampered_with(self, garden):
        vote = garden.ask()
        garden.cast(vote.id, garden.giver, 1)
        assert garden.hood.desk.by(SYSTEM).ask(faults) == []
        with beside(url_of(garden.hood.desk), is_tampering=True) as connection:
            connection.execute(text("UPDATE project_choice SET title = 'Steen' WHERE position = 1"))
            connection.execute(text("UPDATE project_ballot SET cast_on = '2026-05-01'"))
        assert len(garden.hood.desk.by(SYSTEM).ask(faults)) == 2


class TestPages:
    def test_ask_for_hands_open_a_vote_and_take_one(self, garden, client, clock):
        client.log_in(garden.hood.anna)
        plan = f"/wijken/{PLACE}/initiatieven/{garden.plan_id}"
        page = client.get(plan).text
        assert "4 uur van 4 uur" in page
        assert f"{plan}/hulp-vragen" in page
        assert "Vraag om hulp" in client.get(f"{plan}/hulp-vragen").text
        hands = {"title": "Wieden", "needed_minutes": "2:00", "needed_by": "2026-05-01"}
        assert client.post(f"{plan}/hulp-vragen", hands).headers["location"] == plan
        assert client.post(f"{plan}/hulp-vragen", {**hands, "needed_minutes": "0:20"}).status_code == 400
        asked = {"question": "Welk hek?", "choices": "Hout\n\nIJzer\n", "closes_on": "2026-04-20"}
        assert client.post(f"{plan}/projectstemmen", {**asked, "choices": "Hout"}).status_code == 400
        here = client.post(f"{plan}/projectstemmen", asked).headers["location"]
        assert "Welk hek?" in client.get(plan).text
        client.log_in(garden.giver)
        assert "Je gaf 4 uur" in client.get(here).text
        assert client.post(here, {"position": "1"}).headers["location"] == here
        assert client.post(here, {}).status_code == 400
        clock.forward(days=30)
        assert "100%" in client.get(here).text

    def test_are_asked_by_the_api_in_the_same_words(self, garden, client):
        client.log_in(garden.hood.anna)
        api = f"/api/v1/neighbourhoods/{PLACE}"
        plan = f"{api}/initiatives/{garden.plan_id}"
        hands = {"title": "Wieden", "neededMinutes": 120, "neededBy": "2026-05-01"}
        assert client.send(f"{plan}/tasks", hands).json()["tasks"][0]["title"] == "Wieden"
        asked = {"question": "Welk hek?", "choices": ["Hout", "IJzer"], "closesOn": "2026-04-20"}
        vote = client.send(f"{plan}/project-votes", asked).json()
        assert client.client.get(f"{plan}/project").json()["votes"][0]["id"] == vote["id"]
        cast = client.send(f"{api}/project-votes/{vote['id']}/ballots", {"position": 2}).json()
        assert (cast["voterCount"], cast["own"]["position"]) == (1, 2)

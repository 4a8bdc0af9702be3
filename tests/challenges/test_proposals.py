# SPDX-License-Identifier: EUPL-1.2
"""Tasks that residents propose for the list, and what becomes of them; and the list as a file."""

from tests.challenges.conftest import CSV, MOWING, refused
from wijkbudget.challenges import queries, service
from wijkbudget.challenges.rules import proposals
from wijkbudget.challenges.rules.proposals import ProposalState
from wijkbudget.challenges.rules.tasks import TaskListedBefore
from wijkbudget.challenges.schemas import DeclineProposal, ImportTasks, ProposeTask
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Role
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours

LAMPS = ProposeTask(title="Lampen nakijken", what="Kapotte lampen melden.", why="Wij zien het meteen.")
NO = DeclineProposal(reason="Dat doet de netbeheerder.")
PAGES, API = "/wijken/oost/taken/voorstellen", "/api/v1/neighbourhoods/oost/task-proposals"
TASK = MOWING.model_copy(update={"title": "Lampen nakijken"})


def propose(hood, actor, **changed):
    return hood.by(actor).act(service.propose_task, "oost", LAMPS.model_copy(update=changed))


class TestAProposal:
    def test_becomes_a_task_as_an_official_describes_it(self, hood):
        proposal = propose(hood, hood.anna)
        assert (proposal.state, proposal.may_answer, proposal.may_withdraw) == (ProposalState.OPEN, False, True)
        listed = hood.by(Role.OFFICIAL).act(service.list_proposed_task, "oost", proposal.id, TASK)
        task = hood.by(hood.anna).ask(queries.municipal_task, "oost", listed.municipal_task_id)
        assert (listed.state, task.title, task.is_open) == (ProposalState.LISTED, "Lampen nakijken", True)
        refused(hood, proposals.ProposalAnswered, Role.OFFICIAL, service.decline_proposal, proposal.id, NO)
        refused(hood, proposals.ProposalAnswered, hood.anna, service.withdraw_proposal, proposal.id)
        assert hood.faults() == []

    def test_gets_an_answer_before_its_proposer_makes_the_next(self, hood):
        proposal = propose(hood, hood.anna)
        other = LAMPS.model_copy(update={"title": "Iets anders"})
        refused(hood, proposals.ProposedBefore, hood.anna, service.propose_task, other)
        assert propose(hood, hood.bart).state is ProposalState.OPEN
        refused(hood, DoorClosed, hood.anna, service.decline_proposal, proposal.id, NO)
        said = hood.by(Role.OFFICIAL).act(service.decline_proposal, "oost", proposal.id, NO)
        assert (said.state, said.answer) == (ProposalState.DECLINED, "Dat doet de netbeheerder.")
        waits = [view.state for view in hood.by(hood.carla).ask(queries.task_proposals, "oost")]
        assert waits == [ProposalState.OPEN, ProposalState.DECLINED]
        assert propose(hood, hood.anna, title="Iets anders").state is ProposalState.OPEN

    def test_is_taken_back_by_its_proposer_only(self, hood):
        proposal = propose(hood, hood.anna)
        refused(hood, NotYours, hood.bart, service.withdraw_proposal, proposal.id)
        assert hood.by(hood.anna).act(service.withdraw_proposal, "oost", proposal.id).state is ProposalState.WITHDRAWN
        assert hood.by(hood.anna).ask(queries.task_proposals, "oost") == []
        assert propose(hood, hood.anna).state is ProposalState.OPEN

    def test_is_no_task_that_is_listed_and_not_answered_by_its_proposer(self, hood):
        listed = LAMPS.model_copy(update={"title": MOWING.title.upper()})
        refused(hood, TaskListedBefore, hood.anna, service.propose_task, listed)
        proposal = propose(hood, hood.bart)
        both = people.grant(hood.desk, "oost", hood.bart, Role.OFFICIAL)
        refused(hood, proposals.OwnProposal, both, service.decline_proposal, proposal.id, NO)


class TestThePages:
    def test_let_a_resident_propose_and_an_official_answer(self, client, hood):
        client.log_in(hood.anna)
        assert "voorstellen van bewoners" in client.get("/wijken/oost/taken").text
        wrong = client.post(PAGES, {"title": "Lampen nakijken"})
        assert (wrong.status_code, 'value="Lampen nakijken"' in wrong.text) == (400, True)
        here = client.post(PAGES, {**LAMPS.model_dump(), "where_seen": "Elke week"}).headers["location"]
        assert "wacht op antwoord" in client.get(here).text
        client.log_in(hood.staff[Role.OFFICIAL])
        assert 'value="Lampen nakijken"' in client.get(f"{here}/opnemen").text
        assert client.post(f"{here}/opnemen", {"title": "Lampen nakijken"}).status_code == 400
        assert client.post(f"{here}/afwijzen").status_code == 400
        task = {
            "title": "Lampen nakijken", "summary": "Melden.", "current_cost_cents": "500", "quality": "Binnen een dag",
            "department": "Beheer", "decider": "mayor",
        }  # fmt: skip
        assert "/wijken/oost/taken/" in client.post(f"{here}/opnemen", task).headers["location"]
        assert client.post(f"{here}/afwijzen", {"reason": "Toch niet."}).status_code == 409
        client.log_out()
        assert "op de lijst" in client.get(PAGES).text

    def test_are_the_same_by_the_api(self, client, hood):
        client.log_in(hood.anna)
        made = client.send(API, LAMPS.model_dump(by_alias=True))
        assert (made.status_code, client.send(API, LAMPS.model_dump(by_alias=True)).status_code) == (201, 409)
        here = f"{API}/{made.json()['id']}"
        assert client.send(f"{here}/withdrawal").json()["state"] == "withdrawn"
        again = f"{API}/{client.send(API, LAMPS.model_dump(by_alias=True)).json()['id']}"
        client.log_in(hood.staff[Role.OFFICIAL])
        assert client.send(f"{again}/decline", {"reason": "Nee."}).json()["answer"] == "Nee."
        assert client.get(again).json() == client.get(API).json()[0]
        late = client.send(f"{again}/listing", TASK.model_dump(mode="json", by_alias=True))
        assert (late.status_code, late.json()["refusal"]) == (409, "ProposalAnswered")


class TestTheFile:
    def test_can_be_read_again_elsewhere(self, client, hood):
        hood.by(Role.OFFICIAL).act(service.import_tasks, "oost", ImportTasks(csv=CSV))
        client.log_in(hood.staff[Role.OFFICIAL])
        file = client.get("/wijken/oost/taken/csv")
        assert (file.headers["content-type"].partition(";")[0], file.text.count("\r\n")) == ("text/csv", 4)
        for task in hood.by(Role.OFFICIAL).ask(queries.municipal_tasks, "oost"):
            client.post(f"/wijken/oost/taken/{task.id}/intrekken", {"reason": "Opnieuw."})
        again = client.send("/api/v1/neighbourhoods/oost/municipal-tasks/imports", {"csv": file.text})
        assert again.json() == {"listedCount": 3}
        assert client.get("/api/v1/neighbourhoods/oost/municipal-tasks/file").text == file.text

# SPDX-License-Identifier: EUPL-1.2
"""Who asks for help, who sees it, and who may help."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from tests.reciprocity.conftest import PLACE, look
from tests.reciprocity.offers.conftest import SATURDAY, quarters, refused
from wijkbudget.identity import seed as organisations
from wijkbudget.identity.rules.organisations import OrganisationNotFound
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.reciprocity import queries as giving
from wijkbudget.reciprocity import service as tasks
from wijkbudget.reciprocity.rules import tasks as asking
from wijkbudget.reciprocity.rules.entries import TaskNotFound, TaskState
from wijkbudget.reciprocity.rules.tasks import Asker
from wijkbudget.reciprocity.schemas import OpenTask
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours


class TestAskingForHelp:
    def test_lets_a_neighbour_and_the_guides_confirm_and_tells_nobody_who_asks(self, people):
        task = people.ask(theme="groen", on_day=SATURDAY, norm_minutes=90)
        guide = people.tuin.staff[Role.GUIDE]
        assert {who.id for who in task.confirmers} == {people.asker.id, guide.id}
        assert (task.asked_by, task.asker_name, task.may_end) == (Asker.NEIGHBOUR, None, True)
        seen = people.by(people.helper).ask(giving.task, PLACE, task.id)
        assert (seen.confirmers, seen.may_end, seen.norm_minutes) == ([], False, 90)
        assert people.by(guide).ask(giving.task, PLACE, task.id).confirmers != []
        assert people.by(people.tuin.staff[Role.CHAIR]).ask(giving.task, PLACE, task.id).confirmers == []

    def test_is_for_the_neighbours_to_see_and_not_for_guests(self, people):
        task = people.ask()
        assert task.id in {each.id for each in people.by(people.other).ask(giving.tasks, PLACE)}
        assert task.id not in {each.id for each in people.by(GUEST).ask(giving.tasks, PLACE)}
        with pytest.raises(TaskNotFound):
            people.by(GUEST).ask(giving.task, PLACE, task.id)

    def test_counts_no_time_of_the_same_household(self, people):
        task = people.ask()
        for who in (people.asker, people.housemate):
            refused(people, asking.OwnHouseholdsTask, people.tuin.log, giver=who, task_id=task.id)
        assert people.tuin.log(giver=people.helper, task_id=task.id).minutes == 60

    def test_can_be_done_for_an_organisation_by_its_members(self, people):
        group = organisations.start_organisation(people.tuin.desk, PLACE, "Soepclub", [people.asker, people.other])
        task = people.ask(organisation_id=group)
        assert (task.asked_by, task.asker_name) == (Asker.ORGANISATION, "Soepclub")
        assert {who.id for who in task.confirmers} == {people.asker.id, people.other.id}
        assert people.by(GUEST).ask(giving.task, PLACE, task.id).asker_name == "Soepclub"
        about = look(people.tuin.desk, giving.tasks_about, PLACE, Asker.ORGANISATION, str(group))
        assert [each.id for each in about] == [task.id]
        refused(people, NotYours, people.ask, people.helper, organisation_id=group)
        refused(people, OrganisationNotFound, people.ask, organisation_id=uuid4())

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"theme": "kunstmest"}, asking.UnknownTheme),
            ({"quarter": "BU0"}, asking.UnknownQuarter),
            ({"on_day": date(2026, 3, 1)}, asking.DayWrong),
            ({"norm_minutes": 50}, asking.NeedsWrong),
            ({"needed_minutes": 600}, asking.NeedsWrong),
        ],
    )
    def test_is_refused_with_a_sentence(self, people, wrong, refusal):
        refused(people, refusal, people.ask, **wrong)

    def test_takes_a_resident(self, people):
        refused(people, DoorClosed, people.ask, people.tuin.staff[Role.GUIDE])

    def test_ends_by_those_who_ask_and_by_those_who_open_tasks(self, people):
        task = people.ask()
        refused(people, NotYours, people.by(people.helper).act, tasks.end_task, PLACE, task.id)
        assert people.by(people.asker).act(tasks.end_task, PLACE, task.id).state is TaskState.ENDED
        assert people.by(people.tuin.staff[Role.CHAIR]).act(tasks.end_task, PLACE, people.ask().id).may_end is False

    def test_is_opened_by_a_guide_for_a_neighbour_without_a_name(self, people):
        guide = people.tuin.staff[Role.GUIDE]
        command = OpenTask(title="Boodschappen", asked_by=Asker.NEIGHBOUR, age_min=16, confirmers=[UUID(guide.id)])
        task = people.by(guide).act(tasks.open_task, PLACE, command)
        assert (task.asked_by, task.age_min) == (Asker.NEIGHBOUR, 16)
        wrong = OpenTask(title="Boodschappen", asked_by=Asker.ORGANISATION, confirmers=[UUID(guide.id)])
        refused(people, asking.AskerWrong, people.by(guide).act, tasks.open_task, PLACE, wrong)

    def test_shows_those_of_a_theme_and_near_a_small_area(self, people):
        first, second = quarters(people.tuin)[:2]
        green = people.ask(theme="groen", quarter=first)
        care = people.ask(theme="zorg", quarter=second)
        anywhere = people.ask(theme="groen")
        at = people.by(people.other)

        def found(theme, quarter):
            return {task.id for task in at.ask(giving.tasks, PLACE, theme, quarter) if task.title == "Heg snoeien"}

        assert found("groen", None) == {green.id, anywhere.id}
        assert found(None, second) == {care.id, anywhere.id}
        assert found("kunstmest", None) == set()

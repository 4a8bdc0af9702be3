# SPDX-License-Identifier: EUPL-1.2
"""Which rights some time, or some finished tasks, opens: R1, the threshold."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.reciprocity.conftest import PLACE, look
from tests.worlds import somebody
from wijkbudget.kit.actor import Role
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.rules import NoPolicyFile, Right, RightsPolicy
from wijkbudget.neighbourhoods.schemas import AdoptPolicy, read_policy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.rulebook.threshold import THRESHOLD
from wijkbudget.reciprocity.rules.rights import Effort, RightClosed
from wijkbudget.reciprocity.schemas import GrantExemption
from wijkbudget.trail.work import NotYours

POLICY = RightsPolicy(article="art. 8a", opens=(Right.PROPOSE,), minutes_min=120, tasks_min=2, window_months=12)
SECTION = """
[rights]
article = "Verordening, art. 8a"
opens = ["propose", "reward"]
minutes_min = 120
tasks_min = 2
window_months = 12

[vouchers]
"""


def with_rights(section=SECTION):
    return demo_toml(PLACE).replace("\n[vouchers]\n", section)


class TestTheThreshold:
    @pytest.mark.parametrize(
        ("effort", "is_open"),
        [
            (Effort(), False),
            (Effort(minutes=119, task_count=1), False),
            (Effort(minutes=120, task_count=1), True),
            (Effort(minutes=30, task_count=2), True),
            (Effort(is_exempt=True), True),
        ],
    )
    def test_opens_by_time_or_by_finished_tasks_and_for_whoever_is_exempt(self, effort, is_open):
        assert THRESHOLD.gate(effort, POLICY).is_open is is_open

    @pytest.mark.parametrize("more", [{"minutes": 240}, {"task_count": 3}, {"is_exempt": True}])
    def test_never_closes_by_more(self, more):
        for effort in (Effort(minutes=120), Effort(task_count=2), Effort(is_exempt=True)):
            assert THRESHOLD.gate(replace(effort, **more), POLICY).is_open

    def test_says_what_it_takes_and_what_is_there(self):
        said = [str(step) for step in THRESHOLD.gate(Effort(minutes=60, task_count=1, is_exempt=True), POLICY).steps]
        assert said == [
            (
                "This takes 2:00 hours of time given in 12 months, or so many finished tasks: 2. "
                "You gave 1:00 hours, and finished so many tasks: 1."
            ),
            "You are exempt, so it takes no time of you.",
        ]


class TestThePolicy:
    @pytest.mark.parametrize(
        ("written", "instead", "place"),
        [
            ('"propose", "reward"', '"vote"', "rights.opens.0"),
            ('"propose", "reward"', "", "rights.opens"),
            ("minutes_min = 120", "minutes_min = 601", "rights.minutes_min"),
            ("tasks_min = 2", "tasks_min = 11", "rights.tasks_min"),
        ],
    )
    def test_can_close_neither_the_vote_on_the_budget_nor_the_door_for_good(self, written, instead, place):
        with pytest.raises(NoPolicyFile) as caught:
            read_policy(with_rights(SECTION.replace(written, instead)))
        assert caught.value.text.values == {"place": place}


class TestRights:
    @pytest.fixture(autouse=True)
    def adopted(self, tuin):
        command = AdoptPolicy(valid_from=date(2026, 3, 2), decided_by="De gemeenteraad", toml=with_rights())
        tuin.desk.by(somebody(Role.ADMINISTRATOR)).act(neighbourhoods.adopt_policy, PLACE, command)

    def opens(self, tuin, right=Right.PROPOSE):
        """Return whether the giver has a right, and the refusal if not."""
        try:
            look(tuin.desk, queries.demand_right, PLACE, tuin.giver.id, right)
        except RightClosed as refused:
            return str(refused), refused.article
        return True

    def settle(self, tuin, clock):
        clock.forward(days=14)
        tuin.desk.act(service.settle, PLACE)

    def test_open_when_enough_time_is_settled_and_close_when_it_is_too_long_ago(self, tuin, clock):
        tuin.confirmed(minutes=60)
        tuin.confirmed(minutes=60)
        said, article = self.opens(tuin)
        assert said.endswith("You gave 0:00 hours, and finished so many tasks: 0.")
        assert article == "Verordening, art. 8a"
        assert self.opens(tuin, Right.SEAT) is True
        self.settle(tuin, clock)
        assert self.opens(tuin) is True
        clock.forward(days=351)
        assert self.opens(tuin) is not True

    def test_open_by_tasks_and_two_quarters_of_one_day_are_one_task(self, tuin, clock):
        tuin.confirmed(minutes=15)
        tuin.confirmed(minutes=15)
        self.settle(tuin, clock)
        assert self.opens(tuin)[0].endswith("You gave 0:30 hours, and finished so many tasks: 1.")
        tuin.confirmed(minutes=15, given_on=date(2026, 3, 15))
        self.settle(tuin, clock)
        assert self.opens(tuin) is True

    def test_are_open_to_whoever_is_exempt_and_tell_it(self, tuin):
        command = GrantExemption(person_id=UUID(tuin.giver.id), until_on=date(2026, 4, 1))
        tuin.desk.by(tuin.staff[Role.GUIDE]).act(service.exempt, PLACE, command)
        assert self.opens(tuin) is True
        found = tuin.desk.by(tuin.giver).ask(queries.rights_of, PLACE, tuin.giver.id)
        assert (found.is_open, found.opens, len(found.steps)) == (True, [Right.PROPOSE, Right.REWARD], 2)
        with pytest.raises(NotYours):
            tuin.desk.by(tuin.stranger).ask(queries.rights_of, PLACE, tuin.giver.id)

    def test_stand_on_the_page_of_the_voice_in_the_rules_and_in_the_api(self, tuin, client):
        assert "kan dit: een plan maken, een beloning kiezen." in client.get(f"/wijken/{PLACE}/reglement").text
        client.log_in(tuin.giver)
        page = client.get(f"/wijken/{PLACE}/mijn-stem").text
        assert "Dit kun je nog niet: een plan maken, een beloning kiezen." in page
        assert "en maakte zoveel klussen af: 0." in page
        assert "kun je een plan maken als je in 12 maanden" in client.get(f"/wijken/{PLACE}/initiatieven/nieuw").text
        told = client.client.get(f"/api/v1/neighbourhoods/{PLACE}/people/{tuin.giver.id}/rights").json()
        assert (told["opens"], told["isOpen"], told["article"]) == (
            ["propose", "reward"],
            False,
            "Verordening, art. 8a",
        )

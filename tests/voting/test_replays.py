# SPDX-License-Identifier: EUPL-1.2
"""A counted round played again with the voices of another rule: exact where it can be, by lot where it cannot."""

from collections import Counter
from datetime import timedelta
from fractions import Fraction
from itertools import permutations
from uuid import UUID

import pytest
from sqlmodel import text

from tests import worlds
from tests.conftest import built_once, desk_of
from tests.elections import election
from tests.stores import beside, opened, url_of
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Role
from wijkbudget.kit.errors import BadInput
from wijkbudget.neighbourhoods.rules import RULES, GuardBroken
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.voting import seed, service
from wijkbudget.voting.phases import NotThere
from wijkbudget.voting.replays.queries import replay
from wijkbudget.voting.replays.rules import DRAWS, chance_of, imagined_givers, winners_by_lot
from wijkbudget.voting.replays.schemas import RuleValue, TryRule
from wijkbudget.voting.schemas import ImportElection
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.poll import Poll

from .conftest import OFFICIAL, OPENS, Vote, give, identity_residents, prepared, rows
from .test_imports import PABULIB

HELPERS = 100
"""People who gave five hours: a voice of 1.25 by the demo's rule, and 1.1 by the root, which is rounded to one."""


def asked(rule, **changed):
    """Return the question with a rule whose other settings are as a form begins."""
    settings = {each.name: each.default for each in RULES[rule]} | changed
    return TryRule(rule=rule, settings=[RuleValue(name=name, value=value) for name, value in settings.items()])


class TestDrawing:
    GREEDY = TALLIES["greedy"], TALLIES["greedy"].parameters({})

    def drawn(self, ballots, voices, costs=None, count=GREEDY):
        poll = Poll.of(election(costs or {"a": 10, "b": 10}, ballots, 10))
        return winners_by_lot(poll, voices, count, 0, chance_of("a seed"))

    def test_is_not_needed_where_everybody_with_one_voice_has_one_again(self):
        ballots = [("a", 1), ("b", Fraction(5, 4))]
        assert self.drawn(ballots, {100: [100, 100], 125: [150]}) == [("b",)]
        assert self.drawn(ballots, {100: [125, 125], 125: [100]}) == [("a",)]

    def test_of_an_empty_box_chooses_nothing(self):
        assert self.drawn([], {}) == [()]

    def test_finds_who_wins_as_often_as_all_ways_to_deal_the_voices_do(self):
        ballots, pool = [("a", 1)] * 3 + [("b", 1)] * 2, [100, 100, 150, 150, 200, 200]
        dealt = [sum(each[:3]) >= sum(each[3:5]) for each in permutations(pool)]
        share = self.drawn(ballots, {100: pool}).count(("a",)) / DRAWS
        assert abs(share - sum(dealt) / len(dealt)) < 0.1

    def test_is_the_same_again_for_the_same_seed(self):
        ballots, voices = [("a", 1), ("b", 1)], {100: [100, 150]}
        found = self.drawn(ballots, voices)
        assert Counter(found).keys() == {("a",), ("b",)}
        assert found == self.drawn(ballots, voices)

    def test_merges_a_voice_that_too_few_ballots_have(self):
        poll = Poll.of(election({"a": 10, "b": 10}, [("a", 1), ("b", 1), ("b", 1)], 10))
        found = winners_by_lot(poll, {100: [200, 100, 100]}, self.GREEDY, 2, chance_of(""))
        assert set(found) == {("b",)}


class TestImaginedTime:
    def test_is_given_by_as_many_and_as_much_as_was_said(self):
        givers = list(imagined_givers(4_000, 30, 12, chance_of("time")))
        minutes = [giver.given.minutes for giver in givers if giver.given.minutes]
        assert abs(len(minutes) - 1_200) < 100
        assert abs(sum(minutes) / len(minutes) - 12 * 60) < 60
        assert all(each % 15 == 0 for each in minutes)


def hold(desk):
    """Hold a round in which a hundred people had a voice of 1.25, and which they decide; leave it to be counted."""
    worlds.found_meerwijk(desk)
    people.fill_register(desk, worlds.register_csv({"oost": 520}))
    voters = [each.person_id for each in desk.ask(identity_residents, "oost", OPENS, 12)]
    give(desk, voters, [(UUID(person), OPENS - timedelta(days=60), 300) for person in voters[:HELPERS]])
    made = prepared(desk, desk.clock)
    made.open()
    choices = [
        seed.Choice(count=44, voice_hundredths=100, options=["1"]),
        seed.Choice(count=30, voice_hundredths=125, options=["2"]),
    ]
    seed.vote(desk, made.letters(), choices)
    made.close()
    return made.id


@pytest.fixture(scope="module")
def built(store, tmp_path_factory):
    """Return a database with that round, to be copied; built once, as it takes time."""
    return built_once(store, tmp_path_factory.mktemp("replays"), hold)


@pytest.fixture
def desk(built, store, tmp_path, clock):
    """Return the desk of that house, on the day after the vote."""
    clock.forward(days=14)
    with opened(store, store.copy(built[0])) as database:
        yield desk_of(database, tmp_path, clock, drawn=1_000_000)


@pytest.fixture
def counted(desk, clock, built):
    made = Vote(desk, clock, "oost", built[1])
    made.count()
    return made


def played(vote, question):
    return vote.desk.by(OFFICIAL).ask(replay, vote.place, vote.id, question)


class TestReplay:
    def test_of_the_own_rule_is_what_happened(self, counted):
        found = played(counted, asked("bonus"))
        assert (found.draws, found.same_draws, found.same_equal_draws) == (1, 1, 0)
        assert [line.key for line in found.plans if line.won] == [line.key for line in found.plans if line.won_draws]
        assert [(line.voice_hundredths, line.people_then, line.people_now) for line in found.people] == [
            (100, found.people[0].people_now, found.people[0].people_now),
            (125, HELPERS, HELPERS),
        ]
        assert found.notes == []

    def test_of_equal_voices_is_the_equal_count(self, counted):
        found = played(counted, asked("equal"))
        assert (found.draws, found.same_draws, found.same_equal_draws) == (1, 0, 1)
        assert [(line.voice_hundredths, line.people_now) for line in found.people][1:] == [(125, 0)]
        assert {line.key for line in found.plans if line.won_draws} == {"1"}

    def test_tells_the_effect_for_each_small_area_without_small_cells(self, counted):
        found = played(counted, asked("equal"))
        assert sum(area.people for area in found.areas) == sum(line.people_then for line in found.people)
        assert all(area.people >= 80 and area.now_hundredths == 100 for area in found.areas)
        whole = sum(line.voice_hundredths * line.people_then for line in found.people)
        told = sum(area.then_hundredths * area.people for area in found.areas)
        assert 0 <= whole - told < sum(area.people for area in found.areas)

    def test_keeps_nothing(self, desk, counted):
        tables = ("trail_entry", "voting_register", "voting_outcome", "kept_answer")
        before = [rows(desk, f"SELECT count(*) FROM {table}") for table in tables]
        played(counted, asked("root"))
        assert [rows(desk, f"SELECT count(*) FROM {table}") for table in tables] == before

    @pytest.mark.parametrize(
        ("question", "said"),
        [
            (asked("bonus", bonus_hundredths_max=101), "guard G2"),
            (asked("bonus", total_bonus_percent_max=26), "guard G3"),
            (asked("root", effective_voters_percent_min=89), "guard G4"),
            (asked("bonus", bonus_hundredths_max=75), "guard G5"),
            (asked("equal", euros=1), "guard G7"),
            (asked("decay", half_life_days=1), "half_life_days"),
            (TryRule(rule="louder"), "louder"),
        ],
    )
    def test_refuses_what_no_council_may_choose(self, counted, question, said):
        with pytest.raises(GuardBroken) as refused:
            played(counted, question)
        assert said in str(refused.value.text)
        assert refused.value.article

    def test_imagines_nothing_that_is_known(self, counted):
        with pytest.raises(BadInput):
            played(counted, asked("bonus").model_copy(update={"giving_percent": 10}))

    def test_is_for_who_chooses_a_rule_or_checks_it(self, desk, counted):
        for role in (Role.COUNCIL, Role.CHAIR, Role.AUDITOR):
            desk.by(worlds.somebody(role, "oost")).ask(replay, "oost", counted.id, asked("equal"))
        for role in (Role.RESIDENT, Role.GUIDE, Role.CASHIER):
            with pytest.raises(DoorClosed):
                desk.by(worlds.somebody(role, "oost")).ask(replay, "oost", counted.id, asked("equal"))

    def test_waits_for_the_count(self, desk, clock, built):
        with pytest.raises(NotThere):
            played(Vote(desk, clock, "oost", built[1]), asked("equal"))


class TestAVoteFromElsewhere:
    def test_is_played_with_imagined_time(self, desk):
        ballots = "".join(f"{number};{7 if number % 2 else 9}\n" for number in range(401))
        file = PABULIB.partition("a;7")[0].replace("num_votes;3", "num_votes;401") + ballots
        made = desk.by(OFFICIAL).act(service.import_pabulib, "oost", ImportElection(name="Elders", text=file))
        question = asked("bonus").model_copy(update={"giving_percent": 40, "hours_mean": 8})
        found = desk.by(OFFICIAL).ask(replay, "oost", made.id, question)
        assert (found.is_imagined, found.draws, found.areas) == (True, DRAWS, [])
        assert sum(line.people_now for line in found.people) == 401
        assert len([line for line in found.people if line.people_now]) > 1
        assert {line.key: 0 < line.won_draws <= DRAWS for line in found.plans} == {"7": True, "9": True}
        assert found == desk.by(OFFICIAL).ask(replay, "oost", made.id, question)


class TestThePage:
    def test_lets_a_council_choose_a_rule_and_see_what_it_does(self, client, desk, counted):
        here = f"/wijken/oost/stemrondes/{counted.id}"
        client.log_in(worlds.staff(desk, "oost")[Role.COUNCIL])
        assert f'href="{here}/naspelen"' in client.get(here).text
        assert 'value="decay"' in client.get(f"{here}/naspelen").text
        form = client.get(f"{here}/naspelen?regel=bonus").text
        assert 'name="settings.1.value"' in form
        filled = {"rule": "bonus"}
        for number, setting in enumerate(RULES["bonus"]):
            filled |= {f"settings.{number}.name": setting.name, f"settings.{number}.value": str(setting.default)}
        shown = client.post(f"{here}/naspelen", filled)
        assert (shown.status_code, "Dezelfde plannen hadden gewonnen." in shown.text) == (200, True)
        refused = client.post(f"{here}/naspelen", filled | {"settings.1.value": "101"})
        assert (refused.status_code, "G2" in refused.text, 'value="101"' in refused.text) == (422, True, True)

    def test_is_not_shown_to_others(self, client, counted):
        here = f"/wijken/oost/stemrondes/{counted.id}"
        assert f"{here}/naspelen" not in client.get(here).text
        assert "<form" not in client.get(f"{here}/naspelen").text.partition("<main")[2]
        assert client.post(f"{here}/naspelen", {"rule": "equal"}).status_code in (303, 403)

    def test_answers_the_api(self, client, desk, counted):
        client.log_in(worlds.staff(desk, "oost")[Role.CHAIR])
        path = f"/api/v1/neighbourhoods/oost/rounds/{counted.id}/replays"
        answer = client.send(path, {"rule": "equal", "settings": []})
        assert (answer.status_code, answer.json()["draws"]) == (200, 1)


class TestTheFile:
    def test_says_what_the_voices_would_have_chosen_where_equal_ones_decide(self, client, desk, counted):
        with beside(url_of(desk), is_tampering=True) as connection:
            change = text("UPDATE voting_frozen SET document = replace(document, :weighted, :equal)")
            connection.execute(change, {"weighted": '"decides":"weighted"', "equal": '"decides":"equal"'})
        file = client.get(f"/api/v1/neighbourhoods/oost/rounds/{counted.id}/election.pb").text
        assert "chosen with equal voices, and with these voices it would have been 2" in file

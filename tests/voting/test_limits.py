# SPDX-License-Identifier: EUPL-1.2
"""Limits that the council sets before a vote, rounds too large for their tally, and rounds that cannot go on."""

import json
import re

import pytest

from tests import worlds
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import SYSTEM, Actor, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.trail import errands
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.voting import queries, recount, seed, service
from wijkbudget.voting.phases import Phase
from wijkbudget.voting.rules import Limit, Option, UnknownOption
from wijkbudget.voting.schemas import AddLimit, OptionDraft, PrepareRound
from wijkbudget.voting.service.limiting import LimitNameTaken, LimitNotFound
from wijkbudget.voting.tallies import sizes
from wijkbudget.voting.tallies.limits import LimitsNothing
from wijkbudget.voting.tallies.sizes import TooLargeToCount, demand_size

from .conftest import CLOSES, OFFICIAL, OPENS, REFERENCE, add_option, break_in, entries_about, rows

ONE_OF = AddLimit(name="Een van beide", keys=["3", "1"], wins_max=1)
GREEN = AddLimit(name="Groen", keys=["2", "4"], spent_cents_max=1_500_000)


def kinds_of(vote):
    return [entry.kind for entry in vote.desk.ask(entries_about, vote.place, [str(vote.id)])]


@pytest.fixture
def prepared(meerwijk, prepare):
    return prepare()


@pytest.fixture
def limit(desk, prepared):
    """Return what sets a limit for the prepared round."""
    return lambda command, by=OFFICIAL: desk.by(by).act(service.add_limit, "oost", prepared.id, command)


class TestALimit:
    def test_is_shown_frozen_kept_and_recounted(self, desk, prepared, limit):
        limit(ONE_OF)
        shown = [(each.name, each.keys, each.wins_max, each.spent_cents_max) for each in limit(GREEN).limits]
        assert shown == [("Een van beide", ["1", "3"], 1, None), ("Groen", ["2", "4"], None, 1_500_000)]
        prepared.open()
        with pytest.raises(WrongState):
            limit(AddLimit(name="Te laat", keys=["1", "2"], wins_max=1))
        choices = [(12, ["1", "2"]), (8, ["3", "4"])]
        cast = [seed.Choice(count=count, voice_hundredths=100, options=options) for count, options in choices]
        seed.vote(desk, prepared.letters(), cast)
        prepared.close()
        prepared.count()
        winners = {each.key for each in prepared.outcome().winners}
        assert len(winners & {"1", "3"}) <= 1
        assert len(winners & {"2", "4"}) <= 1
        told = json.loads("".join(desk.rows(queries.count_file, "oost", prepared.id)))
        assert [each["name"] for each in json.loads(told["frozen"])["limits"]] == ["Een van beide", "Groen"]
        assert recount.check(told) == []
        assert [each.limit for each in desk.ask(queries.reserve, "oost", prepared.id).lines if each.limit] != []
        text = desk.ask(queries.election, "oost", prepared.id)
        assert "A limit held: of the projects 1, 3 at most 1 could win" in text
        assert "A limit held: the projects 2, 4 could cost 15000 together" in text
        assert "\nrule;unknown\n" in text
        assert prepared.faults() == []
        desk.by(SYSTEM).act(break_in, "UPDATE voting_limit SET wins_max = 2 WHERE wins_max = 1")
        assert [fault.split(": ")[-1] for fault in prepared.faults()] == ["its limits are not what was frozen"]

    def test_can_be_withdrawn_until_the_round_opens(self, desk, prepared, limit):
        (only,) = limit(ONE_OF).limits
        assert desk.by(OFFICIAL).act(service.withdraw_limit, "oost", prepared.id, only.id).limits == []
        with pytest.raises(LimitNotFound):
            desk.by(OFFICIAL).act(service.withdraw_limit, "oost", prepared.id, only.id)
        assert {"voting.LimitAdded", "voting.LimitWithdrawn"} <= set(kinds_of(prepared))

    @pytest.mark.parametrize(
        ("fields", "refusal"),
        [
            ({"keys": ["1", "9"], "wins_max": 1}, UnknownOption),
            ({"keys": ["1", "2"]}, LimitsNothing),
            ({"keys": ["1", "2"], "wins_max": 1, "spent_cents_max": 1}, LimitsNothing),
            ({"keys": ["1", "2"], "wins_max": 2}, LimitsNothing),
            ({"keys": ["1", "2"], "spent_cents_max": 3_500_000}, LimitsNothing),
            ({"keys": ["1", "2"], "spent_cents_max": 1_499_999}, LimitsNothing),
            ({"keys": ["1", "2"], "wins_max": 1, "name": "Een van beide"}, LimitNameTaken),
        ],
    )
    def test_that_makes_no_sense_is_refused(self, prepared, limit, fields, refusal):
        limit(ONE_OF)
        with pytest.raises(refusal):
            limit(AddLimit(**{"name": "Groen", **fields}))
        assert [each.name for each in prepared.view().limits] == ["Een van beide"]

    def test_is_for_officials_to_set(self, prepared, limit):
        with pytest.raises(DoorClosed):
            limit(ONE_OF, by=Actor(id="resident", roles=frozenset()))
        assert prepared.view().limits == []


def options(*costs_cents):
    return [Option(id=str(key), cost_cents=cost, title="") for key, cost in enumerate(costs_cents)]


class TestARoundTooLarge:
    def test_is_measured_by_plans_and_voters_or_by_sets_of_costs(self):
        demand_size("maximin", options(1, 2), (), 10, 500_000)
        with pytest.raises(TooLargeToCount):
            demand_size("maximin", options(1, 2, 3), (), 10, 333_334)
        odd, round_ = options(*range(10_001, 10_060)), options(*range(1_000, 60_000, 1_000))
        demand_size("welfare", round_, (), 300_000, 0)
        demand_size("welfare", odd[:18], (), 300_000, 0)
        with pytest.raises(TooLargeToCount):
            demand_size("welfare", odd, (), 500_000, 0)
        many = [Limit(name=str(each), ids=frozenset("12"), wins_max=9) for each in range(4)]
        with pytest.raises(TooLargeToCount):
            demand_size("welfare", round_, many, 300_000, 0)
        demand_size("equal_shares", odd, many, 500_000, 10**6)

    def test_is_refused_when_it_is_prepared(self, desk, meerwijk, prepare, monkeypatch):
        policy = re.sub(r"\n\[voting\.tally_parameters\]\n(?:.+\n)*", "\n", demo_toml("oost"))
        policy = policy.replace('tally = "equal_shares"', 'tally = "maximin"') + "\n[voting.tally_parameters]\n"
        desk.act(
            neighbourhoods.adopt_policy,
            "oost",
            AdoptPolicy(valid_from=OPENS, decided_by="Raadsbesluit 2026-3", toml=policy),
        )
        made = prepare()
        monkeypatch.setattr(sizes, "CELLS_MAX", 200)
        late = OptionDraft(about="late", title="Late", cost_cents=1)
        with pytest.raises(TooLargeToCount, match="at most"):
            desk.act(add_option, "oost", made.id, late)
        assert len(made.view().options) == 4
        monkeypatch.setattr(sizes, "CELLS_MAX", 50)
        with pytest.raises(TooLargeToCount):
            prepare(title="Nog een")
        assert [each.title for each in desk.ask(queries.rounds, "oost")] == ["Stem voor Oost"]
        assert desk.act(service.advance, "oost").moved == []
        assert "at most" in str(made.view().held_up)


class TestARoundThatCannotGoOn:
    @pytest.fixture
    def closed(self, vote):
        seed.vote(vote.desk, vote.letters(), [seed.Choice(count=20, voice_hundredths=100, options=["1"])])
        vote.close()
        return vote

    def test_is_told_and_tried_again_the_next_day(self, desk, clock, closed, monkeypatch, caplog):
        calls = []

        def broken(*asked):
            calls.append(asked)
            raise ZeroDivisionError

        counting = "wijkbudget.voting.service.closing.count_box"
        with monkeypatch.context() as broken_house:
            broken_house.setattr(counting, broken)
            sitting = worlds.settle_in(desk, "oost", 1)
            people.grant(desk, "oost", sitting[0], Role.COUNCIL)
            assert [desk.act(service.advance, "oost").moved for _try in range(3)] == [[], [], []]
            assert len(calls) == 1
            assert str(closed.view().held_up).startswith("Something went wrong in the software.")
            assert [each.held_up is None for each in desk.ask(queries.rounds, "oost")] == [False]
            assert kinds_of(closed).count("voting.RoundHeldUp") == 1
            clock.forward(days=1)
            assert desk.act(service.advance, "oost").moved == []
            assert (len(calls), kinds_of(closed).count("voting.RoundHeldUp")) == (2, 2)
            # Whoever sits in the council gets one letter, however often it is tried.
            told = [each.payload["title"] for each in desk.ask(errands.waiting) if each.kind == "letter"]
            assert told == ["De stemronde “Stem voor Oost” kan niet verder"]
        assert "could not leave the phase closed" in caplog.text
        assert closed.count().winners != []
        assert (closed.view().phase, closed.view().held_up) == (Phase.COUNTED, None)
        assert rows(desk, "SELECT count(*) FROM voting_held_up") == [(0,)]

    def test_waits_in_silence_for_what_its_page_asks(self, desk, meerwijk, prepare):
        made = prepare(lots_from="De Lotto van 21 maart")
        made.open()
        made.close()
        assert desk.act(service.advance, "oost").moved == []
        assert made.view().held_up is None


class TestThePage:
    @pytest.mark.parametrize("role", [Role.OFFICIAL, Role.CHAIR])
    def test_sets_and_withdraws_a_limit_in_plain_words(self, client, desk, prepared, role):
        client.log_in(worlds.staff(desk, "oost")[role])
        path = f"/wijken/oost/stemrondes/{prepared.id}"
        fields = {"name": "Het plein", "keys": ["1", "4"], "wins_max": "1"}
        refused = client.post(f"{path}/grenzen", {**fields, "wins_max": "2"})
        assert (refused.status_code, prepared.view().limits) == (422, [])
        assert "Dit zijn 2 plannen, dus ze kunnen allemaal winnen." in refused.text
        assert client.post(f"{path}/grenzen", fields).status_code == 303
        money = {"name": "Groen", "keys": ["2", "3"], "spent_cents_max": "20.000"}
        assert client.post(f"{path}/grenzen", money).status_code == 303
        for page in (client.get(path).text, client.get(f"{path}/grenzen").text):
            assert "Van deze plannen wint er hoogstens 1:" in page
            assert "Deze plannen mogen samen hoogstens €" in page
        (first, _second) = (each.id for each in prepared.view().limits)
        assert client.post(f"{path}/grenzen/{first}/intrekken").status_code == 303
        api = f"/api/v1/neighbourhoods/oost/rounds/{prepared.id}"
        assert [each["name"] for each in client.get(api).json()["limits"]] == ["Het plein"]

    def test_tells_why_a_round_cannot_go_on(self, client, desk, meerwijk):
        days = {"opens_on": OPENS, "closes_on": CLOSES, "reference_on": REFERENCE}
        command = PrepareRound(year=2026, title="Zonder plannen", budget_cents=3_000_000, **days)
        made = seed.prepare(desk, "oost", OFFICIAL, command)
        assert desk.act(service.advance, "oost").moved == []
        for path in ("", f"/{made.id}"):
            page = client.get(f"/wijken/oost/stemrondes{path}").text
            assert "Deze stemronde kan niet vanzelf verder" in page
            assert "Er moeten minstens twee plannen zijn om uit te kiezen." in page

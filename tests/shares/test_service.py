# SPDX-License-Identifier: EUPL-1.2
"""Shares come by themselves, once, for everybody who has a right to them, and nobody can do anything with them."""

import json
from datetime import date
from uuid import UUID

import pytest

from tests import worlds
from tests.identity.people import load
from tests.shares.conftest import CHAN, EVERYBODY, EVERYTHING, HELD, books, faults, shares_of, trail
from wijkbudget.app.due import review_shares
from wijkbudget.kit.actor import Role
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as books_of
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import NotEnough, ReferenceTaken
from wijkbudget.neighbourhoods import service as municipality
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity import service as reciprocity
from wijkbudget.reciprocity.schemas import GrantExemption
from wijkbudget.shares import queries, rules, service
from wijkbudget.shares.rules import Holding, Reason
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import door_of, question, verb

PERSON = UUID(int=9)


@question(EVERYTHING, municipal=True)
def external(look):
    """Return what stands outside."""
    return books_of.balance(look, chart.SHARES)


@verb(EVERYTHING, municipal=True)
def twice(work, first, second):
    """Post one share to each of two people, under one reference."""
    for person_id in (first, second):
        ledger.post_shares(work, "oost", [rules.granted("oost", PERSON, person_id)])


@verb(EVERYTHING, municipal=True)
def take(work, person_id):
    """Take more shares than somebody holds."""
    ledger.post_shares(
        work,
        "oost",
        [rules.lapsed("oost", PERSON, person_id, Holding(spell=1, share_count=5, counted=5, year_count=4))],
    )


def adopt(wijk, toml, valid_from):
    """Adopt another policy for Oost."""
    command = AdoptPolicy(valid_from=valid_from, decided_by="Raadsbesluit 2026-7", toml=toml)
    wijk.desk.by(worlds.somebody(Role.ADMINISTRATOR)).act(municipality.adopt_policy, "oost", command)


class TestTheFirstShare:
    def test_sh1_is_there_for_everybody_of_12_or_older_on_the_register(self, wijk):
        wijk.review("oost", "west")
        assert wijk.held() == HELD
        assert wijk.held("west") == {"Gijs Mulder": 3}
        assert wijk.desk.ask(faults) == []

    def test_comes_with_the_year_in_which_somebody_turns_12(self, wijk):
        wijk.review()
        wijk.clock.now = wijk.clock.now.replace(year=2027, month=1, day=1)
        wijk.review()
        assert wijk.held()["Dirk Kaya"] == 3

    def test_comes_the_day_after_somebody_stands_on_the_register(self, wijk):
        wijk.review()
        load(wijk.desk, "p-8;Hind Azzouzi;9901AA;13;;1999;2026-03-01")
        wijk.review()
        assert wijk.held() == HELD
        assert wijk.desk.ask(faults) == []
        wijk.clock.forward(days=1)
        wijk.review()
        assert wijk.held() == {**HELD, "Chantal Kaya": 2, "Hind Azzouzi": 1}

    def test_is_not_given_where_the_rules_say_nothing_about_shares(self, wijk):
        silent = demo_toml("oost").replace("[shares]", "[ignored]")
        whole, _section, rest = silent.partition("[ignored]")
        adopt(wijk, whole + "[[powers]]" + rest.partition("[[powers]]")[2], date(2026, 3, 2))
        before = wijk.state()
        assert not wijk.desk.ask(queries.is_due, "oost")
        wijk.review()
        for each in (service.lapse, service.grant_first, service.accrue, service.review):
            assert wijk.desk.act(each, "oost") == service.ALL_DONE
        assert wijk.state() == before
        assert wijk.totals().rules is None

    def test_is_not_given_before_there_are_rules(self, desk):
        worlds.neighbourhoods.found(desk)
        review_shares(desk, "oost")
        assert desk.ask(queries.totals, "oost").holder_count == 0


class TestTheYears:
    def test_sh6_accrue_once_however_often_the_job_runs(self, wijk):
        wijk.review()
        after = wijk.state()
        for each in (service.lapse, service.grant_first, service.accrue, service.review):
            assert wijk.desk.act(each, "oost") == service.ALL_DONE
        wijk.review()
        assert wijk.state() == after

    def test_accrue_on_the_anniversary_and_not_before(self, wijk):
        wijk.review()
        assert wijk.held()["Chantal Kaya"] == 1
        wijk.clock.forward(days=1)
        wijk.review()
        assert shares_of(wijk, "Chantal Kaya") == [
            (Reason.RESIDENT, 0, date(2026, 3, 2), 1),
            (Reason.YEAR_OF_RESIDENCE, 1, date(2026, 3, 3), 1),
        ]

    def test_are_caught_up_with_after_days_on_which_the_house_was_closed(self, wijk):
        wijk.review()
        wijk.clock.forward(days=1000)
        wijk.review()
        assert set(wijk.held().values()) == {3}

    def test_sh8_are_the_same_for_who_is_exempt(self, wijk):
        wijk.review()
        exemption = GrantExemption(person_id=wijk.id_of("p-3"), until_on=date(2026, 12, 31))
        official = worlds.staff(wijk.desk, "oost")[Role.OFFICIAL]
        wijk.desk.by(official).act(reciprocity.exempt, "oost", exemption)
        wijk.clock.forward(days=1)
        wijk.review()
        assert wijk.held() == {**HELD, "Chantal Kaya": 2}


class TestTheCap:
    def test_sh2_holds_however_long_somebody_lives_here(self, wijk):
        wijk.review("west")
        wijk.clock.forward(days=3653)
        wijk.review("west")
        assert wijk.held("west") == {"Gijs Mulder": 3}

    def test_sh7_every_share_names_the_version_by_which_it_was_granted(self, wijk):
        wijk.review()
        higher = demo_toml("oost").replace("shares_per_holder_max = 3", "shares_per_holder_max = 4")
        adopt(wijk, higher, date(2026, 3, 3))
        wijk.clock.forward(days=1)
        wijk.review()
        assert [share[1:] for share in shares_of(wijk, "Anna Bos")] == [
            (0, date(2026, 3, 2), 1),
            (1, date(2026, 3, 2), 1),
            (2, date(2026, 3, 2), 1),
            (3, date(2026, 3, 3), 2),
        ]
        assert wijk.desk.ask(faults) == []

    def test_takes_nothing_away_when_it_is_lowered(self, wijk):
        wijk.review()
        lower = demo_toml("oost").replace("shares_per_holder_max = 3", "shares_per_holder_max = 1")
        adopt(wijk, lower, date(2026, 3, 3))
        wijk.clock.forward(days=1)
        wijk.review()
        assert wijk.held() == HELD
        assert wijk.desk.ask(faults) == []


class TestTheBooks:
    def test_sh3_hold_what_was_granted_and_did_not_lapse(self, wijk):
        wijk.review("oost", "west")
        held = wijk.desk.ask(books)
        assert held[chart.share("oost", str(wijk.id_of("p-1"))).address] == 3
        assert held[chart.share("west", str(wijk.id_of("p-7"))).address] == 3
        assert sum(held.values()) == 13
        assert wijk.desk.ask(external) == -13

    def test_post_the_same_shares_once_and_refuse_another_meaning(self, wijk):
        wijk.desk.act(twice, wijk.id_of("p-1"), wijk.id_of("p-1"))
        assert sum(wijk.desk.ask(books).values()) == 1
        before = wijk.state()
        with pytest.raises(ReferenceTaken):
            wijk.desk.act(twice, wijk.id_of("p-1"), wijk.id_of("p-3"))
        with pytest.raises(NotEnough):
            wijk.desk.act(take, wijk.id_of("p-1"))
        assert wijk.state() == before


class TestTheRecord:
    def test_names_nobody_where_everybody_reads(self, wijk):
        wijk.review()
        people = [str(wijk.id_of(f"p-{number}")) for number in range(1, 8)]
        told = wijk.desk.ask(trail)
        public = json.dumps([[kind, subject, facts] for kind, subject, facts, _hidden in told])
        assert not any(person_id in public for person_id in people)
        assert {kind for kind, *_more in told} == {
            "shares.SharesGranted",
            "ledger.SharesTransferred",
            "shares.SharesReviewed",
        }
        granted = [json.loads(hidden)["person_ids"] for kind, *_more, hidden in told if kind == "shares.SharesGranted"]
        assert sorted(map(len, granted)) == [5, 5]

    def test_of_a_lapse_names_nobody_either(self, wijk):
        wijk.review()
        load(wijk.desk, *(line for line in EVERYBODY if line != CHAN), is_full=True)
        wijk.clock.forward(days=92)
        wijk.review()
        (lapse,) = (each for each in wijk.desk.ask(trail) if each[0] == "shares.SharesLapsed")
        assert str(wijk.id_of("p-3")) not in lapse[2]
        assert json.loads(lapse[3])["person_ids"] == [str(wijk.id_of("p-3"))]


def _command(function):
    """Return the command that a verb takes, if it takes one."""
    return getattr(function, "__annotations__", {}).get("command")


class TestNobody:
    def test_sh4_can_sell_buy_or_hand_on_a_share(self):
        verbs = {
            name: door_of(each) for name, each in vars(service).items() if callable(each) and hasattr(each, "door")
        }
        house = {"lapse", "grant_first", "accrue", "reckon_effort", "review"}
        opens_to = {name: door.may.any | door.may.own for name, door in verbs.items()}
        assert opens_to == {
            **{name: {Role.SYSTEM} for name in house},
            **{name: {Role.OFFICIAL} for name in ("suspend", "lift", "correct")},
            **{name: {Role.RESIDENT} for name in ("hand_back", "change_account")},
            "grant_for_contract": {Role.CHAIR},
        }
        asked = {name: set(kind.model_fields) for name, each in vars(service).items() if (kind := _command(each))}
        # Nobody names whom a share goes to but the chair, who names a holder, and nobody names a price.
        assert asked == {
            "suspend": {"reason"},
            "correct": {"share_id", "reason"},
            "hand_back": {"share_count", "payee", "iban"},
            "change_account": {"payee", "iban"},
            "grant_for_contract": {"decision_id"},
        }

    def test_sh4_has_a_way_to_another_holder_or_to_money(self):
        moved = (
            rules.granted("oost", PERSON, PERSON),
            rules.lapsed("oost", PERSON, PERSON, Holding(spell=1, share_count=1, counted=1, year_count=0)),
            rules.ended("oost", PERSON, PERSON),
        )
        assert all(chart.SHARES in {transfer.source, transfer.target} for transfer in moved)

    def test_opens_the_door_to_granting(self, wijk):
        before = wijk.state()
        for role in set(Role) - {Role.SYSTEM}:
            for each in (service.lapse, service.grant_first, service.accrue, service.review):
                with pytest.raises(DoorClosed):
                    wijk.desk.by(worlds.somebody(role)).act(each, "oost")
        assert wijk.state() == before

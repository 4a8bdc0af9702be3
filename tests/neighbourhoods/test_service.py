# SPDX-License-Identifier: EUPL-1.2
"""Founding, adopting and granting, at the desk."""

from datetime import date
from itertools import product
from string import ascii_uppercase

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from tests.neighbourhoods.test_proof import tamper
from tests.worlds import found_meerwijk, somebody
from wijkbudget.kit.actor import GUEST, Role, may
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.ledger.rules import NotEnough
from wijkbudget.neighbourhoods import queries, service
from wijkbudget.neighbourhoods.rules import (
    AlreadyFounded,
    BadMunicipality,
    GuardBroken,
    Located,
    MunicipalityNotFounded,
    NeighbourhoodNotFound,
    NoPolicyFile,
    PolicyNotFound,
    TooFar,
    TooLate,
    YearClosed,
)
from wijkbudget.neighbourhoods.schemas import AdoptPolicy, FoundMunicipality, GrantBudget, HandBack
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.trail.desk import DoorClosed, KeyReused
from wijkbudget.trail.models import TrailEntry
from wijkbudget.trail.work import Look, question

ADMINISTRATOR = somebody(Role.ADMINISTRATOR)
OFFICIAL = somebody(Role.OFFICIAL)
CASHIER = somebody(Role.CASHIER, "oost")
HOUSE = may(Role.SYSTEM)


@question(HOUSE, municipal=True)
def kinds(look: Look) -> list[str]:
    """Return what the trail says happened."""
    return sorted(entry.kind for entry in look.session.exec(select(TrailEntry)).all())


@question(HOUSE)
def located(look: Look, place: str, postcode: str, number: int) -> Located | None:
    return queries.address_book(look).locate(postcode, number)


@question(HOUSE)
def in_pot(look: Look, place: str, year: int) -> int:
    return ledger.balance(look, chart.pot(place, year))


@pytest.fixture(name="meerwijk")
def founded(desk):
    found_meerwijk(desk)
    return desk


def rules(**changes):
    """Return a command that adopts Oost's rules from tomorrow, or something else."""
    given = {"valid_from": date(2026, 3, 3), "decided_by": "Raadsbesluit 2026-9", "toml": demo_toml("oost")}
    return AdoptPolicy(**{**given, **changes})


class TestFound:
    def test_enters_the_municipality_with_its_neighbourhoods(self, desk):
        desk.act(service.found, FoundMunicipality(toml=demo_toml("meerwijk")))
        assert desk.ask(queries.municipality).model_dump() == {"name": "Meerwijk", "code": "GM9901"}
        assert [hood.name for hood in desk.ask(queries.neighbourhoods)] == ["Meerwijk-Oost", "Meerwijk-West"]
        assert [quarter.name for quarter in desk.ask(queries.neighbourhood, "west").quarters] == [
            "Molenbuurt",
            "Nieuwland",
        ]
        assert desk.ask(kinds) == ["neighbourhoods.MunicipalityFounded"]

    def test_is_refused_a_second_time(self, meerwijk):
        with pytest.raises(AlreadyFounded):
            meerwijk.act(service.found, FoundMunicipality(toml=demo_toml("meerwijk")))
        assert len(meerwijk.ask(queries.neighbourhoods)) == 2

    @pytest.mark.parametrize(
        ("written", "instead", "sentence"),
        [
            ('slug = "west"', 'slug = "oost"', "“oost” is named twice."),
            ('name = "Meerwijk-West"', 'name = "Meerwijk-Oost"', "“Meerwijk-Oost” is named twice."),
            ('code = "BU99010202"', 'code = "BU99010201"', "“BU99010201” is named twice."),
            ('"9902BB"', '"9901BB"', "An address of 9901BB lies in two quarters."),
            ("first = 100", "first = 99", "An address of 9901AD lies in two quarters."),
            ("last = 250", "last = 25", "The house numbers of 9901AD run backwards."),
            (
                '"9902BB"',
                '"9902bb"',
                "This file is not complete or not right at “neighbourhoods.1.quarters.1.postcodes.1.postcode”.",
            ),
            ('slug = "west"', 'slug = "../"', "This file is not complete or not right at “neighbourhoods.1.slug”."),
            ('slug = "west"', "slug = west", "This is not a TOML file."),
        ],
    )
    def test_refuses_a_file_that_contradicts_itself(self, desk, written, instead, sentence):
        with pytest.raises(BadMunicipality) as caught:
            desk.act(service.found, FoundMunicipality(toml=demo_toml("meerwijk").replace(written, instead)))
        assert str(caught.value) == sentence
        assert desk.ask(queries.neighbourhoods) == []
        assert desk.ask(kinds) == []

    def test_takes_all_postcodes_of_a_city(self, desk):
        codes = [f"991{number}{one}{two}" for number, one, two in product("012", ascii_uppercase, ascii_uppercase)]
        more = "".join(f'{{ postcode = "{code}" }},\n' for code in codes[:1990])
        city = demo_toml("meerwijk").replace('{ postcode = "9902BB" }', more + '{ postcode = "9902BB" }')
        desk.act(service.found, FoundMunicipality(toml=city))
        assert desk.ask(located, "west", "9911ZZ", 7) == Located("west", "BU99010202")

    def test_is_not_for_an_official(self, desk):
        with pytest.raises(DoorClosed):
            desk.by(OFFICIAL).act(service.found, FoundMunicipality(toml=demo_toml("meerwijk")))

    def test_is_missed_before_it_was_done(self, desk):
        with pytest.raises(MunicipalityNotFounded):
            desk.ask(queries.municipality)


class TestPlaces:
    def test_are_found_by_postcode_and_house_number(self, meerwijk):
        assert meerwijk.ask(located, "oost", "9901AD", 99) == Located("oost", "BU99010101")
        assert meerwijk.ask(located, "oost", "9901AD", 100) == Located("oost", "BU99010102")
        assert meerwijk.ask(located, "oost", "9902AA", 1) == Located("west", "BU99010201")
        assert meerwijk.ask(located, "oost", "1000AA", 1) is None

    def test_refuse_a_name_that_is_none(self, meerwijk):
        for query in (queries.neighbourhood, queries.policy, queries.policies, queries.grants, queries.years):
            with pytest.raises(NeighbourhoodNotFound):
                meerwijk.by(GUEST).ask(query, "noord")


class TestAdoptPolicy:
    def test_keeps_a_version_and_what_held_before(self, meerwijk):
        stricter = demo_toml("oost").replace("support_min = 5", "support_min = 9")
        adopted = meerwijk.by(ADMINISTRATOR).act(service.adopt_policy, "oost", rules(toml=stricter))
        assert (adopted.version, adopted.valid_from, adopted.decided_by) == (2, date(2026, 3, 3), "Raadsbesluit 2026-9")
        assert adopted.rules.initiatives.support_min == 9
        assert meerwijk.ask(queries.policy, "oost").rules.initiatives.support_min == 5
        assert meerwijk.ask(queries.policy, "oost", date(2026, 3, 3)).rules.initiatives.support_min == 9
        assert [version.version for version in meerwijk.ask(queries.policies, "oost")] == [2, 1]
        assert [version.version for version in meerwijk.ask(queries.policies, "west")] == [1]

    def test_is_refused_when_it_breaks_a_guard_and_names_the_article(self, meerwijk):
        greedy = demo_toml("oost").replace("bonus_hundredths_max = 50", "bonus_hundredths_max = 500")
        with pytest.raises(GuardBroken) as caught:
            meerwijk.by(ADMINISTRATOR).act(service.adopt_policy, "oost", rules(toml=greedy))
        assert caught.value.article == "Verordening wijkbudgetten Meerwijk 2024, art. 8"
        assert [version.version for version in meerwijk.ask(queries.policies, "oost")] == [1]

    def test_is_refused_when_it_would_change_the_past(self, meerwijk):
        with pytest.raises(TooLate):
            meerwijk.by(ADMINISTRATOR).act(service.adopt_policy, "oost", rules(valid_from=date(2026, 3, 1)))
        assert len(meerwijk.ask(queries.policies, "oost")) == 1

    def test_is_refused_in_a_year_that_is_far_off(self, meerwijk):
        with pytest.raises(TooFar):
            meerwijk.by(ADMINISTRATOR).act(service.adopt_policy, "oost", rules(valid_from=date(2029, 1, 1)))
        assert len(meerwijk.ask(queries.policies, "oost")) == 1

    def test_is_refused_before_one_that_was_adopted_already(self, meerwijk):
        by = meerwijk.by(ADMINISTRATOR)
        by.act(service.adopt_policy, "oost", rules(valid_from=date(2027, 1, 1)))
        with pytest.raises(TooLate):
            by.act(service.adopt_policy, "oost", rules(valid_from=date(2026, 12, 31)))
        assert len(meerwijk.ask(queries.policies, "oost")) == 2

    def test_refuses_what_is_no_policy(self, meerwijk):
        with pytest.raises(NoPolicyFile):
            meerwijk.by(ADMINISTRATOR).act(service.adopt_policy, "oost", rules(toml="hello"))

    @pytest.mark.parametrize("role", [Role.OFFICIAL, Role.CHAIR, Role.CASHIER, Role.AUDITOR])
    def test_is_only_for_the_administrator(self, meerwijk, role):
        with pytest.raises(DoorClosed):
            meerwijk.by(somebody(role)).act(service.adopt_policy, "oost", rules())

    def test_is_not_for_the_administrator_of_another_neighbourhood(self, meerwijk):
        with pytest.raises(DoorClosed):
            meerwijk.by(somebody(Role.ADMINISTRATOR, "west")).act(service.adopt_policy, "oost", rules())

    def test_can_never_be_changed_afterwards(self, meerwijk):
        with pytest.raises(IntegrityError, match="append-only"):
            meerwijk.act(tamper, "UPDATE adopted_policy SET valid_from = '2020-01-01'")
        with pytest.raises(IntegrityError, match="append-only"):
            meerwijk.act(tamper, "DELETE FROM adopted_policy")

    def test_is_missed_on_a_day_before_there_were_rules(self, meerwijk):
        with pytest.raises(PolicyNotFound):
            meerwijk.ask(queries.policy, "oost", date(2023, 12, 31))


class TestGrant:
    def test_puts_money_in_the_pot_of_its_year(self, meerwijk):
        command = GrantBudget(year=2026, amount_cents=250_000, decision="Raadsbesluit 2026-10")
        meerwijk.by(OFFICIAL).once("extra").act(service.grant, "oost", command)
        assert meerwijk.ask(in_pot, "oost", 2026) == 10_750_000
        assert meerwijk.ask(in_pot, "oost", 2025) == 10_000_000
        assert meerwijk.ask(in_pot, "west", 2026) == 4_200_000
        assert [grant.amount_cents for grant in meerwijk.ask(queries.grants, "oost")] == [
            10_500_000,
            250_000,
            10_000_000,
        ]

    def test_happens_once_however_often_it_is_sent(self, meerwijk):
        command = GrantBudget(year=2026, amount_cents=250_000, decision="Raadsbesluit 2026-10")
        desk = meerwijk.by(OFFICIAL).once("extra")
        assert desk.act(service.grant, "oost", command) == desk.act(service.grant, "oost", command)
        with pytest.raises(KeyReused):
            desk.act(service.grant, "west", command)
        assert meerwijk.ask(in_pot, "oost", 2026) == 10_750_000

    def test_is_refused_for_a_far_year(self, meerwijk):
        command = GrantBudget(year=2029, amount_cents=1, decision="Raadsbesluit 2026-10")
        with pytest.raises(YearClosed):
            meerwijk.by(OFFICIAL).once("far").act(service.grant, "oost", command)
        assert meerwijk.ask(in_pot, "oost", 2029) == 0

    @pytest.mark.parametrize("role", [Role.CASHIER, Role.ADMINISTRATOR, Role.CHAIR, Role.RESIDENT])
    def test_is_only_for_an_official(self, meerwijk, role):
        command = GrantBudget(year=2026, amount_cents=1, decision="Raadsbesluit 2026-10")
        with pytest.raises(DoorClosed):
            meerwijk.by(somebody(role)).once("no").act(service.grant, "oost", command)


class TestHandBack:
    def test_returns_free_money_to_the_municipality(self, meerwijk):
        command = HandBack(year=2025, amount_cents=1_000_000, reason="Niet nodig in 2025")
        meerwijk.by(CASHIER).once("back").act(service.hand_back, "oost", command)
        assert meerwijk.ask(in_pot, "oost", 2025) == 9_000_000
        assert [back.amount_cents for back in meerwijk.ask(queries.hand_backs, "oost")] == [1_000_000]
        year = meerwijk.ask(queries.years, "oost")[1]
        assert (year.granted_cents, year.handed_back_cents, year.free_cents) == (10_000_000, 1_000_000, 9_000_000)

    def test_is_refused_for_more_than_is_free(self, meerwijk):
        command = HandBack(year=2025, amount_cents=10_000_001, reason="Alles terug")
        with pytest.raises(NotEnough):
            meerwijk.by(CASHIER).once("back").act(service.hand_back, "oost", command)
        assert meerwijk.ask(in_pot, "oost", 2025) == 10_000_000
        assert meerwijk.ask(queries.hand_backs, "oost") == []

    def test_is_not_for_the_cashier_of_another_neighbourhood(self, meerwijk):
        command = HandBack(year=2025, amount_cents=1, reason="Over")
        with pytest.raises(DoorClosed):
            meerwijk.by(somebody(Role.CASHIER, "west")).once("back").act(service.hand_back, "oost", command)

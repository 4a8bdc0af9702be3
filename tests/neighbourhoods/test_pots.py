# SPDX-License-Identifier: EUPL-1.2
"""Pots of themes, and money that goes along to the next year."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.neighbourhoods.test_service import ADMINISTRATOR, CASHIER, HOUSE, OFFICIAL, in_pot
from tests.stores import beside, url_of
from tests.worlds import found_meerwijk, somebody
from wijkbudget.kit.actor import Role
from wijkbudget.ledger.rules import NotEnough
from wijkbudget.neighbourhoods import queries, service
from wijkbudget.neighbourhoods.rules import GuardBroken, NoSuchPot, NotCarriedOver, YearClosed
from wijkbudget.neighbourhoods.schemas import AdoptPolicy, CarryOver, GrantBudget, HandBack
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import Look, question


@question(HOUSE, municipal=True)
def broken(look: Look) -> list[str]:
    return [str(fault) for fault in queries.check(look)]


@pytest.fixture(name="meerwijk")
def founded(desk):
    found_meerwijk(desk)
    return desk


class TestThePotOfATheme:
    def test_is_apart_from_the_general_one(self, meerwijk):
        command = GrantBudget(year=2026, theme="energie", amount_cents=250_000, decision="Raadsbesluit 2026-10")
        meerwijk.by(OFFICIAL).once("theme").act(service.grant, "oost", command)
        found = [(view.year, view.theme, view.free_cents) for view in meerwijk.ask(queries.years, "oost")]
        assert found == [(2026, None, 10_500_000), (2026, "energie", 250_000), (2025, None, 10_000_000)]
        back = HandBack(year=2026, theme="energie", amount_cents=250_001, reason="Over")
        with pytest.raises(NotEnough):
            meerwijk.by(CASHIER).once("back").act(service.hand_back, "oost", back)

    @pytest.mark.parametrize(("place", "theme"), [("oost", "groen"), ("oost", "Energie"), ("west", "energie")])
    def test_is_only_there_by_the_rules(self, meerwijk, place, theme):
        command = GrantBudget(year=2026, theme=theme, amount_cents=1, decision="Raadsbesluit 2026-10")
        with pytest.raises(NoSuchPot):
            meerwijk.by(OFFICIAL).once("theme").act(service.grant, place, command)
        assert len(meerwijk.ask(queries.grants, place)) == 2

    @pytest.mark.parametrize("themes", ['["elders"]', '["groen", "Jeugd"]'])
    def test_is_of_a_theme_that_plans_have_with_a_plain_name(self, meerwijk, themes):
        toml = demo_toml("oost").replace('themes = ["energie"]', f"themes = {themes}").replace('"jeugd"', '"Jeugd"')
        command = AdoptPolicy(valid_from=date(2026, 3, 2), decided_by="Raad", toml=toml)
        with pytest.raises(GuardBroken):
            meerwijk.by(ADMINISTRATOR).act(service.adopt_policy, "oost", command)


class TestCarryOver:
    CHAIR = somebody(Role.CHAIR, "oost")

    def carry(self, desk, actor, **changes):
        asked = {"year": 2025, "amount_cents": 250_000, "decision": "Besluit wijkraad", **changes}
        return desk.by(actor).once("over").act(service.carry_over, "oost", CarryOver(**asked))

    def test_takes_free_money_along_to_the_next_year(self, meerwijk):
        made = self.carry(meerwijk, self.CHAIR)
        assert made.article == "Verordening wijkbudgetten Meerwijk 2024, art. 3"
        later, sooner = meerwijk.ask(queries.years, "oost")
        assert (sooner.granted_cents, sooner.carried_on_cents, sooner.free_cents) == (10_000_000, 250_000, 9_750_000)
        assert (later.granted_cents, later.carried_in_cents, later.free_cents) == (10_500_000, 250_000, 10_750_000)
        assert meerwijk.ask(queries.carry_overs, "oost") == [made]
        assert meerwijk.ask(broken) == []

    def test_is_refused_for_more_than_is_free(self, meerwijk):
        with pytest.raises(NotEnough):
            self.carry(meerwijk, self.CHAIR, amount_cents=10_000_001)
        assert meerwijk.ask(queries.carry_overs, "oost") == []

    def test_is_only_by_who_decides_it(self, meerwijk):
        with pytest.raises(NotCarriedOver) as refused:
            self.carry(meerwijk, OFFICIAL)
        assert refused.value.article == "Verordening wijkbudgetten Meerwijk 2024, art. 3"
        with pytest.raises(DoorClosed):
            self.carry(meerwijk, CASHIER)
        assert meerwijk.ask(in_pot, "oost", 2026) == 10_500_000

    def test_is_not_without_a_rule_that_lets_it(self, meerwijk):
        command = CarryOver(year=2025, amount_cents=1, decision="Besluit wijkraad")
        with pytest.raises(NotCarriedOver):
            meerwijk.by(somebody(Role.CHAIR, "west")).once("over").act(service.carry_over, "west", command)

    def test_is_not_to_a_far_year(self, meerwijk):
        with pytest.raises(YearClosed):
            self.carry(meerwijk, self.CHAIR, year=2028)

    def test_that_the_books_do_not_know_is_found(self, meerwijk):
        self.carry(meerwijk, self.CHAIR)
        with beside(url_of(meerwijk), is_tampering=True) as connection:
            connection.execute(text("UPDATE budget_carry_over SET amount_cents = 1"))
        assert meerwijk.ask(broken) == ["neighbourhoods: pot oost 2025: its grants are not what the books moved"]

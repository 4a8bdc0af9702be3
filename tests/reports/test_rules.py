# SPDX-License-Identifier: EUPL-1.2
"""Addresses read, pots added up, and entries said in a sentence."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from wijkbudget.kit.text import Text, _
from wijkbudget.ledger import chart
from wijkbudget.ledger.chart import Address, Origin, Part, Pot, read_address
from wijkbudget.ledger.events import Transferred
from wijkbudget.reports.rules import Move, account_name, account_of, add_up, replay, sentence
from wijkbudget.trail.events import Event
from wijkbudget.vouchers.events import VoucherIssued

ID = UUID("0b3c7f5e-31a7-4b5f-8a53-5d5b8a7c2f11")
POT = chart.pot("oost", 2026).address
VOUCHER = chart.voucher("oost", 2026, ID).address
PAID = chart.paid("oost", 2026, ID).address
MUNICIPALITY = chart.MUNICIPALITY.address


@dataclass(frozen=True, kw_only=True)
class GardenOpened(Event):
    sentence = _("A garden opened on %(opened_on)s, fixed under %(root)s.")

    opened_on: str
    root: str


HOOD = Pot("oost", 2026)
GREEN = Pot("oost", 2026, "groen")
CARRIED = chart.carried("oost").address


class TestReadAddress:
    @pytest.mark.parametrize(
        ("address", "kind", "pot", "part", "about"),
        [
            (POT, "pot", HOOD, Part.FREE, None),
            (chart.pot(*GREEN).address, "pot", GREEN, Part.FREE, None),
            (chart.reserved("oost", 2026).address, "reserved", HOOD, Part.RESERVED, None),
            (VOUCHER, "voucher", HOOD, Part.COMMITTED, ID),
            (chart.voucher("oost", 2026, ID, "groen").address, "voucher", GREEN, Part.COMMITTED, ID),
            (PAID, "external:paid", HOOD, Part.PAID, ID),
            ("voucher:oost:2026", "voucher", HOOD, Part.COMMITTED, None),
            ("external:paid:oost:2026:groen", "external:paid", GREEN, Part.PAID, None),
        ],
    )
    def test_knows_every_address_of_a_pot(self, address, kind, pot, part, about):
        found = read_address(address)
        assert found == Address(kind=kind, pot=pot, about=about)
        assert found.part is part

    @pytest.mark.parametrize(
        "address",
        [
            "",
            MUNICIPALITY,
            CARRIED,
            chart.TIME.address,
            chart.given_time("oost", str(ID)).address,
            "pot:oost:26",
            "pot:oost:2026\n",
            "pot:oost:2026:Groen",
            "voucher:oost:2026:",
            "voucher:oost:2026:groen:groen",
            f"x{POT}",
        ],
    )
    def test_knows_no_other(self, address):
        assert read_address(address) is None


class TestAccountOf:
    @pytest.mark.parametrize("part", [Part.FREE, Part.RESERVED, Part.COMMITTED, Part.PAID])
    def test_is_the_address_of_the_part(self, part):
        address = read_address(account_of(part, GREEN))
        assert (address.part, address.pot, address.about) == (part, GREEN, None)

    def test_of_what_left_is_where_it_went(self):
        assert account_of(Part.RETURNED, HOOD) == MUNICIPALITY
        assert account_of(Part.CARRIED_ON, HOOD) == CARRIED


class TestAddUp:
    def test_finds_every_euro_of_a_year(self):
        balances = {POT: 40, chart.reserved("oost", 2026).address: 30, VOUCHER: 15, PAID: 10}
        moves = [Move(MUNICIPALITY, POT, 70), Move(CARRIED, POT, 33), Move(POT, MUNICIPALITY, 5), Move(POT, CARRIED, 3)]
        pots = add_up("oost", balances, moves)
        assert set(pots) == {HOOD}
        assert pots[HOOD].came == {Origin.GRANTED: 70, Origin.CARRIED: 33, Origin.PLEDGED: 0, Origin.GIVEN: 0}
        assert {part: cents for part, cents in pots[HOOD].parts.items() if cents} == {
            Part.FREE: 40,
            Part.RESERVED: 30,
            Part.COMMITTED: 15,
            Part.PAID: 10,
            Part.RETURNED: 5,
            Part.CARRIED_ON: 3,
        }
        assert pots[HOOD].is_whole

    def test_adds_vouchers_together(self):
        other = chart.voucher("oost", 2026, UUID(int=1)).address
        pots = add_up("oost", {VOUCHER: 15, other: 4}, [Move(MUNICIPALITY, POT, 19)])
        assert pots[HOOD].parts[Part.COMMITTED] == 19
        assert pots[HOOD].is_whole

    def test_keeps_years_and_themes_apart(self):
        green, later = chart.pot(*GREEN).address, chart.pot("oost", 2027).address
        balances = {POT: 1, green: 2, later: 3}
        pots = add_up("oost", balances, [Move(MUNICIPALITY, address, cents) for address, cents in balances.items()])
        assert {pot: (sums.total_cents, sums.is_whole) for pot, sums in pots.items()} == {
            HOOD: (1, True),
            GREEN: (2, True),
            Pot("oost", 2027): (3, True),
        }

    def test_leaves_out_another_neighbourhood(self):
        west = chart.pot("west", 2026).address
        assert add_up("oost", {west: 5}, [Move(MUNICIPALITY, west, 5), Move(west, MUNICIPALITY, 5)]) == {}

    @pytest.mark.parametrize("held", [99, 101])
    def test_sees_a_cent_that_is_gone_or_too_many(self, held):
        assert not add_up("oost", {POT: held}, [Move(MUNICIPALITY, POT, 100)])[HOOD].is_whole


class TestReplay:
    def test_finds_every_move_inside_a_pot_and_over_its_border_whole(self):
        pots = {}
        moves = [(MUNICIPALITY, POT), (POT, VOUCHER), (VOUCHER, PAID), (MUNICIPALITY, POT), (POT, CARRIED)]
        assert [replay(pots, "oost", Move(*sides, 5)) for sides in moves] == [None] * len(moves)

    @pytest.mark.parametrize("goal", [chart.pot(*GREEN).address, chart.TIME.address, chart.pot("west", 2026).address])
    def test_names_the_pot_that_money_left_by_no_door(self, goal):
        pots = {}
        assert replay(pots, "oost", Move(MUNICIPALITY, POT, 5)) is None
        assert replay(pots, "oost", Move(POT, goal, 5)) == HOOD


class TestAccountName:
    @pytest.mark.parametrize(
        ("account", "name"),
        [
            (MUNICIPALITY, "the municipality"),
            (POT, "the pot of 2026"),
            (chart.reserved("oost", 2026).address, "the money set apart in 2026"),
            (VOUCHER, "the voucher for “Speelplek”"),
            (PAID, "the payments for “Speelplek”"),
            ("voucher:oost:2026", "the vouchers of 2026"),
            ("external:paid:oost:2026", "the payments of 2026"),
            (chart.pot(*GREEN).address, "the pot of 2026 for groen"),
            (CARRIED, "another year"),
            (chart.given_time("oost", "anna").address, "another account"),
        ],
    )
    def test_is_in_plain_words(self, account, name):
        assert str(account_name(account, {ID: "Speelplek"})) == name

    def test_falls_back_on_the_year_for_a_voucher_without_a_plan(self):
        assert str(account_name(VOUCHER, {})) == "the vouchers of 2026"


class TestSentence:
    def test_of_a_transfer_names_both_sides(self):
        facts = {"source": POT, "target": VOUCHER, "unit": "cent", "amount": 12_50}
        said = sentence(Transferred.kind(), facts, {ID: "Speelplek"})
        assert str(said) == "€12.50 went from the pot of 2026 to the voucher for “Speelplek”."

    def test_is_filled_with_the_facts(self):
        said = sentence(VoucherIssued.kind(), {"value_cents": 500_00, "year": 2026}, {})
        assert str(said) == "A voucher of €500.00 was issued."

    def test_says_days_as_days_and_shortens_hashes(self):
        said = sentence(GardenOpened.kind(), {"opened_on": "2026-03-09", "root": "ab" * 32}, {})
        assert said.values == {"opened_on": date(2026, 3, 9), "root": "abababababab…"}

    def test_is_whole_when_a_fact_is_missing(self):
        assert str(sentence(VoucherIssued.kind(), {}, {})) == "A voucher of … was issued."

    def test_admits_what_it_does_not_know(self):
        said = sentence("gardens.TreePlanted", {"tree": "oak"}, {})
        assert said == Text("Something happened that this version does not know.")

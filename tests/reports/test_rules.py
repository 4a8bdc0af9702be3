# SPDX-License-Identifier: EUPL-1.2
"""Addresses read, pots added up, and entries said in a sentence."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from wijkbudget.kit.text import Text, _
from wijkbudget.ledger import chart
from wijkbudget.ledger.events import Transferred
from wijkbudget.reports.rules import Address, Move, Part, account_name, account_of, add_up, read_address, sentence
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


class TestReadAddress:
    @pytest.mark.parametrize(
        ("address", "part", "voucher_id"),
        [
            (POT, Part.FREE, None),
            (chart.reserved("oost", 2026).address, Part.RESERVED, None),
            (VOUCHER, Part.COMMITTED, ID),
            (PAID, Part.PAID, ID),
            ("voucher:oost:2026", Part.COMMITTED, None),
            ("external:paid:oost:2026", Part.PAID, None),
        ],
    )
    def test_knows_every_address_of_a_pot(self, address, part, voucher_id):
        assert read_address(address) == Address(part=part, place="oost", year=2026, voucher_id=voucher_id)

    @pytest.mark.parametrize(
        "address",
        [
            "",
            MUNICIPALITY,
            chart.TIME.address,
            chart.given_time("oost", str(ID)).address,
            f"{POT}:{ID}",
            "pot:oost:26",
            "pot:oost:2026\n",
            "voucher:oost:2026:",
            "voucher:oost:2026:somebody",
            f"x{POT}",
        ],
    )
    def test_knows_no_other(self, address):
        assert read_address(address) is None


class TestAccountOf:
    @pytest.mark.parametrize("part", [Part.FREE, Part.RESERVED, Part.COMMITTED, Part.PAID])
    def test_is_the_address_of_the_part(self, part):
        address = read_address(account_of(part, "oost", 2026))
        assert address == Address(part=part, place="oost", year=2026, voucher_id=None)

    def test_of_what_was_returned_is_the_municipality(self):
        assert account_of(Part.RETURNED, "oost", 2026) == MUNICIPALITY


class TestAddUp:
    def test_finds_every_euro_of_a_year(self):
        balances = {POT: 40, chart.reserved("oost", 2026).address: 30, VOUCHER: 15, PAID: 10}
        moves = [Move(MUNICIPALITY, POT, 70), Move(MUNICIPALITY, POT, 30), Move(POT, MUNICIPALITY, 5)]
        pots = add_up("oost", balances, moves)
        assert set(pots) == {2026}
        assert pots[2026].granted_cents == 100
        assert pots[2026].parts == {
            Part.FREE: 40,
            Part.RESERVED: 30,
            Part.COMMITTED: 15,
            Part.PAID: 10,
            Part.RETURNED: 5,
        }
        assert pots[2026].is_whole

    def test_adds_vouchers_together(self):
        other = chart.voucher("oost", 2026, UUID(int=1)).address
        pots = add_up("oost", {VOUCHER: 15, other: 4}, [Move(MUNICIPALITY, POT, 19)])
        assert pots[2026].parts[Part.COMMITTED] == 19
        assert pots[2026].is_whole

    def test_keeps_years_apart(self):
        later = chart.pot("oost", 2027).address
        pots = add_up("oost", {POT: 1, later: 2}, [Move(MUNICIPALITY, POT, 1), Move(MUNICIPALITY, later, 2)])
        assert {year: (pot.granted_cents, pot.is_whole) for year, pot in pots.items()} == {
            2026: (1, True),
            2027: (2, True),
        }

    def test_leaves_out_another_neighbourhood(self):
        west = chart.pot("west", 2026).address
        assert add_up("oost", {west: 5}, [Move(MUNICIPALITY, west, 5), Move(west, MUNICIPALITY, 5)]) == {}

    def test_sees_a_cent_that_is_gone(self):
        assert not add_up("oost", {POT: 99}, [Move(MUNICIPALITY, POT, 100)])[2026].is_whole

    def test_sees_a_cent_too_many(self):
        assert not add_up("oost", {POT: 101}, [Move(MUNICIPALITY, POT, 100)])[2026].is_whole


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

# SPDX-License-Identifier: EUPL-1.2
"""The money of a year: every part of the pot, every plan, every transfer, and the proof."""

import re

import pytest
from sqlalchemy import text

from tests.reports.conftest import PLAN
from tests.stores import beside, url_of
from wijkbudget.kit.actor import GUEST, Role, may
from wijkbudget.ledger import chart
from wijkbudget.ledger.chart import Part
from wijkbudget.ledger.queries import PAGE_LENGTH
from wijkbudget.neighbourhoods.rules import NeighbourhoodNotFound
from wijkbudget.reports import queries
from wijkbudget.reports.rules import AccountNotFound, YearNotFound
from wijkbudget.trail.work import Look, question

HOUSE = may(Role.SYSTEM)
WHOLE = {Part.FREE: 98_493_00, Part.RESERVED: 7_00, Part.COMMITTED: 380_00, Part.PAID: 120_00, Part.RETURNED: 1_000_00}


@question(HOUSE, municipal=True)
def faults(look: Look) -> list[str]:
    return [str(fault) for fault in queries.check(look)]


@pytest.fixture
def guest(year):
    return year.desk.by(GUEST)


class TestPots:
    def test_are_the_years_newest_first(self, guest):
        pots = guest.ask(queries.pots, "oost")
        assert [(pot.year, pot.granted_cents, pot.is_whole) for pot in pots] == [
            (2026, 105_000_00, True),
            (2025, 100_000_00, True),
        ]

    def test_are_none_before_the_first_grant(self, guest):
        with pytest.raises(NeighbourhoodNotFound):
            guest.ask(queries.pots, "noord")


class TestMoney:
    def test_is_in_every_part(self, guest):
        pot = guest.ask(queries.money, "oost", 2025).pot
        assert {one.part: one.amount_cents for one in pot.parts} == WHOLE
        assert sum(WHOLE.values()) == pot.granted_cents == 100_000_00
        assert pot.is_whole

    def test_of_a_plan_adds_up_too(self, guest, year):
        plan = guest.ask(queries.money, "oost", 2025).initiatives[0]
        assert (plan.initiative_id, plan.title) == (PLAN, "Speelplek")
        assert (plan.granted_cents, plan.committed_cents, plan.paid_cents, plan.returned_cents) == (
            50000,
            38000,
            12000,
            0,
        )
        assert (plan.voucher_account, plan.paid_account) == (year.voucher.address, year.paid.address)

    def test_of_another_year_knows_not_this_plan(self, guest):
        assert guest.ask(queries.money, "oost", 2026).initiatives == []

    def test_of_another_neighbourhood_knows_not_this_plan(self, guest):
        money = guest.ask(queries.money, "west", 2025)
        assert (money.pot.granted_cents, money.initiatives) == (40_000_00, [])

    @pytest.mark.parametrize("unknown", [1999, 0, -1, 2**70])
    def test_is_not_there_for_a_year_without(self, guest, unknown):
        with pytest.raises(YearNotFound):
            guest.ask(queries.money, "oost", unknown)


class TestTransfers:
    def test_of_the_pot_are_all_there(self, guest):
        moved = guest.ask(queries.transfers, "oost", 2025, "pot:oost:2025")
        assert sorted((str(one.source_name), str(one.target_name), one.amount_cents) for one in moved.moves) == [
            ("the municipality", "the pot of 2025", 100_000_00),
            ("the pot of 2025", "the money set apart in 2025", 7_00),
            ("the pot of 2025", "the money set apart in 2025", 500_00),
            ("the pot of 2025", "the municipality", 1_000_00),
        ]
        assert (moved.balance_cents, moved.older) == (WHOLE[Part.FREE], None)

    def test_are_read_page_after_page(self, guest, year):
        for number in range(PAGE_LENGTH):
            year.post(chart.pot("oost", 2025), chart.reserved("oost", 2025), 1, f"more {number}")
        first = guest.ask(queries.transfers, "oost", 2025, "pot:oost:2025")
        second = guest.ask(queries.transfers, "oost", 2025, "pot:oost:2025", first.older)
        assert (len(first.moves), len(second.moves), second.older) == (PAGE_LENGTH, 4, None)
        assert len({one.reference for one in (*first.moves, *second.moves)}) == PAGE_LENGTH + 4

    def test_of_a_voucher_lead_to_its_plan(self, guest, year):
        moved = guest.ask(queries.transfers, "oost", 2025, year.voucher.address)
        assert sorted(one.amount_cents for one in moved.moves) == [120_00, 500_00]
        assert (moved.balance_cents, moved.initiative_id) == (380_00, PLAN)
        assert str(moved.name) == "the voucher for “Speelplek”"

    @pytest.mark.parametrize("part", [Part.FREE, Part.RESERVED, Part.COMMITTED, Part.PAID])
    def test_explain_every_part(self, guest, part):
        pot = guest.ask(queries.money, "oost", 2025).pot
        account = next(one.account for one in pot.parts if one.part is part)
        moved = guest.ask(queries.transfers, "oost", 2025, account)
        assert moved.balance_cents == WHOLE[part] > 0

    def test_of_the_municipality_are_of_this_year_only(self, guest):
        moved = guest.ask(queries.transfers, "oost", 2025, chart.MUNICIPALITY.address)
        assert {(one.target, one.amount_cents) for one in moved.moves} == {
            ("pot:oost:2025", 100_000_00),
            (chart.MUNICIPALITY.address, 1_000_00),
        }
        assert moved.balance_cents is None

    def test_point_at_the_record_once_sealed(self, guest, year):
        before = guest.ask(queries.transfers, "oost", 2025, year.paid.address).moves[0]
        year.seal()
        after = guest.ask(queries.transfers, "oost", 2025, year.paid.address).moves[0]
        assert before.entry_id is None
        assert guest.ask(queries.line, "oost", after.entry_id).line.subject == "payout" == after.reference

    @pytest.mark.parametrize(
        "account",
        [
            "",
            "pot:west:2025",
            "pot:oost:2026",
            "time:oost:anna",
            "external:time",
            "voucher:oost:2025:00000000-0000-0000-0000-000000000000",
            "%",
        ],
    )
    def test_are_not_there_for_an_account_of_something_else(self, guest, account):
        with pytest.raises(AccountNotFound):
            guest.ask(queries.transfers, "oost", 2025, account)

    def test_of_a_voucher_are_not_there_for_another_neighbourhood(self, guest, year):
        with pytest.raises(AccountNotFound):
            guest.ask(queries.transfers, "west", 2025, year.voucher.address)


class TestTheProof:
    def test_finds_nothing_in_an_honest_world(self, year):
        assert year.desk.ask(faults) == []

    def test_finds_money_that_moved_to_another_year(self, year):
        year.post(chart.pot("oost", 2025), chart.pot("oost", 2026), 1, "across")
        first, second = year.desk.ask(faults)
        assert first == (
            "what came in is where it is: pot oost 2025: granted 10000000 cents, "
            "but free 9849299, reserved 700, committed 38000, paid 12000, returned 100000"
        )
        assert second.startswith("what came in is where it is: pot oost 2026: granted 10500000 cents")

    def test_finds_money_that_moved_to_another_neighbourhood(self, year):
        year.post(chart.pot("oost", 2025), chart.pot("west", 2025), 1, "across")
        assert [fault.split(":")[1].strip() for fault in year.desk.ask(faults)] == ["pot oost 2025", "pot west 2025"]

    def test_names_the_first_position_at_which_it_went_wrong(self, year):
        year.seal()
        assert year.desk.ask(faults) == []
        year.post(chart.pot("oost", 2025), chart.pot("oost", 2026), 1, "across")
        year.post(chart.pot("oost", 2026), chart.pot("oost", 2025), 1, "and back")
        year.seal()
        assert len(year.desk.ask(faults)) == 1
        said = r".*: position \d+ of oost: after (across|and back) pot oost:202[56] is not whole any more"
        assert re.fullmatch(said, year.desk.ask(faults)[0])

    def test_names_a_transfer_that_the_trail_tells_otherwise(self, year):
        year.seal()
        with beside(url_of(year.desk), is_tampering=True) as connection:
            connection.execute(text("UPDATE ledger_transfer SET amount = amount + 1 WHERE reference = 'payout'"))
        assert "payout is not booked so" in year.desk.ask(faults)[-1]

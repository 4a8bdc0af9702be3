# SPDX-License-Identifier: EUPL-1.2
"""The books: transfers, reversals and refusals, what the database itself refuses, and the proof."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.stores import beside, url_of
from tests.worlds import found_meerwijk
from wijkbudget.app.proof import first_fault
from wijkbudget.kit.actor import Role, may
from wijkbudget.ledger import chart, queries, service
from wijkbudget.ledger.rules import Account, NotEnough, NothingToReverse, ReferenceTaken, Transfer
from wijkbudget.trail import queries as trail
from wijkbudget.trail import sealing
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Look, Work, question, verb

_ANYBODY = may(Role.SYSTEM)

POT = chart.pot("oost", 2026)
GOAL = chart.voucher("oost", 2026, UUID(int=1))
HOURS = chart.given_time("oost", "somebody")


@verb(_ANYBODY)
def post(work: Work, place: str, transfer: Transfer) -> None:
    service.post(work, place, transfer)


@verb(_ANYBODY)
def reverse(work: Work, place: str, reference: str) -> None:
    service.reverse(work, place, reference)


@verb(_ANYBODY)
def run_sql(work: Work, place: str, statement: str) -> None:
    work.session.connection().exec_driver_sql(statement)


@question(_ANYBODY)
def balance(look: Look, place: str, account: Account) -> int:
    return queries.balance(look, account)


@question(_ANYBODY, municipal=True)
def faults(look: Look) -> list[str]:
    return [str(fault) for fault in queries.check(look)]


@question(_ANYBODY, municipal=True)
def entry_count(look: Look) -> int:
    count: int = look.session.connection().execute(text("SELECT count(*) FROM trail_entry")).scalar_one()
    return count


def transfer(source: Account, target: Account, amount: int, reference: str) -> Transfer:
    return Transfer(source=source, target=target, amount=amount, reference=reference)


class TestPost:
    def test_moves_an_amount(self, desk: Desk) -> None:
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 1_000, "grant"))
        desk.act(post, "oost", transfer(POT, GOAL, 400, "reserve"))
        assert desk.ask(balance, "oost", POT) == 600
        assert desk.ask(balance, "oost", GOAL) == 400
        assert desk.ask(balance, "oost", chart.MUNICIPALITY) == -1_000
        assert desk.ask(faults) == []

    def test_refuses_to_go_below_the_floor_and_changes_nothing(self, desk: Desk) -> None:
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 1_000, "grant"))
        before = desk.ask(entry_count)
        with pytest.raises(NotEnough):
            desk.act(post, "oost", transfer(POT, GOAL, 1_001, "too much"))
        assert desk.ask(balance, "oost", POT) == 1_000
        assert desk.ask(balance, "oost", GOAL) == 0
        assert desk.ask(entry_count) == before

    def test_does_nothing_the_second_time(self, desk: Desk) -> None:
        for _time in range(2):
            desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 1_000, "grant"))
        assert desk.ask(balance, "oost", POT) == 1_000
        assert desk.ask(entry_count) == 1

    @pytest.mark.parametrize(
        "other",
        [
            transfer(chart.MUNICIPALITY, POT, 1_001, "grant"),
            transfer(chart.MUNICIPALITY, GOAL, 1_000, "grant"),
            transfer(chart.TIME, HOURS, 1_000, "grant"),
        ],
        ids=["amount", "target", "unit"],
    )
    def test_refuses_a_reference_that_would_mean_two_things(self, desk: Desk, other: Transfer) -> None:
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 1_000, "grant"))
        with pytest.raises(ReferenceTaken):
            desk.act(post, "oost", other)
        with pytest.raises(ReferenceTaken):
            desk.act(post, "west", transfer(chart.MUNICIPALITY, POT, 1_000, "grant"))
        assert desk.ask(balance, "oost", POT) == 1_000

    def test_holds_amounts_beyond_32_bits(self, desk: Desk) -> None:
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 10**15, "grant"))
        assert desk.ask(balance, "oost", POT) == 10**15


class TestTheRecord:
    def test_does_not_show_whose_minutes_they_are(self, desk: Desk) -> None:
        desk.act(post, "oost", transfer(chart.TIME, HOURS, 90, "time:of-an-entry"))
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 1_000, "grant"))
        desk.act(sealing.seal)
        shown = {entry.kind: entry for entry in desk.ask(trail.entries, "oost")}
        assert "somebody" not in str(shown["ledger.TimeTransferred"])
        assert shown["ledger.Transferred"].facts["target"] == "pot:oost:2026"


class TestReverse:
    def test_undoes_a_transfer_once(self, desk: Desk) -> None:
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 1_000, "grant"))
        desk.act(reverse, "oost", "grant")
        assert desk.ask(balance, "oost", POT) == 0
        with pytest.raises(NothingToReverse):
            desk.act(reverse, "oost", "grant")
        assert desk.ask(balance, "oost", chart.MUNICIPALITY) == 0

    def test_is_refused_for_another_neighbourhood(self, desk: Desk) -> None:
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 1_000, "grant"))
        with pytest.raises(NothingToReverse):
            desk.act(reverse, "west", "grant")
        assert desk.ask(balance, "oost", POT) == 1_000

    def test_is_refused_when_the_money_was_spent_since(self, desk: Desk) -> None:
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 1_000, "grant"))
        desk.act(post, "oost", transfer(POT, GOAL, 1, "reserve"))
        with pytest.raises(NotEnough):
            desk.act(reverse, "oost", "grant")
        assert desk.ask(balance, "oost", POT) == 999


class TestTheDatabaseItself:
    @pytest.mark.parametrize("table", ["ledger_transfer", "trail_entry"])
    @pytest.mark.parametrize("statement", ["UPDATE {0} SET at = at", "DELETE FROM {0}"])
    def test_refuses_to_change_what_was_written(self, desk: Desk, table: str, statement: str) -> None:
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 1_000, "grant"))
        with pytest.raises(IntegrityError, match="append-only"):
            desk.act(run_sql, "oost", statement.format(table))
        assert desk.ask(balance, "oost", POT) == 1_000

    def test_refuses_a_balance_below_the_floor(self, desk: Desk) -> None:
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 1_000, "grant"))
        with pytest.raises(IntegrityError, match="floor"):
            desk.act(run_sql, "oost", "UPDATE ledger_balance SET amount = -1 WHERE account = 'pot:oost:2026'")
        assert desk.ask(balance, "oost", POT) == 1_000


class TestCheck:
    def test_names_a_balance_that_was_tampered_with(self, desk: Desk) -> None:
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 1_000, "grant"))
        with beside(url_of(desk)) as connection:
            connection.execute(text("UPDATE ledger_balance SET amount = 999 WHERE account = 'pot:oost:2026'"))
        assert desk.ask(faults) == ["ledger: pot:oost:2026: holds 999, its transfers say 1000"]

    def test_names_a_transfer_that_no_domain_declared(self, desk: Desk) -> None:
        found_meerwijk(desk)
        assert desk.ask(first_fault) is None
        desk.act(post, "oost", transfer(POT, GOAL, 400, "by hand"))
        assert desk.ask(faults) == []
        assert str(desk.ask(first_fault)) == (
            "ledger: by hand: went from pot to voucher, and nobody declared such a transfer"
        )

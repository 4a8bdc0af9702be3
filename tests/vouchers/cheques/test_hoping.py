# SPDX-License-Identifier: EUPL-1.2
"""Resident vouchers pledged to a plan that people still vote about: the money waits for the decision."""

from uuid import UUID

import pytest

from tests.vouchers.cheques.conftest import account, divided, proof
from tests.vouchers.conftest import HOUSE, read, refused, state
from tests.vouchers.conftest import issue as issue_voucher
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.cheques import queries, service
from wijkbudget.vouchers.cheques.rules import WAIT_DAYS, PlanTakesNone
from wijkbudget.vouchers.cheques.schemas import HopePlan
from wijkbudget.vouchers.queries import voucher as voucher_of


@verb(HOUSE, silent="a test plays the verb that puts a plan on a ballot")
def hope(work: Work, place: str) -> None:
    service.hope(work, place, HopePlan(about="Muziek", year=2026, title="Muziek"))


@verb(HOUSE, silent="a test plays the verb that decides")
def turn_down(work: Work, place: str) -> None:
    service.refuse(work, place, "Muziek")


class TestAPlanOnABallot:
    @pytest.fixture
    def hopeful(self, cheques) -> UUID:
        """Return the id that the voucher of a plan on a ballot will have."""
        cheques.desk.act(hope, "oost")
        [plan] = [each for each in cheques.own(cheques.group.bart).plans if not each.has_money]
        assert plan.title == "Muziek"
        return plan.voucher_id

    def test_gets_what_was_pledged_once_it_has_money_and_the_rest_waits_for_that(self, cheques, clock, hopeful):
        cheques.pledge(cheques.code(cheques.group.anna), (cheques.plan, 300), (hopeful, 700))
        assert cheques.after_the_last_day(clock) == 0
        held = cheques.desk.ask(account, "oost", cheques.issuance.id)["held"]
        assert (held, read(cheques.group).topped_up_cents) == (cheques.issuance.total_cents - 300, 300)
        assert cheques.desk.ask(queries.cheques, "oost").open.is_over
        before = cheques.desk.ask(state)
        assert cheques.desk.act(service.close_cheques, "oost") == 0
        assert (cheques.desk.ask(state), cheques.desk.ask(proof)) == (before, [])
        made = cheques.desk.act(issue_voucher, "oost", "Muziek", [cheques.group.bart.id], 50_000)
        assert made.id == hopeful
        assert cheques.desk.act(service.close_cheques, "oost") == 1
        assert cheques.desk.ask(voucher_of, "oost", hopeful).value_cents == 50_700
        assert cheques.desk.ask(account, "oost", cheques.issuance.id)["held"] == 0
        assert cheques.desk.ask(proof) == []

    def test_that_gets_no_money_gives_it_back(self, cheques, clock, hopeful):
        before = cheques.desk.ask(account, "oost", cheques.issuance.id)["pot"]
        cheques.pledge(cheques.code(cheques.group.anna), (hopeful, 700))
        cheques.desk.act(turn_down, "oost")
        assert cheques.own(cheques.group.anna).left_cents == 1_000
        refused(cheques.group, PlanTakesNone, service.pledge_own, divided((hopeful, 1)), by=cheques.group.anna)
        assert cheques.after_the_last_day(clock) == 1
        after = {"pot": before + cheques.issuance.total_cents, "held": 0}
        assert cheques.desk.ask(account, "oost", cheques.issuance.id) == after

    def test_is_waited_for_no_longer_than_a_vote_takes(self, cheques, clock, hopeful):
        cheques.pledge(cheques.code(cheques.group.anna), (hopeful, 700))
        assert cheques.after_the_last_day(clock) == 0
        clock.forward(days=WAIT_DAYS)
        assert cheques.desk.act(service.close_cheques, "oost") == 1
        assert cheques.desk.ask(proof) == []

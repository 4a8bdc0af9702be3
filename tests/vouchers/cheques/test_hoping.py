# SPDX-License-Identifier: EUPL-1.2
"""Resident vouchers pledged to a plan that people still vote about: the money waits for the decision."""

from uuid import UUID

import pytest

from tests.vouchers.cheques.conftest import account, divided, proof
from tests.vouchers.conftest import HOUSE, read, refused, state
from tests.vouchers.conftest import issue as issue_voucher
from wijkbudget.kit.actor import Role
from wijkbudget.ledger.chart import Origin, Part
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import GrantBudget
from wijkbudget.reports import queries as reports
from wijkbudget.trail.sealing import seal
from wijkbudget.trail.work import Look, Work, question, verb
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


@question(HOUSE, municipal=True)
def broken_pots(look: Look) -> list[str]:
    """Return where a pot is not whole, now or at any position of the trail."""
    return [str(fault) for fault in reports.check(look)]


class TestAPlanOfATheme:
    """The general pot holds the resident vouchers, and another one pays the plan."""

    def test_gets_what_was_pledged_and_both_pots_stay_whole(self, cheques, clock):
        group = cheques.group
        grant = GrantBudget(year=2026, theme="energie", amount_cents=60_000, decision="Begroting 2026")
        group.as_(Role.OFFICIAL).act(neighbourhoods.grant, "oost", grant)
        warm = group.desk.act(issue_voucher, "oost", "Warmtepomp", [group.bart.id], 50_000, theme="energie")
        cheques.pledge(cheques.code(group.anna), (cheques.plan, 300), (warm.id, 700))
        assert cheques.after_the_last_day(clock) == 1
        assert group.desk.ask(voucher_of, "oost", warm.id).value_cents == 50_700
        group.desk.act(seal)
        assert (group.desk.ask(proof), group.desk.ask(broken_pots)) == ([], [])
        general, energy = (group.desk.ask(reports.money, "oost", 2026, theme).pot for theme in (None, "energie"))
        assert {one.part: one.amount_cents for one in general.parts}[Part.PLEDGED_ON] == 700
        assert {one.origin: one.amount_cents for one in energy.came} == {Origin.GRANTED: 60_000, Origin.PLEDGED: 700}
        assert (general.is_whole, energy.is_whole) == (True, True)
        behind = group.desk.ask(reports.transfers, "oost", 2026, energy.came[1].account, None, "energie").moves
        assert [(one.target, one.amount_cents) for one in behind] == [(f"voucher:oost:2026:energie:{warm.id}", 700)]


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

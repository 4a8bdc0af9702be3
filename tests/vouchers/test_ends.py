# SPDX-License-Identifier: EUPL-1.2
"""How a voucher comes to its end: paid, accounted for, settled or expired, at the desk."""

from datetime import date

import pytest

from tests.vouchers.conftest import faults, filed, pay_first, read, refused
from tests.worlds import somebody, staff
from wijkbudget.identity import seed as identity
from wijkbudget.kit.actor import Role
from wijkbudget.kit.states import WrongState
from wijkbudget.payments import queries as payments
from wijkbudget.payments import service as pay
from wijkbudget.payments.reversals import service as reversals
from wijkbudget.payments.reversals.rules import Mistake, PaidIt
from wijkbudget.payments.reversals.schemas import ReversePayment
from wijkbudget.payments.rules import AlreadyPaid, HadAHandInIt, PayoutNotFound
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours
from wijkbudget.vouchers import rules, service
from wijkbudget.vouchers.claims import queries as claims_queries
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.claims.rules import ClaimState
from wijkbudget.vouchers.claims.schemas import RefuseClaim
from wijkbudget.vouchers.rules import VoucherState
from wijkbudget.vouchers.schemas import AccountFor

TOLD = AccountFor(done="We planted forty berry bushes.", finished_on=date(2026, 3, 2))


class TestPay:
    def test_moves_the_money_to_the_bank_and_shows_on_the_claim(self, group):
        claim = group.claim()
        group.approve(claim.id)
        pay_first(group)
        assert group.money() == {"pot": 10_400_000, "reserved": 0, "voucher": 87_500, "paid": 12_500}
        assert group.desk.ask(claims_queries.claim_view, "oost", claim.id).state is ClaimState.PAID
        assert (read(group).paid_cents, read(group).open_cents) == (12_500, 0)

    def test_happens_once(self, group):
        group.approve(group.claim().id)
        payout = pay_first(group)
        refused(group, WrongState, pay.pay, payout.id, PayPayout(bank_reference="again"), by=Role.CASHIER)

    def test_is_refused_to_who_approved(self, group):
        group.approve(group.claim().id)
        busy = identity.grant(group.desk, "oost", group.staff[Role.COUNCIL], Role.CASHIER)
        payout = group.desk.by(busy).ask(payments.payouts, "oost")[0]
        assert not payout.may_pay
        refused(group, HadAHandInIt, pay.pay, payout.id, PayPayout(bank_reference="1"), by=busy)

    def test_is_refused_to_all_but_the_cashier(self, group):
        group.approve(group.claim().id)
        payout = group.desk.by(group.staff[Role.CASHIER]).ask(payments.payouts, "oost")[0]
        for who in (group.anna, Role.COUNCIL, Role.OFFICIAL, Role.AUDITOR):
            refused(group, DoorClosed, pay.pay, payout.id, PayPayout(bank_reference="1"), by=who)

    def test_is_not_found_from_another_neighbourhood(self, group):
        group.approve(group.claim().id)
        payout = group.desk.by(group.staff[Role.CASHIER]).ask(payments.payouts, "oost")[0]
        with pytest.raises(PayoutNotFound):
            group.desk.by(somebody(Role.CASHIER, "west")).ask(payments.payout, "west", payout.id)


class TestAMistake:
    """A payment is undone, and its claim refused or paid after all."""

    def undo(self, group, mistake=Mistake.PAID_WRONGLY):
        claim = group.claim()
        group.approve(claim.id)
        payout = pay_first(group)
        command = ReversePayment(mistake=mistake, reason="Twee keer dezelfde rekening.")
        refused(group, PaidIt, reversals.reverse, payout.id, command, by=Role.OFFICIAL)
        group.as_(staff(group.desk, "oost")[Role.OFFICIAL]).act(reversals.reverse, "oost", payout.id, command)
        return claim

    def test_lets_a_claim_be_refused_that_was_approved(self, group):
        claim = self.undo(group)
        assert (read(group).paid_cents, read(group).open_cents, group.money()["voucher"]) == (0, 12_500, 100_000)
        command = RefuseClaim(reason="Deze rekening was al betaald.")
        group.as_(Role.COUNCIL).act(claiming.refuse_claim, "oost", claim.id, command)
        assert (read(group).left_cents, group.money()["paid"], group.desk.ask(faults)) == (100_000, 0, [])
        assert group.desk.by(group.staff[Role.CASHIER]).ask(payments.payouts, "oost") == []
        assert group.claim().amount_cents == 12_500

    def test_lets_a_claim_be_paid_after_all_and_not_refused_any_more(self, group):
        claim = self.undo(group, Mistake.NEVER_PAID)
        refused(group, rules.ClaimsOpen, service.account_for, group.voucher_id, TOLD, by=group.anna)
        pay_first(group)
        command = RefuseClaim(reason="Toch niet.")
        refused(group, AlreadyPaid, claiming.refuse_claim, claim.id, command, by=Role.COUNCIL)
        assert (group.money()["paid"], group.desk.ask(faults)) == (12_500, [])


class TestAccountAndSettle:
    def spent(self, group):
        group.approve(group.claim().id)
        pay_first(group)

    def test_end_with_the_rest_in_the_pot(self, group):
        self.spent(group)
        group.as_(group.bart).act(service.account_for, "oost", group.voucher_id, TOLD)
        voucher = group.as_(Role.COUNCIL).act(service.settle, "oost", group.voucher_id)
        assert (voucher.state, voucher.paid_cents, voucher.returned_cents) == (VoucherState.SETTLED, 12_500, 87_500)
        assert group.money() == {"pot": 10_487_500, "reserved": 0, "voucher": 0, "paid": 12_500}
        assert group.desk.ask(faults) == []

    def test_wait_for_open_claims(self, group):
        claim = group.claim()
        refused(group, rules.ClaimsOpen, service.account_for, group.voucher_id, TOLD, by=group.anna)
        group.approve(claim.id)
        refused(group, rules.ClaimsOpen, service.account_for, group.voucher_id, TOLD, by=group.anna)

    def test_close_the_voucher_for_claims(self, group):
        self.spent(group)
        group.as_(group.anna).act(service.account_for, "oost", group.voucher_id, TOLD)
        refused(group, WrongState, claiming.claim, group.voucher_id, filed(2), by=group.anna)
        refused(group, WrongState, service.account_for, group.voucher_id, TOLD, by=group.bart)

    def test_are_in_this_order(self, group):
        self.spent(group)
        refused(group, WrongState, service.settle, group.voucher_id, by=Role.COUNCIL)

    def test_are_refused_to_the_wrong_people(self, group):
        self.spent(group)
        refused(group, NotYours, service.account_for, group.voucher_id, TOLD, by=group.outsider)
        group.as_(group.anna).act(service.account_for, "oost", group.voucher_id, TOLD)
        for who in (group.anna, Role.CASHIER, Role.AUDITOR):
            refused(group, DoorClosed, service.settle, group.voucher_id, by=who)

    def test_are_refused_while_a_receipt_is_gone(self, group):
        self.spent(group)
        group.as_(group.anna).act(service.account_for, "oost", group.voucher_id, TOLD)
        for path in group.desk.files.folder.rglob("*"):
            if path.is_file():
                path.unlink()
        refused(group, rules.NotAccountedFor, service.settle, group.voucher_id, by=Role.COUNCIL)

    def test_are_possible_when_nothing_was_spent(self, group):
        group.as_(group.anna).act(service.account_for, "oost", group.voucher_id, TOLD)
        group.as_(Role.OFFICIAL).act(service.settle, "oost", group.voucher_id)
        assert group.money()["pot"] == 10_500_000


class TestExpire:
    def test_gives_the_rest_back_after_the_last_day(self, group, clock):
        clock.forward(days=364)
        assert group.desk.act(service.expire, "oost") == 0
        clock.forward(days=1)
        assert group.desk.act(service.expire, "oost") == 1
        assert group.money() == {"pot": 10_500_000, "reserved": 0, "voucher": 0, "paid": 0}
        assert (group.desk.act(service.expire, "oost"), group.desk.act(service.expire, "west")) == (0, 0)

    def test_waits_for_open_claims_and_leaves_what_was_paid_to_be_accounted_for(self, group, clock):
        claim = group.claim()
        clock.forward(days=365)
        assert group.desk.act(service.expire, "oost") == 0
        group.approve(claim.id)
        pay_first(group)
        assert group.desk.act(service.expire, "oost") == 1
        assert read(group).state is VoucherState.EXPIRED
        group.as_(group.anna).act(service.account_for, "oost", group.voucher_id, TOLD)
        group.as_(Role.COUNCIL).act(service.settle, "oost", group.voucher_id)
        assert group.money() == {"pot": 10_487_500, "reserved": 0, "voucher": 0, "paid": 12_500}
        assert group.desk.ask(faults) == []

    def test_is_refused_to_people(self, group):
        refused(group, DoorClosed, service.expire, by=Role.COUNCIL)

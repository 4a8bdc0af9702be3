# SPDX-License-Identifier: EUPL-1.2
"""A payment that was a mistake: undone once, by somebody else, and what went out comes back."""

import pytest

from tests.payments.conftest import CASHIER, HOUSE, RELEASER, back, faults, named, out, paid_cents
from tests.worlds import somebody
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.payments import service as paying
from wijkbudget.payments.reversals import queries, rules, service
from wijkbudget.payments.reversals.rules import Mistake
from wijkbudget.payments.reversals.schemas import RecoverMoney, ReversePayment
from wijkbudget.payments.rules import PayoutState
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import Look, question

NEVER = ReversePayment(mistake=Mistake.NEVER_PAID, reason="Verkeerde regel aangeklikt.")
WRONGLY = ReversePayment(mistake=Mistake.PAID_WRONGLY, reason="Twee keer dezelfde rekening.")


@question(HOUSE)
def out_by_mistake(look: Look, place: str) -> int:
    return ledger.balance(look, chart.mistaken(place))


def books(treasury) -> tuple[int, int, list[str]]:
    """Return what the books say was paid, what must come back, and what is not right."""
    at = treasury.desk
    return at.ask(paid_cents, "oost"), at.ask(out_by_mistake, "oost"), at.ask(faults)


def pay(treasury, payout, by=CASHIER):
    return treasury.as_(by).act(paying.pay, "oost", payout.id, PayPayout(bank_reference="BANK-1"))


def reverse(treasury, payout, command=NEVER, by=RELEASER):
    return treasury.as_(by).act(service.reverse, "oost", payout.id, command)[0]


@pytest.fixture
def paid(treasury):
    """Return a payout that the cashier booked by hand."""
    payout = treasury.order("1", 2_500)
    pay(treasury, payout)
    return payout


class TestReverse:
    def test_lets_what_was_never_paid_wait_again(self, treasury, paid):
        undone = reverse(treasury, paid)
        assert (undone.bank_reference, undone.open_cents, undone.may_recover) == ("BANK-1", 0, False)
        assert (treasury.payout(paid).state, books(treasury)) == (PayoutState.ORDERED, (0, 0, []))
        assert (pay(treasury, paid).state, books(treasury)) == (PayoutState.PAID, (2_500, 0, []))

    def test_claims_back_what_went_out_until_it_is_back(self, treasury, paid):
        assert reverse(treasury, paid, WRONGLY).open_cents == 2_500
        assert books(treasury) == (0, 2_500, [])
        for cents, left in ((1_000, 1_500), (1_500, 0)):
            again = treasury.as_(CASHIER).act(
                service.recover, "oost", paid.id, RecoverMoney(attempt=1, amount_cents=cents)
            )
            assert (again[0].open_cents, books(treasury)) == (left, (0, left, []))
        treasury.refused(
            rules.MoreThanWentOut, service.recover, "oost", paid.id, RecoverMoney(attempt=1, amount_cents=1)
        )

    def test_is_done_by_somebody_who_had_no_hand_in_it(self, treasury, paid):
        anna = Actor(id="anna", roles=RELEASER.roles)
        for who, kind in ((CASHIER, rules.PaidIt), (anna, rules.PaidIt), (somebody(Role.AUDITOR), DoorClosed)):
            treasury.refused(kind, service.reverse, "oost", paid.id, NEVER, by=who)
        assert treasury.as_(RELEASER).ask(queries.reversals, "oost") == []

    def test_happens_once_and_to_what_is_paid(self, treasury, paid):
        treasury.refused(rules.NotPaid, service.reverse, "oost", treasury.order("2", 100).id, NEVER, by=RELEASER)
        reverse(treasury, paid)
        treasury.refused(rules.NotPaid, service.reverse, "oost", paid.id, NEVER, by=RELEASER)
        treasury.refused(
            rules.MoreThanWentOut, service.recover, "oost", paid.id, RecoverMoney(attempt=1, amount_cents=1)
        )
        treasury.refused(
            rules.ReversalNotFound, service.recover, "oost", paid.id, RecoverMoney(attempt=2, amount_cents=1)
        )

    def test_can_follow_each_payment(self, treasury, paid):
        for attempt in (1, 2):
            assert reverse(treasury, paid).attempt == attempt
            pay(treasury, paid)
        assert [each.attempt for each in treasury.as_(RELEASER).ask(queries.reversals, "oost")] == [2, 1]
        assert books(treasury) == (2_500, 0, [])


class TestWhatTheBankSays:
    @pytest.fixture
    def sent(self, treasury):
        """Return a payout that the bank paid, as its statement says."""
        payout = treasury.order("1", 2_500)
        treasury.send(payout)
        treasury.receive(treasury.bank.statement(out(2_500, named(payout))))
        return payout

    def test_is_not_denied(self, treasury, sent):
        treasury.refused(rules.BankSaysPaid, service.reverse, "oost", sent.id, NEVER, by=RELEASER)
        reverse(treasury, sent, WRONGLY)
        assert (treasury.payout(sent).state, books(treasury)) == (PayoutState.ORDERED, (0, 2_500, []))

    def test_brings_the_money_back_by_itself(self, treasury, sent):
        reverse(treasury, sent, WRONGLY)
        treasury.receive(treasury.bank.statement(back(2_500, named(sent))))
        assert (treasury.differences(), books(treasury)) == ([], (0, 0, []))
        assert treasury.payout(sent).state is PayoutState.ORDERED
        assert treasury.as_(RELEASER).ask(queries.reversals, "oost")[0].recovered_cents == 2_500

    def test_is_not_booked_a_second_time(self, treasury, sent):
        reverse(treasury, sent, WRONGLY)
        treasury.as_(CASHIER).act(service.recover, "oost", sent.id, RecoverMoney(attempt=1, amount_cents=2_500))
        treasury.receive(treasury.bank.statement(back(2_500, named(sent))))
        assert (treasury.differences(), books(treasury)) == (["unexpected_money"], (0, 0, []))

    def test_of_a_later_payment_is_another_matter(self, treasury, sent):
        reverse(treasury, sent, WRONGLY)
        treasury.send(treasury.payout(sent))
        treasury.receive(treasury.bank.statement(out(2_500, named(sent, 2)), back(2_500, named(sent))))
        assert (treasury.payout(sent).state, treasury.differences()) == (PayoutState.PAID, [])
        assert books(treasury) == (2_500, 0, [])

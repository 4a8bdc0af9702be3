# SPDX-License-Identifier: EUPL-1.2
"""Ordering and paying, at the desk."""

from uuid import UUID

import pytest

from tests.worlds import found_meerwijk, somebody
from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.faults import Fault
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.ledger import service as books
from wijkbudget.ledger.rules import NotEnough, Transfer
from wijkbudget.payments import queries, service
from wijkbudget.payments.rules import AlreadyPaid, HadAHandInIt, IbanUnreadable, PayoutState
from wijkbudget.payments.schemas import OrderPayout, PayoutView, PayPayout
from wijkbudget.payments.seed import pay_all
from wijkbudget.trail.work import Look, Work, question, verb

HOUSE = may(Role.SYSTEM)
CASHIER = somebody(Role.CASHIER, "oost")
VOUCHER = UUID(int=7)
IBAN = "NL91ABNA0417164300"


@verb(HOUSE)
def commit(work: Work, place: str, amount: int) -> None:
    """Bring money from the pot into an account that payouts are paid from."""
    target = chart.voucher(place, 2026, VOUCHER)
    books.post(work, place, Transfer(source=chart.pot(place, 2026), target=target, amount=amount, reference="commit"))


@verb(HOUSE)
def order(work: Work, place: str, about: str, amount_cents: int, iban: str = IBAN) -> PayoutView:
    """Order a payout, as approving a claim does."""
    command = OrderPayout(
        year=2026,
        about=about,
        title="Pluktuin",
        amount_cents=amount_cents,
        payee="A. Bewoner",
        iban=iban,
        source=chart.voucher(place, 2026, VOUCHER),
        target=chart.paid(place, 2026, VOUCHER),
        parties=["anna", "carla"],
    )
    return service.order(work, place, command)


@question(HOUSE)
def balances(look: Look, place: str) -> tuple[int, int]:
    """Return what the voucher holds and what was paid."""
    voucher, paid = chart.voucher(place, 2026, VOUCHER), chart.paid(place, 2026, VOUCHER)
    return ledger.balance(look, voucher), ledger.balance(look, paid)


@question(HOUSE, municipal=True)
def faults(look: Look) -> list[Fault]:
    return [*queries.check(look), *ledger.check(look)]


@pytest.fixture
def oost(desk):
    found_meerwijk(desk)
    desk.act(commit, "oost", 10_000)
    return desk


class TestOrder:
    def test_waits_for_the_cashier_and_moves_nothing(self, oost):
        payout = oost.act(order, "oost", "claim 1", 2_500)
        assert (payout.state, payout.iban, payout.paid_at) == (PayoutState.ORDERED, IBAN, None)
        assert oost.ask(balances, "oost") == (10_000, 0)

    def test_refuses_what_is_no_account_number(self, oost):
        with pytest.raises(IbanUnreadable):
            oost.act(order, "oost", "claim 1", 2_500, "NL00")
        assert oost.by(CASHIER).ask(queries.payouts, "oost") == []


class TestPay:
    def test_moves_the_money_and_keeps_the_reference(self, oost, clock):
        payout = oost.act(order, "oost", "claim 1", 2_500)
        clock.forward(days=1)
        paid = oost.by(CASHIER).once("a").act(service.pay, "oost", payout.id, PayPayout(bank_reference="2026-7"))
        assert (paid.state, paid.paid_at, paid.bank_reference) == (PayoutState.PAID, clock.now, "2026-7")
        assert oost.ask(balances, "oost") == (7_500, 2_500)
        assert oost.ask(faults) == []

    def test_answers_the_same_when_sent_twice_and_refuses_a_second_payment(self, oost):
        payout = oost.act(order, "oost", "claim 1", 2_500)
        command = PayPayout(bank_reference="2026-7")
        first, second = (oost.by(CASHIER).once("a").act(service.pay, "oost", payout.id, command) for _time in range(2))
        assert first == second
        with pytest.raises(AlreadyPaid):
            oost.by(CASHIER).once("b").act(service.pay, "oost", payout.id, command)
        assert oost.ask(balances, "oost") == (7_500, 2_500)

    def test_never_pays_more_than_there_is(self, oost):
        payout = oost.act(order, "oost", "claim 1", 10_001)
        with pytest.raises(NotEnough):
            oost.by(CASHIER).once("a").act(service.pay, "oost", payout.id, PayPayout(bank_reference="1"))
        assert oost.by(CASHIER).ask(queries.payout, "oost", payout.id).state is PayoutState.ORDERED
        assert oost.ask(balances, "oost") == (10_000, 0)

    def test_is_refused_to_who_had_a_hand_in_it(self, oost):
        payout = oost.act(order, "oost", "claim 1", 2_500)
        carla = type(CASHIER)(id="carla", roles=CASHIER.roles)
        with pytest.raises(HadAHandInIt):
            oost.by(carla).once("a").act(service.pay, "oost", payout.id, PayPayout(bank_reference="1"))
        assert oost.ask(balances, "oost") == (10_000, 0)


class TestPayouts:
    def test_show_what_waits_first_the_oldest_on_top(self, oost, clock):
        for about in ("one", "two", "three"):
            oost.act(order, "oost", about, 1_000)
            clock.forward(minutes=1)
        first = oost.by(CASHIER).ask(queries.payouts, "oost")[0]
        oost.by(CASHIER).once("a").act(service.pay, "oost", first.id, PayPayout(bank_reference="1"))
        assert [seen.about for seen in oost.by(CASHIER).ask(queries.payouts, "oost")] == ["two", "three", "one"]

    def test_may_be_paid_by_the_cashier_only(self, oost):
        payout = oost.act(order, "oost", "one", 1_000)
        may_pay = {
            role: oost.by(somebody(role, "oost")).ask(queries.payout, "oost", payout.id).may_pay
            for role in (Role.CASHIER, Role.OFFICIAL, Role.AUDITOR)
        }
        assert may_pay == {Role.CASHIER: True, Role.OFFICIAL: False, Role.AUDITOR: False}

    def test_are_all_paid_by_the_seed_once(self, oost):
        for about in ("one", "two"):
            oost.act(order, "oost", about, 1_000)
        assert (pay_all(oost, "oost", CASHIER), pay_all(oost, "oost", CASHIER)) == (2, 0)
        assert oost.ask(balances, "oost") == (8_000, 2_000)

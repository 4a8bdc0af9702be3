# SPDX-License-Identifier: EUPL-1.2
"""Shares that are handed back: which, for how much, when, and the money that goes with them."""

from datetime import date

import pytest
from sqlalchemy import text

from tests import worlds
from tests.shares.conftest import HELD, faults, money
from tests.stores import beside, url_of
from wijkbudget.kit.actor import Role
from wijkbudget.ledger.rules import NotEnough
from wijkbudget.neighbourhoods import service as municipality
from wijkbudget.neighbourhoods.schemas import HandBack
from wijkbudget.payments import queries as payments
from wijkbudget.payments import service as paying
from wijkbudget.payments.rules import AlreadyPaid, HadAHandInIt, PayoutState
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.shares import rules, service
from wijkbudget.shares.schemas import ChangeAccount, HandBackShares
from wijkbudget.trail.work import question
from wijkbudget.voting import queries as voting
from wijkbudget.voting import service as rounds
from wijkbudget.voting.schemas import PrepareRound

IBAN, OTHER = "NL91ABNA0417164300", "DE89370400440532013000"


@pytest.fixture
def hand_back(wijk):
    """Return how somebody of Oost hands shares back, after the first review."""
    wijk.review()
    keys = iter(range(100))

    def run(pseudonym, count, iban=IBAN):
        command = HandBackShares(share_count=count, payee="A. Bos", iban=iban)
        at = wijk.desk.by(wijk.resident(pseudonym)).once(f"key {next(keys)}")
        return at.act(service.hand_back, "oost", command)

    return run


def waiting(wijk):
    """Return the payments that wait for the cashier."""
    return [
        payout
        for payout in wijk.desk.by(worlds.somebody(Role.CASHIER)).ask(payments.payouts, "oost")
        if payout.state is PayoutState.ORDERED
    ]


def pay(wijk, payout, by=None):
    at = wijk.desk.by(by or worlds.somebody(Role.CASHIER)).once(f"pay {payout.id}")
    at.act(paying.pay, "oost", payout.id, PayPayout(bank_reference="B1"))


class TestHandBack:
    def test_takes_shares_for_years_and_sets_their_price_apart_until_the_cashier_pays(self, wijk, hand_back):
        wijk.review()
        pot, *_nothing = wijk.desk.ask(money)
        told = hand_back("p-1", 2)
        assert (len(told.shares), told.hand_back_max, told.handed_back[0].amount_cents) == (1, 0, 500)
        assert (wijk.held(), wijk.desk.ask(money)) == ({**HELD, "Anna Bos": 1}, (pot - 500, 500, 0))
        (payout,) = waiting(wijk)
        assert (payout.amount_cents, payout.payee, payout.iban) == (500, "A. Bos", IBAN)
        housemate = type(wijk.resident("p-2"))(id=str(wijk.id_of("p-2")), roles=worlds.somebody(Role.CASHIER).roles)
        with pytest.raises(HadAHandInIt):
            pay(wijk, payout, by=housemate)
        pay(wijk, payout)
        assert (wijk.desk.ask(money), wijk.desk.ask(faults)) == ((pot - 500, 0, 500), [])
        wijk.on(date(2030, 3, 2))
        assert wijk.held()["Anna Bos"] == 1
        assert wijk.desk.ask(faults) == []

    def test_goes_to_another_account_until_it_is_paid(self, wijk, hand_back):
        row = hand_back("p-1", 1).handed_back[0]
        anna = wijk.desk.by(wijk.resident("p-1"))
        command = ChangeAccount(payee="Anna", iban=OTHER)
        told = anna.once("change").act(service.change_account, "oost", row.id, command)
        assert told.handed_back[0].may_change_account
        (payout,) = waiting(wijk)
        assert (payout.payee, payout.iban) == ("Anna", OTHER)
        with pytest.raises(rules.ShareNotFound):
            wijk.desk.by(wijk.resident("p-3")).once("theirs").act(service.change_account, "oost", row.id, command)
        pay(wijk, payout)
        before = wijk.state()
        with pytest.raises(AlreadyPaid):
            anna.once("late").act(service.change_account, "oost", row.id, command)
        assert (wijk.state(), wijk.desk.ask(faults)) == (before, [])

    @pytest.mark.parametrize(
        ("pseudonym", "count", "refusal"),
        [
            ("p-1", 3, rules.TooFewToHandBack),
            ("p-3", 1, rules.TooFewToHandBack),
            ("p-4", 1, rules.HolderNotFound),
        ],
    )
    def test_never_takes_a_first_share(self, wijk, hand_back, pseudonym, count, refusal):
        before = wijk.state()
        with pytest.raises(refusal):
            hand_back(pseudonym, count)
        assert wijk.state() == before

    def test_is_refused_where_the_pot_is_empty(self, wijk, hand_back):
        pot, *_nothing = wijk.desk.ask(money)
        command = HandBack(year=2026, amount_cents=pot - 249, reason="Op")
        wijk.desk.by(worlds.somebody(Role.CASHIER)).once("out").act(municipality.hand_back, "oost", command)
        before = wijk.state()
        with pytest.raises(NotEnough):
            hand_back("p-1", 1)
        assert wijk.state() == before

    def test_waits_from_the_reference_date_of_a_vote_to_its_last_day(self, wijk, hand_back):
        command = PrepareRound(
            title="Stemming",
            year=2026,
            opens_on=date(2026, 3, 10),
            closes_on=date(2026, 3, 20),
            reference_on=date(2026, 3, 5),
            budget_cents=100_000,
        )
        wijk.desk.by(worlds.somebody(Role.OFFICIAL)).act(rounds.prepare, "oost", command)
        wijk.on(date(2026, 3, 4))
        hand_back("p-1", 1)
        before = wijk.desk.ask(money)
        for day in (5, 20):
            wijk.on(date(2026, 3, day))
            with pytest.raises(rules.HandBackClosed):
                hand_back("p-1", 1)
        assert wijk.desk.ask(money) == before
        wijk.on(date(2026, 3, 21))
        assert len(hand_back("p-1", 1).shares) == 1
        assert wijk.desk.ask(faults) == wijk.desk.ask(round_faults) == []


@question(worlds.may(Role.SYSTEM), municipal=True)
def round_faults(look):
    return [str(fault) for fault in voting.check(look)]


class TestCheck:
    @pytest.mark.parametrize(
        ("statement", "shows"),
        [
            ("UPDATE share_hand_back SET price_cents = 300", "paid 300 cents a share, unlike the policy of that day"),
            ("UPDATE share_hand_back SET share_count = 1", "is of 1 shares, 2 ended by it"),
            ("DELETE FROM payout", "is not ordered to be paid as 500 cents"),
        ],
    )
    def test_finds_a_hand_back_that_was_altered(self, wijk, hand_back, statement, shows):
        hand_back("p-1", 2)
        with beside(url_of(wijk.desk), is_tampering=True) as connection:
            assert connection.execute(text(statement)).rowcount == 1
        assert any(fault.endswith(shows) for fault in wijk.desk.ask(faults))

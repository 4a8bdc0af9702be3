# SPDX-License-Identifier: EUPL-1.2
"""Gifts at the desk: what may be given, what news moves, and what comes back."""

import os
from itertools import permutations
from uuid import UUID

import pytest
from sqlmodel import col, select

from tests.payments.conftest import CASHIER, HOUSE
from tests.payments.contributions.conftest import OFFICIAL, PLAN, end, give_back, hear_all, pass_on
from wijkbudget.kit.actor import GUEST
from wijkbudget.payments.contributions import rules, service
from wijkbudget.payments.contributions.models import Contribution
from wijkbudget.payments.contributions.rules import CollectionState, ContributionState, RefundState
from wijkbudget.payments.contributions.schemas import GiveMoney, OpenPot, SettleRefund
from wijkbudget.payments.providers.port import News
from wijkbudget.trail import errands
from wijkbudget.trail.work import Look, question

ORDERS = int(os.environ.get("WIJKBUDGET_PROOF_ORDERS", "8"))
"""How many of the 720 orders of six pieces of news are told to a house; a test of the rules tries all of them."""


@pytest.fixture
def before(giving):
    return giving.books()


def moved(giving, before):
    """Return how much each account holds more than before."""
    now = giving.books()
    return {account: now.get(account, 0) - before.get(account, 0) for account in now.keys() | before.keys()}


def changes(giving, before):
    return {account: cents for account, cents in moved(giving, before).items() if cents}


class TestGive:
    @pytest.mark.parametrize(
        ("cents", "kind"), [(499, rules.GiftTooSmall), (250_001, rules.GiftTooLarge), (1, rules.GiftTooSmall)]
    )
    def test_is_refused_outside_what_the_policy_allows_and_names_the_article(self, giving, cents, kind):
        refusal = giving.refused(kind, service.give, "oost", giving.plan.id, GiveMoney(amount_cents=cents))
        assert refusal.article == "Verordening wijkbudgetten Meerwijk 2024, art. 14"

    def test_without_a_name_shows_none(self, giving):
        asked = GiveMoney(amount_cents=500, is_name_shown=True)
        assert list(giving.refused(rules.NameMissing, service.give, "oost", giving.plan.id, asked).fields) == ["name"]

    def test_to_another_neighbourhoods_plan_finds_nothing(self, giving):
        giving.refused(rules.CollectionNotFound, service.give, "west", giving.plan.id, GiveMoney(amount_cents=500))

    def test_moves_nothing_before_it_is_paid(self, giving, before):
        gift = giving.give()
        assert (giving.seen(gift).state, changes(giving, before)) == (ContributionState.OPENED, {})

    def test_once_to_a_pot_is_enough(self, giving):
        giving.refused(rules.CollectionOpen, service.open_pot, "oost", OpenPot(year=2026), by=OFFICIAL)

    def test_shows_only_who_wants_to_be_named(self, giving):
        giving.paid(name="Bakkerij De Korst", is_name_shown=True)
        giving.paid(name="Iemand Anders")
        seen = giving.collected()
        assert (seen.given_cents, seen.gift_count, seen.names) == (5_000, 2, ["Bakkerij De Korst"])


class TestPaid:
    def test_comes_into_the_gift_and_the_pot_adds_half(self, giving, before):
        gift = giving.paid()
        expected = {"external:provider:stripe": -2_500, "gift": 3_750, "pot:oost:2026": -1_250}
        assert changes(giving, before) == expected
        assert (giving.seen(gift).state, giving.collected().matched_cents) == (ContributionState.PAID, 1_250)

    def test_is_matched_up_to_the_most_of_the_policy(self, giving, before):
        giving.paid(50_000)
        giving.paid(50_001)
        assert (giving.collected().matched_cents, changes(giving, before)["pot:oost:2026"]) == (30_000, -30_000)

    def test_to_a_pot_comes_into_the_pot_and_nothing_is_added(self, giving, before):
        giving.paid(to=giving.pot)
        assert changes(giving, before) == {"external:provider:stripe": -2_500, "pot:oost:2026": 2_500}
        assert giving.faults() == []

    def test_of_another_amount_waits_for_the_cashier(self, giving, before):
        gift = giving.give()
        giving.pay(gift, 2_400)
        [line] = giving.book().differences
        assert (line.waiting_cents, giving.seen(gift).state) == (2_400, ContributionState.OPENED)
        assert changes(giving, before) == {"external:provider:stripe": -2_400, "clearing:stripe:oost": 2_400}
        assert giving.faults() == []

    def test_thanks_by_mail_whoever_asked_for_it(self, giving):
        gift = giving.paid(email_address="gever@wijk.example")
        [mail] = [each.payload for each in giving.desk.ask(errands.waiting) if each.kind == "mail"]
        assert (mail["to"], mail["code"]) == ("gever@wijk.example", gift.code)

    def test_after_the_collection_ended_goes_back_whole(self, giving, before):
        gift = giving.give()
        giving.desk.act(give_back, "oost", PLAN)
        giving.pay(gift)
        giving.hear(giving.refunded(gift))
        assert (giving.seen(gift).state, changes(giving, before)) == (ContributionState.REFUNDED, {})
        assert giving.faults() == []


class TestNews:
    @pytest.mark.parametrize("offset", range(0, 720, 720 // ORDERS))
    def test_in_every_order_and_twice_ends_in_the_same_books(self, giving, before, offset):
        gift = giving.give()
        news = [
            giving.notice(gift, News.FAILED),
            giving.notice(gift, News.ARRIVED),
            giving.notice(gift, News.COMPLETED),
            giving.dispute(gift),
            giving.dispute(gift, News.DISPUTE_WON),
            giving.notice(gift, News.REFUNDED, 1_000, object_id=f"re_{gift.id.hex}"),
        ]
        told = [news[index] for index in list(permutations(range(6)))[offset]]
        giving.desk.act(hear_all, [*told, told[0], told[-1]])
        seen = giving.seen(gift)
        assert (seen.state, seen.kept_cents) == (ContributionState.PART_REFUNDED, 1_500)
        assert changes(giving, before) == {"external:provider:stripe": -1_500, "gift": 2_250, "pot:oost:2026": -750}
        assert giving.faults() == []

    def test_sent_a_hundred_times_is_heard_once(self, giving, before):
        gift = giving.give()
        news = [giving.notice(gift, News.ARRIVED), giving.notice(gift, News.COMPLETED)]
        giving.hear(*news)
        after = giving.books()
        giving.hear(*news * 50)
        assert (giving.books(), giving.collected().gift_count) == (after, 1)

    def test_told_in_two_events_is_one_thing(self, giving):
        gift = giving.paid()
        giving.hear(giving.dispute(gift), giving.dispute(gift))
        assert (giving.seen(gift).taken_cents, giving.faults()) == (2_500, [])

    def test_of_a_gift_that_nobody_knows_is_kept_for_the_cashier(self, giving, before):
        gift = giving.give()
        giving.hear(giving.notice(gift, News.ARRIVED, contribution_id=UUID(int=9), payment_id="pi_other"))
        [stranger] = giving.book().strangers
        assert (stranger.payment_id, changes(giving, before), giving.faults()) == ("pi_other", {}, [])


class TestGiveBack:
    def test_returns_to_everybody_what_they_gave_and_to_the_pot_what_it_added(self, giving, before):
        gifts = [giving.paid(cents) for cents in (2_500, 4_000, 501)]
        assert giving.desk.act(give_back, "oost", PLAN) == 7_001
        assert changes(giving, before) == {"external:provider:stripe": -7_001, "clearing:stripe:oost": 7_001}
        for gift, cents in zip(gifts, (2_500, 4_000, 501), strict=True):
            giving.hear(giving.refunded(gift, cents=cents))
        assert (changes(giving, before), giving.faults()) == ({}, [])
        assert [giving.seen(gift).state for gift in gifts] == [ContributionState.REFUNDED] * 3

    def test_ends_the_collection(self, giving):
        giving.desk.act(give_back, "oost", PLAN)
        giving.refused(rules.CollectionClosed, service.give, "oost", giving.plan.id, GiveMoney(amount_cents=500))
        assert (giving.collected().state, giving.desk.act(give_back, "oost", PLAN)) == (CollectionState.RETURNED, 0)

    @pytest.mark.parametrize("order", [(News.REFUNDED, News.REFUND_FAILED), (News.REFUND_FAILED, News.REFUNDED)])
    def test_that_does_not_arrive_waits_for_the_cashier_who_settles_it_once(self, giving, before, order):
        gift = giving.paid()
        giving.desk.act(give_back, "oost", PLAN)
        giving.hear(*(giving.refunded(gift, news) for news in order))
        [refund] = giving.book().refunds
        assert (refund.state, refund.may_settle) == (RefundState.FAILED, True)
        assert changes(giving, before) == {"external:provider:stripe": -2_500, "clearing:stripe:oost": 2_500}
        settled = SettleRefund(bank_reference="B-1")
        assert giving.as_(CASHIER).act(service.settle_refund, refund.id, settled).refunds == []
        assert (changes(giving, before), giving.faults()) == ({}, [])
        giving.refused(rules.RefundNotFailed, service.settle_refund, refund.id, settled, by=CASHIER)


class TestPassOn:
    def test_brings_gifts_and_what_was_added_to_the_money_of_the_plan(self, giving, before):
        gift = giving.paid()
        assert giving.desk.act(pass_on, "oost", PLAN) == 3_750
        expected = {"external:provider:stripe": -2_500, "pot:oost:2026": -1_250, "voucher": 3_750}
        assert (changes(giving, before), giving.seen(gift).collection) == (expected, CollectionState.PASSED_ON)
        assert giving.faults() == []

    def test_lets_the_municipality_bear_what_a_bank_takes_back_later(self, giving, before):
        gift = giving.paid()
        giving.desk.act(pass_on, "oost", PLAN)
        giving.hear(giving.dispute(gift))
        after = changes(giving, before)
        assert (after["external:disputed:oost"], after["voucher"]) == (-2_500, 3_750)
        assert (giving.book().differences[0].taken_cents, giving.faults()) == (2_500, [])


class TestRest:
    def test_goes_back_in_proportion_to_the_cent_and_what_the_pot_brought_stays_there(self, giving, before):
        gifts = [giving.paid(cents) for cents in (2_500, 5_001)]
        giving.desk.act(pass_on, "oost", PLAN)
        # The plan held 7,501 of gifts and 3,750 of the pot, and keeps 5,000.
        assert giving.desk.act(end, "oost", PLAN, 6_251, 5_000) == 1_389 + 2_779
        assert [refund.amount_cents for gift in gifts for refund in giving.seen(gift).refunds] == [1_389, 2_779]
        assert [giving.seen(gift).kept_cents for gift in gifts] == [1_111, 2_222]
        expected = {"pot:oost:2026": 2_083 - 3_750, "clearing:stripe:oost": 4_168, "voucher": 5_000}
        assert changes(giving, before) == {"external:provider:stripe": -7_501, **expected}
        assert giving.faults() == []

    def test_in_parts_never_gives_back_more_than_was_given(self, giving):
        gifts = [giving.paid(500, may_go_to_pot=number > 1) for number in range(3)]
        giving.desk.act(pass_on, "oost", PLAN)
        assert sum(giving.desk.act(end, "oost", PLAN, 250, 2_000 - 250 * part) for part in range(9)) == 1_000
        assert [giving.seen(gift).kept_cents for gift in gifts] == [0, 0, 500]
        assert giving.faults() == []

    def test_is_not_for_who_left_it_to_the_pot_or_took_it_back(self, giving):
        left, taken, asked = giving.paid(may_go_to_pot=True), giving.paid(), giving.paid()
        giving.desk.act(pass_on, "oost", PLAN)
        giving.hear(giving.dispute(taken))
        assert giving.desk.act(end, "oost", PLAN, 11_250, 0) == 2_500
        assert [len(giving.seen(gift).refunds) for gift in (left, taken, asked)] == [0, 0, 1]
        assert giving.faults() == []

    def test_of_a_plan_that_does_not_go_ahead_goes_to_the_pot_if_the_giver_said_so(self, giving, before):
        left, asked = giving.paid(may_go_to_pot=True), giving.paid(1_000)
        assert giving.desk.act(give_back, "oost", PLAN) == 1_000
        expected = {"external:provider:stripe": -3_500, "pot:oost:2026": 2_500, "clearing:stripe:oost": 1_000}
        assert changes(giving, before) == expected
        assert (giving.seen(left).state, giving.seen(left).kept_cents) == (ContributionState.PAID, 2_500)
        assert (giving.seen(asked).state, giving.faults()) == (ContributionState.REFUNDED, [])


class TestDispute:
    def test_takes_a_gift_back_with_what_was_added(self, giving, before):
        gift = giving.paid()
        giving.hear(giving.dispute(gift))
        assert (changes(giving, before), giving.seen(gift).state) == ({}, ContributionState.REFUNDED)

    def test_that_is_won_brings_both_back(self, giving):
        gift = giving.paid()
        after = giving.books()
        giving.hear(giving.dispute(gift), giving.dispute(gift, News.DISPUTE_WON))
        assert (giving.books(), giving.faults()) == (after, [])


@question(HOUSE)
def kept(look: Look, place: str) -> list[tuple[str | None, str | None, bool]]:
    """Return what the house holds of givers: their name, their address, and whether the name is shown."""
    rows = look.session.exec(select(Contribution).where(col(Contribution.place) == place)).all()
    return sorted((row.name or "", row.email_address or "", row.is_name_shown) for row in rows)


def forgotten(giving, *places):
    return [giving.desk.act(service.forget_givers, place) for place in places]


class TestForgetting:
    def test_takes_addresses_after_a_month_and_names_a_year_after_the_decision(self, giving, clock):
        giving.paid(name="Bakkerij De Korst", is_name_shown=True, email_address="korst@wijk.example")
        giving.paid(name="Stille gever")
        giving.paid(name="Vriend van de pot", is_name_shown=True, to=giving.pot)
        giving.give(name="Kwam niet", is_name_shown=True, email_address="niet@wijk.example")
        before = giving.books()
        clock.forward(days=rules.CONTACT_KEPT_DAYS - 1)
        assert forgotten(giving, "oost") == [0]
        clock.forward(days=1)
        assert forgotten(giving, "west", "oost") == [0, 3]
        assert giving.desk.ask(kept, "oost") == [
            ("", "", False),
            ("", "", False),
            ("Bakkerij De Korst", "", True),
            ("Vriend van de pot", "", True),
        ]
        clock.forward(days=rules.NAME_KEPT_DAYS)
        # The plan was not decided about yet, so its givers are still thanked.
        assert forgotten(giving, "oost") == [1]
        giving.desk.act(pass_on, "oost", PLAN)
        clock.forward(days=rules.NAME_KEPT_DAYS)
        assert forgotten(giving, "oost", "oost") == [1, 0]
        assert giving.desk.ask(kept, "oost") == [("", "", False)] * 4
        assert (giving.faults(), sum(giving.books().values())) == ([], sum(before.values()))

    def test_can_be_asked_for_by_the_giver_at_once(self, giving):
        gift = giving.paid(name="Bakkerij De Korst", is_name_shown=True)
        assert giving.desk.by(GUEST).act(service.hide_name, gift.code).name is None
        assert giving.collected().names == []
        giving.refused(rules.NameNotShown, service.hide_name, gift.code)

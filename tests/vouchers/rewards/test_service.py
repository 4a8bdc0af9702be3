# SPDX-License-Identifier: EUPL-1.2
"""Rewards: finished tasks earn a choice, each is given once, and every cent of it is accounted for."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.vouchers.conftest import HOUSE, state
from tests.vouchers.rewards.conftest import CHOOSERS, FINISHED, LAST_ON, PLACE, lunch, minutes, proof, ticket
from tests.worlds import somebody
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.states import WrongState
from wijkbudget.ledger.rules import NotEnough
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.payments import queries as payments
from wijkbudget.payments import service as pay
from wijkbudget.payments.rules import HadAHandInIt, IbanUnreadable
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.reciprocity.fees import service as fees
from wijkbudget.reciprocity.fees.rules import FeeTooHigh, Form
from wijkbudget.reciprocity.fees.schemas import TellFee
from wijkbudget.reciprocity.rules.rights import RightClosed
from wijkbudget.trail.work import NotYours, Work, verb
from wijkbudget.vouchers.rewards import queries, service
from wijkbudget.vouchers.rewards.rules import (
    NoneLeft,
    NoRewards,
    NotEnoughTasks,
    OfferNotFound,
    OfferOver,
    OfferState,
    OfferTooLong,
    OwnReward,
    ReceiverWrong,
    RedeemedBefore,
    RewardLapsed,
    RewardNotFound,
    RewardState,
    StockMissing,
    TooValuable,
    WrongRewardCode,
)
from wijkbudget.vouchers.rewards.schemas import ChangeReceiver, FindReward, RedeemReward
from wijkbudget.vouchers.rules import CodeMistyped, OwnMoney

ARTICLE = "Verordening wijkbudgetten Meerwijk 2024, art. 15"


@verb(HOUSE, municipal=True, silent="a test plays a keeper who goes around the verbs")
def tamper(work: Work, statement: str) -> None:
    work.session.connection().execute(text(statement))


def refused(rewards, kind: type[Refusal], by: Actor | Role, verb, *given, place: str = PLACE) -> Refusal:
    """See that a verb is refused and that nothing changed."""
    before = rewards.desk.ask(state)
    with pytest.raises(kind) as refusal:
        rewards.as_(by).act(verb, place, *given)
    assert rewards.desk.ask(state) == before
    return refusal.value


def after_the_last_day(rewards, clock) -> int:
    """Let the last day pass, and return how much the house let go."""
    clock.now = clock.now.replace(year=LAST_ON.year, month=5, day=1)
    return rewards.desk.act(service.lapse_rewards, PLACE)


class TestOffer:
    def test_sets_the_money_for_all_of_them_apart_where_the_neighbourhood_pays(self, rewards):
        before = rewards.money()
        rewards.offer(ticket())
        assert rewards.money() == before
        offer = rewards.offer(lunch())
        assert (offer.left_count, offer.article) == (3, ARTICLE)
        assert rewards.money() == {**before, "pot": before["pot"] - 3_750, "offer": 3_750}
        assert rewards.desk.ask(proof) == []

    def test_is_refused_with_what_would_help(self, rewards):
        for command, kind in (
            (ticket(value_cents=2_501), TooValuable),
            (ticket(last_on=date(2026, 3, 16)), OfferTooLong),
            (ticket(last_on=date(2026, 12, 1)), OfferTooLong),
            (lunch(stock_count=None), StockMissing),
            (lunch(iban=None), ReceiverWrong),
            (ticket(payee="Zwembad"), ReceiverWrong),
            (lunch(stock_count=10_000), NotEnough),
        ):
            refusal = refused(rewards, kind, Role.CHAIR, service.open_offer, command)
            assert refusal.article == ARTICLE or refusal.fields

    def test_is_not_for_whoever_would_be_paid_by_it(self, rewards):
        chair = replace(rewards.giver, roles=rewards.giver.roles | {(Role.CHAIR, PLACE)})
        refused(rewards, OwnMoney, chair, service.open_offer, lunch(organisation_id=rewards.organisation_id))

    def test_takes_rules_that_know_rewards(self, rewards):
        official = somebody(Role.OFFICIAL)
        refused(rewards, NoRewards, official, service.open_offer, ticket(), place="west")

    def test_is_closed_with_what_nobody_chose_back_in_the_pot(self, rewards):
        before, offer = rewards.money(), rewards.offer(lunch())
        reward = rewards.choose(offer)
        closed = rewards.as_(Role.CASHIER).act(service.close_offer, PLACE, offer.id)
        assert (closed.state, closed.left_count, closed.can_be_chosen) == (OfferState.CLOSED, 2, False)
        assert rewards.money() == {**before, "pot": before["pot"] - 1_250, "reward": 1_250}
        refused(rewards, WrongState, Role.CASHIER, service.close_offer, offer.id)
        refused(rewards, WrongState, rewards.anna, service.choose, offer.id)
        assert rewards.redeem(reward.code).state is RewardState.REDEEMED
        assert rewards.desk.ask(proof) == []


class TestChoose:
    def test_takes_the_tasks_one_of_them_and_the_money_in_one_act(self, rewards):
        before, offer = rewards.money(), rewards.offer(lunch())
        assert (rewards.own().finished_count, rewards.own().missing_count) == (FINISHED, 0)
        reward = rewards.choose(offer)
        assert (reward.state, reward.task_count, reward.value_cents) == (RewardState.CHOSEN, 2, 1_250)
        assert rewards.own().finished_count == FINISHED - 2
        assert rewards.catalogue()[0].left_count == 2
        assert rewards.money() == {**before, "pot": before["pot"] - 3_750, "offer": 2_500, "reward": 1_250}
        assert rewards.desk.by(rewards.anna).ask(queries.own_reward, PLACE, reward.id) == reward
        with pytest.raises(RewardNotFound):
            rewards.desk.by(rewards.cees).ask(queries.own_reward, PLACE, reward.id)
        assert rewards.desk.ask(proof) == []

    def test_uses_each_task_once_and_counts_no_quarters(self, rewards):
        offer = rewards.offer(ticket(stock_count=None))
        rewards.choose(offer)
        rewards.choose(offer)
        refusal = refused(rewards, NotEnoughTasks, rewards.anna, service.choose, offer.id)
        assert refusal.article == ARTICLE
        # The morning that Cees split in two is one task.
        assert rewards.own(rewards.cees).missing_count == 1
        refused(rewards, NotEnoughTasks, rewards.cees, service.choose, offer.id)

    def test_gives_the_last_one_to_one_of_eight(self, rewards):
        offer = rewards.offer(lunch(stock_count=1))
        waiting = [rewards.as_(who).submit(service.choose, PLACE, offer.id) for who in rewards.choosers]
        found = [future.exception() for future in waiting]
        assert [type(each) for each in found if each] == [NoneLeft] * (CHOOSERS - 1)
        assert sorted(rewards.tasks_left(who) for who in rewards.choosers)[:1] == [0 if found[0] else 2]
        assert sum(rewards.tasks_left(who) for who in rewards.choosers) == FINISHED + 2 * (CHOOSERS - 1) - 2
        assert rewards.money()["reward"] == 1_250
        assert rewards.desk.ask(proof) == []

    def test_is_refused_elsewhere_and_after_the_last_day(self, rewards, clock):
        offer = rewards.offer(ticket())
        somewhere = Actor(id=rewards.anna.id, roles=frozenset({(Role.RESIDENT, "west")}))
        refused(rewards, OfferNotFound, somewhere, service.choose, offer.id, place="west")
        refused(rewards, OfferNotFound, rewards.anna, service.choose, uuid4())
        clock.now = clock.now.replace(month=5, day=1)
        refused(rewards, OfferOver, rewards.anna, service.choose, offer.id)

    def test_counts_with_all_that_somebody_gets_for_their_time(self, rewards, clock):
        offer = rewards.offer(ticket())
        told = TellFee(amount_cents=20_900, received_on=clock.now.date(), given_as=Form.MONEY, giver="De voetbalclub")
        rewards.as_(rewards.anna).act(fees.tell_fee, PLACE, rewards.anna.id, told)
        assert refused(rewards, FeeTooHigh, rewards.anna, service.choose, offer.id).article

    def test_waits_for_time_where_the_rules_say_so(self, rewards):
        offer = rewards.offer(ticket())
        section = "[rights]\nwindow_months = 12\nopens = ['reward']\ntasks_min = 10\narticle = 'art. 8a'\n"
        toml = f"{demo_toml('oost')}\n{section}minutes_min = 600\n"
        command = AdoptPolicy(valid_from=date(2026, 3, 16), decided_by="De gemeenteraad", toml=toml)
        rewards.as_(somebody(Role.ADMINISTRATOR)).act(neighbourhoods.adopt_policy, PLACE, command)
        assert refused(rewards, RightClosed, rewards.anna, service.choose, offer.id).article == "art. 8a"

    def test_lets_the_time_count_or_not_as_the_rules_say(self, rewards, clock):
        offer = rewards.offer(ticket())
        rewards.choose(offer)
        assert rewards.desk.ask(minutes, PLACE, rewards.anna.id) == 60 * FINISHED
        toml = demo_toml("oost").replace("tasks_each = 2", "tasks_each = 2\ntime_counts = false")
        command = AdoptPolicy(valid_from=date(2026, 3, 17), decided_by="De gemeenteraad", toml=toml)
        rewards.as_(somebody(Role.ADMINISTRATOR)).act(neighbourhoods.adopt_policy, PLACE, command)
        clock.forward(days=1)
        rewards.choose(offer)
        assert rewards.desk.ask(minutes, PLACE, rewards.anna.id) == 60 * (FINISHED - 2)


class TestRedeem:
    def test_pays_whoever_gave_it_through_the_bank_by_other_hands(self, rewards):
        offer = rewards.offer(lunch())
        reward = rewards.choose(offer)
        assert rewards.redeem(f" {reward.code.lower()} ").state is RewardState.REDEEMED
        cashier = rewards.as_(Role.CASHIER)
        (payout,) = cashier.ask(payments.payouts, PLACE)
        assert (payout.about, payout.amount_cents, payout.payee) == (str(reward.id), 1_250, "Lunchroom Oost")
        for one in (rewards.staff[Role.OFFICIAL], rewards.staff[Role.GUIDE], rewards.anna):
            paying = replace(one, roles=frozenset({(Role.CASHIER, PLACE)}))
            refused(rewards, HadAHandInIt, paying, pay.pay, payout.id, PayPayout(bank_reference="1"))
        cashier.act(pay.pay, PLACE, payout.id, PayPayout(bank_reference="1"))
        assert {name: rewards.money()[name] for name in ("offer", "reward", "paid")} == {
            "offer": 2_500,
            "reward": 0,
            "paid": 1_250,
        }
        assert rewards.desk.ask(proof) == []

    def test_is_paid_to_another_account_with_what_waits_and_by_other_hands_still(self, rewards):
        offer, given = rewards.offer(lunch()), rewards.offer(ticket())
        rewards.redeem(rewards.choose(offer).code)
        other = ChangeReceiver(payee="Lunchroom Oost BV", iban="NL20 INGB 0001 2345 67")
        refused(rewards, WrongState, Role.CHAIR, service.change_receiver, given.id, other)
        wrong = ChangeReceiver(payee="Lunchroom Oost BV", iban="NL21INGB0001234567")
        refused(rewards, IbanUnreadable, Role.CHAIR, service.change_receiver, offer.id, wrong)
        rewards.as_(Role.CHAIR).act(service.change_receiver, PLACE, offer.id, other)
        (payout,) = rewards.as_(Role.CASHIER).ask(payments.payouts, PLACE)
        assert (payout.payee, payout.iban) == ("Lunchroom Oost BV", "NL20INGB0001234567")
        paying = replace(rewards.staff[Role.CHAIR], roles=frozenset({(Role.CASHIER, PLACE)}))
        refused(rewards, HadAHandInIt, paying, pay.pay, payout.id, PayPayout(bank_reference="1"))
        assert rewards.desk.ask(proof) == []

    def test_books_what_a_sponsor_gave_at_its_value(self, rewards):
        offer = rewards.offer(ticket(stock_count=None, organisation_id=rewards.organisation_id))
        reward = rewards.choose(offer)
        assert rewards.money()["sponsored"] == -600
        found = rewards.desk.by(rewards.giver).ask(queries.reward_by_code, PLACE, FindReward(code=reward.code))
        assert (found.title, found.state) == (offer.title, RewardState.CHOSEN)
        rewards.redeem(reward.code, rewards.giver)
        assert (rewards.money()["given"], rewards.money()["reward"]) == (600, 0)
        assert rewards.own().rewards[0].code == reward.code
        assert rewards.desk.ask(proof) == []

    def test_happens_once_in_time_and_by_other_hands(self, rewards, clock):
        offer = rewards.offer(ticket(organisation_id=rewards.organisation_id))
        first, second = (RedeemReward(code=rewards.choose(offer).code) for _one in range(2))
        refused(rewards, NotYours, rewards.cees, service.redeem_reward, first)
        guide = replace(rewards.anna, roles=frozenset({(Role.GUIDE, PLACE)}))
        refused(rewards, OwnReward, guide, service.redeem_reward, first)
        refused(rewards, WrongRewardCode, somebody(Role.GUIDE), service.redeem_reward, first, place="west")
        nobody = RedeemReward(code="0000-0000-0000-0000")
        refused(rewards, WrongRewardCode, Role.GUIDE, service.redeem_reward, nobody)
        rewards.redeem(first.code)
        refused(rewards, RedeemedBefore, Role.GUIDE, service.redeem_reward, first)
        clock.now = clock.now.replace(month=5, day=1)
        assert refused(rewards, RewardLapsed, Role.GUIDE, service.redeem_reward, second).article == ARTICLE

    def test_tells_a_typing_mistake_before_anything_is_looked_up(self, rewards):
        code = rewards.choose(rewards.offer(ticket())).code
        with pytest.raises(CodeMistyped):
            RedeemReward(code=("Z" if code[0] != "Z" else "Y") + code[1:])


class TestLapse:
    def test_brings_all_value_back_keeps_the_tasks_used_and_does_nothing_twice(self, rewards, clock):
        before = rewards.money()
        for command in (lunch(), ticket(stock_count=None)):
            rewards.choose(rewards.offer(command))
        assert after_the_last_day(rewards, clock) == 4
        assert rewards.money() == before
        assert {each.state for each in rewards.own().rewards} == {RewardState.LAPSED}
        assert rewards.tasks_left() == 0
        again = rewards.desk.ask(state)
        assert rewards.desk.act(service.lapse_rewards, PLACE) == 0
        assert rewards.desk.ask(state) == again
        assert rewards.desk.ask(proof) == []


class TestCheck:
    def test_names_what_was_altered(self, rewards):
        rewards.choose(rewards.offer(lunch()))
        given = "reward SET state = 'redeemed', redeemed_on = chosen_on, redeemed_by = ''"
        waits = "reward SET state = 'chosen', redeemed_on = NULL, redeemed_by = NULL"
        for altered, mended, promise in (
            ("reward_offer SET left_count = 3", "reward_offer SET left_count = 2", "never more rewards than there are"),
            ("reward_offer SET value_cents = 1", "reward_offer SET value_cents = 1250", "what is offered is set apart"),
            ("reward SET task_count = 1", "reward SET task_count = 2", "a task earns once"),
            ("reward SET value_cents = 1", "reward SET value_cents = 1250", "no cent of a reward is lost"),
            (given, waits, "what was given is paid"),
            ("time_entry SET state = 'rejected', settled_on = NULL", "", "reciprocity"),
        ):
            assert rewards.desk.ask(proof) == []
            rewards.desk.act(tamper, f"UPDATE {altered}")
            assert promise in {fault.promise for fault in rewards.desk.ask(proof)}
            if mended:
                rewards.desk.act(tamper, f"UPDATE {mended}")

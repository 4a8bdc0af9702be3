# SPDX-License-Identifier: EUPL-1.2
"""Gifts to a plan: its group asks for them while it is voted on, and they come into its voucher, or go back."""

from uuid import UUID

import pytest

from tests.initiatives.conftest import Hood
from wijkbudget.initiatives import service
from wijkbudget.initiatives.schemas import GiveUpInitiative
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.payments.contributions import queries
from wijkbudget.payments.contributions import service as contributions
from wijkbudget.payments.contributions.rules import CollectionState, ContributionState
from wijkbudget.payments.contributions.schemas import GiveMoney
from wijkbudget.payments.providers.port import News, Notice
from wijkbudget.trail.work import NotYours
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers import seed as bought


def pay(hood: Hood, collection_id: UUID, cents: int) -> str:
    """Give to a plan, and return the code of the gift."""
    at = hood.desk.by(GUEST)
    gift = at.act(contributions.give, "oost", collection_id, GiveMoney(amount_cents=cents))
    for news in (News.ARRIVED, News.COMPLETED):
        told = Notice(
            event_id=f"{news} {gift.id}",
            news=news,
            contribution_id=gift.id,
            payment_id=f"pi {gift.id}",
            object_id=f"{news} {gift.id}",
            refund_id=None,
            amount_cents=cents,
        )
        at.act(contributions.hear, "stripe", told)
    return gift.code


def test_gifts_come_into_the_voucher_of_a_plan_that_won_and_back_from_one_that_lost(hood: Hood):
    anna, bart = hood.feasible(), hood.feasible(hood.bart, title="Muziek")
    round_id = hood.prepare()
    hood.put_on_ballot(round_id)
    asked = [hood.by(who).act(service.collect, "oost", plan.id) for who, plan in ((hood.anna, anna), (hood.bart, bart))]
    codes = [pay(hood, plan.collection_id, 10_000) for plan in asked]
    hood.hold(round_id, "1")
    hood.adopt(round_id)
    seen = [hood.desk.by(GUEST).ask(queries.contribution, code) for code in codes]
    assert [gift.collection for gift in seen] == [CollectionState.PASSED_ON, CollectionState.RETURNED]
    assert [gift.state for gift in seen] == [ContributionState.PAID, ContributionState.REFUNDED]
    voucher = hood.desk.ask(vouchers.voucher, "oost", hood.view(anna.id).voucher_id)
    assert (voucher.value_cents, voucher.topped_up_cents) == (550_000 + 15_000, 15_000)
    assert hood.faults() == []


def test_gifts_go_back_at_once_when_a_winner_stops_before_the_council_decided(hood: Hood):
    plan = hood.feasible()
    hood.feasible(hood.bart, title="Muziek")
    round_id = hood.prepare()
    hood.put_on_ballot(round_id)
    asked = hood.by(hood.anna).act(service.collect, "oost", plan.id)
    code = pay(hood, asked.collection_id, 10_000)
    hood.hold(round_id, "1")
    hood.by(hood.anna).once("stop").act(service.give_up, "oost", plan.id, GiveUpInitiative(reason="Ik verhuis."))
    seen = hood.desk.by(GUEST).ask(queries.contribution, code)
    assert (seen.collection, seen.state) == (CollectionState.RETURNED, ContributionState.REFUNDED)
    assert hood.faults() == []


def test_a_plan_that_stops_gives_back_what_is_left_of_its_gifts_and_frees_the_rest(hood: Hood):
    anna, _other = hood.feasible(), hood.feasible(hood.bart, title="Muziek")
    round_id = hood.prepare()
    hood.put_on_ballot(round_id)
    plan = hood.by(hood.anna).act(service.collect, "oost", anna.id)
    code = pay(hood, plan.collection_id, 10_000)
    hood.hold(round_id, "1")
    hood.adopt(round_id)
    pot = hood.money()["pot"]
    on = hood.clock.now.date()
    some = bought.Bought(supplier="Kweker", number="1", bought_on=on, amount_cents=113_000, payee="Kweker")
    approvers = [hood.staff[Role.CHAIR], hood.staff[Role.OFFICIAL]]
    hands = bought.Hands(claimant=hood.anna, approvers=approvers, cashier=hood.staff[Role.CASHIER])
    bought.spend(hood.desk, "oost", hood.view(anna.id).voucher_id, [some], hands)
    hood.by(hood.anna).once("stop").act(service.give_up, "oost", anna.id, GiveUpInitiative(reason="Geen sleutel."))
    # A fifth of 550,000 from the round, 10,000 of the gift and 5,000 of the pot was spent.
    gift = hood.desk.by(GUEST).ask(queries.contribution, code)
    assert ([each.amount_cents for each in gift.refunds], gift.kept_cents) == ([8_000], 2_000)
    assert hood.money() == {"pot": pot + 452_000 - 8_000, "reserved": 0, "vouchers": 0}
    stopped = hood.view(anna.id).stopped
    assert (stopped.kept_cents, stopped.freed_cents, stopped.given_back_cents) == (113_000, 452_000, 8_000)
    assert hood.faults() == []


@pytest.mark.parametrize("who", ["bart", "anna"])
def test_gifts_are_asked_for_by_the_group_and_only_on_a_ballot(hood: Hood, who):
    plan = hood.feasible()
    before = hood.state()
    with pytest.raises(WrongState if who == "anna" else NotYours):
        hood.by(getattr(hood, who)).act(service.collect, "oost", plan.id)
    assert hood.state() == before
    assert (hood.view(plan.id).may_collect, hood.view(plan.id).collection_id) == (False, None)

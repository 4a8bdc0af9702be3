# SPDX-License-Identifier: EUPL-1.2
"""A reward that was booked as given by mistake waits again; and a young person chooses one with a guide."""

from datetime import date
from uuid import UUID

import pytest

from tests.vouchers.conftest import state
from tests.vouchers.rewards.conftest import PLACE, lunch, proof, ticket
from tests.worlds import somebody
from wijkbudget.kit.actor import Role
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.payments import queries as payments
from wijkbudget.payments import service as pay
from wijkbudget.payments.rules import AlreadyPaid
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.reciprocity.guidance import service as guidance
from wijkbudget.reciprocity.guidance.rules import ContractMissing
from wijkbudget.reciprocity.guidance.schemas import ProposeGuidance
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.vouchers.rewards import service
from wijkbudget.vouchers.rewards.rules import GaveIt, NotGiven, OwnReward, RewardState, demand_other_hands
from wijkbudget.vouchers.rewards.schemas import UndoRedemption


def undo(rewards, code: str, by=Role.OFFICIAL):
    command = UndoRedemption(code=code, reason="De verkeerde code getypt.")
    return rewards.as_(by).act(service.undo_redemption, PLACE, command)


class TestUndoing:
    @pytest.mark.parametrize("offered", [ticket, lunch])
    def test_lets_it_be_fetched_again_as_often_as_it_takes(self, rewards, offered):
        code = rewards.choose(rewards.offer(offered())).code
        chosen = rewards.money()
        for _time in range(2):
            rewards.redeem(code)
            given = rewards.money()
            (own,) = rewards.own().rewards
            assert (own.state, own.code) == (RewardState.REDEEMED, code)
            found = undo(rewards, code)
            assert (found.state, found.redeemed_on, rewards.money()) == (RewardState.CHOSEN, None, chosen)
            assert rewards.desk.ask(proof) == []
        rewards.redeem(code)
        assert rewards.money() == given
        assert rewards.desk.ask(proof) == []

    def test_is_for_another_person_at_a_desk(self, rewards):
        code = rewards.choose(rewards.offer(ticket(organisation_id=rewards.organisation_id))).code
        with pytest.raises(NotGiven):
            undo(rewards, code)
        rewards.redeem(code)
        before = rewards.desk.ask(state)
        with pytest.raises(GaveIt):
            undo(rewards, code, Role.GUIDE)
        for outside in (rewards.giver, rewards.anna, Role.CHAIR):
            with pytest.raises(DoorClosed):
                undo(rewards, code, outside)
        with pytest.raises(OwnReward):
            demand_other_hands("anna", frozenset({"anna"}))
        assert rewards.desk.ask(state) == before

    def test_comes_after_the_payment_is_undone(self, rewards):
        code = rewards.choose(rewards.offer(lunch())).code
        rewards.redeem(code)
        (payout,) = rewards.as_(Role.CASHIER).ask(payments.payouts, PLACE)
        rewards.as_(Role.CASHIER).act(pay.pay, PLACE, payout.id, PayPayout(bank_reference="bank 1"))
        before = rewards.desk.ask(state)
        with pytest.raises(AlreadyPaid):
            undo(rewards, code)
        assert rewards.desk.ask(state) == before

    def test_stands_on_the_page_where_it_is_given_and_in_the_api(self, rewards, client):
        page, api = "/wijken/oost/beloningen/inwisselen", "/api/v1/neighbourhoods/oost/rewards/redemptions/reversal"
        code = rewards.choose(rewards.offer(ticket())).code
        rewards.redeem(code)
        client.log_in(rewards.staff[Role.CASHIER])
        assert "Toch niet gegeven?" in client.post(page, {"code": code}).text
        silent = client.post(f"{page}/ongedaan", {"code": code})
        assert (silent.status_code, silent.text.count('href="#reason"')) == (400, 1)
        assert client.post(f"{page}/ongedaan", {"code": code, "reason": "Verkeerde code."}).status_code == 303
        again = client.send(api, {"code": code, "reason": "Verkeerde code."})
        assert (again.status_code, client.send(api, {"code": "0000-0000-0000-0000", "reason": "x"}).status_code) == (
            409,
            403,
        )


class TestYoungPeople:
    def test_choose_a_reward_with_a_guide_where_the_rules_say_so(self, rewards):
        offer, anna = rewards.offer(ticket()), rewards.anna
        assert not rewards.own().needs_contract
        # Anna is 26; nobody here is younger and finished tasks.
        toml = demo_toml("oost").replace("contract_under_age = 18", "contract_under_age = 27")
        command = AdoptPolicy(valid_from=date(2026, 3, 16), decided_by="De gemeenteraad", toml=toml)
        rewards.as_(somebody(Role.ADMINISTRATOR)).act(neighbourhoods.adopt_policy, PLACE, command)
        before = rewards.desk.ask(state)
        with pytest.raises(ContractMissing) as refusal:
            rewards.choose(offer)
        assert refusal.value.article == "Verordening wijkbudgetten Meerwijk 2024, art. 15 lid 3"
        assert (rewards.own().needs_contract, rewards.desk.ask(state)) == (True, before)
        asked = {"tasks": "Boodschappen.", "guide_does": "Bellen.", "until_on": date(2026, 6, 1)}
        proposed = ProposeGuidance(person_id=UUID(anna.id), **asked)
        made = rewards.as_(Role.GUIDE).act(guidance.propose_guidance, PLACE, proposed)
        with pytest.raises(ContractMissing):
            rewards.choose(offer)
        rewards.as_(anna).act(guidance.sign_guidance, PLACE, made.id)
        assert rewards.choose(offer).state is RewardState.CHOSEN

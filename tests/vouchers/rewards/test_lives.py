# SPDX-License-Identifier: EUPL-1.2
"""Lives of rewards in any order, beside a model of a few counts: the house allows and holds just what that says."""

from dataclasses import dataclass, field
from random import Random

import pytest

from tests.vouchers.conftest import state
from tests.vouchers.rewards.conftest import CHOOSERS, FINISHED, LAST_ON, PLACE, Rewards, lunch, proof, ticket
from wijkbudget.kit.actor import Role
from wijkbudget.kit.errors import Refusal
from wijkbudget.vouchers.rewards import service
from wijkbudget.vouchers.rewards.rules import Payer
from wijkbudget.vouchers.rewards.schemas import OfferView, RewardView

STEPS = 15


@dataclass
class Model:
    """What must be so: of each thing offered how many are left, of each chooser how many tasks, what waits."""

    tasks: list[int] = field(default_factory=lambda: [FINISHED] + [2] * (CHOOSERS - 1))
    offers: list[OfferView] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    open: set[int] = field(default_factory=set)
    chosen: list[tuple[RewardView, int]] = field(default_factory=list)
    given: set[int] = field(default_factory=set)

    def cents(self, payer: Payer, *, given: bool) -> int:
        """Return what the rewards of one payer hold that were given, or that wait."""
        return sum(
            reward.value_cents
            for number, (reward, at) in enumerate(self.chosen)
            if self.offers[at].payer is payer and (number in self.given) == given
        )


def step(rewards: Rewards, model: Model, dice: Random) -> None:
    """Do one thing; it is refused just when the model says, and then changes nothing."""
    which = dice.choice(("offer", "choose", "choose", "choose", "redeem", "redeem", "close"))
    at, who, number = (dice.randrange(max(1, count)) for count in (len(model.offers), CHOOSERS, len(model.chosen)))
    if which == "offer" or at >= len(model.offers) or (which == "redeem" and number >= len(model.chosen)):
        command = dice.choice((lunch, ticket))(stock_count=dice.choice((1, 2)))
        model.open.add(len(model.offers))
        model.offers.append(rewards.offer(command))
        model.left.append(command.stock_count)
        return
    allowed = {
        "choose": at in model.open and model.left[at] > 0 and model.tasks[who] >= 2,
        "redeem": number not in model.given,
        "close": at in model.open,
    }[which]
    before = None if allowed else rewards.desk.ask(state)
    try:
        if which == "choose":
            model.chosen.append((rewards.choose(model.offers[at], rewards.choosers[who]), at))
            model.left[at] -= 1
            model.tasks[who] -= 2
        elif which == "redeem":
            rewards.redeem(model.chosen[number][0].code)
            model.given.add(number)
        else:
            rewards.as_(Role.CHAIR).act(service.close_offer, PLACE, model.offers[at].id)
            model.open.remove(at)
    except Refusal:
        assert not allowed
        assert rewards.desk.ask(state) == before
    else:
        assert allowed


@pytest.mark.parametrize("seed", range(2))
def test_any_life_ends_as_the_model_says(rewards, clock, seed):
    model, dice, before = Model(), Random(seed), rewards.money()
    for _step in range(STEPS):
        step(rewards, model, dice)
    on_offer = sum(model.left[at] * 1_250 for at in model.open if model.offers[at].payer is Payer.POT)
    given = {payer: model.cents(payer, given=True) for payer in Payer}
    waiting = {payer: model.cents(payer, given=False) for payer in Payer}
    assert rewards.money() == {
        "pot": before["pot"] - on_offer - waiting[Payer.POT] - given[Payer.POT],
        "offer": on_offer,
        "reward": sum(waiting.values()) + given[Payer.POT],
        "paid": 0,
        "given": given[Payer.SPONSOR],
        "sponsored": -waiting[Payer.SPONSOR] - given[Payer.SPONSOR],
    }
    assert [rewards.tasks_left(who) for who in rewards.choosers] == model.tasks
    assert rewards.desk.ask(proof) == []
    clock.now = clock.now.replace(month=LAST_ON.month + 1, day=1)
    assert rewards.desk.act(service.lapse_rewards, PLACE) == len(model.chosen) - len(model.given) + len(model.open)
    assert rewards.money()["pot"] == before["pot"] - given[Payer.POT]
    assert rewards.desk.ask(proof) == []

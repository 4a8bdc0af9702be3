# SPDX-License-Identifier: EUPL-1.2
"""Reward vouchers over the API."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.patience import patience
from wijkbudget.http.visitor import PageRequest
from wijkbudget.trail import tries
from wijkbudget.vouchers.rewards import queries, service
from wijkbudget.vouchers.rewards.rules import CODE_TRIES, WrongRewardCode
from wijkbudget.vouchers.rewards.schemas import (
    CatalogueView,
    ChangeReceiver,
    FindReward,
    FoundRewardView,
    OfferView,
    OpenOffer,
    OwnRewardsView,
    RedeemReward,
    RewardView,
    UndoRedemption,
)


class RewardApi(Controller):
    """Finished tasks earn a choice from what sponsors offer."""

    path = "/api/v1/neighbourhoods/{place:str}/rewards"
    tags = ("vouchers",)

    @get("/offers", opt=does(queries.offers))
    async def catalogue(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> CatalogueView:
        """Return what is offered in a neighbourhood, and what was."""
        return await desk.ask(queries.offers, place)

    @post("/offers", opt=does(service.open_offer))
    async def open_offer(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[OpenOffer]
    ) -> OfferView:
        """Let residents choose something as a reward."""
        return await desk.act(service.open_offer, place, data)

    @post("/offers/{offer_id:uuid}/closing", opt=does(service.close_offer), status_code=200)
    async def close_offer(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], offer_id: FromPath[UUID]
    ) -> OfferView:
        """Stop offering something; what was chosen can still be fetched."""
        return await desk.act(service.close_offer, place, offer_id)

    @post("/offers/{offer_id:uuid}/account", opt=does(service.change_receiver), status_code=200)
    async def change_receiver(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        offer_id: FromPath[UUID],
        data: JSONBody[ChangeReceiver],
    ) -> OfferView:
        """Have something paid to another account, with the payments that still wait."""
        return await desk.act(service.change_receiver, place, offer_id, data)

    @post("/offers/{offer_id:uuid}/choices", opt=does(service.choose))
    async def choose(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], offer_id: FromPath[UUID]
    ) -> RewardView:
        """Choose a reward for your finished tasks."""
        return await desk.act(service.choose, place, offer_id)

    @get("/own", opt=does(queries.own_rewards))
    async def own(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> OwnRewardsView:
        """Return what you earned by finished tasks, and what you chose."""
        return await desk.ask(queries.own_rewards, place)

    @post("/found", opt=does(queries.reward_by_code, tries.demand_patience, tries.count), status_code=200)
    async def found(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        data: JSONBody[FindReward],
    ) -> FoundRewardView:
        """Return the reward with a code; a code stands in no address, so it is sent."""
        async with patience(request, desk, CODE_TRIES, WrongRewardCode):
            return await desk.ask(queries.reward_by_code, place, data)

    @post("/redemptions", opt=does(service.redeem_reward, tries.demand_patience, tries.count), status_code=200)
    async def redeem(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        data: JSONBody[RedeemReward],
    ) -> FoundRewardView:
        """Say that a reward was given."""
        async with patience(request, desk, CODE_TRIES, WrongRewardCode):
            return await desk.act(service.redeem_reward, place, data)

    @post(
        "/redemptions/reversal",
        opt=does(service.undo_redemption, tries.demand_patience, tries.count),
        status_code=200,
    )
    async def undo(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        data: JSONBody[UndoRedemption],
    ) -> FoundRewardView:
        """Say that a reward was not given after all, as somebody else than who booked it."""
        async with patience(request, desk, CODE_TRIES, WrongRewardCode):
            return await desk.act(service.undo_redemption, place, data)

# SPDX-License-Identifier: EUPL-1.2
"""Reward vouchers (beloningen) on pages: what is offered, one's own, offering them, and giving them."""

from typing import Any
from uuid import UUID

import segno
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.patience import patience
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries as identity
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail import tries
from wijkbudget.vouchers.rewards import queries, service
from wijkbudget.vouchers.rewards.rules import CODE_TRIES, WrongRewardCode
from wijkbudget.vouchers.rewards.schemas import ChangeReceiver, FindReward, OpenOffer, RedeemReward, UndoRedemption

_OFFERING = (queries.offers, neighbourhoods.policy, neighbourhoods.years, identity.organisations)
REDEEM = "vouchers/rewards/redeem.html"


class RewardPages(Controller):
    """A code travels in forms only, never in an address."""

    path = "/wijken/{place:str}/beloningen"
    include_in_schema = False

    @get("/", opt=does(queries.offers))
    async def overview(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show everybody what is offered, and what earns it."""
        return page(request, "vouchers/rewards/overview.html", catalogue=await desk.ask(queries.offers, place))

    @get("/mijn", opt=does(queries.own_rewards, queries.offers))
    async def own(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show the reader what they earned, what they can choose, and the codes of what they chose."""
        return await _own(request, desk, place)

    @post("/aanbod/{offer_id:uuid}/kiezen", opt=does(service.choose, queries.own_rewards, queries.offers))
    async def choose(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], offer_id: FromPath[UUID]
    ) -> Response[Any]:
        """Choose a reward for the reader's finished tasks."""
        await read_form(request)
        try:
            await desk.act(service.choose, place, offer_id)
        except Refusal as refusal:
            return await _own(request, desk, place, refusal)
        done = _("It is yours. Show the code where you fetch it.")
        return redirect(request, f"{_path(place)}/mijn", done=done)

    @get("/mijn/{reward_id:uuid}", opt=does(queries.own_reward))
    async def card(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], reward_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show a card with the code, to print or to show.

        Choice: as on other cards no code stands in the picture; what a phone scans stays in its history.
        """
        reward = await desk.ask(queries.own_reward, place, reward_id)
        address = f"{request.app.state.origin}{_path(place)}/inwisselen"
        picture = segno.make(address, error="m").svg_data_uri(scale=4, border=2, light="white")
        return page(request, "vouchers/rewards/card.html", reward=reward, picture=picture)

    @get("/aanbod", opt=does(*_OFFERING))
    async def offering(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what is offered with its numbers, and the form that offers more."""
        return await _offering(request, desk, place)

    @post("/aanbod", opt=does(service.open_offer, *_OFFERING))
    async def open_offer(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Let residents choose something as a reward."""
        form = await read_form(request)
        try:
            await desk.act(service.open_offer, place, form.command(OpenOffer))
        except Refusal as refusal:
            return await _offering(request, desk, place, form, refusal)
        return redirect(request, f"{_path(place)}/aanbod", done=_("Residents can choose it now."))

    @post("/aanbod/{offer_id:uuid}/sluiten", opt=does(service.close_offer))
    async def close_offer(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], offer_id: FromPath[UUID]
    ) -> Response[Any]:
        """Stop offering something."""
        await desk.act(service.close_offer, place, offer_id)
        done = _("Nobody can choose it any more. What was chosen can still be fetched.")
        return redirect(request, f"{_path(place)}/aanbod", done=done)

    @post("/aanbod/{offer_id:uuid}/rekening", opt=does(service.change_receiver, *_OFFERING))
    async def change_receiver(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], offer_id: FromPath[UUID]
    ) -> Response[Any]:
        """Have something paid to another account."""
        form = await read_form(request)
        try:
            await desk.act(service.change_receiver, place, offer_id, form.command(ChangeReceiver))
        except Refusal as refusal:
            return await _offering(request, desk, place, form, refusal, changing=offer_id)
        done = _("It is paid to this account now.")
        return redirect(request, f"{_path(place)}/aanbod", done=done)

    @get("/inwisselen", opt=does(queries.reward_by_code))
    async def finding(self, request: PageRequest) -> Response[Any]:
        """Ask for the code that somebody shows."""
        return page(request, REDEEM, found=None)

    @post("/inwisselen", opt=does(queries.reward_by_code, tries.demand_patience, tries.count), status_code=200)
    async def found(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what the code is for, and nothing else about whoever chose it."""
        form = await read_form(request)
        try:
            async with patience(request, desk, CODE_TRIES, WrongRewardCode):
                found = await desk.ask(queries.reward_by_code, place, form.command(FindReward))
        except Refusal as refusal:
            return page(request, REDEEM, form=form, refusal=refusal, found=None)
        return page(request, REDEEM, form=form, found=found)

    @post("/inwisselen/geven", opt=does(service.redeem_reward, tries.demand_patience, tries.count))
    async def redeem(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Book that it was given."""
        form = await read_form(request)
        try:
            async with patience(request, desk, CODE_TRIES, WrongRewardCode):
                await desk.act(service.redeem_reward, place, form.command(RedeemReward))
        except Refusal as refusal:
            return page(request, REDEEM, form=form, refusal=refusal, found=None)
        return redirect(request, f"{_path(place)}/inwisselen", done=_("It is booked. Give the reward."))

    @post(
        "/inwisselen/ongedaan",
        opt=does(service.undo_redemption, queries.reward_by_code, tries.demand_patience, tries.count),
    )
    async def undo(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Book that it was not given after all."""
        form = await read_form(request)
        try:
            async with patience(request, desk, CODE_TRIES, WrongRewardCode):
                await desk.act(service.undo_redemption, place, form.command(UndoRedemption))
        except WrongRewardCode as refusal:
            return page(request, REDEEM, form=form, refusal=refusal, found=None)
        except Refusal as refusal:
            found = await desk.ask(queries.reward_by_code, place, form.command(FindReward))
            return page(request, REDEEM, form=form, refusal=refusal, found=found)
        done = _("It is undone. Whoever chose it can fetch it again.")
        return redirect(request, f"{_path(place)}/inwisselen", done=done)


async def _own(request: PageRequest, desk: FrontDesk, place: str, refusal: Refusal | None = None) -> Response[Any]:
    """Show the reader's rewards, with why the last choice could not be made."""
    own = await desk.ask(queries.own_rewards, place)
    catalogue = await desk.ask(queries.offers, place)
    return page(request, "vouchers/rewards/own.html", refusal=refusal, own=own, catalogue=catalogue)


async def _offering(  # noqa: PLR0913, PLR0917 - what was filled in, and in which form
    request: PageRequest,
    desk: FrontDesk,
    place: str,
    form: Form = EMPTY,
    refusal: Refusal | None = None,
    changing: UUID | None = None,
) -> Response[Any]:
    """Show what is offered with its numbers, what the rules allow and what the pot holds."""
    return page(
        request,
        "vouchers/rewards/offers.html",
        form=form,
        refusal=refusal,
        changing=changing,
        catalogue=await desk.ask(queries.offers, place),
        rules=(await desk.ask(neighbourhoods.policy, place)).rules.rewards,
        years=await desk.ask(neighbourhoods.years, place),
        organisations=await desk.ask(identity.organisations, place),
    )


def _path(place: str) -> str:
    return f"/wijken/{place}/beloningen"

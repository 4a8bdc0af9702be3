# SPDX-License-Identifier: EUPL-1.2
"""The pages of who wants to help, of what fits, and of what a helper and whoever asks agree."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity.offers import queries, service
from wijkbudget.reciprocity.offers.rules import PairingState
from wijkbudget.reciprocity.offers.schemas import InviteToHelp, MovePairing, OfferTime, WriteMessage

_OFFERING = (neighbourhoods.neighbourhood, neighbourhoods.policy)

_DONE = {
    PairingState.ACCEPTED: _("Both of you said yes. Now you can write to each other."),
    PairingState.DECLINED: _("You said no. The other can see that."),
    PairingState.WITHDRAWN: _("It is called off. The other can see that."),
    PairingState.FINISHED: _("It is finished. Thank you."),
}
"""What is said after a step."""


class OfferPages(Controller):
    """What residents offer, and what they agree."""

    path = "/wijken/{place:str}/hulp"
    include_in_schema = False

    @get("/", opt=does(queries.own_help))
    async def own_help(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what the reader offers, what fits that, and whom they help."""
        return page(request, "reciprocity/own_help.html", own=await desk.ask(queries.own_help, place))

    @get("/aanbod", opt=does(queries.offers))
    async def offers(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show who wants to help."""
        return page(request, "reciprocity/offers.html", offers=await desk.ask(queries.offers, place))

    @get("/aanbieden", opt=does(*_OFFERING))
    async def offering(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form to offer time."""
        return await _offering(request, desk, place)

    @post("/aanbieden", opt=does(service.offer_time, *_OFFERING))
    async def offer_time(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Offer time."""
        form = await read_form(request)
        try:
            await desk.act(service.offer_time, place, form.command(OfferTime))
        except Refusal as refusal:
            return await _offering(request, desk, place, form, refusal)
        return redirect(request, f"/wijken/{place}/hulp", done=_("Thank you. This is what fits you now."))

    @post("/aanbod/{time_offer_id:uuid}/intrekken", opt=does(service.withdraw_offer))
    async def withdraw_offer(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        time_offer_id: FromPath[UUID],
    ) -> Response[Any]:
        """Offer something no longer."""
        await desk.act(service.withdraw_offer, place, time_offer_id)
        return redirect(request, f"/wijken/{place}/hulp", done=_("Your offer is withdrawn."))

    @get("/afspraken/{pairing_id:uuid}", opt=does(queries.pairing))
    async def pairing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], pairing_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show what a helper and whoever asks agree, to both of them."""
        return page(request, "reciprocity/pairing.html", pairing=await desk.ask(queries.pairing, place, pairing_id))

    @post("/afspraken/{pairing_id:uuid}", opt=does(service.move_pairing, queries.pairing))
    async def move_pairing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], pairing_id: FromPath[UUID]
    ) -> Response[Any]:
        """Say yes or no, call it off, or say that it is finished."""
        form = await read_form(request)
        try:
            moved = await desk.act(service.move_pairing, place, pairing_id, form.command(MovePairing))
        except Refusal as refusal:
            return await _pairing(request, desk, place, pairing_id, form, refusal)
        return redirect(request, f"/wijken/{place}/hulp/afspraken/{pairing_id}", done=_DONE[moved.state])

    @post("/afspraken/{pairing_id:uuid}/berichten", opt=does(service.write_message, queries.pairing))
    async def write_message(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], pairing_id: FromPath[UUID]
    ) -> Response[Any]:
        """Write to the other side."""
        form = await read_form(request)
        try:
            await desk.act(service.write_message, place, pairing_id, form.command(WriteMessage))
        except Refusal as refusal:
            return await _pairing(request, desk, place, pairing_id, form, refusal)
        return redirect(request, f"/wijken/{place}/hulp/afspraken/{pairing_id}", done=_("Your message is there."))


class TaskHelpPages(Controller):
    """Both ways to bring a task and a helper together."""

    path = "/wijken/{place:str}/klussen/{task_id:uuid}"
    include_in_schema = False

    @post("/helpen", opt=does(service.propose_help))
    async def propose_help(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Say that you want to help."""
        pairing = await desk.act(service.propose_help, place, task_id)
        done = _("Whoever asks for this help can see that you want to help. Wait for the answer.")
        return redirect(request, f"/wijken/{place}/hulp/afspraken/{pairing.id}", done=done)

    @post("/uitnodigen", opt=does(service.invite_to_help))
    async def invite_to_help(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Ask somebody who offered time to help."""
        form = await read_form(request)
        pairing = await desk.act(service.invite_to_help, place, task_id, form.command(InviteToHelp))
        return redirect(
            request, f"/wijken/{place}/hulp/afspraken/{pairing.id}", done=_("You asked. Wait for the answer.")
        )


async def _offering(
    request: PageRequest, desk: FrontDesk, place: str, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response[Any]:
    """Show the form to offer time, with the small areas and the themes to choose from."""
    return page(
        request,
        "reciprocity/offer_time.html",
        form=form,
        refusal=refusal,
        areas=(await desk.ask(neighbourhoods.neighbourhood, place)).quarters,
        themes=(await desk.ask(neighbourhoods.policy, place)).rules.initiatives.themes,
    )


async def _pairing(  # noqa: PLR0913, PLR0917 - what was filled in, and where
    request: PageRequest, desk: FrontDesk, place: str, pairing_id: UUID, form: Form, refusal: Refusal
) -> Response[Any]:
    """Show what two sides agree, with why a step was refused."""
    pairing = await desk.ask(queries.pairing, place, pairing_id)
    return page(request, "reciprocity/pairing.html", form=form, refusal=refusal, pairing=pairing)

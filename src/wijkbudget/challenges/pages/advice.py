# SPDX-License-Identifier: EUPL-1.2
"""The pages of what must be known before a bid is decided: procurement, aid received before, the council's advice."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges.advice import queries, service
from wijkbudget.challenges.advice.schemas import AssessProcurement, DeclareAid, GiveAdvice, SheetView
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.kit.units import euros_from_cents


class SheetPages(Controller):
    """Procurement and state aid of a bid."""

    path = "/wijken/{place:str}/uitdagingen/{challenge_id:uuid}"
    include_in_schema = False

    @get("/proefblad", opt=does(queries.sheet))
    async def assessing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show what is known of procurement and state aid, and to the case worker the form."""
        sheet = await desk.ask(queries.sheet, place, challenge_id)
        return page(request, "challenges/sheet.html", sheet=sheet, form=_assessed(sheet))

    @post("/proefblad", opt=does(service.assess_procurement, queries.sheet))
    async def assess(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> Response[Any]:
        """Write down what an official found."""
        form = await read_form(request)
        try:
            await desk.act(service.assess_procurement, place, challenge_id, form.command(AssessProcurement))
        except Refusal as refusal:
            sheet = await desk.ask(queries.sheet, place, challenge_id)
            return page(request, "challenges/sheet.html", form=form, refusal=refusal, sheet=sheet)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}/proefblad"
        return redirect(request, path, done=_("It was written down."))

    @get("/steun-ontvangen", opt=does(queries.sheet))
    async def declaring(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the form with which a group says which aid it received."""
        sheet = await desk.ask(queries.sheet, place, challenge_id)
        return page(request, "challenges/declare_aid.html", sheet=sheet, form=_declared(sheet))

    @post("/steun-ontvangen", opt=does(service.declare_aid, queries.sheet))
    async def declare(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> Response[Any]:
        """Write down which aid a group received."""
        form = await read_form(request)
        try:
            await desk.act(service.declare_aid, place, challenge_id, form.command(DeclareAid))
        except Refusal as refusal:
            sheet = await desk.ask(queries.sheet, place, challenge_id)
            return page(request, "challenges/declare_aid.html", form=form, refusal=refusal, sheet=sheet)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}/proefblad"
        return redirect(request, path, done=_("Thank you. The official sees what you received."))


class AdvicePages(Controller):
    """What the neighbourhood council advises about bids."""

    path = "/wijken/{place:str}/uitdagingen"
    include_in_schema = False

    @get("/adviezen", opt=does(queries.waiting_advice))
    async def waiting(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the bids about which the council can advise."""
        waiting = await desk.ask(queries.waiting_advice, place)
        return page(request, "challenges/waiting_advice.html", waiting=waiting)

    @get("/{challenge_id:uuid}/advies", opt=does(queries.advising))
    async def advising(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the form for the advice of the council."""
        return page(request, "challenges/advise.html", bid=await desk.ask(queries.advising, place, challenge_id))

    @post("/{challenge_id:uuid}/advies", opt=does(service.give_advice, queries.advising))
    async def advise(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> Response[Any]:
        """Record what the council advised."""
        form = await read_form(request)
        try:
            await desk.act(service.give_advice, place, challenge_id, form.command(GiveAdvice))
        except Refusal as refusal:
            bid = await desk.ask(queries.advising, place, challenge_id)
            return page(request, "challenges/advise.html", form=form, refusal=refusal, bid=bid)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}"
        return redirect(request, path, done=_("The advice was recorded. Everybody can read it."))


def _assessed(sheet: SheetView) -> Form:
    """Return the form as an official filled it in last; else with what the group asks for the whole time."""
    found = sheet.procurement
    if found is None:
        return Form({"base_cents": [euros_from_cents(sheet.whole_cents)]})
    ticked = (name for name in AssessProcurement.model_fields if name.startswith(("is_", "has_")))
    return Form(
        {
            "form": [found.form],
            "kind": [found.kind],
            "base_cents": [euros_from_cents(found.base_cents)],
            "options_cents": [euros_from_cents(found.options_cents)],
            "reason": [found.reason],
            **{name: ["yes"] for name in ticked if getattr(found, name)},
        }
    )


def _declared(sheet: SheetView) -> Form:
    """Return the form as the group filled it in last."""
    if not sheet.aid.received:
        return EMPTY
    values = {}
    for index, line in enumerate(sheet.aid.received):
        name = f"received.{index}"
        values[f"{name}.giver"] = [line.giver]
        values[f"{name}.amount_cents"] = [euros_from_cents(line.amount_cents)]
        values[f"{name}.granted_on"] = [line.granted_on.isoformat()]
        values[f"{name}.is_general_interest"] = ["yes"] if line.is_general_interest else []
    return Form(values)

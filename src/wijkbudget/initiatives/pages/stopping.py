# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a plan that has money stops: by its group, by the council, or by the municipality."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.initiatives import queries, service
from wijkbudget.initiatives.pages.votes import stances
from wijkbudget.initiatives.schemas import GiveUpInitiative, RevokeInitiative, WithdrawGrant
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _


class StoppingPages(Controller):
    """The end of a plan before it is done."""

    path = "/wijken/{place:str}/initiatieven"
    include_in_schema = False

    @get("/{initiative_id:uuid}/stoppen", opt=does(queries.giving_up))
    async def giving_up(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show what happens if an own plan that has money stops."""
        stopping = await desk.ask(queries.giving_up, place, initiative_id)
        return page(request, "initiatives/give_up.html", stopping=stopping)

    @post("/{initiative_id:uuid}/stoppen", opt=does(service.give_up, queries.giving_up))
    async def give_up(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Stop an own plan that has money."""
        form = await read_form(request)
        try:
            await desk.act(service.give_up, place, initiative_id, form.command(GiveUpInitiative))
        except Refusal as refusal:
            stopping = await desk.ask(queries.giving_up, place, initiative_id)
            return page(request, "initiatives/give_up.html", form=form, refusal=refusal, stopping=stopping)
        path = f"/wijken/{place}/initiatieven/{initiative_id}"
        return redirect(request, path, done=_("Your plan has stopped. What was left goes to the neighbourhood."))

    @get("/{initiative_id:uuid}/stopzetten", opt=does(queries.revoking))
    async def revoking(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show what happens if the council stops a plan that has money."""
        stopping = await desk.ask(queries.revoking, place, initiative_id)
        return page(request, "initiatives/revoke.html", stopping=stopping)

    @post("/{initiative_id:uuid}/stopzetten", opt=does(service.revoke, queries.revoking))
    async def revoke(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Stop a plan that has money, because the council decided so."""
        form = await read_form(request)
        try:
            command = form.command(RevokeInitiative, **stances(form))
            await desk.act(service.revoke, place, initiative_id, command)
        except Refusal as refusal:
            stopping = await desk.ask(queries.revoking, place, initiative_id)
            return page(request, "initiatives/revoke.html", form=form, refusal=refusal, stopping=stopping)
        path = f"/wijken/{place}/initiatieven/{initiative_id}"
        return redirect(request, path, done=_("The plan has stopped. What was left goes to the next plans."))

    @get("/{initiative_id:uuid}/geld-intrekken", opt=does(queries.withdrawing))
    async def withdrawing(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show what happens if the municipality takes the money of a plan back."""
        stopping = await desk.ask(queries.withdrawing, place, initiative_id)
        return page(request, "initiatives/withdraw_grant.html", stopping=stopping)

    @post("/{initiative_id:uuid}/geld-intrekken", opt=does(service.withdraw_grant, queries.withdrawing))
    async def withdraw_grant(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take the money of a plan back."""
        form = await read_form(request)
        try:
            await desk.act(service.withdraw_grant, place, initiative_id, form.command(WithdrawGrant))
        except Refusal as refusal:
            stopping = await desk.ask(queries.withdrawing, place, initiative_id)
            return page(request, "initiatives/withdraw_grant.html", form=form, refusal=refusal, stopping=stopping)
        path = f"/wijken/{place}/initiatieven/{initiative_id}"
        return redirect(request, path, done=_("The plan has stopped. What was left goes to the next plans."))

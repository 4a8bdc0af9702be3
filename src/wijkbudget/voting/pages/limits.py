# SPDX-License-Identifier: EUPL-1.2
"""The page on which the limits of a round are set: which plans exclude each other, and what a theme can cost."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.voting import queries, service
from wijkbudget.voting.schemas import AddLimit


class LimitPages(Controller):
    """The limits of a round in preparation."""

    path = "/wijken/{place:str}/stemrondes/{round_id:uuid}/grenzen"
    include_in_schema = False

    @get("/", opt=does(queries.round_))
    async def list_all(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the limits, with a form for one more."""
        return page(request, "voting/limits.html", round=await desk.ask(queries.round_, place, round_id))

    @post("/", opt=does(service.add_limit, queries.round_))
    async def add(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Set one limit."""
        form = await read_form(request)
        try:
            await desk.act(service.add_limit, place, round_id, form.command(AddLimit))
        except Refusal as refusal:
            found = await desk.ask(queries.round_, place, round_id)
            return page(request, "voting/limits.html", form=form, refusal=refusal, round=found)
        return redirect(request, _path(place, round_id), done=_("The limit is set."))

    @post("/{limit_id:uuid}/intrekken", opt=does(service.withdraw_limit))
    async def withdraw(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        limit_id: FromPath[UUID],
    ) -> Response[Any]:
        """Withdraw one limit."""
        await desk.act(service.withdraw_limit, place, round_id, limit_id)
        return redirect(request, _path(place, round_id), done=_("The limit is withdrawn."))


def _path(place: str, round_id: UUID) -> str:
    return f"/wijken/{place}/stemrondes/{round_id}/grenzen"

# SPDX-License-Identifier: EUPL-1.2
"""Decisions about money on pages: to read, to take, and to say when they were sent."""

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
from wijkbudget.vouchers.grants import queries, service
from wijkbudget.vouchers.grants.schemas import MakeKnown


class GrantPages(Controller):
    """The letters in which a group reads what was decided about its money."""

    path = "/wijken/{place:str}/beschikkingen"
    include_in_schema = False

    @get("/", opt=does(queries.grant_decisions))
    async def overview(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the decisions about money that the reader may read."""
        decisions = await desk.ask(queries.grant_decisions, place)
        return page(request, "vouchers/grants.html", decisions=decisions)

    @post("/bekendmaken", opt=does(service.make_known, queries.grant_decisions))
    async def make_known(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Say on which day decisions were sent."""
        form = await read_form(request)
        try:
            await desk.act(service.make_known, place, form.command(MakeKnown))
        except Refusal as refusal:
            decisions = await desk.ask(queries.grant_decisions, place)
            return page(request, "vouchers/grants.html", form=form, refusal=refusal, decisions=decisions)
        done = _("Recorded. From the day after, people can object.")
        return redirect(request, f"/wijken/{place}/beschikkingen", done=done)

    @get("/{grant_decision_id:uuid}", opt=does(queries.grant_decision))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        grant_decision_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one decision, as the letter says it."""
        decision = await desk.ask(queries.grant_decision, place, grant_decision_id)
        return page(request, "vouchers/grant.html", decision=decision)

    @post("/{grant_decision_id:uuid}/ontvangst", opt=does(service.collect))
    async def collect(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        grant_decision_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take a decision: from now on it is known."""
        await read_form(request)
        await desk.act(service.collect, place, grant_decision_id)
        done = _("You have this decision now.")
        return redirect(request, f"/wijken/{place}/beschikkingen/{grant_decision_id}", done=done)

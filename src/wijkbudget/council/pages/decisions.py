# SPDX-License-Identifier: EUPL-1.2
"""The pages of the neighbourhood council."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.council import queries, service
from wijkbudget.council.schemas import RecordDecision
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _


class CouncilPages(Controller):
    """The council of a neighbourhood and its decisions."""

    path = "/wijken/{place:str}"
    include_in_schema = False

    @get("/wijkraad", opt=does(queries.members, queries.decisions))
    async def read(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show who sits in the council and what it decided."""
        members = await desk.ask(queries.members, place)
        decisions = await desk.ask(queries.decisions, place)
        return page(request, "council/read.html", members=members, decisions=decisions)

    @get("/wijkraad/besluiten/nieuw", opt=does(queries.members))
    async def recording(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form for a decision."""
        return page(request, "council/record.html", members=await desk.ask(queries.members, place))

    @post("/wijkraad/besluiten", opt=does(service.record_decision, queries.members))
    async def record(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Record a decision."""
        form = await read_form(request)
        try:
            await desk.act(service.record_decision, place, form.command(RecordDecision))
        except Refusal as refusal:
            members = await desk.ask(queries.members, place)
            return page(request, "council/record.html", form=form, refusal=refusal, members=members)
        return redirect(request, f"/wijken/{place}/wijkraad", done=_("The decision was recorded."))

    @get("/besluiten/{decision_id:uuid}", opt=does(queries.decision))
    async def decision(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        decision_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one decision: who was for, who against, who stepped aside, and why it was taken."""
        decision = await desk.ask(queries.decision, place, decision_id)
        return page(request, "council/decision.html", decision=decision)

# SPDX-License-Identifier: EUPL-1.2
"""The pages of plans, from the form to the chain of their money."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries as identity
from wijkbudget.initiatives import queries, service
from wijkbudget.initiatives.projects import queries as projects
from wijkbudget.initiatives.schemas import AssessInitiative, ProposeInitiative
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.vouchers.grants import queries as grants

_PROPOSING = (neighbourhoods.policy, neighbourhoods.neighbourhood, identity.organisations)
"""What the form for a plan shows."""


class InitiativePages(Controller):
    """The plans of a neighbourhood."""

    path = "/wijken/{place:str}/initiatieven"
    include_in_schema = False

    @get("/", opt=does(queries.overview))
    async def list_all(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        thema: FromQuery[str | None] = None,
    ) -> Response[Any]:
        """Show the plans, all of them or those of one theme."""
        overview = await desk.ask(queries.overview, place, thema)
        return page(request, "initiatives/list.html", overview=overview, theme=thema)

    @get("/nieuw", opt=does(*_PROPOSING))
    async def proposing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form for a plan."""
        return await _propose_page(request, desk, place)

    @post("/", opt=does(service.propose, *_PROPOSING))
    async def propose(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Propose a plan."""
        form = await read_form(request)
        try:
            proposed = await desk.act(service.propose, place, form.command(ProposeInitiative))
        except Refusal as refusal:
            return await _propose_page(request, desk, place, form, refusal)
        path = f"/wijken/{place}/initiatieven/{proposed.id}"
        return redirect(request, path, done=_("Your plan is here. Now ask your neighbours for support."))

    @get("/{initiative_id:uuid}", opt=does(queries.initiative, grants.grant_decisions, projects.project))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one plan, with what the reader can do for it."""
        plan = await desk.ask(queries.initiative, place, initiative_id)
        decisions = await desk.ask(grants.grant_decisions, place, str(plan.id))
        project = await desk.ask(projects.project, place, initiative_id) if plan.voucher_id else None
        return page(request, "initiatives/read.html", initiative=plan, decisions=decisions, project=project)

    @post("/{initiative_id:uuid}/steun", opt=does(service.support))
    async def support(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Support a plan."""
        await desk.act(service.support, place, initiative_id)
        path = f"/wijken/{place}/initiatieven/{initiative_id}"
        return redirect(request, path, done=_("Thank you. You support this plan."))

    @post("/{initiative_id:uuid}/intrekken", opt=does(service.withdraw))
    async def withdraw(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take an own plan back."""
        await desk.act(service.withdraw, place, initiative_id)
        path = f"/wijken/{place}/initiatieven/{initiative_id}"
        return redirect(request, path, done=_("You took your plan back."))

    @post("/{initiative_id:uuid}/giften", opt=does(service.collect))
    async def collect(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Let people give to an own plan that is voted on."""
        plan = await desk.act(service.collect, place, initiative_id)
        return redirect(request, f"/wijken/{place}/geven/{plan.collection_id}", done=_("People can give to your plan."))

    @get("/{initiative_id:uuid}/beoordelen", opt=does(queries.initiative))
    async def assessing(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form for an assessment."""
        plan = await desk.ask(queries.initiative, place, initiative_id)
        return page(request, "initiatives/assess.html", initiative=plan)

    @post("/{initiative_id:uuid}/beoordelen", opt=does(service.assess, queries.initiative))
    async def assess(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Say whether a plan can be done."""
        form = await read_form(request)
        try:
            await desk.act(service.assess, place, initiative_id, form.command(AssessInitiative))
        except Refusal as refusal:
            plan = await desk.ask(queries.initiative, place, initiative_id)
            return page(request, "initiatives/assess.html", form=form, refusal=refusal, initiative=plan)
        path = f"/wijken/{place}/initiatieven/{initiative_id}"
        return redirect(request, path, done=_("Your assessment is there for everybody to read."))

    @get("/{initiative_id:uuid}/keten", opt=does(queries.chain))
    async def chain(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the way of the money, from the budget to the receipt."""
        return page(request, "initiatives/chain.html", chain=await desk.ask(queries.chain, place, initiative_id))


async def _propose_page(
    request: PageRequest, desk: FrontDesk, place: str, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response[Any]:
    """Show the form for a plan, as it was filled in."""
    return page(
        request,
        "initiatives/propose.html",
        form=form,
        refusal=refusal,
        policy=await desk.ask(neighbourhoods.policy, place),
        neighbourhood=await desk.ask(neighbourhoods.neighbourhood, place),
        organisations=await desk.ask(identity.organisations, place),
    )

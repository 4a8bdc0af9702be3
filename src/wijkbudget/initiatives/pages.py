# SPDX-License-Identifier: EUPL-1.2
"""The pages of plans, of the ballot they stand on, and of the outcome the council adopts."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.council.rules import Stance
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries as identity
from wijkbudget.initiatives import queries, service
from wijkbudget.initiatives.schemas import (
    AdoptOutcome,
    AssessInitiative,
    GiveUpInitiative,
    ProposeInitiative,
    RevokeInitiative,
)
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods

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

    @get("/{initiative_id:uuid}", opt=does(queries.initiative))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one plan, with what the reader can do for it."""
        plan = await desk.ask(queries.initiative, place, initiative_id)
        return page(request, "initiatives/read.html", initiative=plan)

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
            command = form.command(RevokeInitiative, **_stances(form))
            await desk.act(service.revoke, place, initiative_id, command)
        except Refusal as refusal:
            stopping = await desk.ask(queries.revoking, place, initiative_id)
            return page(request, "initiatives/revoke.html", form=form, refusal=refusal, stopping=stopping)
        path = f"/wijken/{place}/initiatieven/{initiative_id}"
        return redirect(request, path, done=_("The plan has stopped. What was left goes to the next plans."))

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


class PlanRoundPages(Controller):
    """What plans have to do with a round: the ballot before it, the adoption after it."""

    path = "/wijken/{place:str}/stemrondes/{round_id:uuid}"
    include_in_schema = False

    @get("/plannen", opt=does(queries.ballot))
    async def ballot(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show which plans wait for the ballot."""
        return page(request, "initiatives/ballot.html", ballot=await desk.ask(queries.ballot, place, round_id))

    @post("/plannen", opt=does(service.put_on_ballot))
    async def put_on_ballot(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Put every plan that waits on the ballot."""
        await desk.act(service.put_on_ballot, place, round_id)
        path = f"/wijken/{place}/stemrondes/{round_id}/plannen"
        return redirect(request, path, done=_("The plans are on the ballot."))

    @get("/vaststellen", opt=does(queries.adoption))
    async def adopting(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show what the council adopts."""
        return page(request, "initiatives/adopt.html", adoption=await desk.ask(queries.adoption, place, round_id))

    @post("/vaststellen", opt=does(service.adopt, queries.adoption))
    async def adopt(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Adopt the outcome."""
        form = await read_form(request)
        try:
            await desk.act(service.adopt, place, round_id, form.command(AdoptOutcome, **_stances(form)))
        except Refusal as refusal:
            adoption = await desk.ask(queries.adoption, place, round_id)
            return page(request, "initiatives/adopt.html", form=form, refusal=refusal, adoption=adoption)
        path = f"/wijken/{place}/stemrondes/{round_id}/vaststellen"
        return redirect(request, path, done=_("The outcome was adopted. Every group has its voucher."))


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


def _stances(form: Form) -> dict[str, list[str]]:
    """Return the members by what they did; the form has one choice a member, named `stance.<id>`."""
    fields = {Stance.FOR: "for_", Stance.AGAINST: "against", Stance.RECUSED: "recused"}
    found: dict[str, list[str]] = {field: [] for field in fields.values()}
    for name in form.values:
        if name.startswith("stance.") and form.get(name) in set(Stance):
            found[fields[Stance(form.get(name))]].append(name.removeprefix("stance."))
    return found

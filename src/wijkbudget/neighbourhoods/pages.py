# SPDX-License-Identifier: EUPL-1.2
"""The pages of the municipality, a neighbourhood, its rules and its grants."""

from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries, service
from wijkbudget.neighbourhoods.rules import words_of
from wijkbudget.neighbourhoods.schemas import AdoptPolicy, CarryOver, FoundMunicipality, GrantBudget, HandBack


class MunicipalityPages(Controller):
    """The front page, and the page on which the keeper founds the municipality."""

    path = "/"
    include_in_schema = False

    @get("/", opt=does(queries.municipality, queries.neighbourhoods))
    async def home(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show the municipality, its neighbourhoods and what one can do here."""
        municipality = await desk.ask(queries.municipality)
        hoods = await desk.ask(queries.neighbourhoods)
        return page(request, "neighbourhoods/home.html", municipality=municipality, neighbourhoods=hoods)

    @get("/gemeente/beginnen", opt=does(queries.neighbourhoods))
    async def founding(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show the form for a municipality."""
        return page(request, "neighbourhoods/found.html", neighbourhoods=await desk.ask(queries.neighbourhoods))

    @post("/gemeente/beginnen", opt=does(service.found, queries.neighbourhoods))
    async def found(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Found the municipality from the file."""
        form = await read_form(request)
        try:
            await desk.act(service.found, form.command(FoundMunicipality))
        except Refusal as refusal:
            hoods = await desk.ask(queries.neighbourhoods)
            return page(request, "neighbourhoods/found.html", form=form, refusal=refusal, neighbourhoods=hoods)
        return redirect(request, "/", done=_("The municipality has begun."))


class NeighbourhoodPages(Controller):
    """A neighbourhood's front page, its rules and its grants."""

    path = "/wijken/{place:str}"
    include_in_schema = False

    @get("/", opt=does(queries.neighbourhood, queries.years))
    async def read(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show the front page of a neighbourhood."""
        neighbourhood = await desk.ask(queries.neighbourhood, place)
        years = await desk.ask(queries.years, place)
        return page(request, "neighbourhoods/read.html", neighbourhood=neighbourhood, years=years)

    @get("/reglement", opt=does(queries.policy, queries.policies))
    async def policy(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        op: FromQuery[date | None] = None,
    ) -> Response[Any]:
        """Show the rules that hold on a day, in plain words, with their articles."""
        policy = await desk.ask(queries.policy, place, op)
        versions = await desk.ask(queries.policies, place)
        words = list(words_of(policy.rules.reciprocity.rule, policy.rules.reciprocity.parameters))
        return page(request, "neighbourhoods/policy.html", policy=policy, versions=versions, voice_words=words)

    @get("/reglement/nieuw", opt=does(queries.policies, queries.neighbourhood))
    async def adopting(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form for new rules, filled in with the newest."""
        neighbourhood = await desk.ask(queries.neighbourhood, place)
        versions = await desk.ask(queries.policies, place)
        return page(request, "neighbourhoods/adopt.html", neighbourhood=neighbourhood, versions=versions)

    @post("/reglement", opt=does(service.adopt_policy, queries.policies, queries.neighbourhood))
    async def adopt(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Adopt new rules."""
        form = await read_form(request)
        try:
            await desk.act(service.adopt_policy, place, form.command(AdoptPolicy))
        except Refusal as refusal:
            neighbourhood = await desk.ask(queries.neighbourhood, place)
            versions = await desk.ask(queries.policies, place)
            context = {"neighbourhood": neighbourhood, "versions": versions}
            return page(request, "neighbourhoods/adopt.html", form=form, refusal=refusal, **context)
        return redirect(request, f"/wijken/{place}/reglement", done=_("The new rules were adopted."))

    @get(
        "/begroting",
        opt=does(queries.neighbourhood, queries.years, queries.grants, queries.hand_backs, queries.carry_overs),
    )
    async def budget(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what the municipality granted and what went back."""
        return page(
            request,
            "neighbourhoods/budget.html",
            neighbourhood=await desk.ask(queries.neighbourhood, place),
            years=await desk.ask(queries.years, place),
            grants=await desk.ask(queries.grants, place),
            hand_backs=await desk.ask(queries.hand_backs, place),
            carry_overs=await desk.ask(queries.carry_overs, place),
        )

    @get("/begroting/toekennen", opt=does(queries.neighbourhood, queries.themes_with_a_pot))
    async def granting(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form for a grant."""
        neighbourhood = await desk.ask(queries.neighbourhood, place)
        themes = await desk.ask(queries.themes_with_a_pot, place)
        return page(request, "neighbourhoods/grant.html", neighbourhood=neighbourhood, themes=themes)

    @post("/begroting/toekennen", opt=does(service.grant, queries.neighbourhood, queries.themes_with_a_pot))
    async def grant(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Grant money to a year's pot."""
        form = await read_form(request)
        try:
            await desk.act(service.grant, place, form.command(GrantBudget))
        except Refusal as refusal:
            neighbourhood = await desk.ask(queries.neighbourhood, place)
            themes = await desk.ask(queries.themes_with_a_pot, place)
            context = {"neighbourhood": neighbourhood, "themes": themes}
            return page(request, "neighbourhoods/grant.html", form=form, refusal=refusal, **context)
        return redirect(request, f"/wijken/{place}/begroting", done=_("The money is in the pot."))

    @get("/begroting/teruggeven", opt=does(queries.neighbourhood, queries.years))
    async def handing_back(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form for handing money back."""
        neighbourhood = await desk.ask(queries.neighbourhood, place)
        years = await desk.ask(queries.years, place)
        return page(request, "neighbourhoods/hand_back.html", neighbourhood=neighbourhood, years=years)

    @post("/begroting/teruggeven", opt=does(service.hand_back, queries.neighbourhood, queries.years))
    async def hand_back(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Hand free money back to the municipality."""
        form = await read_form(request)
        try:
            await desk.act(service.hand_back, place, form.command(HandBack))
        except Refusal as refusal:
            neighbourhood = await desk.ask(queries.neighbourhood, place)
            years = await desk.ask(queries.years, place)
            context = {"neighbourhood": neighbourhood, "years": years}
            return page(request, "neighbourhoods/hand_back.html", form=form, refusal=refusal, **context)
        return redirect(request, f"/wijken/{place}/begroting", done=_("The money went back to the municipality."))

    @get("/begroting/meenemen", opt=does(queries.neighbourhood, queries.years, queries.policy))
    async def carrying_over(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form for taking money along to the next year."""
        return await _carry_over_page(request, desk, place)

    @post("/begroting/meenemen", opt=does(service.carry_over, queries.neighbourhood, queries.years, queries.policy))
    async def carry_over(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Take free money along to the next year."""
        form = await read_form(request)
        try:
            await desk.act(service.carry_over, place, form.command(CarryOver))
        except Refusal as refusal:
            return await _carry_over_page(request, desk, place, form, refusal)
        return redirect(request, f"/wijken/{place}/begroting", done=_("The money went along to the next year."))


async def _carry_over_page(
    request: PageRequest, desk: FrontDesk, place: str, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response[Any]:
    """Return the form with the pots that hold something, and who decides by the rules."""
    return page(
        request,
        "neighbourhoods/carry_over.html",
        form=form,
        refusal=refusal,
        neighbourhood=await desk.ask(queries.neighbourhood, place),
        years=await desk.ask(queries.years, place),
        pots=(await desk.ask(queries.policy, place)).rules.pots,
    )

# SPDX-License-Identifier: EUPL-1.2
"""The pages of officials: what waits for an answer, taking a bid on, asking for what is missing, putting it aside."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.challenges import queries, service
from wijkbudget.challenges.rules.bids import Part
from wijkbudget.challenges.schemas import AskToComplete, PutAside
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods


class CasePages(Controller):
    """Bids as the municipality works on them."""

    path = "/wijken/{place:str}/uitdagingen"
    include_in_schema = False

    @get("/zaken", opt=does(queries.cases))
    async def list_all(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        na: FromQuery[str] = "",
    ) -> Response[Any]:
        """Show a page of what waits for the municipality, by the day on which it must decide."""
        return page(request, "challenges/cases.html", page=await desk.ask(queries.cases, place, na))

    @post("/{challenge_id:uuid}/behandelen", opt=does(service.take_on))
    async def take_on(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Become the case worker of a bid."""
        await desk.act(service.take_on, place, challenge_id)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}"
        return redirect(request, path, done=_("You are the case worker of this bid now."))

    @get("/{challenge_id:uuid}/aanvulverzoek", opt=does(queries.challenge, neighbourhoods.policy))
    async def asking(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form with which an official asks for what is missing."""
        asked = await _asked(desk, place, challenge_id)
        form = Form({"missing": list(asked["bid"].bid.missing), "days": [str(asked["days"])]})
        return page(request, "challenges/ask_to_complete.html", form=form, **asked)

    @post(
        "/{challenge_id:uuid}/aanvulverzoek",
        opt=does(service.ask_to_complete, queries.challenge, neighbourhoods.policy),
    )
    async def ask_to_complete(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Ask for what is missing."""
        form = await read_form(request)
        try:
            await desk.act(service.ask_to_complete, place, challenge_id, form.command(AskToComplete))
        except Refusal as refusal:
            asked = await _asked(desk, place, challenge_id)
            return page(request, "challenges/ask_to_complete.html", form=form, refusal=refusal, **asked)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}"
        return redirect(request, path, done=_("The group sees what is missing."))

    @get("/{challenge_id:uuid}/niet-behandelen", opt=does(queries.challenge))
    async def putting_aside(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form with which an official puts a bid aside."""
        return page(request, "challenges/put_aside.html", bid=await desk.ask(queries.challenge, place, challenge_id))

    @post("/{challenge_id:uuid}/niet-behandelen", opt=does(service.put_aside, queries.challenge))
    async def put_aside(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Put a bid aside that was not completed in time."""
        form = await read_form(request)
        try:
            await desk.act(service.put_aside, place, challenge_id, form.command(PutAside))
        except Refusal as refusal:
            bid = await desk.ask(queries.challenge, place, challenge_id)
            return page(request, "challenges/put_aside.html", form=form, refusal=refusal, bid=bid)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}"
        return redirect(request, path, done=_("The bid was put aside. The group sees why."))


async def _asked(desk: FrontDesk, place: str, challenge_id: UUID) -> dict[str, Any]:
    """Return what the form for a request shows: the bid, what can be missing, and the days that the policy gives."""
    policy = (await desk.ask(neighbourhoods.policy, place)).rules.challenges
    return {
        "bid": await desk.ask(queries.challenge, place, challenge_id),
        "parts": list(Part),
        "days": policy.completion_days if policy else "",
    }

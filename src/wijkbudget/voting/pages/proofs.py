# SPDX-License-Identifier: EUPL-1.2
"""The pages on which anybody checks a vote: its ballots, its lots, and the evening on which it is told."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.voting import queries, service
from wijkbudget.voting.schemas import DrawLots, FindBallot, NoteAnswers

_ROUND = "/wijken/{place:str}/stemrondes/{round_id:uuid}"


class ProofPages(Controller):
    """What everybody can see of a vote that is closed."""

    path = _ROUND
    include_in_schema = False

    @get("/stembiljetten", opt=does(queries.ballots, queries.round_))
    async def ballots(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        *,
        pagina: FromQuery[int] = 1,
    ) -> Response[Any]:
        """Show the sealed ballots by receipt, a hundred at a time."""
        found = await desk.ask(queries.ballots, place, round_id, pagina)
        return page(request, "voting/ballots.html", box=found, round=await desk.ask(queries.round_, place, round_id))

    @get("/stembiljet", opt=does(queries.ballots, queries.round_, anonymous=True))
    async def looking(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Ask for a receipt."""
        await desk.ask(queries.ballots, place, round_id)
        return page(request, "voting/found.html", found=None, round=await desk.ask(queries.round_, place, round_id))

    @post("/stembiljet", opt=does(queries.ballot, queries.round_, anonymous=True))
    async def ballot(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the ballot of a receipt with its proof; asked in a form, so that no receipt stands in an address."""
        form = await read_form(request)
        shown = await desk.ask(queries.round_, place, round_id)
        try:
            found = await desk.ask(queries.ballot, place, round_id, form.command(FindBallot))
        except Refusal as refusal:
            return page(request, "voting/found.html", form=form, refusal=refusal, found=None, round=shown)
        return page(request, "voting/found.html", form=form, found=found, round=shown)

    @get("/natellen", opt=does(queries.ballots, queries.round_))
    async def recount(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show how anybody counts the vote again."""
        found = await desk.ask(queries.ballots, place, round_id)
        return page(request, "voting/recount.html", box=found, round=await desk.ask(queries.round_, place, round_id))

    @get("/telavond", opt=does(queries.outcome, queries.round_))
    async def evening(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        *,
        stap: FromQuery[int] = 1,
    ) -> Response[Any]:
        """Show the outcome step by step, large enough for a hall."""
        outcome = await desk.ask(queries.outcome, place, round_id)
        steps = len(outcome.winners) + 3
        shown = await desk.ask(queries.round_, place, round_id)
        step = min(max(stap, 1), steps)
        return page(request, "voting/evening.html", outcome=outcome, round=shown, step=step, steps=steps)


class DrawPages(Controller):
    """What is drawn by lot: for equal plans by an official, and by the audit committee whom to ask."""

    path = _ROUND
    include_in_schema = False

    @post("/loting", opt=does(service.draw_lots, queries.round_))
    async def draw_lots(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Keep what came out of the announced draw."""
        form = await read_form(request)
        try:
            await desk.act(service.draw_lots, place, round_id, form.command(DrawLots))
        except Refusal as refusal:
            shown = await desk.ask(queries.round_, place, round_id)
            return page(request, "voting/draw.html", form=form, refusal=refusal, round=shown)
        said = _("The draw is known. The ballots can be counted.")
        return redirect(request, f"/wijken/{place}/stemrondes/{round_id}", done=said)

    @get("/loting", opt=does(queries.round_))
    async def drawing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the form for the announced draw."""
        return page(request, "voting/draw.html", round=await desk.ask(queries.round_, place, round_id))

    @get("/navraag", opt=does(queries.round_))
    async def asking(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show why some voters are asked whether they voted."""
        return page(request, "voting/asking.html", asking=None, round=await desk.ask(queries.round_, place, round_id))

    @post("/navraag", opt=does(service.draw_voters, queries.round_))
    async def draw_voters(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show whom to ask; there is no redirect, because each look is recorded."""
        await read_form(request)
        shown = await desk.ask(queries.round_, place, round_id)
        try:
            asking = await desk.act(service.draw_voters, place, round_id)
        except Refusal as refusal:
            return page(request, "voting/asking.html", refusal=refusal, asking=None, round=shown)
        return page(request, "voting/asking.html", asking=asking, round=shown)

    @post("/navraag/csv", opt=does(service.fetch_asked), status_code=200)
    async def fetch_asked(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[bytes]:
        """Give the list of whom to ask, to take along."""
        content = await desk.act(service.fetch_asked, place, round_id)
        return download(content, name=f"navraag-{place}.csv", media_type="text/csv; header=present")

    @post("/navraag/antwoorden", opt=does(service.note_answers))
    async def note_answers(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Note what the voters said; how many said what stands with the outcome."""
        form = await read_form(request)
        await desk.act(service.note_answers, place, round_id, form.command(NoteAnswers))
        said = _("The answers are kept. How many people said what stands with the outcome.")
        return redirect(request, f"/wijken/{place}/stemrondes/{round_id}/navraag", done=said)

# SPDX-License-Identifier: EUPL-1.2
"""The pages of the register of bids: all of them, a new one, and what the group does with one as a whole."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.challenges import queries, service
from wijkbudget.challenges.advice.queries import council_advice
from wijkbudget.challenges.agreements.queries import agreement_part
from wijkbudget.challenges.assessment.queries import assessment
from wijkbudget.challenges.decisions.queries import decisions_of
from wijkbudget.challenges.objections.queries import objections
from wijkbudget.challenges.reviews.queries import course_part
from wijkbudget.challenges.schemas import StartChallenge, WithdrawChallenge
from wijkbudget.challenges.support.queries import support
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries as identity
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _

_STARTING = (queries.municipal_tasks, identity.organisations)
"""What the form for a new bid shows."""

_PARTS: Mapping[str, Callable[..., Any]] = {
    "agreement": agreement_part,
    "assessment": assessment,
    "council_advice": council_advice,
    "course": course_part,
    "decisions": decisions_of,
    "objections": objections,
    "support": support,
}
"""What the rooms show of one bid, each under the name that its part of the page knows."""


class ChallengePages(Controller):
    """Bids of residents on tasks of the municipality."""

    path = "/wijken/{place:str}/uitdagingen"
    include_in_schema = False

    @get("/", opt=does(queries.challenges))
    async def list_all(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        na: FromQuery[str] = "",
    ) -> Response[Any]:
        """Show a page of the bids that were sent in, and the reader's own."""
        return page(request, "challenges/register.html", page=await desk.ask(queries.challenges, place, na))

    @get("/nieuw", opt=does(*_STARTING))
    async def starting(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        taak: FromQuery[str] = "",
    ) -> Response[Any]:
        """Show the form for a new bid."""
        return await _start_page(request, desk, place, Form({"municipal_task_id": [taak]}))

    @post("/", opt=does(service.start, *_STARTING))
    async def start(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Begin a bid, and go on with its first page."""
        form = await read_form(request)
        try:
            begun = await desk.act(service.start, place, form.command(StartChallenge))
        except Refusal as refusal:
            return await _start_page(request, desk, place, form, refusal)
        path = f"/wijken/{place}/uitdagingen/{begun.id}/stappen/idee"
        return redirect(request, path, done=_("Your bid has begun. Only you see it until you send it in."))

    @get("/{challenge_id:uuid}", opt=does(queries.challenge, *_PARTS.values()))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one bid, with what the reader can do with it."""
        bid = await desk.ask(queries.challenge, place, challenge_id)
        parts = {name: await desk.ask(question, place, challenge_id) for name, question in _PARTS.items()}
        return page(request, "challenges/read.html", bid=bid, **parts)

    @get("/{challenge_id:uuid}/indienen", opt=does(queries.challenge))
    async def submitting(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show what is still missing, before the bid is sent in."""
        return page(request, "challenges/submit.html", bid=await desk.ask(queries.challenge, place, challenge_id))

    @post("/{challenge_id:uuid}/indienen", opt=does(service.submit, queries.challenge))
    async def submit(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Send a bid in."""
        try:
            await desk.act(service.submit, place, challenge_id)
        except Refusal as refusal:
            bid = await desk.ask(queries.challenge, place, challenge_id)
            return page(request, "challenges/submit.html", refusal=refusal, bid=bid)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}"
        return redirect(request, path, done=_("Your bid was received today."))

    @post("/{challenge_id:uuid}/aanvullen", opt=does(service.complete))
    async def complete(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Send what was missing."""
        await desk.act(service.complete, place, challenge_id)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}"
        return redirect(request, path, done=_("Thank you. The official goes on with your bid."))

    @get("/{challenge_id:uuid}/intrekken", opt=does(queries.challenge))
    async def withdrawing(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Ask whether the group is sure."""
        return page(request, "challenges/withdraw.html", bid=await desk.ask(queries.challenge, place, challenge_id))

    @post("/{challenge_id:uuid}/intrekken", opt=does(service.withdraw, queries.challenge))
    async def withdraw(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take a bid back."""
        form = await read_form(request)
        try:
            await desk.act(service.withdraw, place, challenge_id, form.command(WithdrawChallenge))
        except Refusal as refusal:
            bid = await desk.ask(queries.challenge, place, challenge_id)
            return page(request, "challenges/withdraw.html", form=form, refusal=refusal, bid=bid)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}"
        return redirect(request, path, done=_("You took your bid back."))


async def _start_page(
    request: PageRequest, desk: FrontDesk, place: str, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response[Any]:
    """Show the form for a new bid, as it was filled in."""
    return page(
        request,
        "challenges/start.html",
        form=form,
        refusal=refusal,
        tasks=[task for task in await desk.ask(queries.municipal_tasks, place) if task.is_open],
        organisations=await desk.ask(identity.organisations, place),
    )

# SPDX-License-Identifier: EUPL-1.2
"""The pages of letters about a bid: to read, to take, and to say when a decision was sent."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges.decisions import queries as decisions
from wijkbudget.challenges.decisions import service
from wijkbudget.challenges.decisions.schemas import MakeDecisionKnown
from wijkbudget.challenges.letters import queries
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _

_READING = (queries.letter, decisions.decisions_of)
"""What the page of a letter shows."""


class BidLetterPages(Controller):
    """The letters in which a group reads what the municipality asks or decided."""

    path = "/wijken/{place:str}/uitdagingen/{challenge_id:uuid}/brieven"
    include_in_schema = False

    @get("/", opt=does(queries.letters))
    async def list_all(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the letters about a bid."""
        found = await desk.ask(queries.letters, place, challenge_id)
        return page(request, "challenges/letters.html", letters=found, challenge_id=challenge_id)

    @get("/{number:int}", opt=does(*_READING))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        number: FromPath[int],
    ) -> Response[Any]:
        """Show one letter, as it is sent."""
        return await _letter_page(request, desk, (place, challenge_id, number))

    @post("/{number:int}/bekendmaken", opt=does(service.make_decision_known, *_READING))
    async def make_known(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        number: FromPath[int],
    ) -> Response[Any]:
        """Say on which day a decision was sent or handed over."""
        form = await read_form(request)
        try:
            await desk.act(service.make_decision_known, place, challenge_id, number, form.command(MakeDecisionKnown))
        except Refusal as refusal:
            return await _letter_page(request, desk, (place, challenge_id, number), (form, refusal))
        path = f"/wijken/{place}/uitdagingen/{challenge_id}/brieven/{number}"
        return redirect(request, path, done=_("It is written down on which day this was made known."))

    @post("/{number:int}/ontvangst", opt=does(service.collect_decision))
    async def collect(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        number: FromPath[int],
    ) -> Response[Any]:
        """Take a decision: from now on it is known."""
        await read_form(request)
        await desk.act(service.collect_decision, place, challenge_id, number)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}/brieven/{number}"
        return redirect(request, path, done=_("You have this decision now."))


async def _letter_page(
    request: PageRequest,
    desk: FrontDesk,
    which: tuple[str, UUID, int],
    answered: tuple[Form, Refusal] | None = None,
) -> Response[Any]:
    """Show a letter, with what the reader can do with the decision in it, and why a form about that is not right."""
    place, challenge_id, number = which
    form, refusal = answered or (EMPTY, None)
    decided = await desk.ask(decisions.decisions_of, place, challenge_id)
    return page(
        request,
        "challenges/letter.html",
        form=form,
        refusal=refusal,
        letter=await desk.ask(queries.letter, place, challenge_id, number),
        decision=next((each for each in decided if each.number == number), None),
        challenge_id=challenge_id,
    )

# SPDX-License-Identifier: EUPL-1.2
"""The pages of the ballot that a voting code opens."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import Form, read_form
from wijkbudget.http.page import page, speak_as
from wijkbudget.http.patience import counting, patience
from wijkbudget.http.visitor import PageRequest, peer
from wijkbudget.kit.errors import BadInput, Refusal, RuleBroken
from wijkbudget.trail import tries
from wijkbudget.voting import queries, service
from wijkbudget.voting.ballots.marks import filled_in
from wijkbudget.voting.codes import CODE_TRIES, WrongCode
from wijkbudget.voting.schemas import CastBallot, OpenBallot


class BallotPages(Controller):
    """Voting with a code, without an account; the code travels in forms only, never in an address or a cookie.

    Four screens: the code, the ballot, what it says, the receipt. The marks go from one to the next in the form, and
    are kept nowhere else.
    """

    path = "/stemmen"
    include_in_schema = False

    @get("/", opt=does(anonymous=True))
    async def start(self, request: PageRequest) -> Response[Any]:
        """Ask for the code on the letter."""
        return page(request, "voting/code.html")

    @post("/", opt=does(queries.paper, tries.demand_patience, tries.count, anonymous=True))
    async def paper(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show the ballot that the code opens, with the marks of who comes back to change them."""
        form = await read_form(request)
        return await _ballot(request, desk, form)

    @post("/controle", opt=does(queries.checked, queries.paper, tries.demand_patience, tries.count, anonymous=True))
    async def check(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Read back what the ballot says, before it is cast."""
        form = await read_form(request)
        try:
            command = form.command(CastBallot, marks=filled_in(form.values))
            async with patience(request, desk, CODE_TRIES, WrongCode):
                checked = await desk.ask(queries.checked, command)
        except Refusal as refusal:
            return await _ballot(request, desk, form, refusal)
        await speak_as(request, checked.paper.place)
        return page(request, "voting/check.html", form=form, checked=checked)

    @post(
        "/biljet",
        opt=does(service.cast, queries.paper, tries.demand_patience, tries.count, anonymous=True),
    )
    async def cast(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Put the ballot in the box and show the receipt; it stands in no address, so there is no redirect."""
        form = await read_form(request)
        try:
            command = form.command(CastBallot, marks=filled_in(form.values))
            async with counting(request, desk, CODE_TRIES, WrongCode):
                receipt = await desk.act(service.cast, command, peer(request))
        except Refusal as refusal:
            return await _ballot(request, desk, form, refusal)
        await speak_as(request, receipt.place)
        return page(request, "voting/receipt.html", receipt=receipt)


async def _ballot(request: PageRequest, desk: FrontDesk, form: Form, refusal: Refusal | None = None) -> Response[Any]:
    """Show the ballot with what is not right on it yet; without a code that opens one, ask for the code."""
    if refusal is None or isinstance(refusal, RuleBroken | BadInput):
        try:
            command = form.command(OpenBallot)
            async with patience(request, desk, CODE_TRIES, WrongCode):
                paper = await desk.ask(queries.paper, command)
        except Refusal as unopened:
            return page(request, "voting/code.html", form=form, refusal=unopened)
        await speak_as(request, paper.place)
        return page(request, "voting/ballot.html", form=form, refusal=refusal, paper=paper, marks=_marks(form))
    return page(request, "voting/code.html", form=form, refusal=refusal)


def _marks(form: Form) -> dict[str, int]:
    """Return the marks of a form as far as they can be read, to say how much was filled in."""
    try:
        return filled_in(form.values)
    except RuleBroken:
        return {}

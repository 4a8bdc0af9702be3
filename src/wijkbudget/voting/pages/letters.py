# SPDX-License-Identifier: EUPL-1.2
"""The pages of the letters of a round: how far they are, the files, and what stands on them."""

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
from wijkbudget.voting import service
from wijkbudget.voting.letters import queries
from wijkbudget.voting.letters.schemas import WriteLetterhead

LOOK_AGAIN_SECONDS = 5


class LetterPages(Controller):
    """Letters with voting codes; a file is asked for in a form, because taking it is recorded."""

    path = "/wijken/{place:str}/stemrondes/{round_id:uuid}/brieven"
    include_in_schema = False

    @get("/", opt=does(queries.letters))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        volgen: FromQuery[str] = "",
    ) -> Response[Any]:
        """Show how far the letters are; who asks for it gets the page again until they are all made.

        Source: WCAG 2.2, 2.2.1 and 3.2.5 (a page changes by itself only for whoever turned that on).
        """
        letters = await desk.ask(queries.letters, place, round_id)
        follows = volgen == "ja" and letters.is_busy
        response = page(request, "voting/letters.html", letters=letters, follows=follows)
        if follows:
            response.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
        return response

    @post("/{number:int}/pdf", opt=does(service.fetch_letters), status_code=200)
    async def fetch_letters(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID], number: FromPath[int]
    ) -> Response[bytes]:
        """Give a file of letters to be printed."""
        content = await desk.act(service.fetch_letters, place, round_id, number)
        return download(content, name=f"stemcodes-{place}-{number}.pdf", media_type="application/pdf")

    @post("/csv", opt=does(service.fetch_addresses), status_code=200)
    async def fetch_addresses(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[bytes]:
        """Give every letter as a line, for a mail house."""
        content = await desk.act(service.fetch_addresses, place, round_id)
        return download(content, name=f"stemcodes-{place}.csv", media_type="text/csv; header=present")

    @post("/weggooien", opt=does(service.discard_letters))
    async def discard_letters(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Throw the letters away, because they were sent."""
        await desk.act(service.discard_letters, place, round_id)
        return redirect(request, _path(place, round_id), done=_("The letters were thrown away."))

    @get("/briefhoofd", opt=does(queries.letterhead, queries.letters))
    async def writing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the form for what stands on every letter."""
        letters = await desk.ask(queries.letters, place, round_id)
        said = await desk.ask(queries.letterhead, place)
        return page(request, "voting/letterhead.html", letters=letters, said=said)

    @post("/briefhoofd", opt=does(service.write_letterhead, queries.letterhead, queries.letters))
    async def write(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Keep what stands on every letter from now on."""
        form = await read_form(request)
        try:
            await desk.act(service.write_letterhead, place, form.command(WriteLetterhead))
        except Refusal as refusal:
            letters = await desk.ask(queries.letters, place, round_id)
            said = await desk.ask(queries.letterhead, place)
            return page(request, "voting/letterhead.html", form=form, refusal=refusal, letters=letters, said=said)
        return redirect(request, _path(place, round_id), done=_("The text is kept. It stands on letters from now on."))


def _path(place: str, round_id: UUID) -> str:
    return f"/wijken/{place}/stemrondes/{round_id}/brieven"

# SPDX-License-Identifier: EUPL-1.2
"""The pages of the support for a bid: signing, papers of the group, and counting what stands on them."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges import queries as challenges
from wijkbudget.challenges.support import queries, service
from wijkbudget.challenges.support.rules import AttachmentNotFound
from wijkbudget.challenges.support.schemas import AttachPaper, CountSheet, SignBid
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _

_SHOWN = (queries.support, challenges.challenge)
"""What every page here shows."""


class SupportPages(Controller):
    """Who is for a bid and against it, and the papers that show it."""

    path = "/wijken/{place:str}/uitdagingen/{challenge_id:uuid}"
    include_in_schema = False

    @get("/draagvlak", opt=does(*_SHOWN))
    async def support(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show how many neighbours are for a bid, and its papers for who may read them."""
        return page(request, "challenges/support.html", **await _shown(desk, place, challenge_id))

    @post("/draagvlak", opt=does(service.sign_bid, *_SHOWN))
    async def sign(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Say whether one is for a bid or against it."""
        form = await read_form(request)
        try:
            await desk.act(service.sign_bid, place, challenge_id, form.command(SignBid))
        except Refusal as refusal:
            shown = await _shown(desk, place, challenge_id)
            return page(request, "challenges/support.html", form=form, refusal=refusal, **shown)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}/draagvlak"
        return redirect(request, path, done=_("Thank you. Your signature counts, and nobody sees that it is yours."))

    @post("/draagvlak/intrekken", opt=does(service.take_back_signature))
    async def take_back_signature(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take a signature back."""
        await desk.act(service.take_back_signature, place, challenge_id)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}/draagvlak"
        return redirect(request, path, done=_("Your signature no longer counts."))

    @post("/bijlagen", opt=does(service.attach, *_SHOWN))
    async def attach(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Add a paper to a bid."""
        form = await read_form(request)
        try:
            await desk.act(service.attach, place, challenge_id, form.command(AttachPaper))
        except Refusal as refusal:
            shown = await _shown(desk, place, challenge_id)
            return page(request, "challenges/support.html", form=form, refusal=refusal, **shown)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}/draagvlak"
        return redirect(request, path, done=_("The paper is with your bid."))

    @get("/bijlagen/{attachment_id:uuid}", opt=does(queries.paper))
    async def paper(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        attachment_id: FromPath[UUID],
    ) -> Response[bytes]:
        """Give a paper of a bid."""
        file = await desk.ask(queries.paper, place, challenge_id, attachment_id)
        return download(file.content, name=file.name, media_type=file.media_type)

    @post("/bijlagen/{attachment_id:uuid}/intrekken", opt=does(service.take_back_paper))
    async def take_back_paper(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        attachment_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take a paper back before the bid is sent in."""
        await desk.act(service.take_back_paper, place, challenge_id, attachment_id)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}/draagvlak"
        return redirect(request, path, done=_("The paper is no longer with your bid."))

    @get("/bijlagen/{attachment_id:uuid}/tellen", opt=does(*_SHOWN))
    async def counting(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        attachment_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form with which somebody counts a sheet."""
        shown = await _sheet(desk, place, challenge_id, attachment_id)
        return page(request, "challenges/count_sheet.html", **shown)

    @post("/bijlagen/{attachment_id:uuid}/tellen", opt=does(service.count_sheet, *_SHOWN))
    async def count_sheet(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        attachment_id: FromPath[UUID],
    ) -> Response[Any]:
        """Say how many valid signatures stand on a sheet."""
        form = await read_form(request)
        try:
            await desk.act(service.count_sheet, place, challenge_id, attachment_id, form.command(CountSheet))
        except Refusal as refusal:
            shown = await _sheet(desk, place, challenge_id, attachment_id)
            return page(request, "challenges/count_sheet.html", form=form, refusal=refusal, **shown)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}/draagvlak"
        return redirect(request, path, done=_("Thank you. The number counts when somebody else counts the same."))


async def _shown(desk: FrontDesk, place: str, challenge_id: UUID) -> dict[str, Any]:
    """Return what every page here shows: the bid, and the support for it."""
    return {
        "bid": await desk.ask(challenges.challenge, place, challenge_id),
        "support": await desk.ask(queries.support, place, challenge_id),
    }


async def _sheet(desk: FrontDesk, place: str, challenge_id: UUID, attachment_id: UUID) -> dict[str, Any]:
    """Return what the form for the count of a sheet shows. Raises AttachmentNotFound."""
    shown = await _shown(desk, place, challenge_id)
    sheet = next((each for each in shown["support"].attachments if each.id == attachment_id), None)
    if sheet is None:
        raise AttachmentNotFound(_("This bid has no such paper."))
    return {**shown, "sheet": sheet}

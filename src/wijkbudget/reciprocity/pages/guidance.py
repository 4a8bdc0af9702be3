# SPDX-License-Identifier: EUPL-1.2
"""The pages of contracts between young people and a guide."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import FindResidents
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.reciprocity.guidance import queries, service
from wijkbudget.reciprocity.guidance.schemas import ProposeGuidance, TellConsent, WriteNote

_PROPOSE = "reciprocity/guidance/propose.html"


class GuidancePages(Controller):
    """What a young person and a guide agree; an address is asked in a form, so that it stands in no log."""

    path = "/wijken/{place:str}/begeleiding"
    include_in_schema = False

    @get("/", opt=does(queries.own_guidance))
    async def own(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show the reader's own contracts."""
        return page(request, "reciprocity/guidance/own.html", found=await desk.ask(queries.own_guidance, place))

    @get("/overzicht", opt=does(queries.all_guidance))
    async def overview(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show an official who has a contract with whom."""
        return page(request, "reciprocity/guidance/overview.html", found=await desk.ask(queries.all_guidance, place))

    @get("/nieuw", opt=does(identity.residents_at, service.propose_guidance))
    async def finding(self, request: PageRequest) -> Response[Any]:
        """Show the form to find an address."""
        return page(request, _PROPOSE, people=None)

    @post("/adres", opt=does(identity.residents_at, service.propose_guidance))
    async def found(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show who lives at an address, with the form of a contract."""
        form = await read_form(request)
        try:
            people = await desk.ask(identity.residents_at, place, form.command(FindResidents))
        except Refusal as refusal:
            return page(request, _PROPOSE, form=form, refusal=refusal, people=None)
        return page(request, _PROPOSE, form=form, people=people)

    @post("/nieuw", opt=does(service.propose_guidance, identity.residents_at))
    async def propose(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Propose a contract to a young person."""
        form = await read_form(request)
        address = form.command(FindResidents)
        try:
            made = await desk.act(service.propose_guidance, place, form.command(ProposeGuidance))
        except Refusal as refusal:
            people = await desk.ask(identity.residents_at, place, address)
            return page(request, _PROPOSE, form=form, refusal=refusal, people=people)
        return redirect(request, _path(place, made.id), done=_("It waits for the signature of the young person now."))

    @get("/{guidance_id:uuid}", opt=does(queries.guidance))
    async def read(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], guidance_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show a contract to one of the two."""
        return await _shown(request, desk, place, guidance_id)

    @post("/{guidance_id:uuid}/tekenen", opt=does(service.sign_guidance, queries.guidance))
    async def sign(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], guidance_id: FromPath[UUID]
    ) -> Response[Any]:
        """Sign a contract as the young person."""
        await read_form(request)
        try:
            await desk.act(service.sign_guidance, place, guidance_id)
        except Refusal as refusal:
            return await _shown(request, desk, place, guidance_id, EMPTY, refusal)
        return redirect(request, _path(place, guidance_id), done=_("You signed. The contract holds now."))

    @post("/{guidance_id:uuid}/toestemming", opt=does(service.tell_consent, queries.guidance))
    async def consent(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], guidance_id: FromPath[UUID]
    ) -> Response[Any]:
        """Write down whether a parent agrees."""
        form = await read_form(request)
        try:
            await desk.act(service.tell_consent, place, guidance_id, form.command(TellConsent))
        except Refusal as refusal:
            return await _shown(request, desk, place, guidance_id, form, refusal)
        return redirect(request, _path(place, guidance_id), done=_("It is written down."))

    @post("/{guidance_id:uuid}/aantekeningen", opt=does(service.write_note, queries.guidance))
    async def note(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], guidance_id: FromPath[UUID]
    ) -> Response[Any]:
        """Write a note for the two of them."""
        form = await read_form(request)
        try:
            await desk.act(service.write_note, place, guidance_id, form.command(WriteNote))
        except Refusal as refusal:
            return await _shown(request, desk, place, guidance_id, form, refusal)
        return redirect(request, _path(place, guidance_id), done=_("It is written down."))

    @post("/{guidance_id:uuid}/aantekeningen/{note_id:uuid}/wissen", opt=does(service.erase_note))
    async def erase(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        guidance_id: FromPath[UUID],
        note_id: FromPath[UUID],
    ) -> Response[Any]:
        """Erase a note."""
        await read_form(request)
        await desk.act(service.erase_note, place, guidance_id, note_id)
        return redirect(request, _path(place, guidance_id), done=_("The note is gone."))

    @post("/{guidance_id:uuid}/beeindigen", opt=does(service.end_guidance))
    async def end(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], guidance_id: FromPath[UUID]
    ) -> Response[Any]:
        """End a contract."""
        await read_form(request)
        await desk.act(service.end_guidance, place, guidance_id)
        done = _("The contract ended, and what it said is gone.")
        return redirect(request, f"/wijken/{place}", done=done)


async def _shown(  # noqa: PLR0913, PLR0917 - what was filled in beside what is shown
    request: PageRequest,
    desk: FrontDesk,
    place: str,
    guidance_id: UUID,
    form: Form = EMPTY,
    refusal: Refusal | None = None,
) -> Response[Any]:
    """Show a contract, with why something about it was refused."""
    found = await desk.ask(queries.guidance, place, guidance_id)
    return page(request, "reciprocity/guidance/read.html", form=form, refusal=refusal, guidance=found)


def _path(place: str, guidance_id: UUID) -> str:
    return f"/wijken/{place}/begeleiding/{guidance_id}"

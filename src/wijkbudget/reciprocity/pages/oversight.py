# SPDX-License-Identifier: EUPL-1.2
"""The pages of the audit committee: time drawn by lot, and who confirms whom."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.reciprocity.oversight import queries, service
from wijkbudget.reciprocity.oversight.schemas import DrawSample, NoteFinding, NoteRing


class TimeSamplePages(Controller):
    """Settled time that is looked at again, by lot."""

    path = "/wijken/{place:str}/steekproef"
    include_in_schema = False

    @get("/", opt=does(queries.samples))
    async def samples(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show how the lots were drawn, and to whom may the form to draw."""
        return page(request, "reciprocity/samples.html", drawn=await desk.ask(queries.samples, place))

    @post("/", opt=does(service.draw_sample, queries.samples))
    async def draw(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Draw which time of a quarter is looked at again."""
        form = await read_form(request)
        try:
            sample = await desk.act(service.draw_sample, place, form.command(DrawSample))
        except Refusal as refusal:
            drawn = await desk.ask(queries.samples, place)
            return page(request, "reciprocity/samples.html", form=form, refusal=refusal, drawn=drawn)
        return redirect(request, f"/wijken/{place}/steekproef/{sample.period}", done=_("The lots are drawn."))

    @get("/{period:str}", opt=does(queries.sample))
    async def sample(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], period: FromPath[str]
    ) -> Response[Any]:
        """Show which time was drawn, and what was found."""
        return page(request, "reciprocity/sample.html", sample=await desk.ask(queries.sample, place, period))

    @get("/{period:str}/{entry_id:uuid}", opt=does(queries.drawn_time))
    async def drawn_time(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        period: FromPath[str],
        entry_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show time that was drawn, with the form to say what you found."""
        check = await desk.ask(queries.drawn_time, place, period, entry_id)
        return page(request, "reciprocity/drawn_time.html", check=check, period=period)

    @post("/{period:str}/{entry_id:uuid}", opt=does(service.note_finding, queries.drawn_time))
    async def note(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        period: FromPath[str],
        entry_id: FromPath[UUID],
    ) -> Response[Any]:
        """Say what you found."""
        form = await read_form(request)
        try:
            await desk.act(service.note_finding, place, period, entry_id, form.command(NoteFinding))
        except Refusal as refusal:
            check = await desk.ask(queries.drawn_time, place, period, entry_id)
            return page(request, "reciprocity/drawn_time.html", form=form, refusal=refusal, check=check, period=period)
        return redirect(request, f"/wijken/{place}/steekproef/{period}", done=_("What you found is written down."))


class RingPages(Controller):
    """People who confirm mostly each other."""

    path = "/wijken/{place:str}/kringen"
    include_in_schema = False

    @get("/", opt=does(queries.rings))
    async def rings(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show who confirms mostly each other."""
        return page(request, "reciprocity/rings.html", found=await desk.ask(queries.rings, place))

    @get("/{key:str}", opt=does(queries.ring))
    async def ring(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], key: FromPath[str]
    ) -> Response[Any]:
        """Show what they confirmed among themselves."""
        return page(request, "reciprocity/ring.html", ring=await desk.ask(queries.ring, place, key))

    @post("/{key:str}", opt=does(service.note_ring, queries.ring))
    async def note(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], key: FromPath[str]
    ) -> Response[Any]:
        """Say what you made of them."""
        form = await read_form(request)
        try:
            await desk.act(service.note_ring, place, key, form.command(NoteRing))
        except Refusal as refusal:
            ring = await desk.ask(queries.ring, place, key)
            return page(request, "reciprocity/ring.html", form=form, refusal=refusal, ring=ring)
        return redirect(request, f"/wijken/{place}/kringen", done=_("What you made of it is written down."))

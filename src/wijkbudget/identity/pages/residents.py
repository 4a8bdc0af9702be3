# SPDX-License-Identifier: EUPL-1.2
"""The pages for whoever helps residents at the desk, and for the register."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries, service
from wijkbudget.identity.schemas import (
    FindResidents,
    ImportRegister,
)
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.sheets import read_file
from wijkbudget.kit.text import _


class ResidentPages(Controller):
    """Residents at the desk, and the register they stand on."""

    path = "/wijken/{place:str}/bewoners"
    include_in_schema = False

    @get("/", opt=does(queries.counts))
    async def read(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show how many people live here, and the form to find somebody."""
        return page(request, "identity/residents.html", counts=await desk.ask(queries.counts, place), found=None)

    @post("/zoeken", opt=does(queries.counts, queries.residents_at), status_code=HTTP_200_OK)
    async def find(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show who lives at an address; sent as a form, so that no address stands in a log."""
        form, found, refused = await read_form(request), None, None
        try:
            found = await desk.ask(queries.residents_at, place, form.command(FindResidents))
        except Refusal as refusal:
            refused = refusal
        counts = await desk.ask(queries.counts, place)
        return page(request, "identity/residents.html", form=form, refusal=refused, counts=counts, found=found)

    @post("/pseudoniem", opt=does(queries.counts, queries.resident_called), status_code=HTTP_200_OK)
    async def call(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show whom the register calls by a pseudonym, such as the one on a letter that came back."""
        form = await read_form(request)
        found = await desk.ask(queries.resident_called, place, form.get("pseudonym").strip())
        counts = await desk.ask(queries.counts, place)
        return page(request, "identity/residents.html", form=form, counts=counts, found=found)

    @post("/{person_id:uuid}/code", opt=does(service.prove_at_desk), status_code=HTTP_200_OK)
    async def prove(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> Response[Any]:
        """Note that somebody showed who they are, and show the code to hand over; it is never shown again."""
        handed = await desk.act(service.prove_at_desk, place, person_id)
        return page(request, "identity/handed_code.html", handed=handed)

    @post("/{person_id:uuid}/brief", opt=does(service.send_code))
    async def send(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> Response[Any]:
        """Send a letter with a code."""
        await desk.act(service.send_code, place, person_id)
        return redirect(request, f"/wijken/{place}/bewoners", done=_("The letter is on its way."))

    @post("/{person_id:uuid}/tweede-stap/weghalen", opt=does(service.reset_step))
    async def reset_step(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> Response[Any]:
        """Take away a second step, of somebody who showed who they are."""
        await desk.act(service.reset_step, place, person_id)
        done = _("The second step was taken away. This person can add a new one.")
        return redirect(request, f"/wijken/{place}/rollen", done=done)

    @get("/importeren", opt=does())
    async def importing(self, request: PageRequest, place: FromPath[str]) -> Response[Any]:
        """Show the form for a register file."""
        return page(request, "identity/import_register.html", place=place, imported=None)

    @post("/importeren", opt=does(service.import_register), status_code=HTTP_200_OK)
    async def import_register(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Take over a register file, and show what it changed or every line that is wrong."""
        form, imported, refused = await read_form(request), None, None
        try:
            text = read_file(form.get("csv"))
            imported = await desk.act(service.import_register, form.command(ImportRegister, csv=text))
        except Refusal as refusal:
            refused = refusal
        return page(
            request, "identity/import_register.html", form=form, refusal=refused, place=place, imported=imported
        )

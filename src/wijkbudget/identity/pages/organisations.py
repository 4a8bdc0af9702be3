# SPDX-License-Identifier: EUPL-1.2
"""The pages of organisations."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries, service
from wijkbudget.identity.rules.organisations import LegalForm, form_name
from wijkbudget.identity.schemas import (
    StartOrganisation,
)
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _

FORMS = [(form.value, form_name(form), None) for form in LegalForm]


class OrganisationPages(Controller):
    """The organisations of a neighbourhood."""

    path = "/wijken/{place:str}/organisaties"
    include_in_schema = False

    @get("/", opt=does(queries.organisations))
    async def read(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show the organisations, and the form to start one."""
        found = await desk.ask(queries.organisations, place)
        return page(request, "identity/organisations.html", organisations=found, forms=FORMS, form_name=form_name)

    @post("/", opt=does(service.start_organisation, queries.organisations))
    async def start(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Start an organisation."""
        form = await read_form(request)
        try:
            started = await desk.act(service.start_organisation, place, form.command(StartOrganisation))
        except Refusal as refusal:
            found = await desk.ask(queries.organisations, place)
            context = {"organisations": found, "forms": FORMS, "form_name": form_name}
            return page(request, "identity/organisations.html", form=form, refusal=refusal, **context)
        return redirect(request, f"/wijken/{place}/organisaties/{started.id}", done=_("Your organisation has begun."))

    @get("/{organisation_id:uuid}", opt=does(queries.organisation_card))
    async def one(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        organisation_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one organisation."""
        found = await desk.ask(queries.organisation_card, place, organisation_id)
        return page(request, "identity/organisation.html", organisation=found, form_name=form_name)

    @post("/{organisation_id:uuid}/meedoen", opt=does(service.join))
    async def join(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        organisation_id: FromPath[UUID],
    ) -> Response[Any]:
        """Ask to join."""
        await desk.act(service.join, place, organisation_id)
        asked = _("You asked to join. A member lets you in.")
        return redirect(request, f"/wijken/{place}/organisaties/{organisation_id}", done=asked)

    @post("/{organisation_id:uuid}/leden/{person_id:uuid}", opt=does(service.admit))
    async def admit(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        organisation_id: FromPath[UUID],
        person_id: FromPath[UUID],
    ) -> Response[Any]:
        """Let somebody in."""
        await desk.act(service.admit, place, organisation_id, person_id)
        admitted = _("There is a new member.")
        return redirect(request, f"/wijken/{place}/organisaties/{organisation_id}", done=admitted)

    @post("/{organisation_id:uuid}/verlaten", opt=does(service.leave))
    async def leave(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        organisation_id: FromPath[UUID],
    ) -> Response[Any]:
        """Leave, or take back the question to join."""
        await desk.act(service.leave, place, organisation_id)
        return redirect(request, f"/wijken/{place}/organisaties", done=_("You are no longer a member."))

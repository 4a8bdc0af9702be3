# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a helper writes down time for somebody who does not use a computer."""

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
from wijkbudget.identity.schemas import FindResidents, ResidentView
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.pages.words import KINDS, QUARTERS
from wijkbudget.reciprocity.schemas import LogTimeFor, TaskView

_REACHED = (service.log_for, identity.residents_at, queries.task)


class ForOthersPages(Controller):
    """Writing down time for another, found by their address; also from the paper list of an evening."""

    path = "/wijken/{place:str}/klussen/{task_id:uuid}/voor-een-ander"
    include_in_schema = False

    @get("/", opt=does(*_REACHED))
    async def finding(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the form to find an address."""
        return _asked(request, await desk.ask(queries.task, place, task_id))

    @post("/adres", opt=does(*_REACHED))
    async def found(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show who lives at an address, and the form for their time; in a form, so that no address stands in a log."""
        task, form = await desk.ask(queries.task, place, task_id), await read_form(request)
        try:
            people = await desk.ask(identity.residents_at, place, form.command(FindResidents))
        except Refusal as refusal:
            return _asked(request, task, form, refusal)
        return _asked(request, task, form, people=people)

    @post("/", opt=does(*_REACHED))
    async def log_for(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Write down time for somebody."""
        task, form = await desk.ask(queries.task, place, task_id), await read_form(request)
        address = form.command(FindResidents)
        try:
            await desk.act(service.log_for, place, task_id, form.command(LogTimeFor))
        except Refusal as refusal:
            return _asked(request, task, form, refusal, await desk.ask(identity.residents_at, place, address))
        done = _("The time is written down. They get a letter about it.")
        return redirect(request, f"/wijken/{place}/klussen/{task_id}/voor-een-ander", done=done)


def _asked(
    request: PageRequest,
    task: TaskView,
    form: Form = EMPTY,
    refusal: Refusal | None = None,
    people: list[ResidentView] | None = None,
) -> Response[Any]:
    """Show the form for the address, or for the time of who lives there."""
    known: dict[str, Any] = {"task": task, "people": people, "quarters": QUARTERS, "kinds": KINDS}
    return page(request, "reciprocity/log_for.html", form=form, refusal=refusal, **known)

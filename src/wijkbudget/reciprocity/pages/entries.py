# SPDX-License-Identifier: EUPL-1.2
"""The pages of time that somebody gave."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.pages.words import KINDS
from wijkbudget.reciprocity.schemas import CorrectTime, DisputeTime, ObjectToCorrection, RuleOnCorrection, RuleOnDispute


class TimeEntryPages(Controller):
    """Time that somebody gave."""

    path = "/wijken/{place:str}/uren"
    include_in_schema = False

    @get("/{entry_id:uuid}", opt=does(queries.entry))
    async def entry(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show logged time, and what the reader can do with it."""
        entry = await desk.ask(queries.entry, place, entry_id)
        return page(request, "reciprocity/entry.html", entry=entry, kinds=KINDS)

    @post("/{entry_id:uuid}/bevestigen", opt=does(service.confirm))
    async def confirm(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Confirm time that somebody else gave."""
        entry = await desk.act(service.confirm, place, entry_id)
        return redirect(request, f"/wijken/{place}/klussen/{entry.task_id}", done=_("You confirmed the time."))

    @post("/{entry_id:uuid}/intrekken", opt=does(service.withdraw))
    async def withdraw(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Take back time of your own."""
        await desk.act(service.withdraw, place, entry_id)
        return redirect(request, f"/wijken/{place}/mijn-tijd", done=_("Your time is withdrawn."))

    @post("/{entry_id:uuid}/betwisten", opt=does(service.dispute, queries.entry))
    async def dispute(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Say that confirmed time is not right."""
        form = await read_form(request)
        try:
            await desk.act(service.dispute, place, entry_id, form.command(DisputeTime))
        except Refusal as refusal:
            return await _refused(request, desk, place, entry_id, form, refusal)
        return redirect(request, f"/wijken/{place}/uren/{entry_id}", done=_("Somebody will rule on it."))

    @post("/{entry_id:uuid}/uitspraak", opt=does(service.rule_on, queries.entry))
    async def rule_on(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Rule on disputed time."""
        form = await read_form(request)
        try:
            await desk.act(service.rule_on, place, entry_id, form.command(RuleOnDispute))
        except Refusal as refusal:
            return await _refused(request, desk, place, entry_id, form, refusal)
        return redirect(request, f"/wijken/{place}/uren/{entry_id}", done=_("Your ruling was recorded."))

    @post("/{entry_id:uuid}/rechtzetten", opt=does(service.correct, queries.entry))
    async def correct(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Take time out of the books that was found not right later."""
        form = await read_form(request)
        try:
            await desk.act(service.correct, place, entry_id, form.command(CorrectTime))
        except Refusal as refusal:
            return await _refused(request, desk, place, entry_id, form, refusal)
        done = _("This time counts no longer. Whoever gave it gets a letter.")
        return redirect(request, f"/wijken/{place}/uren/{entry_id}", done=done)

    @post("/{entry_id:uuid}/bezwaar", opt=does(service.object_to_correction, queries.entry))
    async def object_to_correction(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Say why your time was right after all."""
        form = await read_form(request)
        try:
            await desk.act(service.object_to_correction, place, entry_id, form.command(ObjectToCorrection))
        except Refusal as refusal:
            return await _refused(request, desk, place, entry_id, form, refusal)
        return redirect(request, f"/wijken/{place}/uren/{entry_id}", done=_("Somebody else will rule on it."))

    @post("/{entry_id:uuid}/uitspraak-bezwaar", opt=does(service.rule_on_correction, queries.entry))
    async def rule_on_correction(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Rule on an objection against a correction."""
        form = await read_form(request)
        try:
            await desk.act(service.rule_on_correction, place, entry_id, form.command(RuleOnCorrection))
        except Refusal as refusal:
            return await _refused(request, desk, place, entry_id, form, refusal)
        return redirect(request, f"/wijken/{place}/uren/{entry_id}", done=_("Your ruling was recorded."))


async def _refused(  # noqa: PLR0913, PLR0917 - what was filled in, and why it was refused
    request: PageRequest, desk: FrontDesk, place: str, entry_id: UUID, form: Form, refusal: Refusal
) -> Response[Any]:
    """Show an entry again, with what was wrong."""
    entry = await desk.ask(queries.entry, place, entry_id)
    return page(request, "reciprocity/entry.html", form=form, refusal=refusal, entry=entry, kinds=KINDS)

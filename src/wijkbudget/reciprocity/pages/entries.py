# SPDX-License-Identifier: EUPL-1.2
"""The pages of time that somebody gave."""

from collections.abc import Callable
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
from wijkbudget.kit.fields import Command
from wijkbudget.kit.text import Text, _
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
        done = _("Somebody will rule on it.")
        return await _said(request, desk, place, entry_id, service.dispute, DisputeTime, done)

    @post("/{entry_id:uuid}/uitspraak", opt=does(service.rule_on, queries.entry))
    async def rule_on(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Rule on disputed time."""
        done = _("Your ruling was recorded.")
        return await _said(request, desk, place, entry_id, service.rule_on, RuleOnDispute, done)

    @post("/{entry_id:uuid}/rechtzetten", opt=does(service.correct, queries.entry))
    async def correct(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Take time out of the books that was found not right later."""
        done = _("This time counts no longer. Whoever gave it gets a letter.")
        return await _said(request, desk, place, entry_id, service.correct, CorrectTime, done)

    @post("/{entry_id:uuid}/bezwaar", opt=does(service.object_to_correction, queries.entry))
    async def object_to_correction(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Say why your time was right after all."""
        done = _("Somebody else will rule on it.")
        return await _said(request, desk, place, entry_id, service.object_to_correction, ObjectToCorrection, done)

    @post("/{entry_id:uuid}/uitspraak-bezwaar", opt=does(service.rule_on_correction, queries.entry))
    async def rule_on_correction(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Rule on an objection against a correction."""
        done = _("Your ruling was recorded.")
        return await _said(request, desk, place, entry_id, service.rule_on_correction, RuleOnCorrection, done)


async def _said(  # noqa: PLR0913, PLR0917 - one step about time that somebody gave, whichever it is
    request: PageRequest,
    desk: FrontDesk,
    place: str,
    entry_id: UUID,
    verb: Callable[..., Any],
    kind: type[Command],
    done: Text,
) -> Response[Any]:
    """Do what a form about an entry says, or show the entry again with why not."""
    form = await read_form(request)
    try:
        await desk.act(verb, place, entry_id, form.command(kind))
    except Refusal as refusal:
        entry = await desk.ask(queries.entry, place, entry_id)
        return page(request, "reciprocity/entry.html", form=form, refusal=refusal, entry=entry, kinds=KINDS)
    return redirect(request, f"/wijken/{place}/uren/{entry_id}", done=done)

# SPDX-License-Identifier: EUPL-1.2
"""The pages of tasks, time, exemptions and voices."""

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
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.fees import queries as received
from wijkbudget.reciprocity.fees import service as fees
from wijkbudget.reciprocity.fees.rules import Form as FeeForm
from wijkbudget.reciprocity.fees.schemas import FeesView, TellFee
from wijkbudget.reciprocity.rules.entries import ENTRY_MINUTES_MAX, STEP_MINUTES
from wijkbudget.reciprocity.schemas import DisputeTime, GrantExemption, LogTime, OpenTask, RuleOnDispute

QUARTERS = [
    (minutes, _("%(given_minutes)s", given_minutes=minutes))
    for minutes in range(STEP_MINUTES, ENTRY_MINUTES_MAX + 1, STEP_MINUTES)
]
"""How long somebody can say that they helped."""


class TaskPages(Controller):
    """What residents give time to."""

    path = "/wijken/{place:str}/klussen"
    include_in_schema = False

    @get("/", opt=does(queries.tasks))
    async def tasks(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the tasks of a neighbourhood."""
        return page(request, "reciprocity/tasks.html", tasks=await desk.ask(queries.tasks, place))

    @get("/nieuw", opt=does(queries.candidates))
    async def opening(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form for a task."""
        return page(request, "reciprocity/open_task.html", candidates=await desk.ask(queries.candidates, place))

    @post("/nieuw", opt=does(service.open_task, queries.candidates))
    async def open_task(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Open a task."""
        form = await read_form(request)
        try:
            task = await desk.act(service.open_task, place, form.command(OpenTask))
        except Refusal as refusal:
            candidates = await desk.ask(queries.candidates, place)
            return page(request, "reciprocity/open_task.html", form=form, refusal=refusal, candidates=candidates)
        return redirect(request, f"/wijken/{place}/klussen/{task.id}", done=_("The task is open."))

    @get("/{task_id:uuid}", opt=does(queries.task))
    async def task(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show a task, with the form to log time."""
        task = await desk.ask(queries.task, place, task_id)
        return page(request, "reciprocity/task.html", task=task, quarters=QUARTERS)

    @post("/{task_id:uuid}", opt=does(service.log, queries.task))
    async def log(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Log time of your own."""
        form = await read_form(request)
        try:
            entry = await desk.act(service.log, place, task_id, form.command(LogTime))
        except Refusal as refusal:
            task = await desk.ask(queries.task, place, task_id)
            return page(request, "reciprocity/task.html", form=form, refusal=refusal, task=task, quarters=QUARTERS)
        return redirect(request, f"/wijken/{place}/uren/{entry.id}", done=_("Your time is logged."))

    @post("/{task_id:uuid}/beeindigen", opt=does(service.end_task))
    async def end_task(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Take no more time on a task."""
        await desk.act(service.end_task, place, task_id)
        return redirect(request, f"/wijken/{place}/klussen/{task_id}", done=_("The task has ended."))


class TimeEntryPages(Controller):
    """Time that somebody gave."""

    path = "/wijken/{place:str}/uren"
    include_in_schema = False

    @get("/{entry_id:uuid}", opt=does(queries.entry))
    async def entry(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show logged time, and what the reader can do with it."""
        return page(request, "reciprocity/entry.html", entry=await desk.ask(queries.entry, place, entry_id))

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
            entry = await desk.ask(queries.entry, place, entry_id)
            return page(request, "reciprocity/entry.html", form=form, refusal=refusal, entry=entry)
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
            entry = await desk.ask(queries.entry, place, entry_id)
            return page(request, "reciprocity/entry.html", form=form, refusal=refusal, entry=entry)
        return redirect(request, f"/wijken/{place}/uren/{entry_id}", done=_("Your ruling was recorded."))


class VoicePages(Controller):
    """What somebody gave, the voice that gives, and who is exempt."""

    path = "/wijken/{place:str}"
    include_in_schema = False

    @get("/mijn-tijd", opt=does(queries.entries_of))
    async def entries_of(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the reader's own time."""
        entries = await desk.ask(queries.entries_of, place, desk.actor.id)
        return page(request, "reciprocity/entries_of.html", entries=entries)

    @get("/mijn-stem", opt=does(queries.voice_of))
    async def voice_of(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the reader's own voice, and why it is what it is."""
        return page(request, "reciprocity/voice_of.html", voice=await desk.ask(queries.voice_of, place, desk.actor.id))

    @get("/vrijstellingen", opt=does(queries.exemptions))
    async def exemptions(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show who is exempt."""
        return page(request, "reciprocity/exemptions.html", exemptions=await desk.ask(queries.exemptions, place))

    @get("/vrijstellingen/nieuw", opt=does(identity.residents_at, service.exempt))
    async def finding(self, request: PageRequest) -> Response[Any]:
        """Show the form to find an address."""
        return page(request, "reciprocity/exempt.html", people=None)

    @post("/vrijstellingen/adres", opt=does(identity.residents_at, service.exempt))
    async def exempting(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show who lives at an address; asked in a form, so that no address stands in a log."""
        form = await read_form(request)
        try:
            people = await desk.ask(identity.residents_at, place, form.command(FindResidents))
        except Refusal as refusal:
            return page(request, "reciprocity/exempt.html", form=form, refusal=refusal, people=None)
        return page(request, "reciprocity/exempt.html", form=form, people=people)

    @post("/vrijstellingen/nieuw", opt=does(service.exempt, identity.residents_at))
    async def exempt(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Exempt a resident until a day."""
        form = await read_form(request)
        address = form.command(FindResidents)
        try:
            await desk.act(service.exempt, place, form.command(GrantExemption))
        except Refusal as refusal:
            people = await desk.ask(identity.residents_at, place, address)
            return page(request, "reciprocity/exempt.html", form=form, refusal=refusal, people=people)
        return redirect(request, f"/wijken/{place}/vrijstellingen", done=_("The exemption is granted."))


class FeePages(Controller):
    """What somebody received for their time."""

    path = "/wijken/{place:str}"
    include_in_schema = False

    @get("/mijn-vergoedingen", opt=does(received.fees_of))
    async def own_fees(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what the reader received."""
        return _fees(request, await desk.ask(received.fees_of, place, desk.actor.id), desk.actor.id)

    @get("/bewoners/{person_id:uuid}/vergoedingen", opt=does(received.fees_of))
    async def fees_of(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show what somebody received, to whoever pays."""
        return _fees(request, await desk.ask(received.fees_of, place, str(person_id)), str(person_id))

    @post("/bewoners/{person_id:uuid}/vergoedingen", opt=does(fees.tell_fee, received.fees_of))
    async def tell(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> Response[Any]:
        """Tell what came from another organisation."""
        form = await read_form(request)
        try:
            await desk.act(fees.tell_fee, place, str(person_id), form.command(TellFee))
        except Refusal as refusal:
            found = await desk.ask(received.fees_of, place, str(person_id))
            return _fees(request, found, str(person_id), form, refusal)
        return redirect(request, f"/wijken/{place}/bewoners/{person_id}/vergoedingen", done=_("This counts from now."))

    @post("/bewoners/{person_id:uuid}/vergoedingen/{fee_id:uuid}/intrekken", opt=does(fees.withdraw_fee))
    async def withdraw(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        person_id: FromPath[UUID],
        fee_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take off what was told by mistake."""
        await desk.act(fees.withdraw_fee, place, str(person_id), fee_id)
        return redirect(request, f"/wijken/{place}/bewoners/{person_id}/vergoedingen", done=_("This counts no longer."))


def _fees(
    request: PageRequest, fees_: FeesView, person_id: str, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response[Any]:
    """Return the page of what somebody received, with what was refused on it."""
    known = {"fees": fees_, "person_id": person_id, "forms": list(FeeForm)}
    return page(request, "reciprocity/fees_of.html", form=form, refusal=refusal, **known)

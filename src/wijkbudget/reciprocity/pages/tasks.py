# SPDX-License-Identifier: EUPL-1.2
"""The pages of tasks, and of logging time on one."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries as identity
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.attendance import queries as attendance
from wijkbudget.reciprocity.offers import queries as offers
from wijkbudget.reciprocity.pages.words import KINDS, QUARTERS
from wijkbudget.reciprocity.schemas import AskForHelp, LogTime, OpenTask

_HERE = (neighbourhoods.neighbourhood, neighbourhoods.policy)
_OPENING = (queries.candidates, identity.organisations, *_HERE)
_ASKING = (service.ask_for_help, identity.organisations, *_HERE)
_TASK = (queries.task, offers.help_on, attendance.lists_of)


class TaskPages(Controller):
    """What residents give time to."""

    path = "/wijken/{place:str}/klussen"
    include_in_schema = False

    @get("/", opt=does(queries.tasks, *_HERE))
    async def tasks(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        thema: FromQuery[str | None] = None,
        buurt: FromQuery[str | None] = None,
    ) -> Response[Any]:
        """Show the tasks of a neighbourhood, all of them or those of one theme or small area."""
        # A form sends what was not chosen as nothing.
        tasks = await desk.ask(queries.tasks, place, thema or None, buurt or None)
        here = await _here(desk, place)
        return page(request, "reciprocity/tasks.html", tasks=tasks, theme=thema or "", quarter=buurt or "", **here)

    @get("/nieuw", opt=does(*_OPENING))
    async def opening(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form for a task."""
        return await _opening(request, desk, place)

    @post("/nieuw", opt=does(service.open_task, *_OPENING))
    async def open_task(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Open a task."""
        form = await read_form(request)
        try:
            task = await desk.act(service.open_task, place, form.command(OpenTask))
        except Refusal as refusal:
            return await _opening(request, desk, place, form, refusal)
        return redirect(request, f"/wijken/{place}/klussen/{task.id}", done=_("The task is open."))

    @get("/vragen", opt=does(*_ASKING))
    async def asking(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form to ask for help."""
        return await _asking(request, desk, place)

    @post("/vragen", opt=does(service.ask_for_help, *_ASKING))
    async def ask_for_help(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Ask for help."""
        form = await read_form(request)
        try:
            task = await desk.act(service.ask_for_help, place, form.command(AskForHelp))
        except Refusal as refusal:
            return await _asking(request, desk, place, form, refusal)
        return redirect(request, f"/wijken/{place}/klussen/{task.id}", done=_("Your neighbours can see it now."))

    @get("/{task_id:uuid}", opt=does(*_TASK))
    async def task(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show a task, with the form to log time."""
        return await task_page(request, desk, place, task_id)

    @post("/{task_id:uuid}", opt=does(service.log, *_TASK))
    async def log(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Log time of your own."""
        form = await read_form(request)
        try:
            entry = await desk.act(service.log, place, task_id, form.command(LogTime))
        except Refusal as refusal:
            return await task_page(request, desk, place, task_id, form, refusal)
        return redirect(request, f"/wijken/{place}/uren/{entry.id}", done=_("Your time is logged."))

    @post("/{task_id:uuid}/beeindigen", opt=does(service.end_task))
    async def end_task(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Take no more time on a task."""
        await desk.act(service.end_task, place, task_id)
        return redirect(request, f"/wijken/{place}/klussen/{task_id}", done=_("The task has ended."))


async def task_page(  # noqa: PLR0913, PLR0917 - what was filled in, and where
    request: PageRequest, desk: FrontDesk, place: str, task_id: UUID, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response[Any]:
    """Show a task, with who could help, and with what was filled in to log time."""
    return page(
        request,
        "reciprocity/task.html",
        form=form,
        refusal=refusal,
        task=await desk.ask(queries.task, place, task_id),
        help=await desk.ask(offers.help_on, place, task_id),
        lists=await desk.ask(attendance.lists_of, place, task_id),
        quarters=QUARTERS,
        kinds=KINDS,
    )


async def _opening(
    request: PageRequest, desk: FrontDesk, place: str, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response[Any]:
    return page(
        request,
        "reciprocity/open_task.html",
        form=form,
        refusal=refusal,
        candidates=await desk.ask(queries.candidates, place),
        organisations=await desk.ask(identity.organisations, place),
        **await _here(desk, place),
    )


async def _asking(
    request: PageRequest, desk: FrontDesk, place: str, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response[Any]:
    organisations = [card for card in await desk.ask(identity.organisations, place) if card.is_member]
    here = await _here(desk, place)
    context = {"organisations": organisations, **here}
    return page(request, "reciprocity/ask_for_help.html", form=form, refusal=refusal, **context)


async def _here(desk: FrontDesk, place: str) -> dict[str, Any]:
    """Return the small areas and the themes of a neighbourhood, to choose from."""
    return {
        "areas": (await desk.ask(neighbourhoods.neighbourhood, place)).quarters,
        "themes": (await desk.ask(neighbourhoods.policy, place)).rules.initiatives.themes,
    }

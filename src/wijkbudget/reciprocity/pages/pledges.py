# SPDX-License-Identifier: EUPL-1.2
"""The pages of pledged time."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.reciprocity.pledges import queries, service
from wijkbudget.reciprocity.pledges.rules import PLEDGED_MINUTES_MAX
from wijkbudget.reciprocity.pledges.schemas import PledgedTaskView, PledgeTime
from wijkbudget.reciprocity.rules.limits import STEP_MINUTES

_AMOUNTS = (*range(STEP_MINUTES, 4 * 60, STEP_MINUTES), *range(4 * 60, PLEDGED_MINUTES_MAX + 1, 60))
"""What somebody can choose to pledge: quarters up to four hours, and then whole hours."""


class PledgePages(Controller):
    """Time that residents pledge to tasks."""

    path = "/wijken/{place:str}"
    include_in_schema = False

    @get("/klussen/{task_id:uuid}/toezeggen", opt=does(queries.pledged_to))
    async def pledging(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show how much time is pledged to a task, with the form to pledge some."""
        return _pledged(request, await desk.ask(queries.pledged_to, place, task_id))

    @post("/klussen/{task_id:uuid}/toezeggen", opt=does(service.pledge_time, queries.pledged_to))
    async def pledge_time(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Promise time of your own to a task."""
        form = await read_form(request)
        try:
            task = await desk.act(service.pledge_time, place, task_id, form.command(PledgeTime))
        except Refusal as refusal:
            return _pledged(request, await desk.ask(queries.pledged_to, place, task_id), form, refusal)
        done = _("Thank you. With your pledge the task starts!") if task.started_on else _("Thank you for your pledge.")
        return redirect(request, f"/wijken/{place}/klussen/{task_id}/toezeggen", done=done)

    @get("/mijn-toezeggingen", opt=does(queries.pledges_of))
    async def pledges_of(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what the reader pledged."""
        pledges = await desk.ask(queries.pledges_of, place, desk.actor.id)
        return page(request, "reciprocity/pledges_of.html", pledges=pledges)

    @get("/toezeggingen", opt=does(queries.liftable))
    async def liftable(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the pledges that somebody can be asked to lift."""
        return page(request, "reciprocity/liftable.html", pledges=await desk.ask(queries.liftable, place))

    @post("/toezeggingen/{pledge_id:uuid}/intrekken", opt=does(service.withdraw_pledge))
    async def withdraw(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], pledge_id: FromPath[UUID]
    ) -> Response[Any]:
        """Take a pledge of your own back."""
        pledge = await desk.act(service.withdraw_pledge, place, pledge_id)
        path = f"/wijken/{place}/klussen/{pledge.task_id}/toezeggen"
        return redirect(request, path, done=_("You took your pledge back."))

    @post("/toezeggingen/{pledge_id:uuid}/opheffen", opt=does(service.lift_pledge))
    async def lift(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], pledge_id: FromPath[UUID]
    ) -> Response[Any]:
        """Decide that a pledge of somebody else has no consequence."""
        await desk.act(service.lift_pledge, place, pledge_id)
        return redirect(request, f"/wijken/{place}/toezeggingen", done=_("This pledge has no consequence now."))


def _pledged(
    request: PageRequest, task: PledgedTaskView, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response[Any]:
    """Return the page of what is pledged to a task, with what was refused on it."""
    chosen = sorted({minutes for minutes in _AMOUNTS if minutes < task.most_minutes} | {task.most_minutes})
    amounts = [(minutes, _("%(given_minutes)s", given_minutes=minutes)) for minutes in chosen]
    return page(request, "reciprocity/pledged_to.html", form=form, refusal=refusal, task=task, amounts=amounts)

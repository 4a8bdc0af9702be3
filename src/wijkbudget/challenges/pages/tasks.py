# SPDX-License-Identifier: EUPL-1.2
"""The pages of the tasks that residents can challenge."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.challenges import queries, service
from wijkbudget.challenges.schemas import ImportTasks, ListTask, WithdrawTask
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.sheets import read_file
from wijkbudget.kit.text import _


class MunicipalTaskPages(Controller):
    """The tasks of the municipality that residents can challenge."""

    path = "/wijken/{place:str}/taken"
    include_in_schema = False

    @get("/", opt=does(queries.municipal_tasks))
    async def list_all(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        woord: FromQuery[str | None] = None,
    ) -> Response[Any]:
        """Show the tasks, all of them or those in which some words stand."""
        tasks = await desk.ask(queries.municipal_tasks, place, woord)
        return page(request, "challenges/tasks.html", tasks=tasks, word=woord)

    @get("/nieuw", opt=does())
    async def listing(self, request: PageRequest, place: FromPath[str]) -> Response[Any]:
        """Show the form for a task."""
        return page(request, "challenges/list_task.html", place=place)

    @post("/", opt=does(service.list_task))
    async def list_task(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Put a task on the list."""
        form = await read_form(request)
        try:
            task = await desk.act(service.list_task, place, form.command(ListTask))
        except Refusal as refusal:
            return page(request, "challenges/list_task.html", form=form, refusal=refusal, place=place)
        return redirect(request, f"/wijken/{place}/taken/{task.id}", done=_("The task is on the list."))

    @get("/importeren", opt=does())
    async def importing(self, request: PageRequest, place: FromPath[str]) -> Response[Any]:
        """Show the form for a file of tasks."""
        return page(request, "challenges/import_tasks.html", place=place)

    @post("/importeren", opt=does(service.import_tasks))
    async def import_tasks(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Put all tasks of a file on the list, or say which lines are wrong."""
        form = await read_form(request)
        try:
            await desk.act(service.import_tasks, place, form.command(ImportTasks, csv=read_file(form.get("csv"))))
        except Refusal as refusal:
            return page(request, "challenges/import_tasks.html", form=form, refusal=refusal, place=place)
        return redirect(request, f"/wijken/{place}/taken", done=_("The tasks of the file are on the list."))

    @get("/csv", opt=does(queries.tasks_file))
    async def file(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[bytes]:
        """Give the tasks on the list as a CSV file."""
        content = (await desk.ask(queries.tasks_file, place)).encode()
        return download(content, name=f"taken-{place}.csv", media_type="text/csv")

    @get("/{municipal_task_id:uuid}", opt=does(queries.municipal_task))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        municipal_task_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one task."""
        return page(
            request, "challenges/task.html", task=await desk.ask(queries.municipal_task, place, municipal_task_id)
        )

    @post("/{municipal_task_id:uuid}/intrekken", opt=does(service.withdraw_task, queries.municipal_task))
    async def withdraw(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        municipal_task_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take a task off the list."""
        form = await read_form(request)
        try:
            await desk.act(service.withdraw_task, place, municipal_task_id, form.command(WithdrawTask))
        except Refusal as refusal:
            task = await desk.ask(queries.municipal_task, place, municipal_task_id)
            return page(request, "challenges/task.html", form=form, refusal=refusal, task=task)
        return redirect(
            request, f"/wijken/{place}/taken/{municipal_task_id}", done=_("The task is no longer on the list.")
        )

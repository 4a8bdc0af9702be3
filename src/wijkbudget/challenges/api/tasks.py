# SPDX-License-Identifier: EUPL-1.2
"""The API of the tasks that can be challenged."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from wijkbudget.challenges import queries, service
from wijkbudget.challenges.schemas import ImportedTasksView, ImportTasks, ListTask, TaskView, WithdrawTask
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download


class MunicipalTaskApi(Controller):
    """The tasks of the municipality that residents can challenge."""

    path = "/api/v1/neighbourhoods/{place:str}/municipal-tasks"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.municipal_tasks))
    async def list_all(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], word: FromQuery[str | None] = None
    ) -> list[TaskView]:
        """Return the tasks, all of them or those in which some words stand."""
        return await desk.ask(queries.municipal_tasks, place, word)

    @post("/", opt=does(service.list_task))
    async def list_task(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[ListTask]
    ) -> TaskView:
        """Put a task on the list."""
        return await desk.act(service.list_task, place, data)

    @post("/imports", opt=does(service.import_tasks))
    async def import_tasks(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[ImportTasks]
    ) -> ImportedTasksView:
        """Put all tasks of a CSV file on the list, or none."""
        return await desk.act(service.import_tasks, place, data)

    @get("/file", opt=does(queries.tasks_file, files={"text/csv": str}))
    async def file(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[bytes]:
        """Return the tasks on the list as a CSV file."""
        content = (await desk.ask(queries.tasks_file, place)).encode()
        return download(content, name=f"taken-{place}.csv", media_type="text/csv")

    @get("/{municipal_task_id:uuid}", opt=does(queries.municipal_task))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], municipal_task_id: FromPath[UUID]
    ) -> TaskView:
        """Return one task."""
        return await desk.ask(queries.municipal_task, place, municipal_task_id)

    @post("/{municipal_task_id:uuid}/withdrawal", opt=does(service.withdraw_task))
    async def withdraw(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        municipal_task_id: FromPath[UUID],
        data: JSONBody[WithdrawTask],
    ) -> TaskView:
        """Take a task off the list."""
        return await desk.act(service.withdraw_task, place, municipal_task_id, data)

# SPDX-License-Identifier: EUPL-1.2
"""The API of tasks, and of logging time on one."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.identity.schemas import PersonView
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.schemas import AskForHelp, EntryView, LogTime, LogTimeFor, OpenTask, TaskLineView, TaskView


class TaskApi(Controller):
    """What residents give time to."""

    path = "/api/v1/neighbourhoods/{place:str}/tasks"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.tasks))
    async def list_all(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        theme: FromQuery[str | None] = None,
        quarter: FromQuery[str | None] = None,
    ) -> list[TaskLineView]:
        """Return the tasks of a neighbourhood, all of them or those of one theme or small area."""
        return await desk.ask(queries.tasks, place, theme, quarter)

    @post("/", opt=does(service.open_task))
    async def open_task(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[OpenTask]
    ) -> TaskView:
        """Open a task."""
        return await desk.act(service.open_task, place, data)

    @post("/requests", opt=does(service.ask_for_help))
    async def ask_for_help(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[AskForHelp]
    ) -> TaskView:
        """Ask for help for yourself, or for an organisation that you are a member of."""
        return await desk.act(service.ask_for_help, place, data)

    @get("/confirmer-candidates", opt=does(queries.candidates))
    async def candidates(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[PersonView]:
        """Return who serves in the neighbourhood and could confirm time."""
        return await desk.ask(queries.candidates, place)

    @get("/{task_id:uuid}", opt=does(queries.task))
    async def read(self, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]) -> TaskView:
        """Return a task."""
        return await desk.ask(queries.task, place, task_id)

    @post("/{task_id:uuid}/ending", opt=does(service.end_task))
    async def end_task(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> TaskView:
        """Take no more time on a task."""
        return await desk.act(service.end_task, place, task_id)

    @post("/{task_id:uuid}/time-entries", opt=does(service.log))
    async def log(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        task_id: FromPath[UUID],
        data: JSONBody[LogTime],
    ) -> EntryView:
        """Log time of your own."""
        return await desk.act(service.log, place, task_id, data)

    @post("/{task_id:uuid}/time-entries-for-others", opt=does(service.log_for))
    async def log_for(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        task_id: FromPath[UUID],
        data: JSONBody[LogTimeFor],
    ) -> EntryView:
        """Write down time for somebody who does not use a computer."""
        return await desk.act(service.log_for, place, task_id, data)

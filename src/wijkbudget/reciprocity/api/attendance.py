# SPDX-License-Identifier: EUPL-1.2
"""The API of the list at the door."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.reciprocity.attendance import queries, service
from wijkbudget.reciprocity.attendance.schemas import ConfirmList, DoorView, ListsView, ListView, OpenList


class AttendanceApi(Controller):
    """Who was there on a day, by the list at the door."""

    path = "/api/v1/neighbourhoods/{place:str}"
    tags = ("reciprocity",)

    @get("/tasks/{task_id:uuid}/attendance-lists", opt=does(queries.lists_of))
    async def lists_of(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> ListsView:
        """Return the attendance lists of a task, to those who keep them."""
        return await desk.ask(queries.lists_of, place, task_id)

    @post("/tasks/{task_id:uuid}/attendance-lists", opt=does(service.open_list))
    async def open_list(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        task_id: FromPath[UUID],
        data: JSONBody[OpenList],
    ) -> ListView:
        """Make an attendance list for a task on a day."""
        return await desk.act(service.open_list, place, task_id, data)

    @get("/attendance-lists/{list_id:uuid}", opt=does(queries.attendance_list))
    async def read(self, desk: NamedDependency[FrontDesk], place: FromPath[str], list_id: FromPath[UUID]) -> ListView:
        """Return an attendance list with everybody on it."""
        return await desk.ask(queries.attendance_list, place, list_id)

    @post("/attendance-lists/{list_id:uuid}/confirmation", opt=does(service.confirm_list), status_code=200)
    async def confirm_list(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        list_id: FromPath[UUID],
        data: JSONBody[ConfirmList],
    ) -> ListView:
        """Say who was there."""
        return await desk.act(service.confirm_list, place, list_id, data)

    @get("/doors/{code:str}", opt=does(queries.at_door))
    async def at_door(self, desk: NamedDependency[FrontDesk], place: FromPath[str], code: FromPath[str]) -> DoorView:
        """Return the list with the code at the door, as whoever stands there sees it."""
        return await desk.ask(queries.at_door, place, code)

    @post("/doors/{code:str}/arrival", opt=does(service.arrive))
    async def arrive(self, desk: NamedDependency[FrontDesk], place: FromPath[str], code: FromPath[str]) -> DoorView:
        """Sign in at the door."""
        return await desk.act(service.arrive, place, code)

    @post("/doors/{code:str}/departure", opt=does(service.leave))
    async def leave(self, desk: NamedDependency[FrontDesk], place: FromPath[str], code: FromPath[str]) -> DoorView:
        """Sign out; what you gave is logged."""
        return await desk.act(service.leave, place, code)

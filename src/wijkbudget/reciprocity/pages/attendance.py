# SPDX-License-Identifier: EUPL-1.2
"""The pages of the list at the door: for those who keep it, on paper, and for whoever comes in."""

from typing import Any
from uuid import UUID

import segno
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.reciprocity import queries
from wijkbudget.reciprocity.attendance import queries as attendance
from wijkbudget.reciprocity.attendance import service
from wijkbudget.reciprocity.attendance.schemas import ConfirmList, OpenList

PAPER_LINES = 14
"""Choice: as many as fit on one sheet under the words, with room to write."""


class AttendancePages(Controller):
    """Making a list, printing it, and saying who was there."""

    path = "/wijken/{place:str}"
    include_in_schema = False

    @get("/klussen/{task_id:uuid}/presentielijst", opt=does(service.open_list, queries.task))
    async def opening(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the form for a list."""
        return page(request, "reciprocity/open_list.html", task=await desk.ask(queries.task, place, task_id))

    @post("/klussen/{task_id:uuid}/presentielijst", opt=does(service.open_list, queries.task))
    async def open_list(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> Response[Any]:
        """Make a list."""
        form = await read_form(request)
        try:
            made = await desk.act(service.open_list, place, task_id, form.command(OpenList))
        except Refusal as refusal:
            task = await desk.ask(queries.task, place, task_id)
            return page(request, "reciprocity/open_list.html", form=form, refusal=refusal, task=task)
        return redirect(request, f"/wijken/{place}/presentielijsten/{made.id}", done=_("The list is ready to print."))

    @get("/presentielijsten/{list_id:uuid}", opt=does(attendance.attendance_list))
    async def attendance_list(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], list_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show who is on a list, with the form to confirm it."""
        return await _list(request, desk, place, list_id)

    @post("/presentielijsten/{list_id:uuid}", opt=does(service.confirm_list, attendance.attendance_list))
    async def confirm_list(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], list_id: FromPath[UUID]
    ) -> Response[Any]:
        """Say who was there."""
        form = await read_form(request)
        try:
            await desk.act(service.confirm_list, place, list_id, form.command(ConfirmList))
        except Refusal as refusal:
            return await _list(request, desk, place, list_id, form, refusal)
        return redirect(request, f"/wijken/{place}/presentielijsten/{list_id}", done=_("You confirmed the list."))

    @get("/presentielijsten/{list_id:uuid}/papier", opt=does(attendance.attendance_list))
    async def paper(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], list_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the sheets to print: what hangs at the door, and the list to write on."""
        found = await desk.ask(attendance.attendance_list, place, list_id)
        address = f"{request.app.state.origin}/wijken/{place}/aan-de-deur/{found.code}"
        picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=6, border=4, light="white")
        known: dict[str, Any] = {"address": address, "picture": picture, "line_count": PAPER_LINES}
        return page(request, "reciprocity/paper_list.html", list_=found, **known)


class DoorPages(Controller):
    """What somebody sees who scans the code at the door.

    Choice: the code stands in the address, unlike that of a voucher or a ballot. It hangs on the wall for everybody,
    works on one day, and only says where somebody is; they log in as themselves, and somebody else confirms.
    """

    path = "/wijken/{place:str}/aan-de-deur/{code:str}"
    include_in_schema = False

    @get("/", opt=does(attendance.at_door))
    async def at_door(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], code: FromPath[str]
    ) -> Response[Any]:
        """Show the list at the door, with the one button that fits."""
        return await _door(request, desk, place, code)

    @post("/", opt=does(service.arrive, attendance.at_door))
    async def arrive(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], code: FromPath[str]
    ) -> Response[Any]:
        """Sign in."""
        await read_form(request)
        try:
            await desk.act(service.arrive, place, code)
        except Refusal as refusal:
            return await _door(request, desk, place, code, refusal)
        return redirect(request, f"/wijken/{place}/aan-de-deur/{code}", done=_("You are on the list."))

    @post("/vertrek", opt=does(service.leave, attendance.at_door))
    async def leave(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], code: FromPath[str]
    ) -> Response[Any]:
        """Sign out."""
        await read_form(request)
        try:
            await desk.act(service.leave, place, code)
        except Refusal as refusal:
            return await _door(request, desk, place, code, refusal)
        return redirect(request, f"/wijken/{place}/aan-de-deur/{code}", done=_("You signed out. Thank you."))


async def _list(  # noqa: PLR0913, PLR0917 - what was filled in, and why it was refused
    request: PageRequest,
    desk: FrontDesk,
    place: str,
    list_id: UUID,
    form: Form = EMPTY,
    refusal: Refusal | None = None,
) -> Response[Any]:
    """Show who is on a list."""
    found = await desk.ask(attendance.attendance_list, place, list_id)
    return page(request, "reciprocity/attendance_list.html", form=form, refusal=refusal, list_=found)


async def _door(
    request: PageRequest, desk: FrontDesk, place: str, code: str, refusal: Refusal | None = None
) -> Response[Any]:
    """Show the list at the door."""
    door = await desk.ask(attendance.at_door, place, code)
    return page(request, "reciprocity/at_door.html", refusal=refusal, door=door, code=code)

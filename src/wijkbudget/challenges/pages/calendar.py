# SPDX-License-Identifier: EUPL-1.2
"""The file with which the days of a case go into a calendar."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges.calendar.queries import calendar
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.icalendar import MEDIA_TYPE, CalendarDay, written


class CalendarPages(Controller):
    """The days of a case."""

    path = "/wijken/{place:str}/uitdagingen/{challenge_id:uuid}/kalender"
    include_in_schema = False

    @get("/", opt=does(calendar, files={MEDIA_TYPE: bytes}))
    async def file(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Give the days of a case as a file for a calendar."""
        found = await desk.ask(calendar, place, challenge_id)
        say = request.app.state.say
        days = [
            CalendarDay(uid=f"{challenge_id}-{day.mark}", on=day.on, summary=f"{say(day.says)}: {found.title}")
            for day in found.days
        ]
        content = written(days, name=found.title, made_at=found.made_at)
        return download(content.encode(), name="uitdaging.ics", media_type=MEDIA_TYPE)

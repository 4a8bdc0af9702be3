# SPDX-License-Identifier: EUPL-1.2
"""The API of what somebody gave, and of their voice."""

from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.reciprocity import queries
from wijkbudget.reciprocity.schemas import EntryView, OwnVoiceView, RightsView


class VoiceApi(Controller):
    """What somebody gave, and the voice that gives."""

    path = "/api/v1/neighbourhoods/{place:str}"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/people/{person_id:uuid}/time-entries", opt=does(queries.entries_of))
    async def entries_of(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> list[EntryView]:
        """Return the time that somebody logged."""
        return await desk.ask(queries.entries_of, place, str(person_id))

    @get("/people/{person_id:uuid}/voice", opt=does(queries.voice_of))
    async def voice_of(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> OwnVoiceView:
        """Return the voice that somebody has today, and why."""
        return await desk.ask(queries.voice_of, place, str(person_id))

    @get("/people/{person_id:uuid}/rights", opt=does(queries.rights_of))
    async def rights_of(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> RightsView:
        """Return which rights wait for somebody's time, and whether they are open."""
        return await desk.ask(queries.rights_of, place, str(person_id))

# SPDX-License-Identifier: EUPL-1.2
"""The pages of what somebody gave, and of their voice."""

from typing import Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.page import page
from wijkbudget.http.visitor import PageRequest
from wijkbudget.reciprocity import queries


class VoicePages(Controller):
    """What somebody gave, and the voice that gives."""

    path = "/wijken/{place:str}"
    include_in_schema = False

    @get("/mijn-tijd", opt=does(queries.entries_of))
    async def entries_of(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the reader's own time."""
        entries = await desk.ask(queries.entries_of, place, desk.actor.id)
        return page(request, "reciprocity/entries_of.html", entries=entries)

    @get("/mijn-stem", opt=does(queries.voice_of, queries.rights_of))
    async def voice_of(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the reader's own voice, why it is what it is, and what time opens."""
        voice = await desk.ask(queries.voice_of, place, desk.actor.id)
        rights = await desk.ask(queries.rights_of, place, desk.actor.id)
        return page(request, "reciprocity/voice_of.html", voice=voice, rights=rights)

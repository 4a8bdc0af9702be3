# SPDX-License-Identifier: EUPL-1.2
"""The API of the audit committee: time drawn by lot, and who confirms whom."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.reciprocity.oversight import queries, service
from wijkbudget.reciprocity.oversight.schemas import (
    CheckedSampleView,
    CheckView,
    DrawSample,
    NoteFinding,
    NoteRing,
    RingsView,
    RingView,
    SamplesView,
)


class TimeSampleApi(Controller):
    """Settled time that is looked at again, by lot."""

    path = "/api/v1/neighbourhoods/{place:str}/time-samples"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.samples))
    async def list_all(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> SamplesView:
        """Return how the lots of each quarter were drawn, so that anybody can draw them again."""
        return await desk.ask(queries.samples, place)

    @post("/", opt=does(service.draw_sample))
    async def draw(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[DrawSample]
    ) -> CheckedSampleView:
        """Draw which time of a quarter is looked at again."""
        return await desk.act(service.draw_sample, place, data)

    @get("/{period:str}", opt=does(queries.sample))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], period: FromPath[str]
    ) -> CheckedSampleView:
        """Return which time was drawn, and what was found."""
        return await desk.ask(queries.sample, place, period)

    @post("/{period:str}/entries/{entry_id:uuid}/finding", opt=does(service.note_finding))
    async def note(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        period: FromPath[str],
        entry_id: FromPath[UUID],
        data: JSONBody[NoteFinding],
    ) -> CheckView:
        """Say whether drawn time is right."""
        return await desk.act(service.note_finding, place, period, entry_id, data)


class RingApi(Controller):
    """People who confirm mostly each other."""

    path = "/api/v1/neighbourhoods/{place:str}/confirmation-rings"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.rings))
    async def list_all(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> RingsView:
        """Return who confirms mostly each other."""
        return await desk.ask(queries.rings, place)

    @get("/{key:str}", opt=does(queries.ring))
    async def read(self, desk: NamedDependency[FrontDesk], place: FromPath[str], key: FromPath[str]) -> RingView:
        """Return what some people confirmed among themselves."""
        return await desk.ask(queries.ring, place, key)

    @post("/{key:str}/notes", opt=does(service.note_ring))
    async def note(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], key: FromPath[str], data: JSONBody[NoteRing]
    ) -> RingView:
        """Say what you made of them."""
        return await desk.act(service.note_ring, place, key, data)

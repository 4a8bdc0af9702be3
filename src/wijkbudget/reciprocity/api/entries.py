# SPDX-License-Identifier: EUPL-1.2
"""The API of time that people gave."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.schemas import (
    CorrectTime,
    DisputeTime,
    EntryView,
    ObjectToCorrection,
    RuleOnCorrection,
    RuleOnDispute,
)


class TimeEntryApi(Controller):
    """Time that people gave."""

    path = "/api/v1/neighbourhoods/{place:str}/time-entries"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/{entry_id:uuid}", opt=does(queries.entry))
    async def read(self, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]) -> EntryView:
        """Return logged time."""
        return await desk.ask(queries.entry, place, entry_id)

    @post("/{entry_id:uuid}/confirmation", opt=does(service.confirm))
    async def confirm(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> EntryView:
        """Confirm time that somebody else gave."""
        return await desk.act(service.confirm, place, entry_id)

    @post("/{entry_id:uuid}/withdrawal", opt=does(service.withdraw))
    async def withdraw(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> EntryView:
        """Take back time of your own."""
        return await desk.act(service.withdraw, place, entry_id)

    @post("/{entry_id:uuid}/dispute", opt=does(service.dispute))
    async def dispute(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        entry_id: FromPath[UUID],
        data: JSONBody[DisputeTime],
    ) -> EntryView:
        """Say that confirmed time is not right."""
        return await desk.act(service.dispute, place, entry_id, data)

    @post("/{entry_id:uuid}/ruling", opt=does(service.rule_on))
    async def rule_on(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        entry_id: FromPath[UUID],
        data: JSONBody[RuleOnDispute],
    ) -> EntryView:
        """Rule on disputed time."""
        return await desk.act(service.rule_on, place, entry_id, data)

    @post("/{entry_id:uuid}/correction", opt=does(service.correct))
    async def correct(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        entry_id: FromPath[UUID],
        data: JSONBody[CorrectTime],
    ) -> EntryView:
        """Take time out of the books that was found not right later."""
        return await desk.act(service.correct, place, entry_id, data)

    @post("/{entry_id:uuid}/correction/objection", opt=does(service.object_to_correction))
    async def object_to_correction(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        entry_id: FromPath[UUID],
        data: JSONBody[ObjectToCorrection],
    ) -> EntryView:
        """Say why your time was right after all."""
        return await desk.act(service.object_to_correction, place, entry_id, data)

    @post("/{entry_id:uuid}/correction/ruling", opt=does(service.rule_on_correction))
    async def rule_on_correction(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        entry_id: FromPath[UUID],
        data: JSONBody[RuleOnCorrection],
    ) -> EntryView:
        """Rule on an objection against a correction."""
        return await desk.act(service.rule_on_correction, place, entry_id, data)

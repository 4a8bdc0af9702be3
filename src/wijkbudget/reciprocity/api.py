# SPDX-License-Identifier: EUPL-1.2
"""The API of tasks, time, exemptions and voices."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.identity.schemas import PersonView
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.fees import queries as received
from wijkbudget.reciprocity.fees import service as fees
from wijkbudget.reciprocity.fees.schemas import FeesView, TellFee
from wijkbudget.reciprocity.schemas import (
    DisputeTime,
    EntryView,
    ExemptionView,
    GrantExemption,
    LogTime,
    OpenTask,
    OwnVoiceView,
    RuleOnDispute,
    TaskLineView,
    TaskView,
)


class TaskApi(Controller):
    """What residents give time to."""

    path = "/api/v1/neighbourhoods/{place:str}/tasks"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.tasks))
    async def list_all(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[TaskLineView]:
        """Return the tasks of a neighbourhood."""
        return await desk.ask(queries.tasks, place)

    @post("/", opt=does(service.open_task))
    async def open_task(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[OpenTask]
    ) -> TaskView:
        """Open a task."""
        return await desk.act(service.open_task, place, data)

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


class VoiceApi(Controller):
    """What somebody gave, the voice that gives, and who is exempt."""

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

    @get("/exemptions", opt=does(queries.exemptions))
    async def exemptions(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[ExemptionView]:
        """Return who is exempt today."""
        return await desk.ask(queries.exemptions, place)

    @post("/exemptions", opt=does(service.exempt))
    async def exempt(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[GrantExemption]
    ) -> ExemptionView:
        """Exempt a resident until a day."""
        return await desk.act(service.exempt, place, data)


class FeeApi(Controller):
    """What somebody received for their time."""

    path = "/api/v1/neighbourhoods/{place:str}/people/{person_id:uuid}/fees"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(received.fees_of))
    async def read(self, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]) -> FeesView:
        """Return what somebody received for their time this year and last year, and how much they still can."""
        return await desk.ask(received.fees_of, place, str(person_id))

    @post("/", opt=does(fees.tell_fee))
    async def tell(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        person_id: FromPath[UUID],
        data: JSONBody[TellFee],
    ) -> FeesView:
        """Tell what somebody received from another organisation."""
        return await desk.act(fees.tell_fee, place, str(person_id), data)

    @post("/{fee_id:uuid}/withdrawal", opt=does(fees.withdraw_fee))
    async def withdraw(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        person_id: FromPath[UUID],
        fee_id: FromPath[UUID],
    ) -> FeesView:
        """Take off what was told by mistake."""
        return await desk.act(fees.withdraw_fee, place, str(person_id), fee_id)

# SPDX-License-Identifier: EUPL-1.2
"""The API of promises in a neighbourhood contract: what became of them, and hours of organisations."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.council.contracts import queries, service
from wijkbudget.council.contracts.schemas import (
    AnswerHours,
    AnswerReport,
    ContractView,
    DropPromise,
    LogHours,
    PromisePage,
    ReportPromise,
)
from wijkbudget.http.desk import FrontDesk, does


class PromiseApi(Controller):
    """What became of the promises in a neighbourhood contract."""

    path = "/api/v1/neighbourhoods/{place:str}/contracts"
    tags = ("council",)

    @get("/promises/{promise_id:uuid}", opt=does(queries.promise))
    async def promise(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], promise_id: FromPath[UUID]
    ) -> PromisePage:
        """Return a promise with all that was said about it."""
        return await desk.ask(queries.promise, place, promise_id)

    @post("/promises/{promise_id:uuid}/dropping", opt=does(service.drop_promise), status_code=200)
    async def drop(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        promise_id: FromPath[UUID],
        data: JSONBody[DropPromise],
    ) -> ContractView:
        """Take a promise out of the text that is open, or let that drop it."""
        return await desk.act(service.drop_promise, place, promise_id, data)

    @post("/promises/{promise_id:uuid}/reports", opt=does(service.report_promise))
    async def report(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        promise_id: FromPath[UUID],
        data: JSONBody[ReportPromise],
    ) -> PromisePage:
        """Say what became of a promise of your party."""
        return await desk.act(service.report_promise, place, promise_id, data)

    @post("/promises/{promise_id:uuid}/answers", opt=does(service.answer_report))
    async def answer(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        promise_id: FromPath[UUID],
        data: JSONBody[AnswerReport],
    ) -> PromisePage:
        """Say for another party whether that is so."""
        return await desk.act(service.answer_report, place, promise_id, data)

    @post("/promises/{promise_id:uuid}/hours", opt=does(service.log_hours))
    async def log(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        promise_id: FromPath[UUID],
        data: JSONBody[LogHours],
    ) -> PromisePage:
        """Log hours of your party; they are nobody's voice."""
        return await desk.act(service.log_hours, place, promise_id, data)

    @post("/hours/{hours_id:uuid}/answers", opt=does(service.answer_hours))
    async def answer_hours(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        hours_id: FromPath[UUID],
        data: JSONBody[AnswerHours],
    ) -> PromisePage:
        """Say for another party whether hours were given."""
        return await desk.act(service.answer_hours, place, hours_id, data)

# SPDX-License-Identifier: EUPL-1.2
"""The page of one promise in a neighbourhood contract, where parties say what became of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.council.contracts import queries, service
from wijkbudget.council.contracts.schemas import AnswerHours, AnswerReport, DropPromise, LogHours, ReportPromise
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.fields import Command
from wijkbudget.kit.text import Text, _


class PromisePages(Controller):
    """One promise of a party: what it is, what was said about it, and who answers."""

    path = "/wijken/{place:str}/wijkcontract"
    include_in_schema = False

    @get("/afspraken/{promise_id:uuid}", opt=does(queries.promise))
    async def read(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], promise_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show a promise with all that was said about it."""
        return await _shown(request, desk, place, promise_id)

    @post("/afspraken/{promise_id:uuid}/schrappen", opt=does(service.drop_promise, queries.promise))
    async def drop(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], promise_id: FromPath[UUID]
    ) -> Response[Any]:
        """Take a promise out of the text that is open."""
        done = _("The promise leaves the text. Every party agrees to that.")
        return await _said(request, desk, place, promise_id, service.drop_promise, DropPromise, done)

    @post("/afspraken/{promise_id:uuid}/stand", opt=does(service.report_promise, queries.promise))
    async def report(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], promise_id: FromPath[UUID]
    ) -> Response[Any]:
        """Say what became of a promise of the reader's party."""
        done = _("It is written down. Another party looks whether it is so.")
        return await _said(request, desk, place, promise_id, service.report_promise, ReportPromise, done)

    @post("/afspraken/{promise_id:uuid}/antwoord", opt=does(service.answer_report, queries.promise))
    async def answer(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], promise_id: FromPath[UUID]
    ) -> Response[Any]:
        """Say for another party whether that is so."""
        done = _("Your answer is written down.")
        return await _said(request, desk, place, promise_id, service.answer_report, AnswerReport, done)

    @post("/afspraken/{promise_id:uuid}/uren", opt=does(service.log_hours, queries.promise))
    async def log(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], promise_id: FromPath[UUID]
    ) -> Response[Any]:
        """Log hours of the reader's party."""
        done = _("The hours are written down. Another party looks whether they are right.")
        return await _said(request, desk, place, promise_id, service.log_hours, LogHours, done)

    @post("/uren/{hours_id:uuid}/antwoord", opt=does(service.answer_hours))
    async def answer_hours(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], hours_id: FromPath[UUID]
    ) -> Response[Any]:
        """Say for another party whether hours were given."""
        form = await read_form(request)
        made = await desk.act(service.answer_hours, place, hours_id, form.command(AnswerHours))
        return redirect(request, _path(place, made.promise.id), done=_("Your answer is written down."))


async def _said(  # noqa: PLR0913, PLR0917 - one step about a promise, whichever it is
    request: PageRequest,
    desk: FrontDesk,
    place: str,
    promise_id: UUID,
    verb: Callable[..., Any],
    kind: type[Command],
    done: Text,
) -> Response[Any]:
    """Do what a form about a promise says, or show the promise again with why not."""
    form = await read_form(request)
    try:
        await desk.act(verb, place, promise_id, form.command(kind))
    except Refusal as refusal:
        return await _shown(request, desk, place, promise_id, form, refusal)
    return redirect(request, _path(place, promise_id), done=done)


async def _shown(  # noqa: PLR0913, PLR0917 - what was filled in beside what is shown
    request: PageRequest,
    desk: FrontDesk,
    place: str,
    promise_id: UUID,
    form: Form = EMPTY,
    refusal: Refusal | None = None,
) -> Response[Any]:
    found = await desk.ask(queries.promise, place, promise_id)
    return page(request, "council/promise.html", form=form, refusal=refusal, found=found)


def _path(place: str, promise_id: UUID) -> str:
    return f"/wijken/{place}/wijkcontract/afspraken/{promise_id}"

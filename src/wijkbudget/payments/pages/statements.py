# SPDX-License-Identifier: EUPL-1.2
"""The cashier's pages of what the bank says: sending a statement in, reading it, explaining what does not match."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.payments.statements import queries, service
from wijkbudget.payments.statements.schemas import ProposeDeposit, ReceiveStatement, SettleDifference

_PATH = "/betalingen/afschriften"


class StatementPages(Controller):
    """Statements of the bank, and the lines that match nothing."""

    path = _PATH
    include_in_schema = False

    @get("/", opt=does(queries.statements))
    async def overview(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show every statement, with the form to send one in."""
        return page(request, "payments/statements.html", statements=await desk.ask(queries.statements))

    @post("/", opt=does(service.receive, queries.statements))
    async def receive(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Take in a file of the bank, and match it."""
        form = await read_form(request)
        try:
            found = await desk.act(service.receive, form.command(ReceiveStatement))
        except Refusal as refusal:
            statements = await desk.ask(queries.statements)
            return page(request, "payments/statements.html", refusal=refusal, statements=statements)
        return redirect(request, f"{_PATH}/{found[0].id}", done=_("The statement was read."))

    @get("/{statement_id:uuid}", opt=does(queries.statement))
    async def read(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], statement_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show one statement with its lines."""
        return page(request, "payments/statement.html", statement=await desk.ask(queries.statement, statement_id))

    @get("/regels/{line_id:uuid}", opt=does(queries.line))
    async def line(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], line_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show one line, with the form to explain it."""
        return page(request, "payments/line.html", line=await desk.ask(queries.line, line_id))

    @post("/regels/{line_id:uuid}", opt=does(service.settle_difference, queries.line))
    async def settle(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], line_id: FromPath[UUID]
    ) -> Response[Any]:
        """Explain a line that matches no payment."""
        form = await read_form(request)
        try:
            line = await desk.act(service.settle_difference, line_id, form.command(SettleDifference))
        except Refusal as refusal:
            seen = await desk.ask(queries.line, line_id)
            return page(request, "payments/line.html", form=form, refusal=refusal, line=seen)
        return redirect(request, f"{_PATH}/{line.statement_id}", done=_("Your explanation is kept."))

    @post("/regels/{line_id:uuid}/storting", opt=does(service.propose_deposit, queries.line))
    async def propose_deposit(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], line_id: FromPath[UUID]
    ) -> Response[Any]:
        """Say which deposit a line is."""
        form = await read_form(request)
        try:
            await desk.act(service.propose_deposit, line_id, form.command(ProposeDeposit))
        except Refusal as refusal:
            seen = await desk.ask(queries.line, line_id)
            return page(request, "payments/line.html", form=form, refusal=refusal, line=seen, proposing=True)
        return redirect(request, f"{_PATH}/regels/{line_id}", done=_("Kept. Somebody else looks at it now."))

    @post("/regels/{line_id:uuid}/samengevoegd", opt=does(service.join_deposit))
    async def join_deposit(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], line_id: FromPath[UUID]
    ) -> Response[Any]:
        """Join a line with the deposit that somebody else saw in it."""
        await read_form(request)
        line = await desk.act(service.join_deposit, line_id)
        return redirect(request, f"{_PATH}/{line.statement_id}", done=_("The deposit arrived."))

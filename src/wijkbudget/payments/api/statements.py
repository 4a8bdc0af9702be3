# SPDX-License-Identifier: EUPL-1.2
"""Statements of the bank over the API."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.payments.statements import queries, service
from wijkbudget.payments.statements.schemas import (
    BankLineView,
    ProposeDeposit,
    ReceiveStatement,
    SettleDifference,
    StatementDetails,
    StatementView,
)


class StatementApi(Controller):
    """What the bank says happened on the account."""

    path = "/api/v1/bank-statements"
    tags = ("bank-statements",)

    @get("/", opt=does(queries.statements))
    async def overview(self, desk: NamedDependency[FrontDesk]) -> list[StatementView]:
        """Return every statement."""
        return await desk.ask(queries.statements)

    @post("/", opt=does(service.receive))
    async def receive(self, desk: NamedDependency[FrontDesk], data: JSONBody[ReceiveStatement]) -> list[StatementView]:
        """Take in a file of the bank, and match it."""
        return await desk.act(service.receive, data)

    @get("/{statement_id:uuid}", opt=does(queries.statement))
    async def read(self, desk: NamedDependency[FrontDesk], statement_id: FromPath[UUID]) -> StatementDetails:
        """Return one statement with its lines."""
        return await desk.ask(queries.statement, statement_id)


class BankLineApi(Controller):
    """Lines of statements that match nothing."""

    path = "/api/v1/bank-differences"
    tags = ("bank-statements",)

    @get("/", opt=does(queries.differences))
    async def overview(self, desk: NamedDependency[FrontDesk]) -> list[BankLineView]:
        """Return every line that matches nothing and is not explained yet."""
        return await desk.ask(queries.differences)

    @get("/{line_id:uuid}", opt=does(queries.line))
    async def read(self, desk: NamedDependency[FrontDesk], line_id: FromPath[UUID]) -> BankLineView:
        """Return one line of a statement."""
        return await desk.ask(queries.line, line_id)

    @post("/{line_id:uuid}/settlement", opt=does(service.settle_difference))
    async def settle(
        self, desk: NamedDependency[FrontDesk], line_id: FromPath[UUID], data: JSONBody[SettleDifference]
    ) -> BankLineView:
        """Explain a line that matches no payment."""
        return await desk.act(service.settle_difference, line_id, data)

    @post("/{line_id:uuid}/deposit", opt=does(service.propose_deposit))
    async def propose_deposit(
        self, desk: NamedDependency[FrontDesk], line_id: FromPath[UUID], data: JSONBody[ProposeDeposit]
    ) -> BankLineView:
        """Say which deposit of a payment provider a line is, and why."""
        return await desk.act(service.propose_deposit, line_id, data)

    @post("/{line_id:uuid}/deposit/confirmation", opt=does(service.join_deposit))
    async def join_deposit(self, desk: NamedDependency[FrontDesk], line_id: FromPath[UUID]) -> BankLineView:
        """Join a line with the deposit that somebody else saw in it."""
        return await desk.act(service.join_deposit, line_id)

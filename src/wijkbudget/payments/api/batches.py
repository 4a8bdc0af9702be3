# SPDX-License-Identifier: EUPL-1.2
"""Batches of payments for the bank over the API."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.payments.batches import queries, service
from wijkbudget.payments.batches.schemas import (
    AccountView,
    BatchDetails,
    BatchView,
    DraftBatch,
    NameAccount,
    RefusedByBank,
    WaitingView,
)

XML = "application/xml"


class AccountApi(Controller):
    """The account the municipality pays from."""

    path = "/api/v1/bank-account"
    tags = ("payment-batches",)

    @get("/", opt=does(queries.account))
    async def read(self, desk: NamedDependency[FrontDesk]) -> AccountView:
        """Return the account the municipality pays from now."""
        return await desk.ask(queries.account)

    @post("/", opt=does(service.name_account))
    async def name(self, desk: NamedDependency[FrontDesk], data: JSONBody[NameAccount]) -> AccountView:
        """Say from which account the municipality pays from now on."""
        return await desk.act(service.name_account, data)


class BatchApi(Controller):
    """Payouts that go to the bank together."""

    path = "/api/v1/payment-batches"
    tags = ("payment-batches",)

    @get("/", opt=does(queries.batches))
    async def overview(self, desk: NamedDependency[FrontDesk]) -> list[BatchView]:
        """Return every batch."""
        return await desk.ask(queries.batches)

    @get("/payouts", opt=does(queries.to_batch))
    async def waiting(self, desk: NamedDependency[FrontDesk]) -> list[WaitingView]:
        """Return the payouts of all neighbourhoods that can go to the bank."""
        return await desk.ask(queries.to_batch)

    @post("/", opt=does(service.draft))
    async def draft(self, desk: NamedDependency[FrontDesk], data: JSONBody[DraftBatch]) -> BatchDetails:
        """Put payouts together for the bank."""
        return await desk.act(service.draft, data)

    @get("/{batch_id:uuid}", opt=does(queries.batch))
    async def read(self, desk: NamedDependency[FrontDesk], batch_id: FromPath[UUID]) -> BatchDetails:
        """Return one batch with its payments."""
        return await desk.ask(queries.batch, batch_id)

    @post("/{batch_id:uuid}/undoing", opt=does(service.undo))
    async def undo(self, desk: NamedDependency[FrontDesk], batch_id: FromPath[UUID]) -> BatchDetails:
        """Take a batch apart that nobody released."""
        return await desk.act(service.undo, batch_id)

    @post("/{batch_id:uuid}/release", opt=does(service.release))
    async def release(self, desk: NamedDependency[FrontDesk], batch_id: FromPath[UUID]) -> BatchDetails:
        """Release a batch that somebody else put together."""
        return await desk.act(service.release, batch_id)

    @get("/{batch_id:uuid}/pain.001.xml", opt=does(queries.batch_file, files={XML: bytes}))
    async def file(self, desk: NamedDependency[FrontDesk], batch_id: FromPath[UUID]) -> Response[bytes]:
        """Return the file for the bank, each time the same."""
        file = await desk.ask(queries.batch_file, batch_id)
        return download(file.content, name=file.name, media_type=XML)

    @post("/{batch_id:uuid}/sending", opt=does(service.send))
    async def send(self, desk: NamedDependency[FrontDesk], batch_id: FromPath[UUID]) -> BatchDetails:
        """Say that the bank got the file."""
        return await desk.act(service.send, batch_id)

    @post("/{batch_id:uuid}/refused-payments", opt=does(service.refuse_payment))
    async def refuse(
        self, desk: NamedDependency[FrontDesk], batch_id: FromPath[UUID], data: JSONBody[RefusedByBank]
    ) -> BatchDetails:
        """Let a payment wait again that the bank told you it does not pay."""
        return await desk.act(service.refuse_payment, batch_id, data)

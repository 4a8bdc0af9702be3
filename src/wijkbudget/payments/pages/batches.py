# SPDX-License-Identifier: EUPL-1.2
"""The cashier's pages: what waits, batches for the bank, and the account that pays."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.payments.batches import queries, service
from wijkbudget.payments.batches.rules import NoBankAccount
from wijkbudget.payments.batches.schemas import AccountView, DraftBatch, NameAccount, RefusedByBank
from wijkbudget.payments.statements import queries as statements

_PATH = "/betalingen"


class BatchPages(Controller):
    """What waits for the cashier of the whole municipality."""

    path = _PATH
    include_in_schema = False

    @get(
        "/", opt=does(queries.to_batch, queries.batches, queries.account, statements.statements, statements.differences)
    )
    async def overview(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show what waits to be put together, released, sent and explained."""
        return await _overview(request, desk)

    @post(
        "/opdrachten",
        opt=does(
            service.draft,
            queries.to_batch,
            queries.batches,
            queries.account,
            statements.statements,
            statements.differences,
        ),
    )
    async def draft(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Put payouts together for the bank."""
        form = await read_form(request)
        try:
            batch = await desk.act(service.draft, form.command(DraftBatch))
        except Refusal as refusal:
            return await _overview(request, desk, form, refusal)
        done = _("The batch is ready. Somebody else must release it.")
        return redirect(request, f"{_PATH}/opdrachten/{batch.id}", done=done)

    @get("/opdrachten/{batch_id:uuid}", opt=does(queries.batch))
    async def read(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], batch_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show one batch, with what the reader may do."""
        return page(request, "payments/batch.html", batch=await desk.ask(queries.batch, batch_id))

    @post("/opdrachten/{batch_id:uuid}/vrijgeven", opt=does(service.release))
    async def release(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], batch_id: FromPath[UUID]
    ) -> Response[Any]:
        """Release a batch that somebody else put together."""
        await read_form(request)
        await desk.act(service.release, batch_id)
        return redirect(request, f"{_PATH}/opdrachten/{batch_id}", done=_("The batch is released."))

    @post("/opdrachten/{batch_id:uuid}/uit-elkaar", opt=does(service.undo))
    async def undo(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], batch_id: FromPath[UUID]
    ) -> Response[Any]:
        """Take a batch apart that nobody released."""
        await read_form(request)
        await desk.act(service.undo, batch_id)
        return redirect(request, _PATH, done=_("The payments wait again."))

    @get("/opdrachten/{batch_id:uuid}/bestand", opt=does(queries.batch_file))
    async def file(self, desk: NamedDependency[FrontDesk], batch_id: FromPath[UUID]) -> Response[bytes]:
        """Give the file for the bank, each time the same."""
        file = await desk.ask(queries.batch_file, batch_id)
        return download(file.content, name=file.name, media_type="application/xml")

    @post("/opdrachten/{batch_id:uuid}/verstuurd", opt=does(service.send))
    async def send(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], batch_id: FromPath[UUID]
    ) -> Response[Any]:
        """Say that the bank got the file."""
        await read_form(request)
        await desk.act(service.send, batch_id)
        done = _("The bank has the batch. Its statement will tell what was paid.")
        return redirect(request, f"{_PATH}/opdrachten/{batch_id}", done=done)

    @post("/opdrachten/{batch_id:uuid}/geweigerd", opt=does(service.refuse_payment, queries.batch))
    async def refuse(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], batch_id: FromPath[UUID]
    ) -> Response[Any]:
        """Let a payment wait again that the bank told you it does not pay."""
        form = await read_form(request)
        try:
            await desk.act(service.refuse_payment, batch_id, form.command(RefusedByBank))
        except Refusal as refusal:
            batch = await desk.ask(queries.batch, batch_id)
            return page(request, "payments/batch.html", form=form, refusal=refusal, batch=batch)
        return redirect(request, f"{_PATH}/opdrachten/{batch_id}", done=_("The payment waits again."))

    @get("/bankrekening", opt=does(queries.account))
    async def account(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show the account the municipality pays from, with the form to name another."""
        return page(request, "payments/account.html", account=await _account(desk))

    @post("/bankrekening", opt=does(service.name_account, queries.account))
    async def name_account(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Say from which account the municipality pays from now on."""
        form = await read_form(request)
        try:
            await desk.act(service.name_account, form.command(NameAccount))
        except Refusal as refusal:
            account = await _account(desk)
            return page(request, "payments/account.html", form=form, refusal=refusal, account=account)
        return redirect(request, f"{_PATH}/bankrekening", done=_("The municipality pays from this account now."))


async def _overview(
    request: PageRequest, desk: FrontDesk, form: Form = EMPTY, refusal: Refusal | None = None
) -> Response[Any]:
    """Return the page of everything that waits."""
    return page(
        request,
        "payments/bank.html",
        form=form,
        refusal=refusal,
        account=await _account(desk),
        waiting=await desk.ask(queries.to_batch),
        batches=await desk.ask(queries.batches),
        statements=await desk.ask(statements.statements),
        differences=await desk.ask(statements.differences),
    )


async def _account(desk: FrontDesk) -> AccountView | None:
    """Return the account that pays, or None if nobody named it."""
    try:
        return await desk.ask(queries.account)
    except NoBankAccount:
        return None

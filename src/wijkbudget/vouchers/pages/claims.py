# SPDX-License-Identifier: EUPL-1.2
"""Claims on pages."""

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
from wijkbudget.kit.errors import Refusal, RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.claims import queries, service
from wijkbudget.vouchers.claims.kinds import KINDS
from wijkbudget.vouchers.claims.schemas import (
    ApproveClaim,
    BookBack,
    ChangeAccount,
    ClaimView,
    FileClaim,
    FileInvoice,
    RefuseClaim,
)


class FilingPages(Controller):
    """Asking for money of one voucher."""

    path = "/wijken/{place:str}/wijkvouchers/{voucher_id:uuid}/declaraties"
    include_in_schema = False

    @get("/nieuw", opt=does(vouchers.voucher, queries.conditions))
    async def claim_form(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show how money can be asked for, and then the form of the way that was chosen."""
        voucher = await desk.ask(vouchers.voucher, place, voucher_id)
        conditions = await desk.ask(queries.conditions, place, voucher_id)
        asked = request.query_params
        form = Form({"kind": [asked.get("kind", "")], "line_count": [asked.get("lines", "")]})
        return page(request, "vouchers/claim.html", form=form, voucher=voucher, conditions=conditions, kinds=KINDS)

    @post("/nieuw", opt=does(service.claim, vouchers.voucher, queries.conditions))
    async def claim(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Ask for money."""
        form = await read_form(request)
        try:
            await desk.act(service.claim, place, voucher_id, form.command(FileClaim))
        except Refusal as refusal:
            return page(
                request,
                "vouchers/claim.html",
                form=form,
                refusal=refusal,
                voucher=await desk.ask(vouchers.voucher, place, voucher_id),
                conditions=await desk.ask(queries.conditions, place, voucher_id),
                kinds=KINDS,
            )
        return redirect(request, f"/wijken/{place}/wijkvouchers/{voucher_id}", done=_("Your claim was sent."))

    @get("/e-factuur", opt=does(vouchers.voucher, queries.conditions))
    async def invoice_form(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form for an electronic invoice."""
        voucher = await desk.ask(vouchers.voucher, place, voucher_id)
        conditions = await desk.ask(queries.conditions, place, voucher_id)
        return page(request, "vouchers/claim_invoice.html", voucher=voucher, conditions=conditions)

    @post("/e-factuur", opt=does(service.claim_invoice, vouchers.voucher, queries.conditions))
    async def claim_invoice(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Ask for the money of an electronic invoice."""
        form = await read_form(request)
        try:
            claim = await desk.act(service.claim_invoice, place, voucher_id, form.command(FileInvoice))
        except Refusal as refusal:
            return page(
                request,
                "vouchers/claim_invoice.html",
                form=form,
                refusal=refusal,
                voucher=await desk.ask(vouchers.voucher, place, voucher_id),
                conditions=await desk.ask(queries.conditions, place, voucher_id),
            )
        done = _("This is what we read in the bill. Your claim was sent.")
        return redirect(request, f"/wijken/{place}/declaraties/{claim.id}", done=done)


class ClaimPages(Controller):
    """One request for money, for who approves it."""

    path = "/wijken/{place:str}/declaraties/{claim_id:uuid}"
    include_in_schema = False

    @get("/", opt=does(queries.claim_view))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        claim_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one claim, with what the reader may do."""
        return _read(request, await desk.ask(queries.claim_view, place, claim_id))

    @get("/bon", opt=does(queries.receipt))
    async def receipt(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], claim_id: FromPath[UUID]
    ) -> Response[bytes]:
        """Give the receipt of a claim, as a file."""
        file = await desk.ask(queries.receipt, place, claim_id)
        return download(file.content, name=file.name, media_type=file.media_type)

    @post("/terugbetaling", opt=does(service.book_back, queries.claim_view))
    async def book_back(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        claim_id: FromPath[UUID],
    ) -> Response[Any]:
        """Say that a part of an advance came back on the bank account."""
        form = await read_form(request)
        try:
            await desk.act(service.book_back, place, claim_id, form.command(BookBack))
        except Refusal as refusal:
            return _read(request, await desk.ask(queries.claim_view, place, claim_id), form, refusal)
        done = _("It is booked that this money came back.")
        return redirect(request, f"/wijken/{place}/declaraties/{claim_id}", done=done)

    @post("/goedkeuring", opt=does(service.approve, queries.claim_view))
    async def approve(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        claim_id: FromPath[UUID],
    ) -> Response[Any]:
        """Approve a claim as it was seen."""
        form = await read_form(request)
        try:
            claim = await desk.act(service.approve, place, claim_id, form.command(ApproveClaim))
        except RuleBroken as refusal:
            return _read(request, await desk.ask(queries.claim_view, place, claim_id), form, refusal)
        back = f"/wijken/{place}/wijkvouchers/{claim.voucher_id}"
        return redirect(request, back, done=_("You approved this claim."))

    @post("/rekening", opt=does(service.change_account, queries.claim_view))
    async def change_account(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        claim_id: FromPath[UUID],
    ) -> Response[Any]:
        """Have a claim paid to another account; it must be approved again."""
        form = await read_form(request)
        try:
            await desk.act(service.change_account, place, claim_id, form.command(ChangeAccount))
        except Refusal as refusal:
            return _read(request, await desk.ask(queries.claim_view, place, claim_id), form, refusal)
        done = _("The account number was changed. Your claim must be approved again.")
        return redirect(request, f"/wijken/{place}/declaraties/{claim_id}", done=done)

    @post("/afwijzing", opt=does(service.refuse_claim, queries.claim_view))
    async def refuse(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        claim_id: FromPath[UUID],
    ) -> Response[Any]:
        """Refuse a claim with a reason."""
        form = await read_form(request)
        try:
            claim = await desk.act(service.refuse_claim, place, claim_id, form.command(RefuseClaim))
        except Refusal as refusal:
            return _read(request, await desk.ask(queries.claim_view, place, claim_id), form, refusal)
        back = f"/wijken/{place}/wijkvouchers/{claim.voucher_id}"
        return redirect(request, back, done=_("You refused this claim."))


def _read(request: PageRequest, claim: ClaimView, form: Form = EMPTY, refusal: Refusal | None = None) -> Response[Any]:
    """Return the page of one claim, with what was refused on it."""
    return page(request, "vouchers/read_claim.html", form=form, refusal=refusal, claim=claim, kinds=KINDS)

# SPDX-License-Identifier: EUPL-1.2
"""Vouchers and claims on pages."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.http.forms import Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.vouchers import queries, service
from wijkbudget.vouchers.schemas import AccountFor, ApproveClaim, ChangeAccount, FileClaim, RefuseClaim


class VoucherPages(Controller):
    """Where the money of a plan is, and what its group does with it."""

    path = "/wijken/{place:str}/wijkvouchers"
    include_in_schema = False

    @get("/", opt=does(queries.vouchers))
    async def overview(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the vouchers of a neighbourhood."""
        return page(request, "vouchers/overview.html", vouchers=await desk.ask(queries.vouchers, place))

    @get("/zoeken", opt=does(queries.found_by_code, queries.vouchers))
    async def found(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], code: FromQuery[str] = ""
    ) -> Response[Any]:
        """Go to the voucher with a code."""
        try:
            voucher = await desk.ask(queries.found_by_code, place, code)
        except Refusal as refusal:
            form = Form({"code": [code]})
            vouchers = await desk.ask(queries.vouchers, place)
            return page(request, "vouchers/overview.html", form=form, refusal=refusal, vouchers=vouchers)
        return redirect(request, f"/wijken/{place}/wijkvouchers/{voucher.id}")

    @get("/{voucher_id:uuid}", opt=does(queries.voucher, queries.conditions, queries.claims))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show one voucher with the claims on it."""
        return page(
            request,
            "vouchers/read.html",
            voucher=await desk.ask(queries.voucher, place, voucher_id),
            conditions=await desk.ask(queries.conditions, place, voucher_id),
            claims=await desk.ask(queries.claims, place, voucher_id),
        )

    @get("/{voucher_id:uuid}/declaraties/nieuw", opt=does(queries.voucher, queries.conditions))
    async def claim_form(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form to ask for money."""
        voucher = await desk.ask(queries.voucher, place, voucher_id)
        conditions = await desk.ask(queries.conditions, place, voucher_id)
        return page(request, "vouchers/claim.html", voucher=voucher, conditions=conditions)

    @post("/{voucher_id:uuid}/declaraties/nieuw", opt=does(service.claim, queries.voucher, queries.conditions))
    async def claim(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Ask for money with a receipt."""
        form = await read_form(request)
        try:
            await desk.act(service.claim, place, voucher_id, form.command(FileClaim))
        except Refusal as refusal:
            return page(
                request,
                "vouchers/claim.html",
                form=form,
                refusal=refusal,
                voucher=await desk.ask(queries.voucher, place, voucher_id),
                conditions=await desk.ask(queries.conditions, place, voucher_id),
            )
        return redirect(request, f"/wijken/{place}/wijkvouchers/{voucher_id}", done=_("Your claim was sent."))

    @get("/{voucher_id:uuid}/verantwoording", opt=does(queries.voucher))
    async def account_form(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the form to account for a voucher."""
        return page(request, "vouchers/account.html", voucher=await desk.ask(queries.voucher, place, voucher_id))

    @post("/{voucher_id:uuid}/verantwoording", opt=does(service.account_for, queries.voucher))
    async def account_for(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """Say what was done with the money."""
        form = await read_form(request)
        try:
            await desk.act(service.account_for, place, voucher_id, form.command(AccountFor))
        except Refusal as refusal:
            voucher = await desk.ask(queries.voucher, place, voucher_id)
            return page(request, "vouchers/account.html", form=form, refusal=refusal, voucher=voucher)
        done = _("Thank you. Your account of the money is public now.")
        return redirect(request, f"/wijken/{place}/wijkvouchers/{voucher_id}", done=done)

    @post("/{voucher_id:uuid}/vaststelling", opt=does(service.settle))
    async def settle(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
    ) -> Response[Any]:
        """End a voucher; the rest goes back to the pot."""
        await read_form(request)
        await desk.act(service.settle, place, voucher_id)
        return redirect(request, f"/wijken/{place}/wijkvouchers/{voucher_id}", done=_("The voucher is settled."))


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
        return page(request, "vouchers/read_claim.html", claim=await desk.ask(queries.claim_view, place, claim_id))

    @get("/bon", opt=does(queries.receipt))
    async def receipt(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], claim_id: FromPath[UUID]
    ) -> Response[bytes]:
        """Give the receipt of a claim, as a file."""
        file = await desk.ask(queries.receipt, place, claim_id)
        return download(file.content, name=file.name, media_type=file.media_type)

    @post("/goedkeuring", opt=does(service.approve))
    async def approve(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        claim_id: FromPath[UUID],
    ) -> Response[Any]:
        """Approve a claim as it was seen."""
        command = (await read_form(request)).command(ApproveClaim)
        claim = await desk.act(service.approve, place, claim_id, command)
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
            seen = await desk.ask(queries.claim_view, place, claim_id)
            return page(request, "vouchers/read_claim.html", form=form, refusal=refusal, claim=seen)
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
            seen = await desk.ask(queries.claim_view, place, claim_id)
            return page(request, "vouchers/read_claim.html", form=form, refusal=refusal, claim=seen)
        back = f"/wijken/{place}/wijkvouchers/{claim.voucher_id}"
        return redirect(request, back, done=_("You refused this claim."))

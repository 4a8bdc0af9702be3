# SPDX-License-Identifier: EUPL-1.2
"""Claims over the API."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.vouchers.claims import queries, service
from wijkbudget.vouchers.claims.schemas import (
    ApproveClaim,
    BookBack,
    ChangeAccount,
    ClaimView,
    ConditionsView,
    FileClaim,
    FileInvoice,
    RefuseClaim,
)
from wijkbudget.vouchers.receipts import RECEIPTS


class FilingApi(Controller):
    """What was asked of one voucher, and what can be."""

    path = "/api/v1/neighbourhoods/{place:str}/vouchers/{voucher_id:uuid}"
    tags = ("vouchers",)

    @get("/conditions", opt=does(queries.conditions))
    async def conditions(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], voucher_id: FromPath[UUID]
    ) -> ConditionsView:
        """Return what the policy asks of a voucher."""
        return await desk.ask(queries.conditions, place, voucher_id)

    @get("/claims", opt=does(queries.claims))
    async def claims(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], voucher_id: FromPath[UUID]
    ) -> list[ClaimView]:
        """Return the claims on a voucher."""
        return await desk.ask(queries.claims, place, voucher_id)

    @post("/claims", opt=does(service.claim))
    async def claim(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
        data: JSONBody[FileClaim],
    ) -> ClaimView:
        """Ask for money, in one of five ways."""
        return await desk.act(service.claim, place, voucher_id, data)

    @post("/electronic-invoices", opt=does(service.claim_invoice))
    async def claim_invoice(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
        data: JSONBody[FileInvoice],
    ) -> ClaimView:
        """Ask for the money of an electronic invoice (UBL)."""
        return await desk.act(service.claim_invoice, place, voucher_id, data)


class ClaimApi(Controller):
    """One request for money with its receipt."""

    path = "/api/v1/neighbourhoods/{place:str}/claims/{claim_id:uuid}"
    tags = ("vouchers",)

    @get("/", opt=does(queries.claim_view))
    async def read(self, desk: NamedDependency[FrontDesk], place: FromPath[str], claim_id: FromPath[UUID]) -> ClaimView:
        """Return one claim."""
        return await desk.ask(queries.claim_view, place, claim_id)

    @get("/receipt", opt=does(queries.receipt, files={kind.media_type: bytes for kind in RECEIPTS.values()}))
    async def receipt(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], claim_id: FromPath[UUID]
    ) -> Response[bytes]:
        """Return the receipt of a claim, as a file."""
        file = await desk.ask(queries.receipt, place, claim_id)
        return download(file.content, name=file.name, media_type=file.media_type)

    @post("/approvals", opt=does(service.approve))
    async def approve(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        claim_id: FromPath[UUID],
        data: JSONBody[ApproveClaim],
    ) -> ClaimView:
        """Approve a claim as it was seen."""
        return await desk.act(service.approve, place, claim_id, data)

    @post("/repayments", opt=does(service.book_back))
    async def book_back(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        claim_id: FromPath[UUID],
        data: JSONBody[BookBack],
    ) -> ClaimView:
        """Say that a part of an advance came back on the bank account."""
        return await desk.act(service.book_back, place, claim_id, data)

    @post("/account", opt=does(service.change_account))
    async def change_account(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        claim_id: FromPath[UUID],
        data: JSONBody[ChangeAccount],
    ) -> ClaimView:
        """Have a claim paid to another account; it must be approved again."""
        return await desk.act(service.change_account, place, claim_id, data)

    @post("/refusal", opt=does(service.refuse_claim))
    async def refuse(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        claim_id: FromPath[UUID],
        data: JSONBody[RefuseClaim],
    ) -> ClaimView:
        """Refuse a claim with a reason."""
        return await desk.act(service.refuse_claim, place, claim_id, data)

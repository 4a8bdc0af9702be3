# SPDX-License-Identifier: EUPL-1.2
"""Vouchers and claims over the API."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.vouchers import queries, service
from wijkbudget.vouchers.receipts import RECEIPTS
from wijkbudget.vouchers.schemas import (
    AccountFor,
    ApproveClaim,
    ChangeAccount,
    ClaimView,
    ConditionsView,
    FileClaim,
    RefuseClaim,
    VoucherView,
)


class VoucherApi(Controller):
    """Where the money of a plan is."""

    path = "/api/v1/neighbourhoods/{place:str}/vouchers"
    tags = ("vouchers",)

    @get("/", opt=does(queries.vouchers))
    async def overview(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[VoucherView]:
        """Return the vouchers of a neighbourhood."""
        return await desk.ask(queries.vouchers, place)

    @get("/found", opt=does(queries.found_by_code))
    async def found(self, desk: NamedDependency[FrontDesk], place: FromPath[str], code: FromQuery[str]) -> VoucherView:
        """Return the voucher with a code."""
        return await desk.ask(queries.found_by_code, place, code)

    @get("/{voucher_id:uuid}", opt=does(queries.voucher))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], voucher_id: FromPath[UUID]
    ) -> VoucherView:
        """Return one voucher."""
        return await desk.ask(queries.voucher, place, voucher_id)

    @get("/{voucher_id:uuid}/conditions", opt=does(queries.conditions))
    async def conditions(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], voucher_id: FromPath[UUID]
    ) -> ConditionsView:
        """Return what the policy asks of a voucher."""
        return await desk.ask(queries.conditions, place, voucher_id)

    @get("/{voucher_id:uuid}/claims", opt=does(queries.claims))
    async def claims(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], voucher_id: FromPath[UUID]
    ) -> list[ClaimView]:
        """Return the claims on a voucher."""
        return await desk.ask(queries.claims, place, voucher_id)

    @post("/{voucher_id:uuid}/claims", opt=does(service.claim))
    async def claim(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
        data: JSONBody[FileClaim],
    ) -> ClaimView:
        """Ask for money with a receipt."""
        return await desk.act(service.claim, place, voucher_id, data)

    @post("/{voucher_id:uuid}/account", opt=does(service.account_for))
    async def account_for(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        voucher_id: FromPath[UUID],
        data: JSONBody[AccountFor],
    ) -> VoucherView:
        """Say what was done with the money."""
        return await desk.act(service.account_for, place, voucher_id, data)

    @post("/{voucher_id:uuid}/settlement", opt=does(service.settle))
    async def settle(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], voucher_id: FromPath[UUID]
    ) -> VoucherView:
        """End a voucher; the rest goes back to the pot."""
        return await desk.act(service.settle, place, voucher_id)


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

# SPDX-License-Identifier: EUPL-1.2
"""Gifts over the API, and where a payment provider brings its news."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.text import _
from wijkbudget.payments.contributions import queries, service
from wijkbudget.payments.contributions.rules import NoProvider
from wijkbudget.payments.contributions.schemas import (
    CollectionView,
    ContributionView,
    GiftBookView,
    GiveMoney,
    GivenView,
    OpenPot,
    SettleRefund,
)
from wijkbudget.payments.deposits import queries as deposits
from wijkbudget.payments.deposits import service as depositing
from wijkbudget.payments.deposits.schemas import DepositBookView
from wijkbudget.payments.providers.port import DepositNotice, Provider


class CollectionApi(Controller):
    """What people can give to."""

    path = "/api/v1/neighbourhoods/{place:str}/gift-collections"
    tags = ("gifts",)

    @get("/", opt=does(queries.collections))
    async def overview(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[CollectionView]:
        """Return what people can give to, or could."""
        return await desk.ask(queries.collections, place)

    @post("/", opt=does(service.open_pot))
    async def open_pot(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[OpenPot]
    ) -> CollectionView:
        """Let people give to the pot of a year."""
        return await desk.act(service.open_pot, place, data)

    @get("/{collection_id:uuid}", opt=does(queries.collection))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], collection_id: FromPath[UUID]
    ) -> CollectionView:
        """Return one collection."""
        return await desk.ask(queries.collection, place, collection_id)

    @post("/{collection_id:uuid}/gifts", opt=does(service.give))
    async def give(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        collection_id: FromPath[UUID],
        data: JSONBody[GiveMoney],
    ) -> GivenView:
        """Begin a gift; the gift itself tells where it is paid."""
        provider_behind(request)
        return await desk.act(service.give, place, collection_id, data)


class GiftApi(Controller):
    """A gift, for who has its code; and all gifts, for the cashier."""

    path = "/api/v1/gifts"
    tags = ("gifts",)

    @get("/", opt=does(queries.gift_book))
    async def book(self, desk: NamedDependency[FrontDesk]) -> GiftBookView:
        """Return all gifts of the municipality, and what needs somebody's eye first."""
        return await desk.ask(queries.gift_book)

    @get("/{code:str}", opt=does(queries.contribution))
    async def read(self, desk: NamedDependency[FrontDesk], code: FromPath[str]) -> ContributionView:
        """Return what became of a gift."""
        return await desk.ask(queries.contribution, code)

    @post("/{code:str}/anonymity", opt=does(service.hide_name))
    async def hide_name(self, desk: NamedDependency[FrontDesk], code: FromPath[str]) -> ContributionView:
        """Take the name of the giver away."""
        return await desk.act(service.hide_name, code)

    @post("/refunds/{refund_id:uuid}/settlement", opt=does(service.settle_refund))
    async def settle(
        self, desk: NamedDependency[FrontDesk], refund_id: FromPath[UUID], data: JSONBody[SettleRefund]
    ) -> GiftBookView:
        """Say that a refund that did not arrive was paid by hand."""
        return await desk.act(service.settle_refund, refund_id, data)


class DepositApi(Controller):
    """What the payment provider sent to the bank, for the cashier."""

    path = "/api/v1/deposits"
    tags = ("gifts",)

    @get("/", opt=does(deposits.deposit_book))
    async def book(self, desk: NamedDependency[FrontDesk]) -> DepositBookView:
        """Return what the provider holds and sent, what it cost, and what does not match."""
        return await desk.ask(deposits.deposit_book)


class NoticeApi(Controller):
    """News of a payment provider, which signs it."""

    path = "/api/v1/payment-notices"
    tags = ("gifts",)

    @post("/", status_code=200, opt=does(service.hear, depositing.hear_deposit))
    async def hear(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> dict[str, bool]:
        """Take in news; the signature is checked on the very bytes that came."""
        provider = provider_behind(request)
        signature, now = request.headers.get("Stripe-Signature", ""), request.app.state.desk.clock()
        notice = provider.read(await request.body(), signature, now)
        if isinstance(notice, DepositNotice):
            await desk.act(depositing.hear_deposit, provider.key, notice)
        elif notice:
            await desk.act(service.hear, provider.key, notice)
        return {"received": True}


def provider_behind(request: PageRequest) -> Provider:
    """Return who takes money for this house. Raises NoProvider."""
    provider: Provider | None = request.app.state.payments
    if provider is None:
        raise NoProvider(_("It is not possible to give money here now."))
    return provider

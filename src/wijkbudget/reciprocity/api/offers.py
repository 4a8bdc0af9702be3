# SPDX-License-Identifier: EUPL-1.2
"""The API of who wants to help, of what fits, and of what a helper and whoever asks agree."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.reciprocity.offers import queries, service
from wijkbudget.reciprocity.offers.schemas import (
    InviteToHelp,
    MovePairing,
    OfferTime,
    OfferView,
    OwnHelpView,
    PairingView,
    TaskHelpView,
    WriteMessage,
)


class OfferApi(Controller):
    """What residents offer."""

    path = "/api/v1/neighbourhoods/{place:str}/time-offers"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.offers))
    async def list_all(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[OfferView]:
        """Return what is offered today that you may see."""
        return await desk.ask(queries.offers, place)

    @post("/", opt=does(service.offer_time))
    async def offer_time(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[OfferTime]
    ) -> OfferView:
        """Offer time and talents."""
        return await desk.act(service.offer_time, place, data)

    @get("/own", opt=does(queries.own_help))
    async def own_help(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> OwnHelpView:
        """Return what you offer, what fits that, and whom you help."""
        return await desk.ask(queries.own_help, place)

    @post("/{time_offer_id:uuid}/withdrawal", opt=does(service.withdraw_offer))
    async def withdraw_offer(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], time_offer_id: FromPath[UUID]
    ) -> OfferView:
        """Offer something no longer."""
        return await desk.act(service.withdraw_offer, place, time_offer_id)


class TaskHelpApi(Controller):
    """Who could help with a task, and both ways to bring them together."""

    path = "/api/v1/neighbourhoods/{place:str}/tasks/{task_id:uuid}"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/help", opt=does(queries.help_on))
    async def help_on(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> TaskHelpView:
        """Return who could help and who does, as far as you may know."""
        return await desk.ask(queries.help_on, place, task_id)

    @post("/helpers", opt=does(service.propose_help))
    async def propose_help(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], task_id: FromPath[UUID]
    ) -> PairingView:
        """Say that you want to help."""
        return await desk.act(service.propose_help, place, task_id)

    @post("/invitations", opt=does(service.invite_to_help))
    async def invite_to_help(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        task_id: FromPath[UUID],
        data: JSONBody[InviteToHelp],
    ) -> PairingView:
        """Ask somebody who offered time to help."""
        return await desk.act(service.invite_to_help, place, task_id, data)


class PairingApi(Controller):
    """What a helper and whoever asks agree; for the two sides only."""

    path = "/api/v1/neighbourhoods/{place:str}/pairings/{pairing_id:uuid}"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.pairing))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], pairing_id: FromPath[UUID]
    ) -> PairingView:
        """Return how far it is, with what you wrote each other."""
        return await desk.ask(queries.pairing, place, pairing_id)

    @post("/steps", opt=does(service.move_pairing))
    async def move_pairing(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        pairing_id: FromPath[UUID],
        data: JSONBody[MovePairing],
    ) -> PairingView:
        """Say yes or no, call it off, or say that the help was given."""
        return await desk.act(service.move_pairing, place, pairing_id, data)

    @post("/messages", opt=does(service.write_message))
    async def write_message(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        pairing_id: FromPath[UUID],
        data: JSONBody[WriteMessage],
    ) -> PairingView:
        """Write to the other side."""
        return await desk.act(service.write_message, place, pairing_id, data)

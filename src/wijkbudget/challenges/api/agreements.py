# SPDX-License-Identifier: EUPL-1.2
"""The API of agreements: writing one, offering it, and signing it for each side."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.challenges.agreements import queries, service
from wijkbudget.challenges.agreements.schemas import (
    AgreementView,
    SignAgreement,
    WriteConditions,
    WriteMoney,
    WriteParties,
    WriteResults,
    WriteTerm,
)
from wijkbudget.http.desk import FrontDesk, does


class AgreementApi(Controller):
    """The agreement by which a group takes a task over."""

    path = "/api/v1/neighbourhoods/{place:str}/challenges/{challenge_id:uuid}/agreement"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.agreement))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> AgreementView:
        """Return the agreement on a bid, as far as it is."""
        return await desk.ask(queries.agreement, place, challenge_id)

    @post("/parties", opt=does(service.write_parties))
    async def write_parties(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WriteParties],
    ) -> AgreementView:
        """Save who agrees with whom about what."""
        return await desk.act(service.write_parties, place, challenge_id, data)

    @post("/results", opt=does(service.write_results))
    async def write_results(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WriteResults],
    ) -> AgreementView:
        """Save what the group brings about."""
        return await desk.act(service.write_results, place, challenge_id, data)

    @post("/money", opt=does(service.write_money))
    async def write_money(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WriteMoney],
    ) -> AgreementView:
        """Save how much money there is, and when."""
        return await desk.act(service.write_money, place, challenge_id, data)

    @post("/term", opt=does(service.write_term))
    async def write_term(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WriteTerm],
    ) -> AgreementView:
        """Save how long it lasts, and when both sides report and look back."""
        return await desk.act(service.write_term, place, challenge_id, data)

    @post("/conditions", opt=does(service.write_conditions))
    async def write_conditions(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WriteConditions],
    ) -> AgreementView:
        """Save how good and safe it is, and how it changes and ends."""
        return await desk.act(service.write_conditions, place, challenge_id, data)

    @post("/offer", opt=does(service.offer_agreement))
    async def offer(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> AgreementView:
        """Offer what was written to be signed."""
        return await desk.act(service.offer_agreement, place, challenge_id)

    @post("/signature", opt=does(service.sign_agreement))
    async def sign(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[SignAgreement],
    ) -> AgreementView:
        """Sign for the group."""
        return await desk.act(service.sign_agreement, place, challenge_id, data)

    @post("/entry", opt=does(service.enter_into))
    async def enter_into(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[SignAgreement],
    ) -> AgreementView:
        """Sign for the municipality, which commits the money."""
        return await desk.act(service.enter_into, place, challenge_id, data)

# SPDX-License-Identifier: EUPL-1.2
"""The API of what somebody received for their time."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.reciprocity.fees import queries as received
from wijkbudget.reciprocity.fees import service as fees
from wijkbudget.reciprocity.fees.schemas import FeesView, TellFee


class FeeApi(Controller):
    """What somebody received for their time."""

    path = "/api/v1/neighbourhoods/{place:str}/people/{person_id:uuid}/fees"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(received.fees_of))
    async def read(self, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]) -> FeesView:
        """Return what somebody received for their time this year and last year, and how much they still can."""
        return await desk.ask(received.fees_of, place, str(person_id))

    @post("/", opt=does(fees.tell_fee))
    async def tell(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        person_id: FromPath[UUID],
        data: JSONBody[TellFee],
    ) -> FeesView:
        """Tell what somebody received from another organisation."""
        return await desk.act(fees.tell_fee, place, str(person_id), data)

    @post("/{fee_id:uuid}/withdrawal", opt=does(fees.withdraw_fee))
    async def withdraw(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        person_id: FromPath[UUID],
        fee_id: FromPath[UUID],
    ) -> FeesView:
        """Take off what was told by mistake."""
        return await desk.act(fees.withdraw_fee, place, str(person_id), fee_id)

# SPDX-License-Identifier: EUPL-1.2
"""The API of who is exempt."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.schemas import ExemptionView, GrantExemption


class ExemptionApi(Controller):
    """Who is exempt from giving time."""

    path = "/api/v1/neighbourhoods/{place:str}/exemptions"
    tags = ["reciprocity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.exemptions))
    async def exemptions(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[ExemptionView]:
        """Return who is exempt today."""
        return await desk.ask(queries.exemptions, place)

    @post("/", opt=does(service.exempt))
    async def exempt(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[GrantExemption]
    ) -> ExemptionView:
        """Exempt a resident until a day."""
        return await desk.act(service.exempt, place, data)

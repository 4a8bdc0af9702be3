# SPDX-License-Identifier: EUPL-1.2
"""The API of ballots that a voting code opens."""

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.patience import counting, patience
from wijkbudget.http.visitor import PageRequest, peer
from wijkbudget.trail import tries
from wijkbudget.voting import queries, service
from wijkbudget.voting.codes import CODE_TRIES, WrongCode
from wijkbudget.voting.schemas import (
    CastBallot,
    CheckedView,
    OpenBallot,
    PaperView,
    ReceiptView,
)


class BallotApi(Controller):
    """What a voting code opens; these routes never look who is asking."""

    path = "/api/v1"
    tags = ["ballots"]  # noqa: RUF012 - litestar reads it from the class

    @post("/papers", status_code=200, opt=does(queries.paper, tries.demand_patience, tries.count, anonymous=True))
    async def paper(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], data: JSONBody[OpenBallot]
    ) -> PaperView:
        """Return the ballot that a code opens."""
        async with patience(request, desk, CODE_TRIES, WrongCode):
            return await desk.ask(queries.paper, data)

    @post(
        "/ballots/check",
        status_code=200,
        opt=does(queries.checked, tries.demand_patience, tries.count, anonymous=True),
    )
    async def check(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], data: JSONBody[CastBallot]
    ) -> CheckedView:
        """Return what a ballot says, without casting it."""
        async with patience(request, desk, CODE_TRIES, WrongCode):
            return await desk.ask(queries.checked, data)

    @post(
        "/ballots",
        status_code=200,
        opt=does(service.cast, tries.count, anonymous=True),
    )
    async def cast(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], data: JSONBody[CastBallot]
    ) -> ReceiptView:
        """Cast a ballot, or change it; the same each time."""
        async with counting(request, desk, CODE_TRIES, WrongCode):
            return await desk.act(service.cast, data, peer(request))

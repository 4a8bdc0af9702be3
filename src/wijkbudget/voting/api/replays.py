# SPDX-License-Identifier: EUPL-1.2
"""The API that plays a counted round again with another rule for voices."""

from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.voting.replays import queries as replays
from wijkbudget.voting.replays.schemas import ReplayView, TryRule


class ReplayApi(Controller):
    """What another rule would have done to a vote."""

    path = "/api/v1/neighbourhoods/{place:str}/rounds/{round_id:uuid}/replays"
    tags = ["rounds"]  # noqa: RUF012 - litestar reads it from the class

    @post("/", status_code=200, opt=does(replays.replay))
    async def replay(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[TryRule],
    ) -> ReplayView:
        """Return what the vote would have come to by this rule; nothing is kept of it."""
        return await desk.ask(replays.replay, place, round_id, data)

# SPDX-License-Identifier: EUPL-1.2
"""The API of the time to decide: it stands still, runs again, is put off, or is said to be over."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.challenges import service
from wijkbudget.challenges.calendar.queries import calendar
from wijkbudget.challenges.calendar.schemas import CalendarView
from wijkbudget.challenges.schemas import AdjournDecision, ChallengeView, GiveNotice, PauseTime, UnpauseTime
from wijkbudget.http.desk import FrontDesk, does


class TimeApi(Controller):
    """What happens to the time to decide about a bid."""

    path = "/api/v1/neighbourhoods/{place:str}/challenges/{challenge_id:uuid}"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @get("/calendar", opt=does(calendar))
    async def calendar(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> CalendarView:
        """Return the days that matter in a case."""
        return await desk.ask(calendar, place, challenge_id)

    @post("/pause", opt=does(service.pause))
    async def pause(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[PauseTime],
    ) -> ChallengeView:
        """Let the time to decide stand still."""
        return await desk.act(service.pause, place, challenge_id, data)

    @post("/pause/end", opt=does(service.unpause))
    async def unpause(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[UnpauseTime],
    ) -> ChallengeView:
        """Let the time to decide run again."""
        return await desk.act(service.unpause, place, challenge_id, data)

    @post("/adjournment", opt=does(service.adjourn))
    async def adjourn(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[AdjournDecision],
    ) -> ChallengeView:
        """Put a decision off."""
        return await desk.act(service.adjourn, place, challenge_id, data)

    @post("/default-notice", opt=does(service.give_notice))
    async def give_notice(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[GiveNotice],
    ) -> ChallengeView:
        """Tell the municipality that it is too late."""
        return await desk.act(service.give_notice, place, challenge_id, data)

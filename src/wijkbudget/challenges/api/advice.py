# SPDX-License-Identifier: EUPL-1.2
"""The API of what must be known before a bid is decided: procurement, state aid, and what the council advises."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.challenges.advice import queries, service
from wijkbudget.challenges.advice.schemas import (
    AdvisingView,
    AssessProcurement,
    CouncilAdviceView,
    DeclareAid,
    GiveAdvice,
    SheetView,
    WaitingAdviceLine,
)
from wijkbudget.http.desk import FrontDesk, does


class AdviceApi(Controller):
    """Procurement, state aid and the advice of the council."""

    path = "/api/v1/neighbourhoods/{place:str}/challenges"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @get("/waiting-advice", opt=does(queries.waiting_advice))
    async def waiting(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[WaitingAdviceLine]:
        """Return the bids about which the council can advise."""
        return await desk.ask(queries.waiting_advice, place)

    @get("/{challenge_id:uuid}/procurement", opt=does(queries.sheet))
    async def sheet(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> SheetView:
        """Return procurement and state aid of a bid."""
        return await desk.ask(queries.sheet, place, challenge_id)

    @post("/{challenge_id:uuid}/procurement", opt=does(service.assess_procurement))
    async def assess_procurement(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[AssessProcurement],
    ) -> SheetView:
        """Say what a bid is worth over its whole time, and whether it can be state aid."""
        return await desk.act(service.assess_procurement, place, challenge_id, data)

    @post("/{challenge_id:uuid}/aid-declaration", opt=does(service.declare_aid))
    async def declare_aid(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[DeclareAid],
    ) -> SheetView:
        """Say which small aid your group received."""
        return await desk.act(service.declare_aid, place, challenge_id, data)

    @get("/{challenge_id:uuid}/council-advice", opt=does(queries.council_advice))
    async def council_advice(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> CouncilAdviceView | None:
        """Return what the council was asked and advised, or nothing if it never was."""
        return await desk.ask(queries.council_advice, place, challenge_id)

    @get("/{challenge_id:uuid}/council-advice/members", opt=does(queries.advising))
    async def advising(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> AdvisingView:
        """Return a bid as the council advises about it, with who must step aside."""
        return await desk.ask(queries.advising, place, challenge_id)

    @post("/{challenge_id:uuid}/council-advice", opt=does(service.give_advice))
    async def give_advice(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[GiveAdvice],
    ) -> CouncilAdviceView:
        """Record what the council advised."""
        return await desk.act(service.give_advice, place, challenge_id, data)

# SPDX-License-Identifier: EUPL-1.2
"""The API of plans, of the ballot they stand on, and of the outcome the council adopts."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.initiatives import queries, service
from wijkbudget.initiatives.schemas import (
    AdoptionView,
    AdoptOutcome,
    AssessInitiative,
    AwardingView,
    AwardMore,
    AwardOutcome,
    BallotView,
    ChainView,
    GiveUpInitiative,
    InitiativeLine,
    InitiativeView,
    ProposeInitiative,
    RaiseGrant,
    RaisingView,
    RevokeInitiative,
    StoppingView,
    WithdrawGrant,
)


class InitiativeApi(Controller):
    """The plans of a neighbourhood."""

    path = "/api/v1/neighbourhoods/{place:str}/initiatives"
    tags = ["initiatives"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.initiatives))
    async def list_all(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], theme: FromQuery[str | None] = None
    ) -> list[InitiativeLine]:
        """Return the plans, all of them or those of one theme, newest first."""
        return await desk.ask(queries.initiatives, place, theme)

    @post("/", opt=does(service.propose))
    async def propose(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[ProposeInitiative]
    ) -> InitiativeView:
        """Propose a plan."""
        return await desk.act(service.propose, place, data)

    @get("/{initiative_id:uuid}", opt=does(queries.initiative))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], initiative_id: FromPath[UUID]
    ) -> InitiativeView:
        """Return one plan."""
        return await desk.ask(queries.initiative, place, initiative_id)

    @post("/{initiative_id:uuid}/supports", opt=does(service.support))
    async def support(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], initiative_id: FromPath[UUID]
    ) -> InitiativeView:
        """Support a plan."""
        return await desk.act(service.support, place, initiative_id)

    @post("/{initiative_id:uuid}/withdrawal", opt=does(service.withdraw))
    async def withdraw(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], initiative_id: FromPath[UUID]
    ) -> InitiativeView:
        """Take an own plan back."""
        return await desk.act(service.withdraw, place, initiative_id)

    @post("/{initiative_id:uuid}/gift-collection", opt=does(service.collect))
    async def collect(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], initiative_id: FromPath[UUID]
    ) -> InitiativeView:
        """Let people give to an own plan that is voted on."""
        return await desk.act(service.collect, place, initiative_id)

    @post("/{initiative_id:uuid}/assessment", opt=does(service.assess))
    async def assess(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
        data: JSONBody[AssessInitiative],
    ) -> InitiativeView:
        """Say whether a plan can be done."""
        return await desk.act(service.assess, place, initiative_id, data)

    @get("/{initiative_id:uuid}/stop", opt=does(queries.giving_up))
    async def giving_up(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], initiative_id: FromPath[UUID]
    ) -> StoppingView:
        """Return what happens if an own plan that won stops now."""
        return await desk.ask(queries.giving_up, place, initiative_id)

    @post("/{initiative_id:uuid}/stop", opt=does(service.give_up))
    async def give_up(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
        data: JSONBody[GiveUpInitiative],
    ) -> InitiativeView:
        """Stop an own plan that won; the next on the reserve list gets what was left."""
        return await desk.act(service.give_up, place, initiative_id, data)

    @get("/{initiative_id:uuid}/revocation", opt=does(queries.revoking))
    async def revoking(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], initiative_id: FromPath[UUID]
    ) -> StoppingView:
        """Return what happens if the council stops a plan that has money now."""
        return await desk.ask(queries.revoking, place, initiative_id)

    @post("/{initiative_id:uuid}/revocation", opt=does(service.revoke))
    async def revoke(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
        data: JSONBody[RevokeInitiative],
    ) -> InitiativeView:
        """Stop a plan that has money, because the council decided so."""
        return await desk.act(service.revoke, place, initiative_id, data)

    @get("/{initiative_id:uuid}/grant-withdrawal", opt=does(queries.withdrawing))
    async def withdrawing(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], initiative_id: FromPath[UUID]
    ) -> StoppingView:
        """Return what happens if the municipality takes the money of a plan back now."""
        return await desk.ask(queries.withdrawing, place, initiative_id)

    @post("/{initiative_id:uuid}/grant-withdrawal", opt=does(service.withdraw_grant))
    async def withdraw_grant(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
        data: JSONBody[WithdrawGrant],
    ) -> InitiativeView:
        """Take the money of a plan back, where the council only advises."""
        return await desk.act(service.withdraw_grant, place, initiative_id, data)

    @get("/{initiative_id:uuid}/increase", opt=does(queries.raising))
    async def raising(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], initiative_id: FromPath[UUID]
    ) -> RaisingView:
        """Return what more money for a plan would take."""
        return await desk.ask(queries.raising, place, initiative_id)

    @post("/{initiative_id:uuid}/increase", opt=does(service.raise_grant))
    async def raise_grant(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
        data: JSONBody[RaiseGrant],
    ) -> InitiativeView:
        """Give a plan more money, because the council decided so."""
        return await desk.act(service.raise_grant, place, initiative_id, data)

    @post("/{initiative_id:uuid}/increase-by-executive", opt=does(service.award_more))
    async def award_more(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
        data: JSONBody[AwardMore],
    ) -> InitiativeView:
        """Give a plan more money, where the council only advises."""
        return await desk.act(service.award_more, place, initiative_id, data)

    @get("/{initiative_id:uuid}/chain", opt=does(queries.chain))
    async def chain(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], initiative_id: FromPath[UUID]
    ) -> ChainView:
        """Return the way of the money, from the budget to the receipt."""
        return await desk.ask(queries.chain, place, initiative_id)


class PlanRoundApi(Controller):
    """What plans have to do with a round: the ballot before it, the adoption after it."""

    path = "/api/v1/neighbourhoods/{place:str}/rounds/{round_id:uuid}"
    tags = ["initiatives"]  # noqa: RUF012 - litestar reads it from the class

    @get("/initiatives", opt=does(queries.ballot))
    async def ballot(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> BallotView:
        """Return which plans wait for the ballot, and which stand on it."""
        return await desk.ask(queries.ballot, place, round_id)

    @post("/initiatives", opt=does(service.put_on_ballot))
    async def put_on_ballot(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        theme: FromQuery[str | None] = None,
    ) -> BallotView:
        """Put every plan that waits on the ballot: those of one theme with a pot of its own, or all others."""
        return await desk.act(service.put_on_ballot, place, round_id, theme)

    @get("/adoption", opt=does(queries.adoption))
    async def adoption(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> AdoptionView:
        """Return what the council adopts with the outcome, and whether it did."""
        return await desk.ask(queries.adoption, place, round_id)

    @post("/adoption", opt=does(service.adopt))
    async def adopt(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[AdoptOutcome],
    ) -> AdoptionView:
        """Adopt the outcome."""
        return await desk.act(service.adopt, place, round_id, data)

    @get("/award", opt=does(queries.awarding))
    async def awarding(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> AwardingView:
        """Return what an official decides after the advice of the council, and whether that was done."""
        return await desk.ask(queries.awarding, place, round_id)

    @post("/award", opt=does(service.award))
    async def award(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[AwardOutcome],
    ) -> AwardingView:
        """Decide about an outcome after the advice of the council."""
        return await desk.act(service.award, place, round_id, data)

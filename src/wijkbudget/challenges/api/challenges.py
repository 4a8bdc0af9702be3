# SPDX-License-Identifier: EUPL-1.2
"""The API of bids: the register, what their groups do, and what officials do."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.status_codes import HTTP_204_NO_CONTENT

from wijkbudget.challenges import queries, service
from wijkbudget.challenges.schemas import (
    AnswerInvitation,
    AskToComplete,
    CasePage,
    ChallengePage,
    ChallengeView,
    InvitationView,
    InviteMember,
    PutAside,
    StartChallenge,
    TakeOver,
    WithdrawChallenge,
    WriteCosts,
    WriteIdea,
    WriteNeighbourhood,
    WritePlanning,
    WriteQuality,
)
from wijkbudget.http.desk import FrontDesk, does


class ChallengeApi(Controller):
    """Bids of residents on tasks of the municipality."""

    path = "/api/v1/neighbourhoods/{place:str}/challenges"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.challenges))
    async def list_all(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], after: FromQuery[str] = ""
    ) -> ChallengePage:
        """Return a page of the bids that were sent in, and with the first your own."""
        return await desk.ask(queries.challenges, place, after)

    @get("/cases", opt=does(queries.cases))
    async def cases(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], after: FromQuery[str] = ""
    ) -> CasePage:
        """Return a page of what waits for the municipality, by the day on which it must decide."""
        return await desk.ask(queries.cases, place, after)

    @post("/", opt=does(service.start))
    async def start(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[StartChallenge]
    ) -> ChallengeView:
        """Begin a bid."""
        return await desk.act(service.start, place, data)

    @get("/{challenge_id:uuid}", opt=does(queries.challenge))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> ChallengeView:
        """Return one bid."""
        return await desk.ask(queries.challenge, place, challenge_id)

    @post("/{challenge_id:uuid}/submission", opt=does(service.submit))
    async def submit(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> ChallengeView:
        """Send a bid in; it counts as received today."""
        return await desk.act(service.submit, place, challenge_id)

    @post("/{challenge_id:uuid}/completion", opt=does(service.complete))
    async def complete(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> ChallengeView:
        """Send what was missing."""
        return await desk.act(service.complete, place, challenge_id)

    @post("/{challenge_id:uuid}/withdrawal", opt=does(service.withdraw))
    async def withdraw(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WithdrawChallenge],
    ) -> ChallengeView:
        """Take a bid back."""
        return await desk.act(service.withdraw, place, challenge_id, data)

    @post("/{challenge_id:uuid}/handling", opt=does(service.take_on))
    async def take_on(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> ChallengeView:
        """Become the case worker of a bid."""
        return await desk.act(service.take_on, place, challenge_id)

    @post("/{challenge_id:uuid}/takeover", opt=does(service.take_over))
    async def take_over(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[TakeOver],
    ) -> ChallengeView:
        """Become the case worker of a bid instead of another official."""
        return await desk.act(service.take_over, place, challenge_id, data)

    @post("/{challenge_id:uuid}/completion-request", opt=does(service.ask_to_complete))
    async def ask_to_complete(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[AskToComplete],
    ) -> ChallengeView:
        """Ask for what is missing."""
        return await desk.act(service.ask_to_complete, place, challenge_id, data)

    @post("/{challenge_id:uuid}/putting-aside", opt=does(service.put_aside))
    async def put_aside(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[PutAside],
    ) -> ChallengeView:
        """Put a bid aside that was not completed in time."""
        return await desk.act(service.put_aside, place, challenge_id, data)


class BidApi(Controller):
    """What a bid says, page by page, and who stands behind it."""

    path = "/api/v1/neighbourhoods/{place:str}/challenges/{challenge_id:uuid}"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @post("/idea", opt=does(service.write_idea))
    async def write_idea(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WriteIdea],
    ) -> ChallengeView:
        """Save what the group wants to do and why it gets better."""
        return await desk.act(service.write_idea, place, challenge_id, data)

    @post("/bond", opt=does(service.write_neighbourhood))
    async def write_neighbourhood(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WriteNeighbourhood],
    ) -> ChallengeView:
        """Save what the neighbourhood has to do with it."""
        return await desk.act(service.write_neighbourhood, place, challenge_id, data)

    @post("/costs", opt=does(service.write_costs))
    async def write_costs(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WriteCosts],
    ) -> ChallengeView:
        """Save what it costs a year."""
        return await desk.act(service.write_costs, place, challenge_id, data)

    @post("/quality", opt=does(service.write_quality))
    async def write_quality(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WriteQuality],
    ) -> ChallengeView:
        """Save how it stays good and safe."""
        return await desk.act(service.write_quality, place, challenge_id, data)

    @post("/planning", opt=does(service.write_planning))
    async def write_planning(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WritePlanning],
    ) -> ChallengeView:
        """Save when it begins, for how long, with whom, and as what."""
        return await desk.act(service.write_planning, place, challenge_id, data)

    @post("/invitations", opt=does(service.invite))
    async def invite(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[InviteMember],
    ) -> ChallengeView:
        """Make a link with which one person can join."""
        return await desk.act(service.invite, place, challenge_id, data)

    @post("/invitations/{invitation_id:uuid}/withdrawal", opt=does(service.cancel_invitation))
    async def cancel_invitation(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        invitation_id: FromPath[UUID],
    ) -> ChallengeView:
        """Take back an invitation that nobody answered."""
        return await desk.act(service.cancel_invitation, place, challenge_id, invitation_id)

    @get("/invitation", opt=does(queries.invitation))
    async def invitation(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        code: FromQuery[str] = "",
    ) -> InvitationView:
        """Return the bid to which a link invites."""
        return await desk.ask(queries.invitation, place, challenge_id, code)

    @post("/acceptance", opt=does(service.accept))
    async def accept(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[AnswerInvitation],
    ) -> ChallengeView:
        """Stand behind a bid."""
        return await desk.act(service.accept, place, challenge_id, data)

    @post("/decline", opt=does(service.decline), status_code=HTTP_204_NO_CONTENT)
    async def decline(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[AnswerInvitation],
    ) -> None:
        """Say no to an invitation."""
        await desk.act(service.decline, place, challenge_id, data)

    @post("/leave", opt=does(service.leave), status_code=HTTP_204_NO_CONTENT)
    async def leave(self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]) -> None:
        """Stop standing behind a bid before it is sent in."""
        await desk.act(service.leave, place, challenge_id)

# SPDX-License-Identifier: EUPL-1.2
"""The API of how the municipality looks into a bid, and of what its group says to that."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.challenges.assessment import queries, service
from wijkbudget.challenges.assessment.schemas import (
    AnswerIntention,
    AskAdvice,
    AssessmentView,
    CheckGround,
    Elaborate,
    IntendRefusal,
    MakeReady,
    PlanTalk,
    SendBack,
    WriteMinutes,
)
from wijkbudget.http.desk import FrontDesk, does


class ChallengeAssessmentApi(Controller):
    """The talk, the checklist, and what the municipality means to say about a bid."""

    path = "/api/v1/neighbourhoods/{place:str}/challenges/{challenge_id:uuid}/assessment"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.assessment))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> AssessmentView:
        """Return how far it is; what was said and found is for the group, officials and auditors."""
        return await desk.ask(queries.assessment, place, challenge_id)

    @post("/talk", opt=does(service.meet))
    async def meet(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[PlanTalk],
    ) -> AssessmentView:
        """Invite the group to a talk."""
        return await desk.act(service.meet, place, challenge_id, data)

    @post("/talk-change", opt=does(service.move_talk))
    async def move_talk(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[PlanTalk],
    ) -> AssessmentView:
        """Plan the talk on another day or at another place."""
        return await desk.act(service.move_talk, place, challenge_id, data)

    @post("/minutes", opt=does(service.write_minutes))
    async def write_minutes(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WriteMinutes],
    ) -> AssessmentView:
        """Write down what was said in the talk."""
        return await desk.act(service.write_minutes, place, challenge_id, data)

    @post("/elaboration", opt=does(service.elaborate))
    async def elaborate(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[Elaborate],
    ) -> AssessmentView:
        """Agree that the time stands still while the group works its bid out."""
        return await desk.act(service.elaborate, place, challenge_id, data)

    @post("/findings", opt=does(service.check_ground))
    async def check_ground(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[CheckGround],
    ) -> AssessmentView:
        """Write down what was found about one ground."""
        return await desk.act(service.check_ground, place, challenge_id, data)

    @post("/advice-request", opt=does(service.ask_advice))
    async def ask_advice(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[AskAdvice],
    ) -> AssessmentView:
        """Ask others for advice."""
        return await desk.act(service.ask_advice, place, challenge_id, data)

    @post("/intention", opt=does(service.intend_refusal))
    async def intend_refusal(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[IntendRefusal],
    ) -> AssessmentView:
        """Tell the group that the municipality means to say no."""
        return await desk.act(service.intend_refusal, place, challenge_id, data)

    @post("/intention-answer", opt=does(service.answer_intention))
    async def answer_intention(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[AnswerIntention],
    ) -> AssessmentView:
        """Answer what the municipality means to say."""
        return await desk.act(service.answer_intention, place, challenge_id, data)

    @post("/readiness", opt=does(service.make_ready))
    async def make_ready(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[MakeReady],
    ) -> AssessmentView:
        """Put a bid before who decides."""
        return await desk.act(service.make_ready, place, challenge_id, data)

    @post("/sending-back", opt=does(service.send_back))
    async def send_back(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[SendBack],
    ) -> AssessmentView:
        """Ask the case worker to look again."""
        return await desk.act(service.send_back, place, challenge_id, data)

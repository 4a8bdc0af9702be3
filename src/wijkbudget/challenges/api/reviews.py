# SPDX-License-Identifier: EUPL-1.2
"""The API of work that a group took over: how it goes, what both sides and residents find, and how it ends."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_204_NO_CONTENT

from wijkbudget.challenges.reviews import service
from wijkbudget.challenges.reviews.queries import course
from wijkbudget.challenges.reviews.schemas import (
    AnswerSurvey,
    CloseChallenge,
    CourseView,
    EndAgreement,
    ExtendAgreement,
    FinishWork,
    GoOn,
    HandBack,
    HandOver,
    LookBack,
    ReportWork,
    ResumeWork,
    SuspendWork,
    WriteFinding,
    WriteLesson,
)
from wijkbudget.challenges.schemas import ChallengeView
from wijkbudget.http.desk import FrontDesk, does


class CourseApi(Controller):
    """How the work of a bid goes, and how it ends."""

    path = "/api/v1/neighbourhoods/{place:str}/challenges/{challenge_id:uuid}"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @get("/course", opt=does(course))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> CourseView:
        """Return how the work goes: reports, reviews, and what was handed over."""
        return await desk.ask(course, place, challenge_id)

    @post("/reports", opt=does(service.report))
    async def report(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[ReportWork],
    ) -> CourseView:
        """Tell how the work goes, for one of the days of the agreement."""
        return await desk.act(service.report, place, challenge_id, data)

    @post("/suspension", opt=does(service.suspend))
    async def suspend(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[SuspendWork],
    ) -> CourseView:
        """Let the work stand still for a while."""
        return await desk.act(service.suspend, place, challenge_id, data)

    @post("/resumption", opt=does(service.resume))
    async def resume(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[ResumeWork],
    ) -> CourseView:
        """Let work that stood still go on."""
        return await desk.act(service.resume, place, challenge_id, data)

    @post("/extension", opt=does(service.extend))
    async def extend(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[ExtendAgreement],
    ) -> CourseView:
        """Let the agreement last longer."""
        return await desk.act(service.extend, place, challenge_id, data)

    @post("/finish", opt=does(service.finish))
    async def finish(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[FinishWork],
    ) -> CourseView:
        """Say that the work is done, at the end of the agreement."""
        return await desk.act(service.finish, place, challenge_id, data)

    @post("/hand-back", opt=does(service.hand_back))
    async def hand_back(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[HandBack],
    ) -> CourseView:
        """Give the task back early."""
        return await desk.act(service.hand_back, place, challenge_id, data)

    @post("/early-end", opt=does(service.end_agreement))
    async def end_agreement(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[EndAgreement],
    ) -> CourseView:
        """End the agreement early, for the municipality."""
        return await desk.act(service.end_agreement, place, challenge_id, data)

    @post("/handovers", opt=does(service.hand_over))
    async def hand_over(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[HandOver],
    ) -> CourseView:
        """Write down that one thing was handed over."""
        return await desk.act(service.hand_over, place, challenge_id, data)

    @post("/lessons", opt=does(service.write_lesson))
    async def write_lesson(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WriteLesson],
    ) -> CourseView:
        """Write what your side learnt."""
        return await desk.act(service.write_lesson, place, challenge_id, data)

    @post("/closing", opt=does(service.close))
    async def close(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[CloseChallenge],
    ) -> ChallengeView:
        """Close a bid of which everything is settled."""
        return await desk.act(service.close, place, challenge_id, data)


class ReviewApi(Controller):
    """Looking back at the work of a bid."""

    path = "/api/v1/neighbourhoods/{place:str}/challenges/{challenge_id:uuid}/reviews"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @post("/", opt=does(service.look_back))
    async def look_back(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[LookBack],
    ) -> CourseView:
        """Begin to look back together."""
        return await desk.act(service.look_back, place, challenge_id, data)

    @post("/findings", opt=does(service.write_finding))
    async def write_finding(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[WriteFinding],
    ) -> CourseView:
        """Write what your side found."""
        return await desk.act(service.write_finding, place, challenge_id, data)

    @post("/answers", opt=does(service.answer_survey), status_code=HTTP_204_NO_CONTENT)
    async def answer_survey(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[AnswerSurvey],
    ) -> None:
        """Answer three questions about the work; nobody keeps who answered what."""
        await desk.act(service.answer_survey, place, challenge_id, data)

    @post("/conclusion", opt=does(service.go_on))
    async def go_on(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[GoOn],
    ) -> CourseView:
        """Let the work go on after looking back."""
        return await desk.act(service.go_on, place, challenge_id, data)

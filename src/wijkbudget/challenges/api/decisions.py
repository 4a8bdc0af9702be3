# SPDX-License-Identifier: EUPL-1.2
"""The API of decisions about bids, and of the letters about them."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from wijkbudget.challenges.decisions import queries, service
from wijkbudget.challenges.decisions.schemas import (
    Award,
    AwardPartly,
    DecisionListView,
    DecisionView,
    MakeDecisionKnown,
    Refuse,
)
from wijkbudget.challenges.letters import queries as letters
from wijkbudget.challenges.letters.schemas import LetterLine, LetterView
from wijkbudget.challenges.schemas import ChallengeView
from wijkbudget.http.desk import FrontDesk, does


class DecisionListApi(Controller):
    """What was decided about bids in a neighbourhood."""

    path = "/api/v1/neighbourhoods/{place:str}/challenge-decisions"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.decision_list))
    async def list_all(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], year: FromQuery[int | None] = None
    ) -> DecisionListView:
        """Return the decisions of a year; of this one if there are none of it."""
        return await desk.ask(queries.decision_list, place, year)


class BidDecisionApi(Controller):
    """What is decided about one bid, and the letters that tell its group."""

    path = "/api/v1/neighbourhoods/{place:str}/challenges/{challenge_id:uuid}"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @post("/award", opt=does(service.award))
    async def award(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[Award],
    ) -> ChallengeView:
        """Let a group take a task over."""
        return await desk.act(service.award, place, challenge_id, data)

    @post("/partial-award", opt=does(service.award_partly))
    async def award_partly(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[AwardPartly],
    ) -> ChallengeView:
        """Let a group take part of a task over."""
        return await desk.act(service.award_partly, place, challenge_id, data)

    @post("/refusal", opt=does(service.refuse))
    async def refuse(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[Refuse],
    ) -> ChallengeView:
        """Say no to a bid."""
        return await desk.act(service.refuse, place, challenge_id, data)

    @get("/decisions", opt=does(queries.decisions_of))
    async def decisions(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> list[DecisionView]:
        """Return what was decided about a bid, the newest first."""
        return await desk.ask(queries.decisions_of, place, challenge_id)

    @post("/decisions/{number:int}/publication", opt=does(service.make_decision_known))
    async def make_known(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        number: FromPath[int],
        data: JSONBody[MakeDecisionKnown],
    ) -> DecisionView:
        """Say on which day a decision was sent or handed over."""
        return await desk.act(service.make_decision_known, place, challenge_id, number, data)

    @post("/decisions/{number:int}/collection", opt=does(service.collect_decision))
    async def collect(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        number: FromPath[int],
    ) -> DecisionView:
        """Take a decision: from now on it is known."""
        return await desk.act(service.collect_decision, place, challenge_id, number)

    @get("/letters", opt=does(letters.letters))
    async def list_letters(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> list[LetterLine]:
        """Return the letters about a bid, the newest first."""
        return await desk.ask(letters.letters, place, challenge_id)

    @get("/letters/{number:int}", opt=does(letters.letter))
    async def read_letter(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        number: FromPath[int],
    ) -> LetterView:
        """Return one letter, as it is sent."""
        return await desk.ask(letters.letter, place, challenge_id, number)

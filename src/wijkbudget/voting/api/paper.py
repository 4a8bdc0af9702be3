# SPDX-License-Identifier: EUPL-1.2
"""The API of paper ballots: the one to print, the people at the table, and the sheet."""

from uuid import UUID

from litestar import Controller, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.voting.paper import queries, service
from wijkbudget.voting.paper.schemas import (
    EndReceiving,
    EnterBallot,
    EnteredView,
    EnvelopeView,
    NextBallot,
    ProgressView,
    ReceiveEnvelope,
    SheetView,
    TakeSeat,
)
from wijkbudget.voting.schemas import PaperView


class PaperApi(Controller):
    """The paper of a round; no answer says what somebody entered."""

    path = "/api/v1/neighbourhoods/{place:str}/rounds/{round_id:uuid}"
    tags = ["rounds"]  # noqa: RUF012 - litestar reads it from the class

    @get("/paper-ballot", opt=does(queries.printed_ballot))
    async def ballot(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> PaperView:
        """Return what stands on the ballot to print."""
        return await desk.ask(queries.printed_ballot, place, round_id)

    @get("/paper-sheet", opt=does(queries.paper_sheet))
    async def sheet(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> SheetView:
        """Return the sheet of the paper ballots of a counted round."""
        return await desk.ask(queries.paper_sheet, place, round_id)

    @get("/paper", opt=does(queries.paper_progress))
    async def progress(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> ProgressView:
        """Return how far the paper is, in numbers, and what you do with it."""
        return await desk.ask(queries.paper_progress, place, round_id)

    @post("/paper/seat", status_code=200, opt=does(service.take_seat))
    async def take_seat(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[TakeSeat],
    ) -> ProgressView:
        """Say what you do with the paper: one thing only."""
        return await desk.act(service.take_seat, place, round_id, data)

    @delete("/paper/seat", status_code=200, opt=does(service.leave_seat))
    async def leave_seat(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> ProgressView:
        """Give your task back, before you did anything."""
        return await desk.act(service.leave_seat, place, round_id)

    @post("/paper/envelopes", status_code=200, opt=does(service.receive))
    async def receive(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[ReceiveEnvelope],
    ) -> EnvelopeView:
        """Put an envelope on the list, and learn on which stack it goes; it is set aside if its code voted online."""
        return await desk.act(service.receive, place, round_id, data)

    @post("/paper/envelope-count", status_code=200, opt=does(service.end_receiving))
    async def end_receiving(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[EndReceiving],
    ) -> ProgressView:
        """Hold the envelopes on the table against the list, and forget their codes."""
        return await desk.act(service.end_receiving, place, round_id, data)

    @get("/paper/stacks/{voice:int}", opt=does(queries.next_paper))
    async def next_ballot(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        voice: FromPath[int],
    ) -> NextBallot:
        """Return which ballot of a stack you enter now; the third person gets those that were entered differently."""
        return await desk.ask(queries.next_paper, place, round_id, voice)

    @post("/paper/entries", status_code=200, opt=does(service.enter))
    async def enter(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[EnterBallot],
    ) -> EnteredView:
        """Enter one ballot, or the letter of the reason why it does not count; the same each time."""
        return await desk.act(service.enter, place, round_id, data)

    @post("/paper/balance", status_code=200, opt=does(service.balance))
    async def balance(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> ProgressView:
        """Put the paper ballots into the box if every count agrees; the sheet is published with the outcome."""
        return await desk.act(service.balance, place, round_id)

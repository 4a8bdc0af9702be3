# SPDX-License-Identifier: EUPL-1.2
"""The API of rounds."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.voting import queries, service
from wijkbudget.voting.letters import queries as letters
from wijkbudget.voting.letters.schemas import LettersView, ReportStolen, StolenView
from wijkbudget.voting.mandates import queries as mandates
from wijkbudget.voting.mandates.schemas import OwnMandatesView
from wijkbudget.voting.schemas import (
    AddLimit,
    ImportElection,
    OutcomeView,
    PrepareRound,
    PublishedView,
    ReplaceCode,
    RoundLine,
    RoundView,
    WasCastView,
)


class RoundApi(Controller):
    """The rounds of a neighbourhood."""

    path = "/api/v1/neighbourhoods/{place:str}/rounds"
    tags = ["rounds"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.rounds))
    async def list_all(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[RoundLine]:
        """Return all rounds, newest first."""
        return await desk.ask(queries.rounds, place)

    @post("/", opt=does(service.prepare))
    async def prepare(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[PrepareRound]
    ) -> RoundView:
        """Prepare a round."""
        return await desk.act(service.prepare, place, data)

    @post("/imports", opt=does(service.import_pabulib))
    async def import_election(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[ImportElection]
    ) -> RoundView:
        """Put a vote that was held elsewhere on the record."""
        return await desk.act(service.import_pabulib, place, data)

    @get("/{round_id:uuid}", opt=does(queries.round_))
    async def read(self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]) -> RoundView:
        """Return a round."""
        return await desk.ask(queries.round_, place, round_id)

    @post("/{round_id:uuid}/limits", opt=does(service.add_limit))
    async def add_limit(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[AddLimit],
    ) -> RoundView:
        """Let only so many of some plans win, or let them cost only so much together."""
        return await desk.act(service.add_limit, place, round_id, data)

    @post("/{round_id:uuid}/limits/{limit_id:uuid}/withdrawal", status_code=200, opt=does(service.withdraw_limit))
    async def withdraw_limit(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        limit_id: FromPath[UUID],
    ) -> RoundView:
        """Withdraw a limit before the round opens."""
        return await desk.act(service.withdraw_limit, place, round_id, limit_id)

    @post("/{round_id:uuid}/open", status_code=200, opt=does(service.open_))
    async def open_(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> RoundView:
        """Open a round on its first day."""
        return await desk.act(service.open_, place, round_id)

    @post("/{round_id:uuid}/close", status_code=200, opt=does(service.close))
    async def close(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> RoundView:
        """Close a round after its last day."""
        return await desk.act(service.close, place, round_id)

    @post("/{round_id:uuid}/count", status_code=200, opt=does(service.count))
    async def count(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> OutcomeView:
        """Count a closed round."""
        return await desk.act(service.count, place, round_id)

    @post("/{round_id:uuid}/finish", status_code=200, opt=does(service.finish))
    async def finish(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> RoundView:
        """Make an outcome final when objections are over."""
        return await desk.act(service.finish, place, round_id)

    @get("/{round_id:uuid}/outcome", opt=does(queries.outcome))
    async def outcome(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> OutcomeView:
        """Return the outcome, both counts."""
        return await desk.ask(queries.outcome, place, round_id)

    @get("/{round_id:uuid}/election.pb", opt=does(queries.election, files={"text/plain": str}))
    async def election(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[bytes]:
        """Return a counted vote as a file in Pabulib's format."""
        text = await desk.ask(queries.election, place, round_id)
        return download(text.encode(), name=f"{place}-{round_id}.pb", media_type="text/plain")

    @get("/{round_id:uuid}/ballots", opt=does(queries.published))
    async def ballots(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> PublishedView:
        """Return the sealed ballots, with what is needed to count them again."""
        return await desk.ask(queries.published, place, round_id)

    @get("/{round_id:uuid}/voters/{person_id:str}", opt=does(queries.was_cast))
    async def was_cast(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        person_id: FromPath[str],
    ) -> WasCastView:
        """Return whether a vote was cast in your name."""
        return await desk.ask(queries.was_cast, place, round_id, person_id)

    @get("/{round_id:uuid}/voters/{person_id:str}/mandates", opt=does(mandates.own_mandates))
    async def read_own_mandates(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        person_id: FromPath[str],
    ) -> OwnMandatesView:
        """Return who votes for you, and for whom you vote."""
        return await desk.ask(mandates.own_mandates, place, round_id, person_id)

    @post("/{round_id:uuid}/codes", status_code=204, opt=does(service.replace_code))
    async def replace_code(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[ReplaceCode],
    ) -> None:
        """Send a new code instead of a lost one."""
        await desk.act(service.replace_code, place, round_id, data)

    @get("/{round_id:uuid}/letters", opt=does(letters.letters))
    async def read_letters(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> LettersView:
        """Return how far the letters with voting codes are."""
        return await desk.ask(letters.letters, place, round_id)

    @get("/{round_id:uuid}/stolen-codes", opt=does(letters.stolen))
    async def stolen_codes(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> StolenView:
        """Return how many people said that another voted with their code."""
        return await desk.ask(letters.stolen, place, round_id)

    @post("/{round_id:uuid}/stolen-codes", opt=does(service.report_stolen))
    async def report_stolen(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[ReportStolen],
    ) -> StolenView:
        """Report that somebody else voted with a code."""
        return await desk.act(service.report_stolen, place, round_id, data)

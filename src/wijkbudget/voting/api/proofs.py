# SPDX-License-Identifier: EUPL-1.2
"""The API with which anybody checks a vote: its files, its proofs and its draws."""

from pathlib import Path
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download, download_flow
from wijkbudget.voting import queries, recount, service
from wijkbudget.voting.schemas import DrawLots, FindBallot, NoteAnswers, RoundView
from wijkbudget.voting.sealed import FoundView
from wijkbudget.voting.turnout import AskingView, InquiryView

_SCRIPT = Path(recount.__file__).read_bytes()


class RecountApi(Controller):
    """The script that counts a vote again."""

    path = "/api/v1/recount-script"
    tags = ["rounds"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(files={"text/plain": str}))
    async def script(self) -> Response[bytes]:
        """Return the script that counts a `count.json` again; it needs Python and nothing else."""
        return download(_SCRIPT, name="recount.py", media_type="text/plain")


class ProofApi(Controller):
    """What a round is checked with."""

    path = "/api/v1/neighbourhoods/{place:str}/rounds/{round_id:uuid}"
    tags = ["rounds"]  # noqa: RUF012 - litestar reads it from the class

    @get("/count.json", opt=does(queries.count_file, files={"application/json": object}))
    async def count_file(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Stream:
        """Return all that a count rests on, as one file that `recount.py` reads."""
        pieces = await desk.flow(iter, queries.count_file, place, round_id)
        return download_flow(pieces, name=f"{place}-{round_id}.json", media_type="application/json")

    @get("/rules.json", opt=does(queries.rules_file, files={"application/json": object}))
    async def rules_file(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[bytes]:
        """Return what was fixed when the round opened: the very text whose SHA-256 is the frozen hash."""
        text = await desk.ask(queries.rules_file, place, round_id)
        return download(text.encode(), name=f"{place}-{round_id}-rules.json", media_type="application/json")

    @post("/inclusion-proofs", status_code=200, opt=does(queries.ballot, anonymous=True))
    async def ballot(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[FindBallot],
    ) -> FoundView:
        """Return the ballot of a receipt, with the proof that it is in the sealed box; who asks is not looked at."""
        return await desk.ask(queries.ballot, place, round_id, data)

    @post("/lots", status_code=200, opt=does(service.draw_lots))
    async def draw_lots(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[DrawLots],
    ) -> RoundView:
        """Fill in what came out of the announced draw."""
        return await desk.act(service.draw_lots, place, round_id, data)

    @post("/asked-voters", status_code=200, opt=does(service.draw_voters))
    async def draw_voters(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> AskingView:
        """Return by lot whom to ask whether they voted; the public record says that it was asked."""
        return await desk.act(service.draw_voters, place, round_id)

    @get("/asked-voters", opt=does(queries.inquiry))
    async def inquiry(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> InquiryView | None:
        """Return how many of the voters who were drawn said what; never who."""
        return await desk.ask(queries.inquiry, place, round_id)

    @post("/asked-voters/answers", status_code=200, opt=does(service.note_answers))
    async def note_answers(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        data: JSONBody[NoteAnswers],
    ) -> InquiryView:
        """Note what voters said who were drawn."""
        return await desk.act(service.note_answers, place, round_id, data)

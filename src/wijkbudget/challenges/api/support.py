# SPDX-License-Identifier: EUPL-1.2
"""The API of the support for a bid: signatures, papers, and what is counted on them."""

from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.challenges.support import queries, service
from wijkbudget.challenges.support.schemas import AttachPaper, CountSheet, SignBid, SupportView
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.kit.uploads import PAPERS


class SupportApi(Controller):
    """Who is for a bid and against it, and the papers that show it."""

    path = "/api/v1/neighbourhoods/{place:str}/challenges/{challenge_id:uuid}"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @get("/support", opt=does(queries.support))
    async def support(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> SupportView:
        """Return how many neighbours are for a bid, and its papers for who may read them."""
        return await desk.ask(queries.support, place, challenge_id)

    @post("/signature", opt=does(service.sign_bid))
    async def sign(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[SignBid],
    ) -> SupportView:
        """Say whether you are for a bid or against it."""
        return await desk.act(service.sign_bid, place, challenge_id, data)

    @post("/signature/withdrawal", opt=does(service.take_back_signature))
    async def take_back_signature(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> SupportView:
        """Take your signature back."""
        return await desk.act(service.take_back_signature, place, challenge_id)

    @post("/attachments", opt=does(service.attach))
    async def attach(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        data: JSONBody[AttachPaper],
    ) -> SupportView:
        """Add a paper to your bid."""
        return await desk.act(service.attach, place, challenge_id, data)

    @get(
        "/attachments/{attachment_id:uuid}",
        opt=does(queries.paper, files={kind.media_type: bytes for kind in PAPERS.values()}),
    )
    async def paper(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        attachment_id: FromPath[UUID],
    ) -> Response[bytes]:
        """Return a paper of a bid, as a file."""
        file = await desk.ask(queries.paper, place, challenge_id, attachment_id)
        return download(file.content, name=file.name, media_type=file.media_type)

    @post("/attachments/{attachment_id:uuid}/withdrawal", opt=does(service.take_back_paper))
    async def take_back_paper(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        attachment_id: FromPath[UUID],
    ) -> SupportView:
        """Take a paper back before the bid is sent in."""
        return await desk.act(service.take_back_paper, place, challenge_id, attachment_id)

    @post("/attachments/{attachment_id:uuid}/counts", opt=does(service.count_sheet))
    async def count_sheet(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        attachment_id: FromPath[UUID],
        data: JSONBody[CountSheet],
    ) -> SupportView:
        """Say how many valid signatures stand on a sheet."""
        return await desk.act(service.count_sheet, place, challenge_id, attachment_id, data)

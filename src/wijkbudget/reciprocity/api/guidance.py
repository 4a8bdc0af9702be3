# SPDX-License-Identifier: EUPL-1.2
"""The API of contracts between young people and a guide."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.reciprocity.guidance import queries, service
from wijkbudget.reciprocity.guidance.schemas import (
    GuidanceCard,
    GuidanceView,
    ProposeGuidance,
    TellConsent,
    WriteNote,
)


class GuidanceApi(Controller):
    """What a young person and a guide agree."""

    path = "/api/v1/neighbourhoods/{place:str}/guidance"
    tags = ("reciprocity",)

    @get("/", opt=does(queries.all_guidance))
    async def all_guidance(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[GuidanceCard]:
        """Return who has a contract with whom, and nothing of what it says."""
        return await desk.ask(queries.all_guidance, place)

    @get("/own", opt=does(queries.own_guidance))
    async def own(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[GuidanceCard]:
        """Return your own contracts, as a young person or as a guide."""
        return await desk.ask(queries.own_guidance, place)

    @post("/", opt=does(service.propose_guidance))
    async def propose(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[ProposeGuidance]
    ) -> GuidanceView:
        """Propose a contract to a young person."""
        return await desk.act(service.propose_guidance, place, data)

    @get("/{guidance_id:uuid}", opt=does(queries.guidance))
    async def guidance(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], guidance_id: FromPath[UUID]
    ) -> GuidanceView:
        """Return a contract to one of the two that it is of."""
        return await desk.ask(queries.guidance, place, guidance_id)

    @post("/{guidance_id:uuid}/signature", opt=does(service.sign_guidance), status_code=200)
    async def sign(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], guidance_id: FromPath[UUID]
    ) -> GuidanceView:
        """Sign a contract as the young person."""
        return await desk.act(service.sign_guidance, place, guidance_id)

    @post("/{guidance_id:uuid}/consent", opt=does(service.tell_consent), status_code=200)
    async def consent(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        guidance_id: FromPath[UUID],
        data: JSONBody[TellConsent],
    ) -> GuidanceView:
        """Write down whether a parent agrees."""
        return await desk.act(service.tell_consent, place, guidance_id, data)

    @post("/{guidance_id:uuid}/notes", opt=does(service.write_note))
    async def note(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        guidance_id: FromPath[UUID],
        data: JSONBody[WriteNote],
    ) -> GuidanceView:
        """Write a short note for the two of them."""
        return await desk.act(service.write_note, place, guidance_id, data)

    @post("/{guidance_id:uuid}/notes/{note_id:uuid}/erasure", opt=does(service.erase_note), status_code=200)
    async def erase(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        guidance_id: FromPath[UUID],
        note_id: FromPath[UUID],
    ) -> GuidanceView:
        """Erase a note; nothing of it is kept."""
        return await desk.act(service.erase_note, place, guidance_id, note_id)

    @post("/{guidance_id:uuid}/ending", opt=does(service.end_guidance), status_code=204)
    async def end(self, desk: NamedDependency[FrontDesk], place: FromPath[str], guidance_id: FromPath[UUID]) -> None:
        """End a contract; what it said is erased."""
        await desk.act(service.end_guidance, place, guidance_id)

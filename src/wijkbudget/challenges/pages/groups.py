# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a group gathers: who stands behind a bid, invitations, and answering one."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.challenges import queries, service
from wijkbudget.challenges.schemas import AnswerInvitation, InviteMember
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _


class GroupPages(Controller):
    """Who stands behind a bid."""

    path = "/wijken/{place:str}/uitdagingen/{challenge_id:uuid}"
    include_in_schema = False

    @get("/groep", opt=does(queries.challenge))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show who stands behind a bid, and who was invited."""
        return page(request, "challenges/group.html", bid=await desk.ask(queries.challenge, place, challenge_id))

    @post("/groep", opt=does(service.invite, queries.challenge))
    async def invite(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Make a link with which one person can join."""
        form = await read_form(request)
        try:
            await desk.act(service.invite, place, challenge_id, form.command(InviteMember))
        except Refusal as refusal:
            bid = await desk.ask(queries.challenge, place, challenge_id)
            return page(request, "challenges/group.html", form=form, refusal=refusal, bid=bid)
        return redirect(
            request,
            f"/wijken/{place}/uitdagingen/{challenge_id}/groep",
            done=_("The link is made. Give it to the person you invite."),
        )

    @post("/uitnodigingen/{invitation_id:uuid}/intrekken", opt=does(service.cancel_invitation))
    async def cancel_invitation(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        invitation_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take back an invitation that nobody answered."""
        await desk.act(service.cancel_invitation, place, challenge_id, invitation_id)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}/groep"
        return redirect(request, path, done=_("The link no longer works."))

    @get("/meedoen", opt=does(queries.invitation))
    async def invitation(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        code: FromQuery[str] = "",
    ) -> Response[Any]:
        """Show a bid to whoever has the link of an invitation."""
        invitation = await desk.ask(queries.invitation, place, challenge_id, code)
        return page(request, "challenges/invitation.html", invitation=invitation)

    @post("/meedoen", opt=does(service.accept))
    async def accept(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Stand behind a bid."""
        form = await read_form(request)
        await desk.act(service.accept, place, challenge_id, form.command(AnswerInvitation))
        path = f"/wijken/{place}/uitdagingen/{challenge_id}"
        return redirect(request, path, done=_("Thank you. You stand behind this bid."))

    @post("/afslaan", opt=does(service.decline))
    async def decline(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Say no to an invitation."""
        form = await read_form(request)
        await desk.act(service.decline, place, challenge_id, form.command(AnswerInvitation))
        path = f"/wijken/{place}/uitdagingen"
        return redirect(request, path, done=_("You said no. We do not keep that it was you."))

    @post("/verlaten", opt=does(service.leave))
    async def leave(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Stop standing behind a bid."""
        await desk.act(service.leave, place, challenge_id)
        path = f"/wijken/{place}/uitdagingen"
        return redirect(request, path, done=_("You no longer stand behind this bid."))

# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a plan that won stops: by its group, by the council, or by the municipality."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.initiatives import queries, service
from wijkbudget.initiatives.pages.votes import stances
from wijkbudget.initiatives.schemas import GiveUpInitiative, RevokeInitiative, WithdrawGrant
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.fields import Command
from wijkbudget.kit.text import Text, _


class _Way(NamedTuple):
    """One way in which a plan stops: what is asked before, the verb, and what is said after."""

    template: str
    ask: Callable[..., Any]
    act: Callable[..., Any]
    read: Callable[[Form], Command]
    done: Text


_GIVE_UP = _Way(
    template="initiatives/give_up.html",
    ask=queries.giving_up,
    act=service.give_up,
    read=lambda form: form.command(GiveUpInitiative),
    done=_("Your plan has stopped. What was left goes to the neighbourhood."),
)
_REVOKE = _Way(
    template="initiatives/revoke.html",
    ask=queries.revoking,
    act=service.revoke,
    read=lambda form: form.command(RevokeInitiative, **stances(form)),
    done=_("The plan has stopped. What was left goes to the next plans."),
)
_WITHDRAW = _Way(
    template="initiatives/withdraw_grant.html",
    ask=queries.withdrawing,
    act=service.withdraw_grant,
    read=lambda form: form.command(WithdrawGrant),
    done=_("The plan has stopped. What was left goes to the next plans."),
)


class StoppingPages(Controller):
    """The end of a plan before it is done."""

    path = "/wijken/{place:str}/initiatieven/{initiative_id:uuid}"
    include_in_schema = False

    @get("/stoppen", opt=does(_GIVE_UP.ask))
    async def giving_up(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show what happens if an own plan stops."""
        return await _show(_GIVE_UP, request, desk, place, initiative_id)

    @post("/stoppen", opt=does(_GIVE_UP.act, _GIVE_UP.ask))
    async def give_up(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Stop an own plan."""
        return await _stop(_GIVE_UP, request, desk, place, initiative_id)

    @get("/stopzetten", opt=does(_REVOKE.ask))
    async def revoking(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show what happens if the council stops a plan that has money."""
        return await _show(_REVOKE, request, desk, place, initiative_id)

    @post("/stopzetten", opt=does(_REVOKE.act, _REVOKE.ask))
    async def revoke(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Stop a plan that has money, because the council decided so."""
        return await _stop(_REVOKE, request, desk, place, initiative_id)

    @get("/geld-intrekken", opt=does(_WITHDRAW.ask))
    async def withdrawing(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show what happens if the municipality takes the money of a plan back."""
        return await _show(_WITHDRAW, request, desk, place, initiative_id)

    @post("/geld-intrekken", opt=does(_WITHDRAW.act, _WITHDRAW.ask))
    async def withdraw_grant(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take the money of a plan back."""
        return await _stop(_WITHDRAW, request, desk, place, initiative_id)


async def _show(
    way: _Way, request: PageRequest, desk: FrontDesk, place: str, initiative_id: UUID, **said: Any
) -> Response[Any]:
    """Show what happens if a plan stops now."""
    stopping = await desk.ask(way.ask, place, initiative_id)
    return page(request, way.template, stopping=stopping, **said)


async def _stop(way: _Way, request: PageRequest, desk: FrontDesk, place: str, initiative_id: UUID) -> Response[Any]:
    """Stop a plan, or show what is not right yet."""
    form = await read_form(request)
    try:
        await desk.act(way.act, place, initiative_id, way.read(form))
    except Refusal as refusal:
        return await _show(way, request, desk, place, initiative_id, form=form, refusal=refusal)
    return redirect(request, f"/wijken/{place}/initiatieven/{initiative_id}", done=way.done)

# SPDX-License-Identifier: EUPL-1.2
"""The page on which a plan that has money gets more: by the council, or by the municipality."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.initiatives import queries, service
from wijkbudget.initiatives.pages.votes import stances
from wijkbudget.initiatives.schemas import AwardMore, RaiseGrant
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.fields import Command
from wijkbudget.kit.text import _


class RaisingPages(Controller):
    """More money for a plan; which of the two forms stands there follows from the policy."""

    path = "/wijken/{place:str}/initiatieven/{initiative_id:uuid}/meer-geld"
    include_in_schema = False

    @get("/", opt=does(queries.raising))
    async def raising(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show what more money for a plan would take."""
        return await _show(request, desk, place, initiative_id)

    @post("/wijkraad", opt=does(service.raise_grant, queries.raising))
    async def raise_grant(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Give a plan more money, because the council decided so."""
        form = await read_form(request)
        return await _raise(
            request,
            desk,
            (place, initiative_id),
            form,
            service.raise_grant,
            lambda: form.command(RaiseGrant, **stances(form)),
        )

    @post("/college", opt=does(service.award_more, queries.raising))
    async def award_more(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        initiative_id: FromPath[UUID],
    ) -> Response[Any]:
        """Give a plan more money, in the name of the executive."""
        form = await read_form(request)
        return await _raise(
            request, desk, (place, initiative_id), form, service.award_more, lambda: form.command(AwardMore)
        )


async def _show(  # noqa: PLR0913, PLR0917 - what a page is asked, with the form as it was filled in
    request: PageRequest,
    desk: FrontDesk,
    place: str,
    initiative_id: UUID,
    form: Form = EMPTY,
    refusal: Refusal | None = None,
) -> Response[Any]:
    raising = await desk.ask(queries.raising, place, initiative_id)
    return page(request, "initiatives/raise.html", form=form, refusal=refusal, raising=raising)


async def _raise(  # noqa: PLR0913, PLR0917 - what a page is asked, and by which of the two verbs
    request: PageRequest,
    desk: FrontDesk,
    about: tuple[str, UUID],
    form: Form,
    verb: Callable[..., Any],
    read: Callable[[], Command],
) -> Response[Any]:
    """Give a plan more money, and go to its voucher."""
    try:
        await desk.act(verb, *about, read())
    except Refusal as refusal:
        return await _show(request, desk, *about, form, refusal)
    done = _("This was decided. The group gets a letter, and can use the money once it has that.")
    return redirect(request, f"/wijken/{about[0]}/initiatieven/{about[1]}", done=done)

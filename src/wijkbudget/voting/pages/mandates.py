# SPDX-License-Identifier: EUPL-1.2
"""The page of the desk on which mandates are recorded."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import FindResidents
from wijkbudget.kit.errors import BadInput, Refusal
from wijkbudget.kit.text import Text, _
from wijkbudget.voting import queries, service
from wijkbudget.voting.mandates import queries as mandates
from wijkbudget.voting.mandates.schemas import GiveMandate, TakeBackMandate

SIDES = ("giver", "proxy")
"""Who cannot vote, and who votes instead."""


class MandatePages(Controller):
    """Voting for somebody else: the desk finds both people by their addresses, and records it."""

    path = "/wijken/{place:str}/stemrondes/{round_id:uuid}/volmachten"
    include_in_schema = False

    @get("/", opt=does(queries.round_, mandates.mandates))
    async def read(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show how many mandates there are, and to the desk the form to record one."""
        return await _shown(request, desk, place, round_id)

    @post("/adres", opt=does(identity.residents_at, queries.round_, mandates.mandates))
    async def find(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show who lives at both addresses; asked in a form, so that no address stands in a log."""
        form = await read_form(request)
        try:
            asked = {side: _address(form, side) for side in _sides(form)}
            people = {side: await desk.ask(identity.residents_at, place, asked[side]) for side in asked}
        except Refusal as refusal:
            return await _shown(request, desk, place, round_id, form=form, refusal=refusal)
        return await _shown(request, desk, place, round_id, form=form, people=people)

    @post("/", opt=does(service.give_mandate, queries.round_, mandates.mandates))
    async def give(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Record a mandate."""
        form = await read_form(request)
        try:
            await desk.act(service.give_mandate, place, round_id, form.command(GiveMandate))
        except Refusal as refusal:
            return await _shown(request, desk, place, round_id, refusal=refusal)
        return redirect(request, _path(place, round_id), done=_("The mandate is recorded."))

    @post("/intrekken", opt=does(service.take_back_mandate, queries.round_, mandates.mandates))
    async def take_back(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Take a mandate back."""
        form = await read_form(request)
        try:
            await desk.act(service.take_back_mandate, place, round_id, form.command(TakeBackMandate))
        except Refusal as refusal:
            return await _shown(request, desk, place, round_id, refusal=refusal)
        return redirect(
            request, _path(place, round_id), done=_("The mandate is taken back. Give this person a new code too.")
        )


async def _shown(request: PageRequest, desk: FrontDesk, place: str, round_id: UUID, **more: Any) -> Response[Any]:
    shown = {
        "form": EMPTY,
        "people": None,
        "round": await desk.ask(queries.round_, place, round_id),
        "mandates": await desk.ask(mandates.mandates, place, round_id),
    }
    return page(request, "voting/mandates.html", **(shown | more))


def _sides(form: Form) -> tuple[str, ...]:
    """Return whose addresses were asked; to take a mandate back that of the giver is enough."""
    return SIDES if any(form.get(f"proxy_{name}") for name in FindResidents.model_fields) else SIDES[:1]


def _address(form: Form, side: str) -> FindResidents:
    """Return the address of one of the two. Raises BadInput, with the fields as the form calls them."""
    fields = {name: form.all(f"{side}_{name}") for name in FindResidents.model_fields}
    try:
        return Form(fields).command(FindResidents)
    except BadInput as wrong:
        told: dict[str, Text] = {f"{side}_{name}": text for name, text in wrong.fields.items()}
        raise BadInput(_("Something is not filled in right yet."), fields=told) from None


def _path(place: str, round_id: UUID) -> str:
    return f"/wijken/{place}/stemrondes/{round_id}/volmachten"

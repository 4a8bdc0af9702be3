# SPDX-License-Identifier: EUPL-1.2
"""The pages of an agreement: reading it, writing it page by page, offering it, and signing it for each side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges.agreements import queries, service
from wijkbudget.challenges.agreements.rules import AgreementChapter, AgreementNotFound
from wijkbudget.challenges.agreements.schemas import (
    AgreementTerms,
    SignAgreement,
    WriteConditions,
    WriteMoney,
    WriteParties,
    WriteResults,
    WriteTerm,
)
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.fields import Command
from wijkbudget.kit.text import Text, _
from wijkbudget.kit.units import euros_from_cents


@dataclass(frozen=True)
class _Page:
    """A page of the agreement: which it is, what it writes, with which command, and what comes after it."""

    chapter: AgreementChapter
    write: Callable[..., Any]
    command: type[Command]
    then: str
    """The end of the address one goes on to, after that of the agreement."""


_PAGES: Mapping[str, _Page] = {
    "partijen": _Page(AgreementChapter.PARTIES, service.write_parties, WriteParties, "/stappen/resultaten"),
    "resultaten": _Page(AgreementChapter.RESULTS, service.write_results, WriteResults, "/stappen/geld"),
    "geld": _Page(AgreementChapter.MONEY, service.write_money, WriteMoney, "/stappen/tijd"),
    "tijd": _Page(AgreementChapter.TERM, service.write_term, WriteTerm, "/stappen/voorwaarden"),
    "voorwaarden": _Page(AgreementChapter.CONDITIONS, service.write_conditions, WriteConditions, ""),
}


class AgreementPages(Controller):
    """The agreement by which a group takes a task over."""

    path = "/wijken/{place:str}/uitdagingen/{challenge_id:uuid}/overeenkomst"
    include_in_schema = False

    @get("/", opt=does(queries.agreement))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show the agreement: what holds, or what is written and offered until now."""
        return await _shown(request, desk, place, challenge_id)

    @get("/stappen/{step:str}", opt=does(queries.agreement))
    async def writing(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        step: FromPath[str],
    ) -> Response[Any]:
        """Show a page of the agreement as it was saved, or as the bid says it."""
        chapter, found = _page(step).chapter, await desk.ask(queries.agreement, place, challenge_id)
        form = _filled(found.draft) if found.draft else EMPTY
        return page(request, f"challenges/agreement_{chapter}.html", form=form, found=found, step=step)

    @post(
        "/stappen/{step:str}",
        opt=does(
            queries.agreement,
            service.write_parties,
            service.write_results,
            service.write_money,
            service.write_term,
            service.write_conditions,
        ),
    )
    async def write(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        step: FromPath[str],
    ) -> Response[Any]:
        """Save a page, and go on to the next."""
        asked, form = _page(step), await read_form(request)
        try:
            await desk.act(asked.write, place, challenge_id, form.command(asked.command))
        except Refusal as refusal:
            found = await desk.ask(queries.agreement, place, challenge_id)
            name = f"challenges/agreement_{asked.chapter}.html"
            return page(request, name, form=form, refusal=refusal, found=found, step=step)
        return redirect(request, f"{_path(place, challenge_id)}{asked.then}", done=_("Saved."))

    @post("/aanbieden", opt=does(service.offer_agreement, queries.agreement))
    async def offer(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Offer what was written to be signed."""
        try:
            await desk.act(service.offer_agreement, place, challenge_id)
        except Refusal as refusal:
            return await _shown(request, desk, place, challenge_id, refusal=refusal)
        return redirect(request, _path(place, challenge_id), done=_("The group can read it and sign it now."))

    @post("/tekenen", opt=does(service.sign_agreement, queries.agreement))
    async def sign(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Sign for the group."""
        done = _("You signed for your group. The municipality signs last.")
        return await _signed(request, desk, (place, challenge_id), service.sign_agreement, done)

    @post("/aangaan", opt=does(service.enter_into, queries.agreement))
    async def enter_into(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Sign for the municipality."""
        done = _("The agreement holds. The group sees it.")
        return await _signed(request, desk, (place, challenge_id), service.enter_into, done)


async def _signed(
    request: PageRequest, desk: FrontDesk, at: tuple[str, UUID], sign: Callable[..., Any], done: Text
) -> Response[Any]:
    """Sign the text that was read, for one side."""
    form = await read_form(request)
    try:
        await desk.act(sign, *at, form.command(SignAgreement))
    except Refusal as refusal:
        return await _shown(request, desk, *at, form=form, refusal=refusal)
    return redirect(request, _path(*at), done=done)


async def _shown(  # noqa: PLR0913 - what was filled in beside what is shown
    request: PageRequest,
    desk: FrontDesk,
    place: str,
    challenge_id: UUID,
    *,
    form: Form = EMPTY,
    refusal: Refusal | None = None,
) -> Response[Any]:
    """Show the agreement, with why something about it was refused; without an agreement the refusal says enough."""
    try:
        found = await desk.ask(queries.agreement, place, challenge_id)
    except AgreementNotFound as nothing:
        raise refusal or nothing from None
    return page(request, "challenges/agreement.html", form=form, refusal=refusal, found=found)


def _page(step: str) -> _Page:
    """Return the page of the agreement that an address names. Raises AgreementNotFound."""
    if step not in _PAGES:
        raise AgreementNotFound(_("There is no such page of this form."))
    return _PAGES[step]


def _path(place: str, challenge_id: UUID) -> str:
    return f"/wijken/{place}/uitdagingen/{challenge_id}/overeenkomst"


def _filled(terms: AgreementTerms) -> Form:
    """Return the form as it was saved, in the way somebody would type it."""
    values: dict[str, list[str]] = {}
    for name, value in terms.model_dump(by_alias=False).items():
        for key, each in _fields(name, value):
            values.setdefault(key, []).append(each)
    return Form(values)


def _fields(name: str, value: Any) -> list[tuple[str, str]]:
    """Return what stands in each field of the form for one part of an agreement."""
    if isinstance(value, dict):
        return [pair for key, each in value.items() for pair in _fields(f"{name}.{key}", each)]
    if isinstance(value, list):
        rows = enumerate(value)
        return [
            pair for row, each in rows for pair in _fields(name if isinstance(each, date) else f"{name}.{row}", each)
        ]
    if value is None:
        return []
    return [(name, euros_from_cents(value) if name.endswith("_cents") else str(value))]

# SPDX-License-Identifier: EUPL-1.2
"""The pages of the neighbourhood contract: all of them, one, and the text that parties agree to."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.council.contracts import queries, service
from wijkbudget.council.contracts.schemas import (
    AddParty,
    AddPromise,
    AgreeToContract,
    DraftContract,
    OpenChange,
    ReviewContract,
)
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries as identity
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import Text, _

_WRITING = (queries.contract, identity.organisations)


class ContractPages(Controller):
    """What parties promise a neighbourhood for a year."""

    path = "/wijken/{place:str}/wijkcontract"
    include_in_schema = False

    @get("/", opt=does(queries.contracts))
    async def overview(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show everybody the contracts of a neighbourhood, and what part of each was kept."""
        return page(request, "council/contracts.html", found=await desk.ask(queries.contracts, place))

    @post("/", opt=does(service.draft_contract, queries.contracts))
    async def draft(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Begin the contract of a year."""
        form = await read_form(request)
        try:
            made = await desk.act(service.draft_contract, place, form.command(DraftContract))
        except Refusal as refusal:
            found = await desk.ask(queries.contracts, place)
            return page(request, "council/contracts.html", form=form, refusal=refusal, found=found)
        return redirect(request, _text(place, made.id), done=_("Write down now who takes part and what each promises."))

    @get("/{contract_id:uuid}", opt=does(queries.contract))
    async def read(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], contract_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show a contract: what was promised, what became of it, and what waits for whom."""
        return await _contract(request, desk, place, contract_id)

    @post("/partijen/{party_id:uuid}/akkoord", opt=does(service.agree))
    async def agree(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], party_id: FromPath[UUID]
    ) -> Response[Any]:
        """Agree for a party to the text as it was read."""
        form = await read_form(request)
        made = await desk.act(service.agree, place, party_id, form.command(AgreeToContract))
        return redirect(request, _path(place, made.id), done=_("Your party agreed."))

    @post("/{contract_id:uuid}/overleg", opt=does(service.review_contract, queries.contract))
    async def review(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], contract_id: FromPath[UUID]
    ) -> Response[Any]:
        """Write down what the parties found together."""
        form = await read_form(request)
        try:
            await desk.act(service.review_contract, place, contract_id, form.command(ReviewContract))
        except Refusal as refusal:
            return await _contract(request, desk, place, contract_id, form, refusal)
        return redirect(request, _path(place, contract_id), done=_("It is written down, and everybody can read it."))

    @post("/{contract_id:uuid}/sluiten", opt=does(service.close_contract, queries.contract))
    async def close(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], contract_id: FromPath[UUID]
    ) -> Response[Any]:
        """Close a contract whose year is over."""
        await read_form(request)
        try:
            await desk.act(service.close_contract, place, contract_id)
        except Refusal as refusal:
            return await _contract(request, desk, place, contract_id, EMPTY, refusal)
        return redirect(request, _path(place, contract_id), done=_("The contract is closed. Its numbers stand."))

    @get("/{contract_id:uuid}/tekst", opt=does(*_WRITING))
    async def writing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], contract_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the text that is open, with the forms that change it."""
        return await _writing(request, desk, place, contract_id)

    @post("/{contract_id:uuid}/partijen", opt=does(service.add_party, *_WRITING))
    async def add_party(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], contract_id: FromPath[UUID]
    ) -> Response[Any]:
        """Let a party take part."""
        form = await read_form(request)
        try:
            await desk.act(service.add_party, place, contract_id, form.command(AddParty))
        except Refusal as refusal:
            return await _writing(request, desk, place, contract_id, form, refusal)
        return _written(request, place, contract_id, _("This party takes part now."))

    @post("/{contract_id:uuid}/afspraken", opt=does(service.add_promise, *_WRITING))
    async def add_promise(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], contract_id: FromPath[UUID]
    ) -> Response[Any]:
        """Write down what a party promises."""
        form = await read_form(request)
        try:
            await desk.act(service.add_promise, place, contract_id, form.command(AddPromise))
        except Refusal as refusal:
            return await _writing(request, desk, place, contract_id, form, refusal)
        return _written(request, place, contract_id, _("The promise is in the text now."))

    @post("/{contract_id:uuid}/wijziging", opt=does(service.open_change, queries.contract))
    async def open_change(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], contract_id: FromPath[UUID]
    ) -> Response[Any]:
        """Begin a change of a contract that holds."""
        form = await read_form(request)
        try:
            await desk.act(service.open_change, place, contract_id, form.command(OpenChange))
        except Refusal as refusal:
            return await _contract(request, desk, place, contract_id, form, refusal)
        return _written(request, place, contract_id, _("You can change the text now."))

    @post("/{contract_id:uuid}/wijziging/intrekken", opt=does(service.withdraw_change))
    async def withdraw_change(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], contract_id: FromPath[UUID]
    ) -> Response[Any]:
        """Leave the contract as it was."""
        await read_form(request)
        await desk.act(service.withdraw_change, place, contract_id)
        return redirect(request, _path(place, contract_id), done=_("The contract stays as it was."))


async def _contract(  # noqa: PLR0913, PLR0917 - what was filled in beside what is shown
    request: PageRequest,
    desk: FrontDesk,
    place: str,
    contract_id: UUID,
    form: Form = EMPTY,
    refusal: Refusal | None = None,
) -> Response[Any]:
    """Show a contract, with why something about it was refused."""
    contract = await desk.ask(queries.contract, place, contract_id)
    return page(request, "council/contract.html", form=form, refusal=refusal, contract=contract)


async def _writing(  # noqa: PLR0913, PLR0917 - what was filled in beside what is shown
    request: PageRequest,
    desk: FrontDesk,
    place: str,
    contract_id: UUID,
    form: Form = EMPTY,
    refusal: Refusal | None = None,
) -> Response[Any]:
    """Show the text that is open, with what was filled in and is not right yet."""
    return page(
        request,
        "council/contract_text.html",
        form=form,
        refusal=refusal,
        contract=await desk.ask(queries.contract, place, contract_id),
        organisations=await desk.ask(identity.organisations, place),
    )


def _written(request: PageRequest, place: str, contract_id: UUID, done: Text) -> Response[Any]:
    return redirect(request, _text(place, contract_id), done=done)


def _path(place: str, contract_id: UUID) -> str:
    return f"/wijken/{place}/wijkcontract/{contract_id}"


def _text(place: str, contract_id: UUID) -> str:
    return f"{_path(place, contract_id)}/tekst"

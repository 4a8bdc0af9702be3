# SPDX-License-Identifier: EUPL-1.2
"""The pages on which one voter sees whether a vote was cast, gets a new code, or says that another voted with it."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import FindResidents
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.voting import queries, service
from wijkbudget.voting.letters.schemas import FindByPseudonym, HandVotingCode, MailVotingCode, ReportStolen
from wijkbudget.voting.mandates import queries as mandates
from wijkbudget.voting.phases import AlreadyVoted
from wijkbudget.voting.schemas import ReplaceCode

NEW_CODE = "voting/new_code.html"

_OWN_VOTE = (queries.was_cast, queries.round_, mandates.own_mandates)
"""What the page of the reader's own vote asks."""


class CodePages(Controller):
    """A new code instead of a lost one, by letter, by e-mail or at the desk; and a code that was stolen."""

    path = "/wijken/{place:str}/stemrondes/{round_id:uuid}"
    include_in_schema = False

    @get("/nieuwe-code", opt=does(queries.round_))
    async def replacing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the form to find somebody, for whoever helps a resident at the desk."""
        found = await desk.ask(queries.round_, place, round_id)
        return page(request, NEW_CODE, round=found, people=None, stolen_of=None)

    @post("/nieuwe-code/adres", opt=does(identity.residents_at, queries.round_))
    async def choosing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show who lives at an address; asked in a form, so that no address stands in a log."""
        form = await read_form(request)
        found = await desk.ask(queries.round_, place, round_id)
        try:
            people = await desk.ask(identity.residents_at, place, form.command(FindResidents))
        except Refusal as refusal:
            return page(request, NEW_CODE, form=form, refusal=refusal, round=found, people=None, stolen_of=None)
        return page(request, NEW_CODE, form=form, round=found, people=people, stolen_of=None)

    @post("/nieuwe-code/pseudoniem", opt=does(identity.resident_called, queries.round_))
    async def calling(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show whom the register calls by a pseudonym, because no address of theirs is kept."""
        form = await read_form(request)
        found = await desk.ask(queries.round_, place, round_id)
        try:
            people = await desk.ask(identity.resident_called, place, form.command(FindByPseudonym).pseudonym)
        except Refusal as refusal:
            return page(request, NEW_CODE, form=form, refusal=refusal, round=found, people=None, stolen_of=None)
        return page(request, NEW_CODE, form=form, round=found, people=people, stolen_of=None)

    @post("/nieuwe-code", opt=does(service.replace_code, queries.round_))
    async def replace_code(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Send a new code instead of a lost one."""
        form = await read_form(request)
        try:
            await desk.act(service.replace_code, place, round_id, form.command(ReplaceCode))
        except Refusal as refusal:
            found = await desk.ask(queries.round_, place, round_id)
            stolen_of = form.get("person_id") if isinstance(refusal, AlreadyVoted) else None
            return page(request, NEW_CODE, form=form, refusal=refusal, round=found, people=None, stolen_of=stolen_of)
        return redirect(request, _path(place, round_id), done=_("A new code is on its way by letter."))

    @post("/nieuwe-code/balie", opt=does(service.hand_voting_code, queries.round_), status_code=200)
    async def hand_voting_code(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show a new code, to be printed and handed over; it is never shown again."""
        form = await read_form(request)
        found = await desk.ask(queries.round_, place, round_id)
        try:
            handed = await desk.act(service.hand_voting_code, place, round_id, form.command(HandVotingCode))
        except Refusal as refusal:
            stolen_of = form.get("person_id") if isinstance(refusal, AlreadyVoted) else None
            return page(request, NEW_CODE, form=form, refusal=refusal, round=found, people=None, stolen_of=stolen_of)
        return page(request, "voting/handed_code.html", round=found, handed=handed)

    @get("/mijn-stem", opt=does(*_OWN_VOTE))
    async def was_cast(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show whether a vote was cast in the reader's name."""
        return await _own_vote(request, desk, place, round_id)

    @post("/nieuwe-code/mail", opt=does(service.mail_voting_code, *_OWN_VOTE))
    async def mail_voting_code(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Send the reader a new code by e-mail."""
        form = await read_form(request)
        try:
            await desk.act(service.mail_voting_code, place, round_id, form.command(MailVotingCode))
        except Refusal as refusal:
            return await _own_vote(request, desk, place, round_id, form=form, refusal=refusal)
        return redirect(request, _path(place, round_id), done=_("A new code is on its way by e-mail."))

    @post("/gestolen", opt=does(service.report_stolen))
    async def report_stolen(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Report that another voted with a code."""
        form = await read_form(request)
        await desk.act(service.report_stolen, place, round_id, form.command(ReportStolen))
        done = _("It is reported. The ballot stays in the box; the council decides in public what it means.")
        return redirect(request, _path(place, round_id), done=done)


async def _own_vote(request: PageRequest, desk: FrontDesk, place: str, round_id: UUID, **said: Any) -> Response[Any]:
    """Show the reader's own vote, and the form for another code."""
    return page(
        request,
        "voting/own_vote.html",
        mine=await desk.ask(queries.was_cast, place, round_id, desk.actor.id),
        round=await desk.ask(queries.round_, place, round_id),
        mandates=await desk.ask(mandates.own_mandates, place, round_id, desk.actor.id),
        person_id=desk.actor.id,
        **said,
    )


def _path(place: str, round_id: UUID) -> str:
    return f"/wijken/{place}/stemrondes/{round_id}"

# SPDX-License-Identifier: EUPL-1.2
"""The pages of paper ballots: the one to print, and those of the people who open and enter them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.voting.paper import queries, service
from wijkbudget.voting.paper.rules import ASIDE_NAMES, LETTERS, SEAT_NAMES, SPOILED_NAMES
from wijkbudget.voting.paper.schemas import EndReceiving, EnterBallot, EnvelopeView, ReceiveEnvelope, TakeSeat

REASONS = [(letter, SPOILED_NAMES[reason]) for letter, reason in LETTERS.items()]


class PaperPages(Controller):
    """The paper of a round; a code travels in forms only, and no page shows what somebody entered."""

    path = "/wijken/{place:str}/stemrondes/{round_id:uuid}"
    include_in_schema = False

    @get("/papier/biljet", opt=does(queries.printed_ballot))
    async def ballot(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the ballot to print, with the strip for the code."""
        paper = await desk.ask(queries.printed_ballot, place, round_id)
        return page(request, "voting/paper/ballot.html", paper=paper)

    @get("/telstaat", opt=does(queries.paper_sheet))
    async def sheet(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the sheet of the paper ballots."""
        sheet = await desk.ask(queries.paper_sheet, place, round_id)
        return page(request, "voting/paper/sheet.html", sheet=sheet, asides=ASIDE_NAMES, reasons=SPOILED_NAMES)

    @get("/papier", opt=does(queries.paper_progress))
    async def progress(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show how far the paper is, and what whoever asks does."""
        return await _Table(request, desk, place, round_id).progress()

    @post("/papier/plek", opt=does(service.take_seat, queries.paper_progress))
    async def take_seat(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Take a seat."""
        form = await read_form(request)
        try:
            await desk.act(service.take_seat, place, round_id, form.command(TakeSeat))
        except Refusal as refusal:
            return await _Table(request, desk, place, round_id).progress(form, refusal)
        return redirect(request, _Table(request, desk, place, round_id).path, done=_("This is your task now."))

    @post("/papier/plek/verlaten", opt=does(service.leave_seat, queries.paper_progress))
    async def leave_seat(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Give back a seat."""
        try:
            await desk.act(service.leave_seat, place, round_id)
        except Refusal as refusal:
            return await _Table(request, desk, place, round_id).progress(refusal=refusal)
        return redirect(request, _Table(request, desk, place, round_id).path, done=_("You gave the task back."))

    @get("/papier/enveloppen", opt=does(queries.paper_progress))
    async def envelopes(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Ask for the code of an envelope."""
        return await _Table(request, desk, place, round_id).envelopes()

    @post("/papier/enveloppen", opt=does(service.receive, queries.paper_progress))
    async def receive(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Put an envelope on the list, and say where it goes; that stands in no address, so there is no redirect."""
        form = await read_form(request)
        try:
            envelope = await desk.act(service.receive, place, round_id, form.command(ReceiveEnvelope))
        except Refusal as refusal:
            return await _Table(request, desk, place, round_id).envelopes(form, refusal)
        return await _Table(request, desk, place, round_id).envelopes(envelope=envelope)

    @post("/papier/enveloppen/geteld", opt=does(service.end_receiving, queries.paper_progress))
    async def end_receiving(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Hold the envelopes against the list."""
        form = await read_form(request)
        try:
            await desk.act(service.end_receiving, place, round_id, form.command(EndReceiving))
        except Refusal as refusal:
            return await _Table(request, desk, place, round_id).envelopes(form, refusal)
        return redirect(
            request,
            _Table(request, desk, place, round_id).path,
            done=_("The envelopes are counted. Their codes are forgotten."),
        )

    @get("/papier/stapels/{voice:int}", opt=does(queries.next_paper))
    async def next_ballot(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        voice: FromPath[int],
    ) -> Response[Any]:
        """Ask for the next ballot of a stack."""
        return await _Table(request, desk, place, round_id).entry(voice)

    @post("/papier/stapels/{voice:int}", opt=does(service.enter, queries.next_paper))
    async def enter(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        voice: FromPath[int],
    ) -> Response[Any]:
        """Enter a ballot and go on to the next."""
        form = await read_form(request)
        try:
            entered = await desk.act(service.enter, place, round_id, form.command(EnterBallot, voice_hundredths=voice))
        except Refusal as refusal:
            return await _Table(request, desk, place, round_id).entry(voice, form, refusal)
        again = _("All three of you entered this ballot differently. It is entered again from the start.")
        done = again if entered.is_again else _("The ballot is entered.")
        return redirect(request, f"{_Table(request, desk, place, round_id).path}/stapels/{voice}", done=done)

    @post("/papier/kloppend", opt=does(service.balance, queries.paper_progress))
    async def balance(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Put the paper ballots into the box."""
        try:
            await desk.act(service.balance, place, round_id)
        except Refusal as refusal:
            return await _Table(request, desk, place, round_id).progress(refusal=refusal)
        return redirect(
            request,
            _Table(request, desk, place, round_id).path,
            done=_("The sheet balances. The paper ballots are in the box."),
        )


@dataclass(frozen=True)
class _Table:
    """Where the people of one round sit, and one of them asks for a page."""

    request: PageRequest
    desk: FrontDesk
    place: str
    round_id: UUID

    @property
    def path(self) -> str:
        """Return the address of all these pages."""
        return f"/wijken/{self.place}/stemrondes/{self.round_id}/papier"

    async def progress(self, form: Form = EMPTY, refusal: Refusal | None = None) -> Response[Any]:
        """Show how far it is."""
        found = await self.desk.ask(queries.paper_progress, self.place, self.round_id)
        name = "voting/paper/progress.html"
        return page(self.request, name, form=form, refusal=refusal, progress=found, seat_names=SEAT_NAMES)

    async def envelopes(
        self, form: Form = EMPTY, refusal: Refusal | None = None, envelope: EnvelopeView | None = None
    ) -> Response[Any]:
        """Ask for the next envelope, and say where the last one goes."""
        found = await self.desk.ask(queries.paper_progress, self.place, self.round_id)
        shown = {"progress": found, "envelope": envelope, "asides": ASIDE_NAMES}
        return page(self.request, "voting/paper/envelopes.html", form=form, refusal=refusal, **shown)

    async def entry(self, voice: int, form: Form = EMPTY, refusal: Refusal | None = None) -> Response[Any]:
        """Ask for the next ballot of a stack."""
        found = await self.desk.ask(queries.next_paper, self.place, self.round_id, voice)
        return page(self.request, "voting/paper/entry.html", form=form, refusal=refusal, next=found, reasons=REASONS)

# SPDX-License-Identifier: EUPL-1.2
"""The pages of rounds: their days, their outcome, their ballots, and a new code for who lost theirs."""

import base64
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail import alarms
from wijkbudget.voting import queries, service
from wijkbudget.voting.codes import CODE_TRIES
from wijkbudget.voting.letters import queries as letters
from wijkbudget.voting.mandates import queries as mandates
from wijkbudget.voting.pabulib import text_of
from wijkbudget.voting.phases import PHASE_NAMES
from wijkbudget.voting.schemas import ImportElection, PrepareRound


class RoundPages(Controller):
    """The rounds of a neighbourhood."""

    path = "/wijken/{place:str}/stemrondes"
    include_in_schema = False

    @get("/", opt=does(queries.rounds, neighbourhoods.neighbourhood))
    async def list_all(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show all rounds."""
        neighbourhood = await desk.ask(neighbourhoods.neighbourhood, place)
        rounds = await desk.ask(queries.rounds, place)
        return page(request, "voting/rounds.html", neighbourhood=neighbourhood, rounds=rounds, phase_names=PHASE_NAMES)

    @get("/nieuw", opt=does(neighbourhoods.neighbourhood))
    async def preparing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form for a round."""
        neighbourhood = await desk.ask(neighbourhoods.neighbourhood, place)
        return page(request, "voting/prepare.html", neighbourhood=neighbourhood)

    @post("/", opt=does(service.prepare, neighbourhoods.neighbourhood))
    async def prepare(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Prepare a round."""
        form = await read_form(request)
        try:
            prepared = await desk.act(service.prepare, place, form.command(PrepareRound))
        except Refusal as refusal:
            neighbourhood = await desk.ask(neighbourhoods.neighbourhood, place)
            return page(request, "voting/prepare.html", form=form, refusal=refusal, neighbourhood=neighbourhood)
        return redirect(request, _path(place, prepared.id), done=_("The round is prepared."))

    @get("/overnemen", opt=does(neighbourhoods.neighbourhood))
    async def importing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form for a vote that was held elsewhere."""
        neighbourhood = await desk.ask(neighbourhoods.neighbourhood, place)
        return page(request, "voting/import.html", neighbourhood=neighbourhood)

    @post("/overnemen", opt=does(service.import_pabulib, neighbourhoods.neighbourhood))
    async def import_election(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Put a vote that was held elsewhere on the record."""
        form = await read_form(request)
        try:
            command = form.command(ImportElection, text=text_of(base64.b64decode(form.get("file"))))
            made = await desk.act(service.import_pabulib, place, command)
        except Refusal as refusal:
            neighbourhood = await desk.ask(neighbourhoods.neighbourhood, place)
            return page(request, "voting/import.html", form=form, refusal=refusal, neighbourhood=neighbourhood)
        return redirect(request, _path(place, made.id), done=_("The vote is on the record, and was counted again."))

    @get(
        "/{round_id:uuid}",
        opt=does(queries.round_, queries.successions, letters.stolen, mandates.mandates, alarms.alarm),
    )
    async def read(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show a round: its plans, its days and its rules."""
        found = await desk.ask(queries.round_, place, round_id)
        stolen = await desk.ask(letters.stolen, place, round_id)
        return page(
            request,
            "voting/round.html",
            round=found,
            phase_names=PHASE_NAMES,
            successions=await desk.ask(queries.successions, place, round_id),
            alarm=await desk.ask(alarms.alarm, place, CODE_TRIES),
            stolen_count=stolen.reported_count,
            mandates=await desk.ask(mandates.mandates, place, round_id),
        )

    @post("/{round_id:uuid}/openen", opt=does(service.open_))
    async def open_(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Open a round."""
        await desk.act(service.open_, place, round_id)
        return redirect(
            request, _path(place, round_id), done=_("The round is open. The letters with codes are on their way.")
        )

    @post("/{round_id:uuid}/sluiten", opt=does(service.close))
    async def close(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Close a round."""
        await desk.act(service.close, place, round_id)
        return redirect(request, _path(place, round_id), done=_("The round is closed. The ballots are sealed."))

    @post("/{round_id:uuid}/tellen", opt=does(service.count))
    async def count(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Count a closed round."""
        await desk.act(service.count, place, round_id)
        return redirect(request, f"{_path(place, round_id)}/uitslag", done=_("The ballots are counted."))

    @post("/{round_id:uuid}/afronden", opt=does(service.finish))
    async def finish(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Make an outcome final."""
        await desk.act(service.finish, place, round_id)
        return redirect(request, _path(place, round_id), done=_("The outcome is final."))

    @get("/{round_id:uuid}/uitslag", opt=does(queries.outcome, queries.round_, queries.successions, queries.inquiry))
    async def outcome(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show the outcome, both counts, with a reason for each plan."""
        return page(
            request,
            "voting/outcome.html",
            outcome=await desk.ask(queries.outcome, place, round_id),
            round=await desk.ask(queries.round_, place, round_id),
            successions=await desk.ask(queries.successions, place, round_id),
            inquiry=await desk.ask(queries.inquiry, place, round_id),
        )


def _path(place: str, round_id: UUID) -> str:
    return f"/wijken/{place}/stemrondes/{round_id}"

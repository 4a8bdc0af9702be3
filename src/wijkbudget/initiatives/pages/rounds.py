# SPDX-License-Identifier: EUPL-1.2
"""The pages of the ballot on which plans stand, and of what is decided about its outcome."""

from typing import Any
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
from wijkbudget.initiatives.schemas import AdoptOutcome, AwardOutcome
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.voting import queries as voting


class PlanRoundPages(Controller):
    """What plans have to do with a round: the ballot before it, the adoption after it."""

    path = "/wijken/{place:str}/stemrondes/{round_id:uuid}"
    include_in_schema = False

    @get("/plannen", opt=does(queries.ballot))
    async def ballot(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show which plans wait for the ballot."""
        return page(request, "initiatives/ballot.html", ballot=await desk.ask(queries.ballot, place, round_id))

    @post("/plannen", opt=does(service.put_on_ballot))
    async def put_on_ballot(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Put every plan that waits on the ballot, of the pot that was chosen."""
        form = await read_form(request)
        await desk.act(service.put_on_ballot, place, round_id, form.get("theme") or None)
        path = f"/wijken/{place}/stemrondes/{round_id}/plannen"
        return redirect(request, path, done=_("The plans are on the ballot."))

    @get("/vaststellen", opt=does(queries.adoption, voting.outcome))
    async def adopting(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show what the council adopts."""
        adoption = await desk.ask(queries.adoption, place, round_id)
        outcome = await desk.ask(voting.outcome, place, round_id)
        return page(request, "initiatives/adopt.html", adoption=adoption, outcome=outcome)

    @post("/vaststellen", opt=does(service.adopt, queries.adoption, voting.outcome))
    async def adopt(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Adopt the outcome."""
        form = await read_form(request)
        try:
            await desk.act(service.adopt, place, round_id, form.command(AdoptOutcome, **stances(form)))
        except Refusal as refusal:
            adoption = await desk.ask(queries.adoption, place, round_id)
            outcome = await desk.ask(voting.outcome, place, round_id)
            return page(
                request, "initiatives/adopt.html", form=form, refusal=refusal, adoption=adoption, outcome=outcome
            )
        path = f"/wijken/{place}/stemrondes/{round_id}/vaststellen"
        adoption = await desk.ask(queries.adoption, place, round_id)
        told = _("The advice was recorded. The municipality decides now.")
        done = told if adoption.is_advice else _("The outcome was adopted. Every group has its voucher.")
        return redirect(request, path, done=done)

    @get("/toekennen", opt=does(queries.awarding, voting.outcome))
    async def awarding(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show what an official decides after the advice of the council."""
        awarding = await desk.ask(queries.awarding, place, round_id)
        outcome = await desk.ask(voting.outcome, place, round_id)
        return page(request, "initiatives/award.html", awarding=awarding, outcome=outcome)

    @post("/toekennen", opt=does(service.award, queries.awarding, voting.outcome))
    async def award(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Decide about an outcome after the advice of the council."""
        form = await read_form(request)
        try:
            await desk.act(service.award, place, round_id, form.command(AwardOutcome, refused=_refused(form)))
        except Refusal as refusal:
            awarding = await desk.ask(queries.awarding, place, round_id)
            outcome = await desk.ask(voting.outcome, place, round_id)
            return page(
                request, "initiatives/award.html", form=form, refusal=refusal, awarding=awarding, outcome=outcome
            )
        path = f"/wijken/{place}/stemrondes/{round_id}/toekennen"
        return redirect(request, path, done=_("Decided. Every group gets a letter."))


def _refused(form: Form) -> list[dict[str, str]]:
    """Return the plans that get no money; the form has one reason a plan, named `refused.<id>`, mostly empty."""
    return [
        {"initiative_id": name.removeprefix("refused."), "reason": form.get(name)}
        for name in form.values
        if name.startswith("refused.") and form.get(name).strip()
    ]

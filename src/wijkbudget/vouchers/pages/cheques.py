# SPDX-License-Identifier: EUPL-1.2
"""Resident vouchers (bewonerscheques) on pages: what there is, one's own, and issuing them."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.patience import patience
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import BadInput, Refusal, RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail import tries
from wijkbudget.vouchers.cheques import queries, service
from wijkbudget.vouchers.cheques.rules import CODE_TRIES, WrongCode
from wijkbudget.vouchers.cheques.schemas import IssueCheques, OpenCheque, PledgeByCode, PledgeOwn

OVERVIEW = "vouchers/cheques/overview.html"
DIVIDE = "vouchers/cheques/divide.html"


class ChequePages(Controller):
    """Without an account, by the code on a card; the code travels in forms only, never in an address or a cookie."""

    path = "/wijken/{place:str}/bewonerscheques"
    include_in_schema = False

    @get("/", opt=does(queries.cheques))
    async def overview(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show what there is, and ask for the code on the card."""
        return page(request, OVERVIEW, overview=await desk.ask(queries.cheques, place))

    @post("/", opt=does(queries.cheque_by_code, queries.cheques, tries.demand_patience, tries.count), status_code=200)
    async def found(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the resident voucher with a code."""
        form = await read_form(request)
        return await _by_code(request, desk, place, form)

    @post(
        "/verdelen",
        opt=does(service.pledge_by_code, queries.cheque_by_code, queries.cheques, tries.demand_patience, tries.count),
        status_code=200,
    )
    async def pledge(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Divide the resident voucher with a code; its page stands in no address, so there is no redirect."""
        form = await read_form(request)
        try:
            async with patience(request, desk, CODE_TRIES, WrongCode):
                cheque = await desk.act(service.pledge_by_code, place, form.command(PledgeByCode))
        except Refusal as refusal:
            return await _by_code(request, desk, place, form, refusal)
        return page(request, "vouchers/cheques/divided.html", cheque=cheque)

    @get("/mijn", opt=does(queries.own_cheque, queries.cheques))
    async def own(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show the reader's own resident voucher."""
        return await _own(request, desk, place)

    @post("/mijn", opt=does(service.pledge_own, queries.own_cheque, queries.cheques))
    async def pledge_own(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Divide the reader's own resident voucher over plans."""
        form = await read_form(request)
        try:
            await desk.act(service.pledge_own, place, form.command(PledgeOwn))
        except Refusal as refusal:
            return await _own(request, desk, place, form, refusal)
        done = _("It is kept. You can change it until the last day.")
        return redirect(request, f"/wijken/{place}/bewonerscheques/mijn", done=done)

    @get("/uitgeven", opt=does(neighbourhoods.policy, neighbourhoods.years))
    async def issuing(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Show the form with which resident vouchers are issued."""
        return await _issuing(request, desk, place)

    @post("/uitgeven", opt=does(service.issue_cheques, neighbourhoods.policy, neighbourhoods.years))
    async def issue(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Give everybody an equal amount."""
        form = await read_form(request)
        try:
            await desk.act(service.issue_cheques, place, form.command(IssueCheques))
        except Refusal as refusal:
            return await _issuing(request, desk, place, form=form, refusal=refusal)
        done = _("Everybody has a resident voucher now. Make the cards next.")
        return redirect(request, f"/wijken/{place}/bewonerscheques", done=done)


async def _by_code(
    request: PageRequest, desk: FrontDesk, place: str, form: Form, refusal: Refusal | None = None
) -> Response[Any]:
    """Show the resident voucher with a code, with what is not right yet; where it finds none, ask for the code."""
    if refusal is None or isinstance(refusal, RuleBroken | BadInput):
        try:
            async with patience(request, desk, CODE_TRIES, WrongCode):
                cheque = await desk.ask(queries.cheque_by_code, place, form.command(OpenCheque))
            return page(request, DIVIDE, form=form, refusal=refusal, cheque=cheque, code=form.get("code"))
        except Refusal as unopened:
            refusal = unopened
    overview = await desk.ask(queries.cheques, place)
    return page(request, OVERVIEW, form=form, refusal=refusal, overview=overview)


async def _own(
    request: PageRequest, desk: FrontDesk, place: str, form: Form | None = None, refusal: Refusal | None = None
) -> Response[Any]:
    """Show the reader's own resident voucher, or why there is none."""
    try:
        cheque = await desk.ask(queries.own_cheque, place)
    except Refusal as missing:
        overview = await desk.ask(queries.cheques, place)
        return page(request, OVERVIEW, refusal=missing, overview=overview)
    return page(request, DIVIDE, form=form or Form(), refusal=refusal, cheque=cheque, code=None)


async def _issuing(request: PageRequest, desk: FrontDesk, place: str, **said: Any) -> Response[Any]:
    """Show the form with what the rules allow and what the pot holds."""
    policy = await desk.ask(neighbourhoods.policy, place)
    years = await desk.ask(neighbourhoods.years, place)
    rules = policy.rules.resident_vouchers
    return page(request, "vouchers/cheques/issue.html", rules=rules, years=years, **said)

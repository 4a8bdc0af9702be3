# SPDX-License-Identifier: EUPL-1.2
"""The pages of objections: how it stands with them, and the forms of who objects and of who judges."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges import queries
from wijkbudget.challenges.objections import service
from wijkbudget.challenges.objections.queries import objections
from wijkbudget.challenges.objections.schemas import (
    AdjournObjections,
    DecideObjections,
    EnterObjection,
    FileObjection,
    ObjectionsView,
    PlanHearing,
    ReportHearing,
)
from wijkbudget.challenges.pages.sheets import Sheet, Sheets, pages_of
from wijkbudget.challenges.rules.states import Move
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.text import _

_ASKED = (queries.challenge, objections)


async def _found(desk: FrontDesk, place: str, challenge_id: UUID) -> dict[str, Any]:
    return {
        "bid": await desk.ask(queries.challenge, place, challenge_id),
        "objections": await desk.ask(objections, place, challenge_id),
    }


def _if(can: Callable[[ObjectionsView], bool]) -> Callable[[Mapping[str, Any]], bool]:
    return lambda found: can(found["objections"])


def _decides(found: Mapping[str, Any], by: Move) -> bool:
    """Return whether the reader can decide about the objections, or end them when all were taken back."""
    return by in found["bid"].may and (found["objections"].may_judge or not found["objections"].open_count)


_OF_RESIDENTS = Sheets(
    found=_found,
    then="/bezwaren",
    by_name={
        "bezwaar-maken": Sheet(
            verb=service.object_to,
            command=FileObjection,
            template="objection_file",
            title=_("Object to this decision"),
            says=_("Objecting is free. Another official than who decided looks at it again."),
            done=_("Your objection was received today."),
            can=_if(lambda found: found.may_object),
        ),
    },
)

_OF_OFFICIALS = Sheets(
    found=_found,
    then="/bezwaren",
    by_name={
        "op-papier": Sheet(
            verb=service.enter_objection,
            command=EnterObjection,
            template="objection_file",
            title=_("Enter an objection that came on paper"),
            says=_("Copy what the letter says, and keep the letter."),
            done=_("The objection was entered."),
            can=_if(lambda found: found.may_enter),
        ),
        "hoorzitting": Sheet(
            verb=service.plan_hearing,
            command=PlanHearing,
            template="objection_hearing",
            title=_("Plan the hearing"),
            says=_("Everybody who objected can tell about it. Until ten days before, they can send papers."),
            done=_("Who objected sees when and where the hearing is."),
            can=_if(lambda found: found.may_judge and found.report is None),
        ),
        "verslag": Sheet(
            verb=service.report_hearing,
            command=ReportHearing,
            template="objection_report",
            title=_("Write down what was said at the hearing"),
            says=_("You write this once. Who objected reads it."),
            done=_("What was said is written down."),
            can=_if(lambda found: found.may_judge and found.hearing_on is not None and found.report is None),
        ),
        "verdagen": Sheet(
            verb=service.adjourn_objections,
            command=AdjournObjections,
            template="objection_adjourn",
            title=_("Decide six weeks later"),
            says=_("You do this once, before the last day is over."),
            done=_("The decision was put off. Who objected sees the new day."),
            can=_if(lambda found: found.may_judge and not found.was_put_off),
        ),
        "afwijzen": Sheet(
            verb=service.uphold,
            command=DecideObjections,
            template="objection_decide",
            title=_("The decision stays as it was"),
            says=_("You answer all open objections at once. None of them is followed."),
            done=_("The objections were answered. The decision stays as it was."),
            can=lambda found: _decides(found, Move.UPHOLD),
        ),
        "volgen": Sheet(
            verb=service.revise,
            command=DecideObjections,
            template="objection_decide",
            title=_("Decide anew"),
            says=_("You answer all open objections at once. At least one of them is founded."),
            done=_("The objections were answered. The municipality decides anew."),
            can=lambda found: _decides(found, Move.REVISE),
        ),
    },
)


class ObjectionPages(Controller):
    """Objections to decisions about bids."""

    path = "/wijken/{place:str}/uitdagingen/{challenge_id:uuid}/bezwaren"
    include_in_schema = False

    @get("/", opt=does(*_ASKED))
    async def read(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show how it stands with the objections to a decision."""
        return page(request, "challenges/objections.html", **await _found(desk, place, challenge_id))

    @post("/{objection_id:uuid}/intrekken", opt=does(service.withdraw_objection))
    async def withdraw(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        objection_id: FromPath[UUID],
    ) -> Response[Any]:
        """Take one's own objection back."""
        await desk.act(service.withdraw_objection, place, challenge_id, objection_id)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}/bezwaren"
        return redirect(request, path, done=_("You took your objection back."))


ObjectPages = pages_of("/bezwaren", _OF_RESIDENTS, *_ASKED)
JudgePages = pages_of("/bezwaren/gemeente", _OF_OFFICIALS, *_ASKED)

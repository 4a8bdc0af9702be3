# SPDX-License-Identifier: EUPL-1.2
"""The pages of decisions: the public list, and deciding about a bid."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.challenges import queries
from wijkbudget.challenges.advice.queries import council_advice
from wijkbudget.challenges.advice.rules.council import is_followed
from wijkbudget.challenges.assessment.queries import assessment
from wijkbudget.challenges.decisions import queries as decisions
from wijkbudget.challenges.decisions import service
from wijkbudget.challenges.decisions.schemas import Award, AwardPartly, DecisionLine, Refuse
from wijkbudget.challenges.pages.sheets import Sheet, Sheets, pages_of
from wijkbudget.challenges.rules.grounds import GROUNDS
from wijkbudget.challenges.rules.states import Move
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download
from wijkbudget.http.page import page
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.sheets import sheet_of
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods

_ASKED = (queries.challenge, assessment, council_advice, neighbourhoods.policy)
"""What the form of a decision shows."""

_DECIDING = (Move.AWARD, Move.AWARD_PARTLY, Move.REFUSE)

_DONE = _("It is decided. The letter waits to be sent.")


async def _found(desk: FrontDesk, place: str, challenge_id: UUID) -> dict[str, Any]:
    """Return a bid, what its group was told and answered, what was advised, and the rules. Raises ChallengeNotFound."""
    advice = await desk.ask(council_advice, place, challenge_id)
    stance = advice.stance if advice else None
    return {
        "advice": advice,
        "not_followed": {move for move in _DECIDING if stance and not is_followed(stance, move)},
        "bid": await desk.ask(queries.challenge, place, challenge_id),
        "assessment": await desk.ask(assessment, place, challenge_id),
        "policy": (await desk.ask(neighbourhoods.policy, place)).rules.challenges,
        "grounds": GROUNDS,
    }


_ANSWERS = Sheets(
    found=_found,
    then="/brieven",
    by_name={
        "toewijzen": Sheet(
            verb=service.award,
            command=Award,
            template="decision_form",
            title=_("Award this bid"),
            says=_("The group may take the task over, for at most what it asked."),
            done=_DONE,
            can=lambda found: Move.AWARD in found["bid"].may,
        ),
        "deels-toewijzen": Sheet(
            verb=service.award_partly,
            command=AwardPartly,
            template="decision_part",
            title=_("Award part of this bid"),
            says=_("The group may take part of the task over."),
            done=_DONE,
            can=lambda found: Move.AWARD_PARTLY in found["bid"].may,
        ),
        "afwijzen": Sheet(
            verb=service.refuse,
            command=Refuse,
            template="decision_refusal",
            title=_("Refuse this bid"),
            says=_("The group may not take the task over."),
            done=_DONE,
            can=lambda found: Move.REFUSE in found["bid"].may,
        ),
    },
)


class DecisionPages(Controller):
    """What the municipality decided about bids."""

    path = "/wijken/{place:str}/uitdagingen"
    include_in_schema = False

    @get("/besluiten", opt=does(decisions.decision_list))
    async def list_all(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        jaar: FromQuery[int | None] = None,
    ) -> Response[Any]:
        """Show the decisions of a year."""
        found = await desk.ask(decisions.decision_list, place, jaar)
        return page(request, "challenges/decision_list.html", found=found)

    @get("/besluiten/csv", opt=does(decisions.decision_list))
    async def fetch(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], jaar: FromQuery[int | None] = None
    ) -> Response[bytes]:
        """Give the decisions of a year as a file."""
        found = await desk.ask(decisions.decision_list, place, jaar)
        name = f"besluiten-uitdaagrecht-{place}-{found.year}.csv"
        return download(_sheet(found.lines).encode(), name=name, media_type="text/csv; header=present")

    @get("/{challenge_id:uuid}/besluit", opt=does(*_ASKED))
    async def choosing(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Ask what is decided."""
        found = await _found(desk, place, challenge_id)
        possible = {name: sheet for name, sheet in _ANSWERS.by_name.items() if sheet.can(found)}
        return page(request, "challenges/decision_choose.html", bid=found["bid"], sheets=possible)


DecidePages = pages_of("/besluit", _ANSWERS, *_ASKED)


def _sheet(lines: Iterable[DecisionLine]) -> str:
    """Return decisions as a file for a spreadsheet, in the words of the API."""
    columns = ("decidedOn", "taskTitle", "title", "outcome", "body", "grounds")
    return sheet_of(
        columns,
        (
            (
                line.decided_on.isoformat(),
                line.task_title,
                line.title,
                line.outcome,
                line.body,
                " ".join(each.ground for each in line.grounds),
            )
            for line in lines
        ),
    )

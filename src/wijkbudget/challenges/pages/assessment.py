# SPDX-License-Identifier: EUPL-1.2
"""The pages on which the municipality looks into a bid, and its group says what it thinks of that."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges import queries
from wijkbudget.challenges.assessment import service
from wijkbudget.challenges.assessment.queries import assessment
from wijkbudget.challenges.assessment.rules import ground_called
from wijkbudget.challenges.assessment.schemas import (
    AnswerIntention,
    CheckGround,
    Elaborate,
    IntendRefusal,
    PlanTalk,
    WriteMinutes,
)
from wijkbudget.challenges.pages.sheets import Sheet, Sheets, pages_of
from wijkbudget.challenges.rules.states import Move
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _

_ASKED = (queries.challenge, assessment)
"""What every page here shows."""


async def _found(desk: FrontDesk, place: str, challenge_id: UUID) -> dict[str, Any]:
    """Return a bid, and how far the municipality is with looking into it. Raises ChallengeNotFound."""
    return {
        "bid": await desk.ask(queries.challenge, place, challenge_id),
        "assessment": await desk.ask(assessment, place, challenge_id),
    }


_OF_OFFICIALS = Sheets(
    found=_found,
    then="",
    by_name={
        "kennismaking": Sheet(
            verb=service.meet,
            command=PlanTalk,
            template="assessment_talk",
            title=_("Plan the talk"),
            says=_("Invite the group, and the officials who know the task. The group sees when and where."),
            done=_("The group sees when and where the talk is."),
            can=lambda found: Move.MEET in found["bid"].may,
        ),
        "verzetten": Sheet(
            verb=service.move_talk,
            command=PlanTalk,
            template="assessment_talk",
            title=_("Move the talk"),
            says=_("Choose another day or place. The group sees it."),
            done=_("The group sees when and where the talk is."),
            can=lambda found: found["assessment"].may_plan and Move.MEET not in found["bid"].may,
        ),
        "verslag": Sheet(
            verb=service.write_minutes,
            command=WriteMinutes,
            template="assessment_minutes",
            title=_("Write down what was said"),
            says=_("You write this once. The group reads it, and so does who decides."),
            done=_("What was said is written down."),
            can=lambda found: found["assessment"].may_write_minutes,
        ),
        "voornemen": Sheet(
            verb=service.intend_refusal,
            command=IntendRefusal,
            template="assessment_intention",
            title=_("Tell the group that you mean to say no"),
            says=_("The group gets the chance to answer before anything is decided."),
            done=_("The group sees what you mean to say, and until when it can answer."),
            can=lambda found: Move.INTEND_REFUSAL in found["bid"].may,
        ),
    },
)

_OF_THE_GROUP = Sheets(
    found=_found,
    then="",
    by_name={
        "uitwerken": Sheet(
            verb=service.elaborate,
            command=Elaborate,
            template="assessment_elaboration",
            title=_("Take time to work your bid out"),
            says=_(
                "You can change every page of your bid. The time in which the municipality must decide stands still."
            ),
            done=_("The time stands still. You can change your bid now."),
            can=lambda found: Move.ELABORATE in found["bid"].may,
        ),
        "antwoord": Sheet(
            verb=service.answer_intention,
            command=AnswerIntention,
            template="assessment_answer",
            title=_("Say what you think of it"),
            says=_("The municipality reads your answer before it decides. You answer once, for your whole group."),
            done=_("Your answer was received today."),
            can=lambda found: found["assessment"].may_answer,
        ),
    },
)


class AssessmentPages(Controller):
    """The talk, the checklist, and what the municipality means to say."""

    path = "/wijken/{place:str}/uitdagingen/{challenge_id:uuid}/onderzoek"
    include_in_schema = False

    @get("/", opt=does(*_ASKED))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show how far the municipality is with looking into a bid."""
        return page(request, "challenges/assessment.html", **await _found(desk, place, challenge_id))

    @get("/gronden/{ground:str}", opt=does(*_ASKED))
    async def checking(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        ground: FromPath[str],
    ) -> Response[Any]:
        """Show one ground of the checklist."""
        return await _ground_page(request, desk, (place, challenge_id), ground)

    @post("/gronden/{ground:str}", opt=does(service.check_ground, *_ASKED))
    async def check(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        ground: FromPath[str],
    ) -> Response[Any]:
        """Write down what was found about a ground, and go on with the next at which nobody looked."""
        asked, form = ground_called(ground), await read_form(request)
        try:
            found = await desk.act(service.check_ground, place, challenge_id, form.command(CheckGround, ground=asked))
        except Refusal as refusal:
            return await _ground_page(request, desk, (place, challenge_id), ground, form, refusal)
        left = [each.ground for each in found.checklist if each.is_open]
        path = f"/wijken/{place}/uitdagingen/{challenge_id}/onderzoek"
        following = next((each for each in left if each > asked), left[0] if left else None)
        return redirect(request, f"{path}/gronden/{following}" if following else path, done=_("It is written down."))


OfficialAssessmentPages = pages_of("/onderzoek", _OF_OFFICIALS, *_ASKED)
ResponsePages = pages_of("/reactie", _OF_THE_GROUP, *_ASKED)


async def _ground_page(  # noqa: PLR0913, PLR0917 - what was filled in beside what is shown
    request: PageRequest,
    desk: FrontDesk,
    which: tuple[str, UUID],
    code: str,
    form: Form | None = None,
    refusal: Refusal | None = None,
) -> Response[Any]:
    """Show one ground with what was found last, or with what the house itself found. Raises GroundNotFound."""
    asked, found = ground_called(code), await _found(desk, *which)
    ground = next((each for each in found["assessment"].checklist if each.ground is asked), None)
    finding = ground and (ground.finding or ground.proposed)
    known = Form({"finding": [finding or ""], "reason": [ground.reason]}) if ground else EMPTY
    return page(
        request, "challenges/assessment_ground.html", form=form or known, refusal=refusal, ground=ground, **found
    )

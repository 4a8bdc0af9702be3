# SPDX-License-Identifier: EUPL-1.2
"""The pages of work that a group took over: how it goes, what both sides and residents find, and how it ends."""

from typing import Any
from uuid import UUID

import segno
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges import queries
from wijkbudget.challenges.pages.sheets import Sheet, Sheets, pages_of
from wijkbudget.challenges.reviews import service
from wijkbudget.challenges.reviews.queries import course
from wijkbudget.challenges.reviews.schemas import (
    AnswerSurvey,
    EndAgreement,
    ExtendAgreement,
    HandBack,
    HandOver,
    ReportWork,
    SuspendWork,
    WriteFinding,
    WriteLesson,
)
from wijkbudget.challenges.rules.states import Move
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.page import page
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.text import _

_ASKED = (queries.challenge, course)
"""What every page here shows."""


async def _found(desk: FrontDesk, place: str, challenge_id: UUID) -> dict[str, Any]:
    """Return a bid, and how its work goes. Raises ChallengeNotFound or NoAgreement."""
    return {
        "bid": await desk.ask(queries.challenge, place, challenge_id),
        "course": await desk.ask(course, place, challenge_id),
    }


_OF_RESIDENTS = Sheets(
    found=_found,
    then="/verloop",
    by_name={
        "verslag": Sheet(
            verb=service.report,
            command=ReportWork,
            template="course_report",
            title=_("Send the report"),
            says=_("Tell how far you are with what you agreed. Everybody can read it, so name no persons."),
            done=_("Your report is there. Everybody can read it."),
            can=lambda found: found["course"].may_report,
        ),
        "teruggeven": Sheet(
            verb=service.hand_back,
            command=HandBack,
            template="course_end",
            title=_("Give the task back"),
            says=_("You can stop early. Everything is handed over then, so that nobody is left without."),
            done=_("You give the task back. Now hand everything over."),
            can=lambda found: Move.HAND_BACK in found["bid"].may,
        ),
        "vragen": Sheet(
            verb=service.answer_survey,
            command=AnswerSurvey,
            template="course_survey",
            title=_("Answer three questions"),
            says=_("What do you notice of this work? We keep that you answered, and never what you answered."),
            done=_("Thank you. Your answers are counted, and your name is not with them."),
            can=lambda found: found["course"].may_answer,
        ),
    },
)
"""What the group does, and what its neighbours answer."""

_OF_OFFICIALS = Sheets(
    found=_found,
    then="/verloop",
    by_name={
        "stilleggen": Sheet(
            verb=service.suspend,
            command=SuspendWork,
            template="course_suspend",
            title=_("Let the work stand still"),
            says=_("For instance while the weather or an accident stops it. The agreement ends on the same day."),
            done=_("The work stands still. Everybody sees until when."),
            can=lambda found: Move.SUSPEND in found["bid"].may,
        ),
        "verlengen": Sheet(
            verb=service.extend,
            command=ExtendAgreement,
            template="course_extend",
            title=_("Let the agreement last longer"),
            says=_("What was signed stays as it is. The new last day is written beside it."),
            done=_("The agreement lasts longer."),
            can=lambda found: Move.EXTEND in found["bid"].may,
        ),
        "beeindigen": Sheet(
            verb=service.end_agreement,
            command=EndAgreement,
            template="course_end",
            title=_("End the agreement early"),
            says=_("The task goes back to the municipality. The group reads why."),
            done=_("The agreement ends early. Now take everything over."),
            can=lambda found: Move.END in found["bid"].may,
        ),
    },
)
"""What the municipality does."""

_OF_BOTH = Sheets(
    found=_found,
    then="/verloop",
    by_name={
        "bevinding": Sheet(
            verb=service.write_finding,
            command=WriteFinding,
            template="course_words_only",
            title=_("Write what you found"),
            says=_("What went well, and what did not? Your side writes this once. Everybody can read it."),
            done=_("What you found is written down."),
            can=lambda found: found["course"].may_find,
        ),
        "overdracht": Sheet(
            verb=service.hand_over,
            command=HandOver,
            template="course_handover",
            title=_("Write down what was handed over"),
            says=_("Do this for each thing on the list. Is there nothing of it? Then write that."),
            done=_("It is written down."),
            can=lambda found: found["course"].may_hand_over,
        ),
        "geleerd": Sheet(
            verb=service.write_lesson,
            command=WriteLesson,
            template="course_words_only",
            title=_("Write what you learnt"),
            says=_("For whoever takes such a task over next. Use at most 200 words, and name no persons."),
            done=_("What you learnt is written down. Everybody can read it."),
            can=lambda found: found["course"].may_teach,
        ),
    },
)
"""What both sides do, each for itself."""


class CoursePages(Controller):
    """How the work of a bid goes."""

    path = "/wijken/{place:str}/uitdagingen/{challenge_id:uuid}/verloop"
    include_in_schema = False

    @get("/", opt=does(*_ASKED))
    async def read(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
    ) -> Response[Any]:
        """Show how the work goes, with a picture of the way to the questions for whoever puts it on a wall."""
        address = f"{request.app.state.origin}/wijken/{place}/uitdagingen/{challenge_id}/verloop/bewoners/vragen"
        picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=4, light="white")
        found = await _found(desk, place, challenge_id)
        return page(request, "challenges/course.html", address=address.partition("://")[2], picture=picture, **found)


ResidentCoursePages = pages_of("/verloop/bewoners", _OF_RESIDENTS, *_ASKED)
OfficialCoursePages = pages_of("/verloop/gemeente", _OF_OFFICIALS, *_ASKED)
SideCoursePages = pages_of("/verloop", _OF_BOTH, *_ASKED)

# SPDX-License-Identifier: EUPL-1.2
"""The pages on which time stands still, runs again, a decision is put off, or is said to be late."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from wijkbudget.challenges import queries, service
from wijkbudget.challenges.pages.sheets import Sheet, Sheets, pages_of
from wijkbudget.challenges.rules.states import Move
from wijkbudget.challenges.schemas import AdjournDecision, GiveNotice, PauseTime, UnpauseTime
from wijkbudget.http.desk import FrontDesk
from wijkbudget.kit.text import _


def _if_may(move: Move) -> Callable[[Mapping[str, Any]], bool]:
    return lambda found: move in found["bid"].may


async def _found(desk: FrontDesk, place: str, challenge_id: UUID) -> dict[str, Any]:
    return {"bid": await desk.ask(queries.challenge, place, challenge_id)}


_OF_OFFICIALS = Sheets(
    found=_found,
    then="",
    by_name={
        "stilzetten": Sheet(
            verb=service.pause,
            command=PauseTime,
            template="time_pause",
            title=_("Let the time stand still"),
            says=_("From tomorrow the time to decide stands still. The group reads why, and until when."),
            done=_("The time stands still from tomorrow."),
            can=_if_may(Move.PAUSE),
        ),
        "laten-lopen": Sheet(
            verb=service.unpause,
            command=UnpauseTime,
            template="time_unpause",
            title=_("Let the time run again"),
            says=_("From today the time to decide runs again. The group reads the new last day."),
            done=_("The time runs again."),
            can=_if_may(Move.UNPAUSE),
        ),
        "uitstellen": Sheet(
            verb=service.adjourn,
            command=AdjournDecision,
            template="time_adjourn",
            title=_("Put the decision off"),
            says=_("You do this once, and before the last day is over. The group reads the new day and why."),
            done=_("The decision was put off. The group sees the new day."),
            can=_if_may(Move.ADJOURN),
        ),
    },
)

_OF_THE_GROUP = Sheets(
    found=_found,
    then="",
    by_name={
        "te-laat": Sheet(
            verb=service.give_notice,
            command=GiveNotice,
            template="time_notice",
            title=_("Tell the municipality that it is too late"),
            says=_("The municipality gets two more weeks. If it does not decide by then, each day can cost it money."),
            done=_("The municipality was told today that it is too late."),
            can=_if_may(Move.GIVE_NOTICE),
        ),
    },
)

TimePages = pages_of("/tijd", _OF_OFFICIALS, queries.challenge)
NoticePages = pages_of("/tijd/groep", _OF_THE_GROUP, queries.challenge)

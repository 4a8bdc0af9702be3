# SPDX-License-Identifier: EUPL-1.2
"""How the moves of time are made as they should be."""

from datetime import timedelta
from typing import TYPE_CHECKING

from wijkbudget.challenges import service
from wijkbudget.challenges.rules.states import Move
from wijkbudget.challenges.schemas import AdjournDecision, GiveNotice, PauseTime, UnpauseTime
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _

if TYPE_CHECKING:
    from tests.challenges.histories import Case


class NothingExpired(Refusal):
    """There was no concept for the house to drop."""


def pause(case: "Case") -> None:
    last_on = day_of(case.hood.clock()) + timedelta(days=10)
    wait = PauseTime(cause="group", last_on=last_on.isoformat(), reason="Anna is ziek.")
    case.act(Move.PAUSE, service.pause, wait)


def unpause(case: "Case") -> None:
    case.act(Move.UNPAUSE, service.unpause, UnpauseTime())


def adjourn(case: "Case") -> None:
    time = case.hood.view(case.id).clock
    after = time.decide_on if time else day_of(case.hood.clock())
    later = AdjournDecision(decide_on=(after + timedelta(days=14)).isoformat(), reason="De raad is met reces.")
    case.act(Move.ADJOURN, service.adjourn, later)


def give_notice(case: "Case") -> None:
    time = case.hood.view(case.id).clock
    if time:
        case.wait_until(time.decide_on + timedelta(days=1))
    case.act(Move.GIVE_NOTICE, service.give_notice, GiveNotice())


def expire(case: "Case") -> None:
    """Let a year pass without a word; only the house does this."""
    case.wait_until(day_of(case.hood.clock()) + timedelta(days=367))
    if not case.hood.desk.by(SYSTEM).act(service.expire_concepts, "oost"):
        raise NothingExpired(_("Nothing expired."))

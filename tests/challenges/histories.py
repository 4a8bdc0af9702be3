# SPDX-License-Identifier: EUPL-1.2
"""How each move of a bid is made as it should be: by whom, when and with what, for histories that chance writes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.challenges import histories_agreements as agreements
from tests.challenges import histories_assessment as assessment
from tests.challenges import histories_decisions as decisions
from tests.challenges import histories_objections as objections
from tests.challenges import histories_reviews as reviews
from tests.challenges import histories_times as times
from tests.challenges.conftest import ASK, BACK, Hood
from wijkbudget.challenges import service
from wijkbudget.challenges.rules.states import Move, Side
from wijkbudget.challenges.rules.table import side_of
from wijkbudget.challenges.schemas import PutAside, TakeOver
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of


@dataclass(frozen=True)
class Case:
    """A bid on its way, and the people around it: the group, two case workers, one who decides."""

    hood: Hood
    id: UUID
    wrong: Actor | None = None
    """Who tries every move instead of whoever may make it."""

    @property
    def official(self) -> Actor:
        """Return whoever may make the next move of the case worker: who works on it, or the first if nobody does."""
        official = self.hood.staff[Role.OFFICIAL]
        return self.hood.other_official if self.hood.view(self.id, self.hood.other_official).is_my_case else official

    def actor(self, move: Move) -> Actor:
        """Return who makes a move."""
        if self.wrong:
            return self.wrong
        side = side_of(move)
        if side is Side.GROUP:
            return self.hood.anna
        if side is Side.CASE_WORKER:
            return self.official
        return self.hood.decider if side is Side.DECIDER else self.hood.carla

    def act(self, move: Move, verb: Callable[..., Any], *args: Any) -> None:
        """Let the right person make a move."""
        self.hood.by(self.actor(move)).act(verb, "oost", self.id, *args)

    def wait_until(self, day: date) -> None:
        """Let time pass until a day has come, if it has not."""
        days = (day - day_of(self.hood.clock())).days
        if days > 0:
            self.hood.clock.forward(days=days)


Driver = Callable[[Case], None]


def _put_aside(case: Case) -> None:
    completion = case.hood.view(case.id).completion
    if completion is not None:
        case.wait_until(completion.last_on + timedelta(days=1))
    case.act(Move.PUT_ASIDE, service.put_aside, PutAside(reason="Er kwam niets."))


def _take_over(case: Case) -> None:
    mine = case.official == case.hood.other_official
    other = case.hood.staff[Role.OFFICIAL] if mine else case.hood.other_official
    case.hood.by(case.wrong or other).act(service.take_over, "oost", case.id, TakeOver(reason="Vakantie."))


DRIVERS: Mapping[Move, Driver] = {
    Move.SUBMIT: lambda case: case.act(Move.SUBMIT, service.submit),
    Move.ASK_TO_COMPLETE: lambda case: case.act(Move.ASK_TO_COMPLETE, service.ask_to_complete, ASK),
    Move.COMPLETE: lambda case: case.act(Move.COMPLETE, service.complete),
    Move.TAKE_ON: lambda case: case.act(Move.TAKE_ON, service.take_on),
    Move.TAKE_OVER: _take_over,
    Move.PUT_ASIDE: _put_aside,
    Move.EXPIRE: times.expire,
    Move.PAUSE: times.pause,
    Move.UNPAUSE: times.unpause,
    Move.ADJOURN: times.adjourn,
    Move.GIVE_NOTICE: times.give_notice,
    Move.MEET: assessment.meet,
    Move.ELABORATE: assessment.elaborate,
    Move.ASK_ADVICE: assessment.ask_advice,
    Move.INTEND_REFUSAL: assessment.intend_refusal,
    Move.MAKE_READY: assessment.make_ready,
    Move.SEND_BACK: assessment.send_back,
    Move.AWARD: decisions.award,
    Move.AWARD_PARTLY: decisions.award_partly,
    Move.REFUSE: decisions.refuse,
    Move.OBJECT: objections.object_to,
    Move.UPHOLD: objections.uphold,
    Move.REVISE: objections.revise,
    Move.DRAFT: agreements.draft,
    Move.SIGN: agreements.sign,
    Move.ENTER_INTO: agreements.enter_into,
    Move.SUSPEND: reviews.suspend,
    Move.RESUME: reviews.resume,
    Move.LOOK_BACK: reviews.look_back,
    Move.GO_ON: reviews.go_on,
    Move.EXTEND: reviews.extend,
    Move.FINISH: reviews.finish,
    Move.HAND_BACK: reviews.hand_back,
    Move.END: reviews.end,
    Move.CLOSE: reviews.close,
    Move.WITHDRAW: lambda case: case.act(Move.WITHDRAW, service.withdraw, BACK),
}


def brought(hood: Hood, *moves: Move) -> Case:
    """Return a bid that was sent in, and then made these moves."""
    case = Case(hood, hood.submitted())
    for move in moves:
        DRIVERS[move](case)
    return case

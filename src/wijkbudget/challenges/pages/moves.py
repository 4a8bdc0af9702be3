# SPDX-License-Identifier: EUPL-1.2
"""The pages of moves that ask for nothing but why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges import queries, service
from wijkbudget.challenges.assessment import service as assessment
from wijkbudget.challenges.assessment.schemas import AskAdvice, MakeReady, SendBack
from wijkbudget.challenges.reviews import service as reviews
from wijkbudget.challenges.reviews.schemas import CloseChallenge, FinishWork, GoOn, LookBack, ResumeWork
from wijkbudget.challenges.rules.bids import ChallengeNotFound
from wijkbudget.challenges.rules.states import Move
from wijkbudget.challenges.schemas import TakeOver
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.fields import Command
from wijkbudget.kit.text import Text, _


@dataclass(frozen=True, kw_only=True)
class _Deed:
    """A move: which verb makes it, with which command, what its page says first, and what is said when it is done."""

    move: Move
    verb: Callable[..., Any]
    command: type[Command]
    title: Text
    says: Text
    done: Text


_DEEDS: Mapping[str, _Deed] = {
    "overnemen": _Deed(
        move=Move.TAKE_OVER,
        verb=service.take_over,
        command=TakeOver,
        title=_("Take this bid over"),
        says=_("Another official works on it now. You become the case worker."),
        done=_("You are the case worker of this bid now."),
    ),
    "adviesvragen": _Deed(
        move=Move.ASK_ADVICE,
        verb=assessment.ask_advice,
        command=AskAdvice,
        title=_("Ask for advice"),
        says=_("The neighbourhood council can say what it thinks of this bid."),
        done=_("Advice was asked."),
    ),
    "klaarmaken": _Deed(
        move=Move.MAKE_READY,
        verb=assessment.make_ready,
        command=MakeReady,
        title=_("Make it ready for a decision"),
        says=_("Another official decides. That official reads the bid, the talk, the checklist and the advice."),
        done=_("The bid is ready for a decision."),
    ),
    "terugsturen": _Deed(
        move=Move.SEND_BACK,
        verb=assessment.send_back,
        command=SendBack,
        title=_("Send it back to the case worker"),
        says=_("Do you miss something to decide? Say what. The time to decide runs on."),
        done=_("The case worker looks again."),
    ),
    "terugblikken": _Deed(
        move=Move.LOOK_BACK,
        verb=reviews.look_back,
        command=LookBack,
        title=_("Begin to look back"),
        says=_("Both sides write what they found, and residents answer three questions. Is it early? Then say why."),
        done=_("Both sides look back now. Write what you found."),
    ),
    "doorgaan": _Deed(
        move=Move.GO_ON,
        verb=reviews.go_on,
        command=GoOn,
        title=_("Let the work go on"),
        says=_("Both sides looked back. Say what you do with what was found."),
        done=_("The work goes on."),
    ),
    "afronden": _Deed(
        move=Move.FINISH,
        verb=reviews.finish,
        command=FinishWork,
        title=_("Say that the work is done"),
        says=_("The agreement ends on its last day. After that everything is handed over."),
        done=_("The work is done. Now hand everything over."),
    ),
    "hervatten": _Deed(
        move=Move.RESUME,
        verb=reviews.resume,
        command=ResumeWork,
        title=_("Let the work go on"),
        says=_("The work stood still. From today the group does the task again."),
        done=_("The work goes on."),
    ),
    "sluiten": _Deed(
        move=Move.CLOSE,
        verb=reviews.close,
        command=CloseChallenge,
        title=_("Close this bid"),
        says=_("Everything is settled then, and nothing can be done with this bid any more."),
        done=_("This bid is closed."),
    ),
}


class MovePages(Controller):
    """What is done with a bid, and why."""

    path = "/wijken/{place:str}/uitdagingen/{challenge_id:uuid}/stap/{step:str}"
    include_in_schema = False

    @get("/", opt=does(queries.challenge))
    async def moving(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        step: FromPath[str],
    ) -> Response[Any]:
        """Ask why."""
        return page(request, "challenges/move.html", **await _asked(desk, place, challenge_id, step))

    @post("/", opt=does(queries.challenge, *(deed.verb for deed in _DEEDS.values())))
    async def move(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        step: FromPath[str],
    ) -> Response[Any]:
        """Make the move."""
        deed, form = _deed(step), await read_form(request)
        try:
            await desk.act(deed.verb, place, challenge_id, form.command(deed.command))
        except Refusal as refusal:
            asked = await _asked(desk, place, challenge_id, step)
            return page(request, "challenges/move.html", form=form, refusal=refusal, **asked)
        return redirect(request, f"/wijken/{place}/uitdagingen/{challenge_id}", done=deed.done)


def _deed(step: str) -> _Deed:
    """Return the move that an address names. Raises ChallengeNotFound."""
    if step not in _DEEDS:
        raise ChallengeNotFound(_("There is no such step."))
    return _DEEDS[step]


async def _asked(desk: FrontDesk, place: str, challenge_id: UUID, step: str) -> dict[str, Any]:
    """Return what the form of a move shows. Raises ChallengeNotFound."""
    return {"bid": await desk.ask(queries.challenge, place, challenge_id), "deed": _deed(step), "step": step}

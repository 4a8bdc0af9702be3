# SPDX-License-Identifier: EUPL-1.2
"""Moves rounds on when their day has come; the house's clock calls it."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlmodel import col, delete, insert

from wijkbudget.council import queries as council
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.canonical import canonical
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Draft, Work, verb
from wijkbudget.voting import queries
from wijkbudget.voting.events import RoundHeldUp
from wijkbudget.voting.models import HeldUp
from wijkbudget.voting.paper.rules import SheetUnbalanced
from wijkbudget.voting.phases import LotsNotDrawn, Phase
from wijkbudget.voting.queries.rounds import Held, held_up_of, row_of
from wijkbudget.voting.schemas import MovedView
from wijkbudget.voting.service.closing import close_as, count_as, draft_closing, draft_count, finish_now
from wijkbudget.voting.service.opening import draft_opening, open_as

_log = logging.getLogger("wijkbudget")


class _Step(NamedTuple):
    """How a round leaves a phase: what is worked out outside the writer, and what is written with it."""

    draft: Callable[[Draft, str, UUID], Any]
    write: Callable[[Work, str, UUID, Any], None]


_STEPS: Mapping[Phase, _Step] = {
    Phase.PREPARED: _Step(draft_opening, open_as),
    Phase.OPEN: _Step(draft_closing, close_as),
    Phase.CLOSED: _Step(draft_count, count_as),
    Phase.COUNTED: _Step(
        lambda _draft, _place, _round_id: None, lambda work, place, round_id, _: finish_now(work, place, round_id)
    ),
}


class Turn(NamedTuple):
    """A round that can move on, with what its next phase needs."""

    round_id: UUID
    phase: Phase
    ready: Any


class Turns(NamedTuple):
    """The first round that can move on, if there is one, and those before it that cannot."""

    turn: Turn | None
    held_up: dict[UUID, Held]


def draft_turn(draft: Draft, place: str) -> Turns:
    """Return the first round whose day has come and that can move on; one that cannot yet is passed over.

    What could not be counted is tried again on the next day, for only new software can make a difference.
    """
    known, held_up = held_up_of(draft, place), dict[UUID, Held]()
    for round_id in queries.due(draft, place):
        phase = Phase(row_of(draft, place, round_id).phase)
        before = known.get(round_id)
        if phase is Phase.CLOSED and before is not None and before.tried_on == draft.today:
            continue
        try:
            return Turns(Turn(round_id, phase, _STEPS[phase].draft(draft, place, round_id)), held_up)
        except (LotsNotDrawn, SheetUnbalanced):
            # It waits for people, and its page says for what.
            continue
        except Refusal as refusal:
            reason = refusal.text
        except (ArithmeticError, LookupError, AssertionError, TypeError, ValueError, MemoryError):
            _log.exception("round %s of %s could not leave the phase %s", round_id, place, phase)
            reason = _("Something went wrong in the software. Whoever runs it finds in its log what.")
        held = Held(phase, draft.today, reason)
        if held != before:
            held_up[round_id] = held
    return Turns(None, held_up)


@verb(may(Role.SYSTEM), prepare=draft_turn)
def advance(work: Work, place: str) -> MovedView:
    """Move the first round of a neighbourhood whose day has come to its next phase; does nothing if there is none.

    One round and one phase an act, so that nobody else waits long; call it until nothing moves. A round that cannot go
    on (no plans, no voters, too large to count) is passed over, and that is noted for everybody to see.
    """
    turn, held_up = work.prepared(draft_turn)
    for round_id, held in held_up.items():
        _note(work, place, round_id, held)
    if turn is None:
        return MovedView(moved=[])
    try:
        _STEPS[turn.phase].write(work, place, turn.round_id, turn.ready)
    except Refusal:
        # Somebody else moved it just now; each step refuses before it writes anything.
        return MovedView(moved=[])
    return MovedView(moved=[turn.round_id])


def _note(work: Work, place: str, round_id: UUID, held: Held) -> None:
    """Note why a round cannot go on, unless somebody moved it just now; the first time the council gets a letter."""
    row = row_of(work, place, round_id)
    if row.phase != held.phase:
        return
    if round_id not in held_up_of(work, place):
        _tell_council(work, place, row.title)
    connection = work.session.connection()
    connection.execute(delete(HeldUp).where(col(HeldUp.round_id) == round_id))
    values = {name: value if isinstance(value, int) else str(value) for name, value in held.reason.values.items()}
    reason = canonical({"msgid": held.reason.msgid, "values": values}).decode()
    note = {"round_id": round_id, "place": place, "phase": held.phase, "tried_on": held.tried_on, "reason": reason}
    connection.execute(insert(HeldUp).values(**note))
    work.record(RoundHeldUp(place=place, subject=str(round_id), phase=held.phase, reason=str(held.reason)))


def _tell_council(work: Work, place: str, title: str) -> None:
    """Leave a letter for everybody in the council; an e-mail address is kept of nobody."""
    members = [member.id for member in council.members(work, place)]
    letters = [
        {
            "to": list(address.lines),
            "title": f"De stemronde “{title}” kan niet verder",
            "lines": [
                "Vandaag had de stemronde verder moeten gaan. Dat lukte niet.",
                "Op de website van de wijk, op de pagina van de ronde, staat waarom.",
                "Is het opgelost? Dan gaat de ronde vanzelf verder.",
            ],
            "about": "round held up",
        }
        for address in identity.addresses_of(work, members).values()
    ]
    work.leave(work.errand_rows("letter", letters))

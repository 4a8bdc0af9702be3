# SPDX-License-Identifier: EUPL-1.2
"""Moves rounds on when their day has come; the house's clock calls it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.errors import Refusal
from wijkbudget.trail.work import Draft, Work, verb
from wijkbudget.voting import queries
from wijkbudget.voting.phases import Phase
from wijkbudget.voting.queries.rounds import row_of
from wijkbudget.voting.schemas import MovedView
from wijkbudget.voting.service.closing import close_as, count_as, draft_closing, draft_count, finish_now
from wijkbudget.voting.service.opening import draft_opening, open_as


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


def draft_turn(draft: Draft, place: str) -> Turn | None:
    """Return the first round whose day has come and that can move on; one that cannot yet is passed over."""
    for round_id in queries.due(draft, place):
        phase = Phase(row_of(draft, place, round_id).phase)
        with suppress(Refusal):
            return Turn(round_id, phase, _STEPS[phase].draft(draft, place, round_id))
    return None


@verb(may(Role.SYSTEM), prepare=draft_turn)
def advance(work: Work, place: str) -> MovedView:
    """Move the first round of a neighbourhood whose day has come to its next phase; does nothing if there is none.

    One round and one phase an act, so that nobody else waits long; call it until nothing moves. A round that cannot
    open yet (no plans, no voters) is passed over.
    """
    turn = work.prepared(draft_turn)
    if turn is None:
        return MovedView(moved=[])
    try:
        _STEPS[turn.phase].write(work, place, turn.round_id, turn.ready)
    except Refusal:
        # Somebody else moved it just now; each step refuses before it writes anything.
        return MovedView(moved=[])
    return MovedView(moved=[turn.round_id])

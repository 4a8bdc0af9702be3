"""Moves rounds on when their day has come; the house's clock calls it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.errors import Refusal
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import queries
from wijkbudget.voting.phases import Phase
from wijkbudget.voting.queries.rounds import row_of
from wijkbudget.voting.schemas import MovedView
from wijkbudget.voting.service.closing import close, count, finish
from wijkbudget.voting.service.opening import open_

_STEPS: Mapping[Phase, Callable[[Work, str, UUID], Any]] = {
    Phase.PREPARED: open_,
    Phase.OPEN: close,
    Phase.CLOSED: count,
    Phase.COUNTED: finish,
}


@verb(may(Role.SYSTEM))
def advance(work: Work, place: str) -> MovedView:
    """Move the first round of a neighbourhood whose day has come to its next phase; does nothing if there is none.

    One round and one phase an act, so that nobody else waits long; call it until nothing moves. A round that cannot
    open yet (no plans, no voters) is passed over.
    """
    for round_id in queries.due(work, place):
        try:
            _STEPS[Phase(row_of(work, place, round_id).phase)](work, place, round_id)
        except Refusal:
            continue
        return MovedView(moved=[round_id])
    return MovedView(moved=[])

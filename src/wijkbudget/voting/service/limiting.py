# SPDX-License-Identifier: EUPL-1.2
"""Sets limits for a round in preparation: plans that exclude each other, and caps for a theme or a small area."""

from uuid import UUID

from sqlmodel import col, delete

from wijkbudget.kit.canonical import canonical
from wijkbudget.kit.errors import NotFound, RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import access, queries
from wijkbudget.voting.events import LimitAdded, LimitWithdrawn
from wijkbudget.voting.models import RoundLimit
from wijkbudget.voting.phases import Phase, demand_phase
from wijkbudget.voting.queries.rounds import limits_of, options_of, row_of
from wijkbudget.voting.rules import Limit, Option
from wijkbudget.voting.schemas import AddLimit, RoundView
from wijkbudget.voting.service.preparing import demand_countable_size
from wijkbudget.voting.tallies.limits import demand_limiting


class LimitNameTaken(RuleBroken):
    """A round has a limit of this name already."""


class LimitNotFound(NotFound):
    """A round has no such limit."""


@verb(access.LIMIT)
def add_limit(work: Work, place: str, round_id: UUID, command: AddLimit) -> RoundView:
    """Let only so many of some plans win, or let them cost only so much together.

    Raises RoundNotFound, WrongState, UnknownOption, LimitsNothing, LimitNameTaken or TooLargeToCount.
    """
    row = row_of(work, place, round_id)
    demand_phase(Phase(row.phase), Phase.PREPARED)
    keys = sorted(set(command.keys), key=lambda key: (len(key), key))
    limit = Limit(
        name=command.name, ids=frozenset(keys), wins_max=command.wins_max, spent_cents_max=command.spent_cents_max
    )
    options = options_of(work, place, round_id)
    demand_limiting(limit, (Option(id=each.key, cost_cents=each.cost_cents, title=each.title) for each in options))
    if command.name in {each.name for each in limits_of(work, place, round_id)}:
        raise LimitNameTaken(_("There is a limit of this name already."))
    work.session.add(
        RoundLimit(
            id=work.new_id(),
            round_id=round_id,
            place=place,
            name=limit.name,
            keys=canonical(keys).decode(),
            wins_max=limit.wins_max,
            spent_cents_max=limit.spent_cents_max,
        )
    )
    work.session.flush()
    demand_countable_size(work, row, options)
    work.record(
        LimitAdded(
            place=place,
            subject=str(round_id),
            name=limit.name,
            keys=keys,
            wins_max=limit.wins_max,
            spent_cents_max=limit.spent_cents_max,
        )
    )
    return queries.round_(work, place, round_id)


@verb(access.LIMIT)
def withdraw_limit(work: Work, place: str, round_id: UUID, limit_id: UUID) -> RoundView:
    """Withdraw a limit. Raises RoundNotFound, WrongState or LimitNotFound."""
    demand_phase(Phase(row_of(work, place, round_id).phase), Phase.PREPARED)
    names = {each.id: each.name for each in limits_of(work, place, round_id)}
    if limit_id not in names:
        raise LimitNotFound(_("This limit is not there any more."))
    work.session.connection().execute(delete(RoundLimit).where(col(RoundLimit.id) == limit_id))
    work.record(LimitWithdrawn(place=place, subject=str(round_id), name=names[limit_id]))
    return queries.round_(work, place, round_id)

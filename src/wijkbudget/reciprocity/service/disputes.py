# SPDX-License-Identifier: EUPL-1.2
"""Disputes confirmed time and rules on it."""

from uuid import UUID

from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.reciprocity import access, queries
from wijkbudget.reciprocity.booking import step_entry
from wijkbudget.reciprocity.events import DisputeRuledOn, TimeDisputed
from wijkbudget.reciprocity.models import TimeDispute
from wijkbudget.reciprocity.queries.actions import concerned
from wijkbudget.reciprocity.queries.time import dispute_row, entry_row
from wijkbudget.reciprocity.rules import entries as rules
from wijkbudget.reciprocity.rules.entries import EntryState, Ruling
from wijkbudget.reciprocity.schemas import DisputeTime, EntryView, RuleOnDispute
from wijkbudget.trail.work import Work, verb


@verb(access.DISPUTE)
def dispute(work: Work, place: str, entry_id: UUID, command: DisputeTime) -> EntryView:
    """Say that confirmed time is not right.

    Raises EntryNotFound, OwnTime, RuledAlready, ObjectionsOver or WrongState.
    """
    queries.entry(work, place, entry_id)
    entry = entry_row(work, place, entry_id)
    rules.demand_step(EntryState(entry.state), EntryState.DISPUTED)
    rules.demand_disputable(
        actor_id=work.actor.id,
        giver_id=str(entry.person_id),
        today=work.today,
        objections_until=entry.objections_until,
        is_ruled=dispute_row(work, place, entry_id) is not None,
    )
    step_entry(work, entry, EntryState.DISPUTED)
    work.session.add(
        TimeDispute(
            entry_id=entry_id,
            place=place,
            raised_by=UUID(work.actor.id),
            raised_on=work.today,
            reason=command.reason,
        )
    )
    work.record(TimeDisputed(place=place, subject=str(entry_id)))
    work.session.flush()
    return queries.entry(work, place, entry_id)


@verb(access.RULE)
def rule_on(work: Work, place: str, entry_id: UUID, command: RuleOnDispute) -> EntryView:
    """Rule on disputed time: it stands, or it falls. Raises EntryNotFound, WrongState or OwnDispute."""
    entry = entry_row(work, place, entry_id)
    raised = dispute_row(work, place, entry_id)
    then = EntryState.CONFIRMED if command.ruling is Ruling.STANDS else EntryState.REJECTED
    if raised is None or entry.state != EntryState.DISPUTED:
        raise WrongState(_("There is no dispute about this time to rule on."))
    rules.demand_ruler(actor_id=work.actor.id, concerned=concerned(entry, raised))
    step_entry(work, entry, then)
    raised.ruled_by = UUID(work.actor.id)
    raised.ruled_on = work.today
    raised.ruling = command.ruling
    raised.ruling_reason = command.reason
    work.record(DisputeRuledOn(place=place, subject=str(entry_id), ruling=command.ruling))
    work.session.flush()
    return queries.entry(work, place, entry_id)

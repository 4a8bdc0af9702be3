# SPDX-License-Identifier: EUPL-1.2
"""Says what the reader may do with logged time, by the same rules that the verbs ask."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from wijkbudget.kit.actor import May
from wijkbudget.kit.errors import Refusal
from wijkbudget.reciprocity import access
from wijkbudget.reciprocity.models import TimeCorrection, TimeDispute, TimeEntry
from wijkbudget.reciprocity.rules import corrections, entries
from wijkbudget.reciprocity.rules.entries import EntryState
from wijkbudget.reciprocity.schemas import Action
from wijkbudget.trail.work import Look


def actions_of(
    look: Look,
    row: TimeEntry,
    confirmers: Sequence[str],
    dispute: TimeDispute | None,
    correction: TimeCorrection | None,
) -> Iterator[Action]:
    """Yield what the reader may do; a verb can still refuse a household."""
    me, now, people = look.actor.id, EntryState(row.state), concerned(row, dispute)
    confirmable = partial(
        entries.demand_confirmer,
        actor_id=me,
        giver_id=str(row.person_id),
        logged_by=str(row.logged_by) if row.logged_by else None,
        is_same_household=False,
    )
    disputable = partial(
        entries.demand_disputable,
        actor_id=me,
        giver_id=str(row.person_id),
        today=look.today,
        objections_until=row.objections_until,
        is_ruled=dispute is not None,
    )
    rulable = partial(entries.demand_ruler, actor_id=me, concerned=people)
    correctable = partial(
        corrections.demand_correctable, actor_id=me, concerned=people, is_corrected=correction is not None
    )
    ways = (
        _Way("confirm", access.CONFIRM, EntryState.CONFIRMED, confirmable, set(confirmers)),
        _Way("withdraw", access.WITHDRAW, EntryState.WITHDRAWN, own=withdrawers(row)),
        _Way("dispute", access.DISPUTE, EntryState.DISPUTED, disputable),
        _Way("rule_on", access.RULE, EntryState.REJECTED, rulable),
        _Way("correct", access.CORRECT, EntryState.REVERSED, correctable),
    )
    for way in ways:
        # A ruling brings disputed time back to confirmed; nobody confirms it then.
        if way.is_open(look, now) and (way.action != "confirm" or now is EntryState.LOGGED):
            yield way.action
    if correction is not None:
        yield from _after_correction(look, row, concerned(row, dispute, correction), correction)


@dataclass(frozen=True)
class _Way:
    """Something that can be done with an entry: through which door, to which state, and by whose leave."""

    action: Action
    door: May
    then: EntryState
    demand: Callable[[], None] = lambda: None
    own: set[str] | None = None

    def is_open(self, look: Look, now: EntryState) -> bool:
        """Return whether the verb would let the reader."""
        if not self.door.allows(look.roles) or (self.own is not None and look.actor.id not in self.own):
            return False
        with suppress(Refusal):
            entries.demand_step(now, self.then)
            self.demand()
            return True
        return False


def _after_correction(look: Look, row: TimeEntry, people: set[str], correction: TimeCorrection) -> Iterator[Action]:
    """Yield what the reader may do about a correction."""
    is_objected, is_ruled = correction.objection is not None, correction.ruling is not None
    if access.OBJECT.allows(look.roles) and look.actor.id == str(row.person_id):
        with suppress(Refusal):
            corrections.demand_objectable(
                today=look.today, objections_until=correction.objections_until, is_objected=is_objected
            )
            yield "object_to_correction"
    if access.RULE.allows(look.roles):
        with suppress(Refusal):
            corrections.demand_open_objection(is_objected=is_objected, is_ruled=is_ruled)
            entries.demand_ruler(actor_id=look.actor.id, concerned=people)
            yield "rule_on_correction"


def concerned(row: TimeEntry, dispute: TimeDispute | None, correction: TimeCorrection | None = None) -> set[str]:
    """Return who has a part in an entry: who gave, logged, confirmed, disputed and corrected it."""
    people = (
        row.person_id,
        row.logged_by,
        row.confirmed_by,
        dispute.raised_by if dispute else None,
        correction.corrected_by if correction else None,
    )
    return {str(person) for person in people if person}


def withdrawers(row: TimeEntry) -> set[str]:
    """Return who may take time back: the giver, and whoever wrote it down for them until somebody confirmed it."""
    by_hand = row.logged_by if row.state == EntryState.LOGGED else None
    return {str(person) for person in (row.person_id, by_hand) if person}

# SPDX-License-Identifier: EUPL-1.2
"""Proves that time given, who confirmed it and the books agree."""

from collections.abc import Iterator

from sqlalchemy import exists, func, select
from sqlmodel import col

from wijkbudget.kit.faults import Fault
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.reciprocity.models import TaskConfirmer, TimeCorrection, TimeDispute, TimeEntry, UsedTask
from wijkbudget.reciprocity.queries.finished import of_entry
from wijkbudget.reciprocity.rules.entries import EntryState, Ruling
from wijkbudget.trail.work import Look

DAY_MINUTES = 24 * 60


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for time that is badly confirmed or disputed, impossible, used unearned or not in the books."""
    yield from _check_books(look)
    yield from _check_confirmers(look)
    yield from _check_disputes(look)
    yield from _check_corrections(look)
    yield from _check_days(look)
    yield from _check_used(look)


def _check_books(look: Look) -> Iterator[Fault]:
    """Yield a fault for each person whose time in the books is not the sum of their settled entries."""
    rows = select(col(TimeEntry.place), col(TimeEntry.person_id), func.sum(col(TimeEntry.minutes)))
    settled = rows.where(col(TimeEntry.state) == EntryState.SETTLED)
    grouped = settled.group_by(col(TimeEntry.place), col(TimeEntry.person_id))
    given = {
        chart.given_time(place, str(person_id)).address: int(total)
        for place, person_id, total in look.session.execute(grouped).all()
    }
    kept = ledger.balances(look, "time:")
    for address in sorted(given.keys() | kept.keys()):
        if given.get(address, 0) != kept.get(address, 0):
            shows = f"holds {kept.get(address, 0)} minutes, its settled entries say {given.get(address, 0)}"
            yield Fault("reciprocity", address, shows)


def _check_confirmers(look: Look) -> Iterator[Fault]:
    """Yield a fault for each entry confirmed by somebody who is not on the list of its task."""
    on_list = (col(TaskConfirmer.task_id) == col(TimeEntry.task_id)) & (
        col(TaskConfirmer.person_id) == col(TimeEntry.confirmed_by)
    )
    rows = select(col(TimeEntry.id)).outerjoin(TaskConfirmer, on_list)
    strange = rows.where(col(TimeEntry.confirmed_by).is_not(None), col(TaskConfirmer.person_id).is_(None))
    for entry_id in look.session.scalars(strange).all():
        yield Fault("reciprocity", f"time {entry_id}", "was confirmed by somebody who may not confirm it")


def _check_disputes(look: Look) -> Iterator[Fault]:
    """Yield a fault for each entry whose state is not what its dispute says."""
    about = col(TimeDispute.entry_id) == col(TimeEntry.id)
    rows = select(
        col(TimeEntry.id),
        col(TimeEntry.state),
        col(TimeEntry.place),
        col(TimeDispute.entry_id),
        col(TimeDispute.ruling),
        col(TimeDispute.place),
    ).outerjoin(TimeDispute, about)
    disputed_or_rejected = (EntryState.DISPUTED, EntryState.REJECTED)
    touched = rows.where(col(TimeDispute.entry_id).is_not(None) | col(TimeEntry.state).in_(disputed_or_rejected))
    for entry_id, state, place, dispute, ruling, dispute_place in look.session.execute(touched).all():
        allowed = _states_after(is_disputed=dispute is not None, ruling=ruling)
        if state not in allowed or (dispute is not None and place != dispute_place):
            yield Fault("reciprocity", f"time {entry_id}", f"is {state}, its dispute says otherwise")


def _states_after(*, is_disputed: bool, ruling: str | None) -> tuple[EntryState, ...]:
    """Return the states an entry can be in, by what its dispute says."""
    if not is_disputed:
        return ()
    if ruling is None:
        return (EntryState.DISPUTED, EntryState.WITHDRAWN)
    if ruling == Ruling.FALLS:
        return (EntryState.REJECTED,)
    return (EntryState.CONFIRMED, EntryState.SETTLED, EntryState.WITHDRAWN, EntryState.REVERSED)


def _check_corrections(look: Look) -> Iterator[Fault]:
    """Yield a fault for each entry that is out of the books without a correction that stands, or the other way."""
    about = col(TimeCorrection.entry_id) == col(TimeEntry.id)
    rows = select(col(TimeEntry.id), col(TimeEntry.state), col(TimeCorrection.entry_id), col(TimeCorrection.ruling))
    joined = rows.outerjoin(TimeCorrection, about)
    touched = joined.where((col(TimeEntry.state) == EntryState.REVERSED) | col(TimeCorrection.entry_id).is_not(None))
    for entry_id, state, correction, ruling in look.session.execute(touched).all():
        stands = correction is not None and ruling != Ruling.FALLS
        if state != (EntryState.REVERSED if stands else EntryState.SETTLED):
            yield Fault("reciprocity", f"time {entry_id}", f"is {state}, its correction says otherwise")


def _check_days(look: Look) -> Iterator[Fault]:
    """Yield a fault for each person whose settled time on one day is more than a day holds."""
    person, day = col(TimeEntry.person_id), col(TimeEntry.given_on)
    rows = select(day, func.count(), func.sum(col(TimeEntry.minutes)))
    grouped = rows.where(col(TimeEntry.state) == EntryState.SETTLED).group_by(person, day)
    for on, count, total in look.session.execute(grouped.having(func.sum(col(TimeEntry.minutes)) > DAY_MINUTES)).all():
        yield Fault("reciprocity", f"time on {on}", f"{count} entries of one person hold {total} minutes")


def _check_used(look: Look) -> Iterator[Fault]:
    """Yield a fault for each thing that was earned by a task without settled time."""
    # What it earned stays when its time is reversed later: it was given in good faith.
    counted = col(TimeEntry.state).in_((EntryState.SETTLED, EntryState.REVERSED))
    of_it = (*of_entry(), col(TimeEntry.place) == col(UsedTask.place), counted)
    unearned = select(col(UsedTask.about), func.count()).where(~exists().where(*of_it)).group_by(col(UsedTask.about))
    for about, count in look.session.execute(unearned).all():
        yield Fault("reciprocity", f"what {about} was earned by", f"{count} of its tasks have no time that is settled")

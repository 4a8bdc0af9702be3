# SPDX-License-Identifier: EUPL-1.2
"""What the audit committee does: draw time by lot, say what it found, and look at who confirms whom."""

from uuid import UUID

from sqlmodel import col, select

from wijkbudget.kit.text import _
from wijkbudget.reciprocity.models import TimeEntry
from wijkbudget.reciprocity.oversight import access, queries, rules
from wijkbudget.reciprocity.oversight.events import RingLookedAt, TimeChecked, TimeSampleDrawn
from wijkbudget.reciprocity.oversight.models import RingNote, TimeCheck, TimeSample
from wijkbudget.reciprocity.oversight.queries.rings import ring_called
from wijkbudget.reciprocity.oversight.queries.samples import check_row, sample_row, section_on, settled_in
from wijkbudget.reciprocity.oversight.rules import DrawnBefore, NothingSettled, NoTimeChecks
from wijkbudget.reciprocity.oversight.schemas import (
    CheckedSampleView,
    CheckView,
    DrawSample,
    NoteFinding,
    NoteRing,
    RingView,
)
from wijkbudget.reciprocity.rules.periods import demand_over, read_period
from wijkbudget.trail.work import Work, verb


@verb(access.DRAW)
def draw_sample(work: Work, place: str, command: DrawSample) -> CheckedSampleView:
    """Draw once which time settled in a period is looked at again.

    Raises NoSuchPeriod, PeriodNotOver, NoTimeChecks, DrawnBefore or NothingSettled.
    """
    period = read_period(command.period)
    demand_over(period, work.today)
    section = section_on(work, place, period)
    if section is None:
        raise NoTimeChecks(_("The rules of that quarter did not say that time is looked at again."))
    here = col(TimeSample.place) == place, col(TimeSample.period) == period.key
    if work.session.exec(select(TimeSample.id).where(*here)).first():
        raise DrawnBefore(_("The lots of this quarter were drawn before. That happens once."), article=section.article)
    settled = settled_in(work, place, period)
    if not settled:
        raise NothingSettled(_("In this quarter no time was settled, so there is nothing to draw."))
    seed = rules.seed(place, period, command.value)
    drawn = rules.drawn(settled, seed, rules.sample_size(len(settled), section.sample_percent))
    row = TimeSample(
        id=work.new_id(),
        place=place,
        period=period.key,
        lots_from=section.lots_from,
        value=command.value,
        seed=seed,
        entry_count=len(settled),
        drawn_count=len(drawn),
        drawn_on=work.today,
        drawn_by=UUID(work.actor.id),
    )
    work.session.add(row)
    work.session.flush()
    work.session.add_all(TimeCheck(sample_id=row.id, entry_id=UUID(entry_id), place=place) for entry_id in drawn)
    work.record(
        TimeSampleDrawn(
            place=place,
            subject=str(row.id),
            period=period.key,
            value=command.value,
            seed=seed,
            entry_count=len(settled),
            drawn_count=len(drawn),
        )
    )
    work.session.flush()
    return queries.sample(work, place, period.key)


@verb(access.DRAW)
def note_finding(work: Work, place: str, period: str, entry_id: UUID, command: NoteFinding) -> CheckView:
    """Say whether drawn time is right; what is said later takes the place of what was said before.

    It changes no time: the chair or an official corrects what is not right. Raises NoSuchPeriod, SampleNotFound,
    NotDrawn or OwnPart.
    """
    sample = sample_row(work, place, read_period(period))
    row = check_row(work, sample.id, entry_id)
    entry = work.session.get_one(TimeEntry, entry_id)
    rules.demand_no_part(work.actor.id, (str(entry.person_id), str(entry.confirmed_by)))
    row.finding = command.finding
    row.reason = command.reason
    row.found_by = UUID(work.actor.id)
    row.found_on = work.today
    work.record(TimeChecked(place=place, subject=str(sample.id), entry_id=str(entry_id), finding=command.finding))
    work.session.flush()
    return queries.drawn_time(work, place, period, entry_id)


@verb(access.LOOK_CLOSER)
def note_ring(work: Work, place: str, key: str, command: NoteRing) -> RingView:
    """Say what you made of people who confirm mostly each other; nothing follows from it by itself.

    Raises RingNotFound or OwnPart.
    """
    ring = ring_called(work, place, key).ring
    rules.demand_no_part(work.actor.id, ring.people)
    note = RingNote(
        id=work.new_id(),
        place=place,
        ring=key,
        entry_count=ring.entry_count,
        reason=command.reason,
        noted_by=UUID(work.actor.id),
        noted_on=work.today,
    )
    work.session.add(note)
    work.record(RingLookedAt(place=place, subject=str(note.id)))
    work.session.flush()
    return queries.ring(work, place, key)

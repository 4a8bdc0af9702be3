# SPDX-License-Identifier: EUPL-1.2
"""Takes time out of the books that was found not right later, hears its giver, and rules on what they say."""

from uuid import UUID

from wijkbudget.kit.period import days_after
from wijkbudget.kit.units import clock
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity import access, queries
from wijkbudget.reciprocity.booking import step_entry, tell
from wijkbudget.reciprocity.events import CorrectionObjectedTo, CorrectionRuledOn, TimeCorrected
from wijkbudget.reciprocity.flows import SETTLE, SETTLE_AGAIN
from wijkbudget.reciprocity.models import TimeCorrection, TimeEntry
from wijkbudget.reciprocity.queries.actions import concerned
from wijkbudget.reciprocity.queries.time import correction_row, dispute_row, entry_row, week_beside
from wijkbudget.reciprocity.rows import task_row
from wijkbudget.reciprocity.rules import corrections as rules
from wijkbudget.reciprocity.rules import limits
from wijkbudget.reciprocity.rules.entries import EntryState, Ruling, demand_ruler, demand_step
from wijkbudget.reciprocity.schemas import CorrectTime, EntryView, ObjectToCorrection, RuleOnCorrection
from wijkbudget.trail.work import Work, verb


@verb(access.CORRECT)
def correct(work: Work, place: str, entry_id: UUID, command: CorrectTime) -> EntryView:
    """Take settled time out of the books by a counter-entry; its giver gets a letter and can object.

    What was frozen with a round stays as it was; from now on voices count without it. Choice: what it earned besides a
    voice stays, for nobody takes a reward back that was given in good faith.
    Raises EntryNotFound, WrongState, OwnDispute or CorrectedBefore.
    """
    entry = entry_row(work, place, entry_id)
    demand_step(EntryState(entry.state), EntryState.REVERSED)
    rules.demand_correctable(
        actor_id=work.actor.id,
        concerned=concerned(entry, dispute_row(work, place, entry_id)),
        is_corrected=correction_row(work, place, entry_id) is not None,
    )
    until = days_after(work.today, neighbourhoods.policy(work, place).rules.reciprocity.objection_days)
    ledger.reverse(work, place, SETTLE.reference_of(entry.id))
    step_entry(work, entry, EntryState.REVERSED, reversed_on=work.today)
    work.session.add(
        TimeCorrection(
            entry_id=entry_id,
            place=place,
            corrected_by=UUID(work.actor.id),
            corrected_on=work.today,
            reason=command.reason,
            objections_until=until,
        )
    )
    work.record(TimeCorrected(place=place, subject=str(entry_id), amount_minutes=entry.minutes))
    work.session.flush()
    about = f"Het gaat om {clock(entry.minutes)} uur op {entry.given_on:%d-%m-%Y}"
    title = task_row(work, place, entry.task_id).title
    tell(
        work,
        str(entry.person_id),
        "Tijd telt niet meer mee",
        [
            f"{about}, voor de klus “{title}”. Achteraf bleek dat dit niet klopt:",
            command.reason,
            f"Bezwaar maken kan tot {until:%d-%m-%Y}: op de website van de wijk bij “Mijn tijd”, of bij het loket.",
        ],
    )
    return queries.entry(work, place, entry_id)


@verb(access.OBJECT)
def object_to_correction(work: Work, place: str, entry_id: UUID, command: ObjectToCorrection) -> EntryView:
    """Say why your time was right after all.

    Raises EntryNotFound, NotYours, WrongState, ObjectedBefore or ObjectionsOver.
    """
    work.demand_own({str(entry_row(work, place, entry_id).person_id)})
    _entry, correction = _corrected(work, place, entry_id)
    rules.demand_objectable(
        today=work.today,
        objections_until=correction.objections_until,
        is_objected=correction.objection is not None,
    )
    correction.objection = command.objection
    correction.objected_on = work.today
    work.record(CorrectionObjectedTo(place=place, subject=str(entry_id)))
    work.session.flush()
    return queries.entry(work, place, entry_id)


@verb(access.RULE)
def rule_on_correction(work: Work, place: str, entry_id: UUID, command: RuleOnCorrection) -> EntryView:
    """Rule on a correction that the giver objected to: it stands, or it falls and the time counts again.

    Raises EntryNotFound, WrongState, OwnDispute or TimeOverlaps.
    """
    entry, correction = _corrected(work, place, entry_id)
    rules.demand_open_objection(is_objected=correction.objection is not None, is_ruled=correction.ruling is not None)
    demand_ruler(actor_id=work.actor.id, concerned=concerned(entry, dispute_row(work, place, entry_id), correction))
    if command.ruling is Ruling.FALLS:
        _count_again(work, entry)
    correction.ruled_by = UUID(work.actor.id)
    correction.ruled_on = work.today
    correction.ruling = command.ruling
    correction.ruling_reason = command.reason
    work.record(CorrectionRuledOn(place=place, subject=str(entry_id), ruling=command.ruling))
    work.session.flush()
    return queries.entry(work, place, entry_id)


def _corrected(work: Work, place: str, entry_id: UUID) -> tuple[TimeEntry, TimeCorrection]:
    """Return an entry with its correction. Raises EntryNotFound or WrongState."""
    entry, correction = entry_row(work, place, entry_id), correction_row(work, place, entry_id)
    if correction is None:
        rules.demand_open_objection(is_objected=False, is_ruled=False)
    assert correction is not None
    return entry, correction


def _count_again(work: Work, entry: TimeEntry) -> None:
    """Put time back in the books. Raises TimeOverlaps if its hours were given to something else since."""
    given = limits.GivenTime(given_on=entry.given_on, minutes=entry.minutes, start_minutes=entry.start_minutes)
    limits.demand_free(given, week_beside(work, str(entry.person_id), entry.given_on))
    giver = chart.given_time(entry.place, str(entry.person_id))
    ledger.post(work, entry.place, SETTLE_AGAIN.transfer(chart.TIME, giver, entry.minutes, entry.id))
    step_entry(work, entry, EntryState.SETTLED, reversed_on=None)

# SPDX-License-Identifier: EUPL-1.2
"""Makes, signs and ends contracts of young people with a guide, and keeps the guide's notes as long as one lasts."""

from uuid import UUID

from sqlmodel import col, select, update

from wijkbudget.db.moving import move
from wijkbudget.identity import queries as identity
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity.guidance import access, queries, rules
from wijkbudget.reciprocity.guidance.events import (
    ConsentTold,
    GuidanceEnded,
    GuidanceProposed,
    GuidanceSigned,
    NoteErased,
    NoteWritten,
)
from wijkbudget.reciprocity.guidance.models import Guidance, GuidanceNote
from wijkbudget.reciprocity.guidance.rules import Consent
from wijkbudget.reciprocity.guidance.schemas import GuidanceView, ProposeGuidance, TellConsent, WriteNote
from wijkbudget.trail.work import Work, verb

ENDED_TOGETHER_MAX = 200
"""How many contracts end in one act, so that it never holds the writer for long; the rest waits for the next."""


@verb(access.PROPOSE)
def propose_guidance(work: Work, place: str, command: ProposeGuidance) -> GuidanceView:
    """Propose a contract to a young person, which is the signature of the guide.

    Raises NeighbourhoodNotFound, NotYoung, OwnHousehold, TooLong or GuidanceThere.
    """
    young = str(command.person_id)
    under_age = rules.young_under_age(neighbourhoods.policy(work, place).rules.rewards)
    rules.demand_young(
        is_old_enough=identity.is_resident(work, place, young, work.today, age_min=rules.YOUNG_AGE_MIN),
        is_grown_up=identity.is_resident(work, place, young, work.today, age_min=under_age),
        under_age=under_age,
    )
    rules.demand_apart(same_household=identity.same_household(work, work.actor.id, young))
    rules.demand_span(command.until_on, work.today)
    current = select(Guidance.id).where(col(Guidance.young_id) == command.person_id, col(Guidance.ended_on).is_(None))
    if work.session.exec(current).first():
        raise rules.GuidanceThere(_("This person has a contract with a guide, or one that waits for a signature."))
    row = Guidance(
        id=work.new_id(),
        place=place,
        young_id=command.person_id,
        guide_id=UUID(work.actor.id),
        tasks=command.tasks,
        guide_does=command.guide_does,
        until_on=command.until_on,
        proposed_on=work.today,
    )
    work.session.add(row)
    work.session.flush()
    work.record(GuidanceProposed(place=place, subject=str(row.id), young_id=young, guide_id=work.actor.id))
    return queries.guidance_view(work, row)


@verb(access.HELP)
def tell_consent(work: Work, place: str, guidance_id: UUID, command: TellConsent) -> GuidanceView:
    """Write down whether a parent agrees; without it a contract that was signed holds no longer.

    Raises GuidanceNotFound, NotYours, Ended or ChangedMeanwhile.
    """
    row = _helped(work, place, guidance_id)
    agrees = command.consent is Consent.GIVEN
    told = {"has_consent": agrees, "consent_told_by": UUID(work.actor.id), "consent_told_on": work.today}
    # Who takes a consent back lets the young person sign again when it is given again.
    signed_on = row.signed_on if agrees else None
    move(work.session, row, ("signed_on", "has_consent", "ended_on"), signed_on=signed_on, **told)
    work.session.refresh(row)
    work.record(ConsentTold(place=place, subject=str(row.id), is_given=agrees))
    return queries.guidance_view(work, row)


@verb(access.SIGN)
def sign_guidance(work: Work, place: str, guidance_id: UUID) -> GuidanceView:
    """Sign a contract as the young person; from now on it holds.

    Raises GuidanceNotFound, NotYours, Ended, WrongState, ConsentMissing or ChangedMeanwhile.
    """
    row = queries.guidance_row(work, place, guidance_id)
    work.demand_own({str(row.young_id)})
    rules.demand_going_on(row.ended_on)
    rules.demand_signable(
        is_signed=row.signed_on is not None,
        is_over=work.today > row.until_on,
        needs_consent=queries.needs_consent(work, row) or row.has_consent is False,
        has_consent=row.has_consent,
    )
    move(work.session, row, ("signed_on", "has_consent", "ended_on"), signed_on=work.today)
    work.session.refresh(row)
    work.record(GuidanceSigned(place=place, subject=str(row.id)))
    return queries.guidance_view(work, row)


@verb(access.HELP)
def write_note(work: Work, place: str, guidance_id: UUID, command: WriteNote) -> GuidanceView:
    """Write a short note that the young person reads too. Raises GuidanceNotFound, NotYours or Ended."""
    row = _helped(work, place, guidance_id)
    note = GuidanceNote(id=work.new_id(), guidance_id=row.id, place=place, note=command.note, written_on=work.today)
    work.session.add(note)
    work.session.flush()
    work.record(NoteWritten(place=place, subject=str(row.id)))
    return queries.guidance_view(work, row)


@verb(access.READ)
def erase_note(work: Work, place: str, guidance_id: UUID, note_id: UUID) -> GuidanceView:
    """Erase a note; either of the two can, and nothing of it is kept.

    Raises GuidanceNotFound, NotYours, NoteNotFound or WrongState.
    """
    row = queries.guidance_row(work, place, guidance_id)
    work.demand_own({str(row.young_id), str(row.guide_id)})
    note = queries.note_row(work, row.id, note_id)
    if note.note is None:
        raise WrongState(_("This note is gone already."))
    move(work.session, note, ("note",), note=None)
    work.session.refresh(note)
    work.record(NoteErased(place=place, subject=str(row.id)))
    return queries.guidance_view(work, row)


@verb(access.END)
def end_guidance(work: Work, place: str, guidance_id: UUID) -> None:
    """End a contract at once, without a reason; all that it says is erased.

    Raises GuidanceNotFound, NotYours, Ended or ChangedMeanwhile.

    Choice: what two people agreed about one of them is nobody's archive; what stays is that there was a contract.
    """
    row = queries.guidance_row(work, place, guidance_id)
    work.demand_own({str(row.young_id), str(row.guide_id)})
    rules.demand_going_on(row.ended_on)
    _end(work, row)


@verb(access.LAPSE)
def end_overdue(work: Work, place: str) -> int:
    """End the contracts whose last day has passed, and return how many that were."""
    over = select(Guidance).where(
        col(Guidance.place) == place, col(Guidance.ended_on).is_(None), col(Guidance.until_on) < work.today
    )
    found = work.session.exec(over.order_by(col(Guidance.id)).limit(ENDED_TOGETHER_MAX)).all()
    for row in found:
        _end(work, row)
    return len(found)


def _helped(work: Work, place: str, guidance_id: UUID) -> Guidance:
    """Return a contract of the guide who asks, if it goes on. Raises GuidanceNotFound, NotYours or Ended."""
    row = queries.guidance_row(work, place, guidance_id)
    work.demand_own({str(row.guide_id)})
    rules.demand_going_on(row.ended_on)
    return row


def _end(work: Work, row: Guidance) -> None:
    """End a contract, and erase its words and notes."""
    move(work.session, row, ("ended_on",), ended_on=work.today, tasks="", guide_does="")
    work.session.exec(update(GuidanceNote).where(col(GuidanceNote.guidance_id) == row.id).values(note=None))
    work.session.expire_all()
    work.record(GuidanceEnded(place=row.place, subject=str(row.id)))

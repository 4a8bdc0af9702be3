# SPDX-License-Identifier: EUPL-1.2
"""Reads contracts with young people: one for the two of them, and for an official that there is one."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules.earning import RewardsPolicy
from wijkbudget.reciprocity.guidance import access, rules
from wijkbudget.reciprocity.guidance.models import Guidance, GuidanceNote
from wijkbudget.reciprocity.guidance.rules import GuidanceNotFound, NoteNotFound
from wijkbudget.reciprocity.guidance.schemas import GuidanceCard, GuidanceView, NoteView
from wijkbudget.trail.work import Look, question


@question(access.OWN)
def own_guidance(look: Look, place: str) -> list[GuidanceCard]:
    """Return the contracts of whoever asks, as a young person or as a guide. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    me = UUID(look.actor.id)
    return _cards(look, place, or_(col(Guidance.young_id) == me, col(Guidance.guide_id) == me))


@question(access.KNOW)
def all_guidance(look: Look, place: str) -> list[GuidanceCard]:
    """Return who has a contract with whom, and nothing of what it says. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    return _cards(look, place)


@question(access.READ)
def guidance(look: Look, place: str, guidance_id: UUID) -> GuidanceView:
    """Return a contract to one of the two that it is of. Raises GuidanceNotFound or NotYours."""
    row = guidance_row(look, place, guidance_id)
    look.demand_own({str(row.young_id), str(row.guide_id)})
    return guidance_view(look, row)


def guidance_row(look: Look, place: str, guidance_id: UUID) -> Guidance:
    """Return a contract of this neighbourhood. Raises GuidanceNotFound."""
    row = look.session.get(Guidance, guidance_id)
    if row is None or row.place != place:
        raise GuidanceNotFound(_("There is no such contract here. Perhaps it ended."))
    return row


def note_row(look: Look, guidance_id: UUID, note_id: UUID) -> GuidanceNote:
    """Return a note of a contract. Raises NoteNotFound."""
    row = look.session.get(GuidanceNote, note_id)
    if row is None or row.guidance_id != guidance_id:
        raise NoteNotFound(_("There is no such note."))
    return row


def guidance_view(look: Look, row: Guidance) -> GuidanceView:
    """Return a contract as the two see it."""
    names = identity.names(look, {str(row.young_id), str(row.guide_id)})
    notes = select(GuidanceNote).where(col(GuidanceNote.guidance_id) == row.id)
    newest_first = notes.order_by(col(GuidanceNote.written_on).desc(), col(GuidanceNote.id))
    return GuidanceView(
        id=row.id,
        young_name=names[str(row.young_id)],
        guide_name=names[str(row.guide_id)],
        tasks=row.tasks,
        guide_does=row.guide_does,
        until_on=row.until_on,
        proposed_on=row.proposed_on,
        signed_on=row.signed_on,
        ended_on=row.ended_on,
        is_running=_is_running(look, row),
        needs_consent=row.signed_on is None and needs_consent(look, row),
        has_consent=row.has_consent,
        consent_told_on=row.consent_told_on,
        notes=[
            NoteView(id=note.id, note=note.note, written_on=note.written_on)
            for note in look.session.exec(newest_first).all()
            if note.note is not None
        ],
        may_sign=row.signed_on is None and row.ended_on is None and str(row.young_id) == look.actor.id,
        is_guide=str(row.guide_id) == look.actor.id,
    )


def needs_consent(look: Look, row: Guidance) -> bool:
    """Return whether a parent has to agree: until the year in which somebody turns 17, as the day is not known."""
    person, age = str(row.young_id), rules.CONSENT_UNDER_AGE + 1
    return not identity.is_resident(look, row.place, person, look.today, age_min=age)


def is_contract_missing(look: Look, place: str, person_id: str, section: RewardsPolicy) -> bool:
    """Return whether somebody needs a contract to choose a reward, and has none that holds."""
    asks = rules.asks_contract(section, is_grown_up=_is_grown_up(look, place, person_id, section))
    return asks and not _has_running(look, place, person_id)


def demand_contract(look: Look, place: str, person_id: str, section: RewardsPolicy) -> None:
    """Do nothing if somebody may choose a reward, by their age or their contract. Raises ContractMissing."""
    rules.demand_contract(
        section,
        is_grown_up=_is_grown_up(look, place, person_id, section),
        has_contract=_has_running(look, place, person_id),
    )


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for each contract that holds though a parent said no, and each note of one that ended."""
    refused = select(Guidance).where(col(Guidance.signed_on).is_not(None), col(Guidance.has_consent).is_(False))
    for row in look.session.exec(refused.order_by(col(Guidance.id))).all():
        yield Fault("no contract against a parent", f"guidance {row.id}", "holds, and a parent does not agree")
    kept = (
        select(GuidanceNote)
        .join(Guidance, col(Guidance.id) == col(GuidanceNote.guidance_id))
        .where(col(Guidance.ended_on).is_not(None), col(GuidanceNote.note).is_not(None))
    )
    for note in look.session.exec(kept.order_by(col(GuidanceNote.id))).all():
        yield Fault("nothing said is kept", f"guidance {note.guidance_id}", "ended, and a note of it is still there")


def _is_grown_up(look: Look, place: str, person_id: str, section: RewardsPolicy | None) -> bool:
    age = rules.young_under_age(section)
    return identity.is_resident(look, place, person_id, look.today, age_min=age)


def _has_running(look: Look, place: str, person_id: str) -> bool:
    of = select(Guidance).where(
        col(Guidance.young_id) == UUID(person_id), col(Guidance.place) == place, col(Guidance.ended_on).is_(None)
    )
    row = look.session.exec(of).first()
    return row is not None and _is_running(look, row)


def _is_running(look: Look, row: Guidance) -> bool:
    return row.signed_on is not None and row.ended_on is None and look.today <= row.until_on


def _cards(look: Look, place: str, *conditions: ColumnElement[bool]) -> list[GuidanceCard]:
    here = select(Guidance).where(col(Guidance.place) == place, col(Guidance.ended_on).is_(None), *conditions)
    found = look.session.exec(here.order_by(col(Guidance.until_on), col(Guidance.id))).all()
    names = identity.names(look, {str(each) for row in found for each in (row.young_id, row.guide_id)})
    return [
        GuidanceCard(
            id=row.id,
            young_name=names[str(row.young_id)],
            guide_name=names[str(row.guide_id)],
            until_on=row.until_on,
            is_running=_is_running(look, row),
            is_signed=row.signed_on is not None,
        )
        for row in found
    ]

# SPDX-License-Identifier: EUPL-1.2
"""Starts organisations, and lets people join and leave them."""

from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import access
from wijkbudget.identity.events import MemberAdmitted, MemberLeft, MembershipAsked, OrganisationStarted
from wijkbudget.identity.models import Organisation, OrganisationMember
from wijkbudget.identity.queries import membership as queries
from wijkbudget.identity.rules.organisations import (
    AlreadyMember,
    NameTaken,
    NotAsked,
    demand_member,
    demand_number,
    demand_others,
)
from wijkbudget.identity.schemas import OrganisationCard, StartOrganisation
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb


@verb(access.ORGANISE)
def start_organisation(work: Work, place: str, command: StartOrganisation) -> OrganisationCard:
    """Start an organisation with yourself as its first member. Raises NumberMissing or NameTaken."""
    demand_number(command.legal_form, command.registration_number)
    same_name = select(Organisation.id).where(col(Organisation.place) == place, col(Organisation.name) == command.name)
    if work.session.exec(same_name).first():
        raise NameTaken(_("There is an organisation with this name already."))
    row = Organisation(
        id=work.new_id(),
        place=place,
        name=command.name,
        legal_form=command.legal_form,
        registration_number=command.registration_number,
        started_on=work.today,
    )
    work.session.add(row)
    work.session.flush()
    person_id = UUID(work.actor.id)
    work.session.add(OrganisationMember(organisation_id=row.id, person_id=person_id, admitted_at=work.now))
    work.session.flush()
    work.record(OrganisationStarted(place=place, subject=str(row.id), person=work.actor.id, legal_form=row.legal_form))
    return queries.organisation_card(work, place, row.id)


@verb(access.ORGANISE)
def join(work: Work, place: str, organisation_id: UUID) -> OrganisationCard:
    """Ask to become a member of an organisation. Raises OrganisationNotFound or AlreadyMember."""
    row = queries.find(work, place, organisation_id)
    members, askers = queries.people(work, row.id)
    if work.actor.id in {*members, *askers}:
        raise AlreadyMember(_("You are a member already, or you asked to be one."))
    work.session.add(OrganisationMember(organisation_id=row.id, person_id=UUID(work.actor.id)))
    work.session.flush()
    work.record(MembershipAsked(place=place, subject=str(row.id), person=work.actor.id))
    return queries.organisation_card(work, place, row.id)


@verb(access.ORGANISE)
def admit(work: Work, place: str, organisation_id: UUID, person_id: UUID) -> OrganisationCard:
    """Let in somebody who asked. Raises OrganisationNotFound, NotMember or NotAsked.

    Choice: a member lets in others, because an organisation that holds money answers for it by name.
    """
    row = queries.find(work, place, organisation_id)
    members, _askers = queries.people(work, row.id)
    demand_member(work.actor.id, members)
    asked = work.session.get(OrganisationMember, (row.id, person_id))
    if asked is None or asked.admitted_at is not None:
        raise NotAsked(_("This person did not ask to join."))
    asked.admitted_at = work.now
    work.session.flush()
    work.record(MemberAdmitted(place=place, subject=str(row.id), person=str(person_id)))
    return queries.organisation_card(work, place, row.id)


@verb(access.ORGANISE)
def leave(work: Work, place: str, organisation_id: UUID) -> OrganisationCard:
    """Leave an organisation, or take back your question to join.

    Raises OrganisationNotFound, NotMember or LastMember.
    """
    row = queries.find(work, place, organisation_id)
    members, askers = queries.people(work, row.id)
    if work.actor.id not in askers:
        demand_others(work.actor.id, members)
    work.session.delete(work.session.get_one(OrganisationMember, (row.id, UUID(work.actor.id))))
    work.session.flush()
    work.record(MemberLeft(place=place, subject=str(row.id), person=work.actor.id))
    return queries.organisation_card(work, place, row.id)

# SPDX-License-Identifier: EUPL-1.2
"""Reads organisations and their members."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import access
from wijkbudget.identity.models import Organisation, OrganisationMember
from wijkbudget.identity.queries.register import names
from wijkbudget.identity.rules.organisations import LegalForm, OrganisationNotFound
from wijkbudget.identity.schemas import OrganisationCard, OrganisationView, PersonView
from wijkbudget.kit.actor import Role
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question


@question(access.EVERYBODY)
def organisations(look: Look, place: str) -> list[OrganisationCard]:
    """Return the organisations of a neighbourhood, by name. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    rows = select(Organisation).where(col(Organisation.place) == place).order_by(col(Organisation.name))
    return _cards(look, look.session.exec(rows).all())


@question(access.EVERYBODY)
def organisation_card(look: Look, place: str, organisation_id: UUID) -> OrganisationCard:
    """Return an organisation as the reader may see it. Raises OrganisationNotFound."""
    return _cards(look, [find(look, place, organisation_id)])[0]


def organisation(look: Look, place: str, organisation_id: UUID) -> OrganisationView:
    """Return an organisation with its members. Raises OrganisationNotFound."""
    row = find(look, place, organisation_id)
    admitted, _askers = people(look, row.id)
    return OrganisationView(
        id=str(row.id), place=row.place, name=row.name, legal_form=LegalForm(row.legal_form), members=admitted
    )


def of_member(look: Look, person_id: str) -> list[OrganisationCard]:
    """Return the organisations that somebody is a member of, or asked to join, by name."""
    rows = (
        select(Organisation)
        .join(OrganisationMember, col(OrganisationMember.organisation_id) == col(Organisation.id))
        .where(col(OrganisationMember.person_id) == UUID(person_id))
        .order_by(col(Organisation.name))
    )
    return _cards(look, look.session.exec(rows).all())


def find(look: Look, place: str, organisation_id: UUID) -> Organisation:
    """Return the row of an organisation. Raises OrganisationNotFound."""
    row = look.session.get(Organisation, organisation_id)
    if row is None or row.place != place:
        raise OrganisationNotFound(_("There is no such organisation here."))
    return row


def people(look: Look, organisation_id: UUID) -> tuple[list[str], list[str]]:
    """Return the ids of the members and of those who asked to join."""
    rows = look.session.exec(
        select(OrganisationMember.person_id, OrganisationMember.admitted_at)
        .where(col(OrganisationMember.organisation_id) == organisation_id)
        .order_by(col(OrganisationMember.person_id))
    ).all()
    members = [str(person_id) for person_id, admitted_at in rows if admitted_at]
    return members, [str(person_id) for person_id, admitted_at in rows if not admitted_at]


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every organisation without a member."""
    for row in look.session.exec(select(Organisation)).all():
        if not people(look, row.id)[0]:
            yield Fault("identity", f"organisation {row.id}", "has no member")


def _cards(look: Look, rows: Iterable[Organisation]) -> list[OrganisationCard]:
    return [_card(look, row) for row in rows]


def _card(look: Look, row: Organisation) -> OrganisationCard:
    """Return an organisation; a guest sees no names, and only members see who asked to join."""
    members, askers = people(look, row.id)
    is_member = look.actor.id in members
    sees_names = bool(look.actor.roles_in(row.place) - {Role.GUEST})
    called = names(look, [*members, *askers]) if sees_names else {}
    return OrganisationCard(
        id=row.id,
        place=row.place,
        name=row.name,
        legal_form=LegalForm(row.legal_form),
        registration_number=row.registration_number,
        started_on=row.started_on,
        member_count=len(members),
        members=_people(members, called) if sees_names else [],
        askers=_people(askers, called) if is_member else [],
        is_member=is_member,
        has_asked=look.actor.id in askers,
    )


def _people(ids: Iterable[str], called: dict[str, str]) -> list[PersonView]:
    found = [PersonView(id=person_id, name=called[person_id]) for person_id in ids]
    return sorted(found, key=lambda person: (person.name, person.id))

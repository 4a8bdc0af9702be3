# SPDX-License-Identifier: EUPL-1.2
"""Adds people who are not on the register, and gives and ends roles."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col

from wijkbudget.identity import access
from wijkbudget.identity.events import PersonAdded, RoleEnded, RoleGranted
from wijkbudget.identity.models import LoginSession, Person, RoleGrant, SecondStep
from wijkbudget.identity.queries import roles as queries
from wijkbudget.identity.queries.register import name_of
from wijkbudget.identity.rules.register import PersonNotFound
from wijkbudget.identity.rules.roles import demand_endable, demand_grantable, demand_period
from wijkbudget.identity.schemas import AddPerson, GrantRole, GrantView
from wijkbudget.kit.actor import Role
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb


@verb(access.GIVE_ROLES)
def add_person(work: Work, place: str, command: AddPerson) -> GrantView:
    """Add somebody who does not live here, with a role in a neighbourhood.

    Raises NotGrantable or NeighbourhoodNotFound.
    """
    neighbourhoods.neighbourhood(work, place)
    return _grant(work, place, _add(work, place, command), command.role, command.until_on)


@verb(access.GIVE_ROLES, municipal=True)
def appoint(work: Work, command: AddPerson) -> GrantView:
    """Add somebody who does not live here, with a role in the whole municipality. Raises NotGrantable."""
    return _grant(work, None, _add(work, None, command), command.role, command.until_on)


@verb(access.GIVE_ROLES)
def grant_role(work: Work, place: str, command: GrantRole) -> GrantView:
    """Give somebody a role in a neighbourhood from today; their visits end, so that it shows at once.

    Raises PersonNotFound, NeighbourhoodNotFound, NotForYourself, NotGrantable, RoleHeld or AuditorsAuditOnly.
    """
    neighbourhoods.neighbourhood(work, place)
    return _grant(work, place, command.person_id, command.role, command.until_on)


@verb(access.GIVE_ROLES, municipal=True)
def grant_municipal_role(work: Work, command: GrantRole) -> GrantView:
    """Give somebody a role in the whole municipality from today. Raises what `grant_role` does."""
    return _grant(work, None, command.person_id, command.role, command.until_on)


@verb(access.GIVE_ROLES)
def end_role(work: Work, place: str, grant_id: UUID) -> GrantView:
    """End a role in a neighbourhood today. Raises GrantNotFound, NotForYourself or RoleOver."""
    return _end(work, place, grant_id)


@verb(access.GIVE_ROLES, municipal=True)
def end_municipal_role(work: Work, grant_id: UUID) -> GrantView:
    """End a role in the whole municipality today. Raises GrantNotFound, NotForYourself or RoleOver."""
    return _end(work, None, grant_id)


def _add(work: Work, place: str | None, command: AddPerson) -> UUID:
    person = Person(id=work.new_id(), name=command.name)
    work.session.add(person)
    work.session.flush()
    work.record(PersonAdded(place=place, subject=str(person.id)))
    return person.id


def _grant(work: Work, place: str | None, person_id: UUID, role: Role, until_on: date | None) -> GrantView:
    if not name_of(work, person_id).name:
        raise PersonNotFound(_("This person is not known here."))
    held = queries.held(work, place, person_id)
    demand_grantable(role, held, is_own=work.actor.id == str(person_id), is_municipal=place is None)
    demand_period(work.today, until_on)
    row = RoleGrant(
        id=work.new_id(), person_id=person_id, role=role, place=place, from_on=work.today, until_on=until_on
    )
    work.session.add(row)
    work.session.flush()
    _end_sessions(work, person_id)
    until = until_on.isoformat() if until_on else None
    work.record(RoleGranted(place=place, subject=str(row.id), person=str(person_id), role=role, until=until))
    return _view(work, row)


def _end(work: Work, place: str | None, grant_id: UUID) -> GrantView:
    row = queries.grant(work, place, grant_id)
    demand_endable(work.today, row.until_on, is_own=work.actor.id == str(row.person_id))
    row.until_on = work.today
    work.session.flush()
    _end_sessions(work, row.person_id)
    work.record(RoleEnded(place=place, subject=str(row.id), person=str(row.person_id), role=row.role))
    return _view(work, row)


def _end_sessions(work: Work, person_id: UUID) -> None:
    """End every visit of somebody, so that no page goes on with roles of before."""
    work.session.exec(delete(LoginSession).where(col(LoginSession.person_id) == person_id))


def _view(work: Work, row: RoleGrant) -> GrantView:
    person = work.session.get(Person, row.person_id)
    assert person is not None
    return queries.grant_view(work, row, person, work.session.get(SecondStep, person.id))

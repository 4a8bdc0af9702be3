# SPDX-License-Identifier: EUPL-1.2
"""Reads who has which role."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlmodel import col, or_, select

from wijkbudget.identity import access
from wijkbudget.identity.models import Person, RoleGrant, SecondStep
from wijkbudget.identity.rules.roles import GrantNotFound
from wijkbudget.identity.schemas import GrantView, PersonView
from wijkbudget.kit.actor import Role
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look, question


@question(access.READ_ROLES)
def grants(look: Look, place: str) -> list[GrantView]:
    """Return every role given in a neighbourhood or in the whole municipality, those that hold first."""
    rows = _grants().where(or_(col(RoleGrant.place) == place, col(RoleGrant.place).is_(None)))
    return _views(look, look.session.exec(rows))


@question(access.READ_ROLES, municipal=True)
def municipal_grants(look: Look) -> list[GrantView]:
    """Return every role given in the whole municipality, those that hold first."""
    return _views(look, look.session.exec(_grants().where(col(RoleGrant.place).is_(None))))


def holders(look: Look, place: str, role: Role) -> list[PersonView]:
    """Return who has a role in a neighbourhood today, also by having it in the whole municipality, by name."""
    found = {view.person.id: view.person for view in grants(look, place) if view.role is role and not view.is_over}
    return sorted(found.values(), key=lambda person: (person.name, person.id))


def grant(look: Look, place: str | None, grant_id: UUID) -> RoleGrant:
    """Return a role that was given in a neighbourhood, or, for None, in the municipality. Raises GrantNotFound."""
    row = look.session.get(RoleGrant, grant_id)
    if row is None or row.place != place:
        raise GrantNotFound(_("There is no such role here."))
    return row


def held(look: Look, place: str | None, person_id: UUID) -> set[Role]:
    """Return the roles somebody was given that hold in a place today, or later; the register gives the others."""
    rows = look.session.exec(
        select(RoleGrant.role).where(
            col(RoleGrant.person_id) == person_id,
            or_(col(RoleGrant.place) == place, col(RoleGrant.place).is_(None)) if place else True,
            or_(col(RoleGrant.until_on).is_(None), col(RoleGrant.until_on) > look.today),
        )
    )
    return {Role(role) for role in rows}


def places_held(look: Look, person_id: UUID) -> set[str | None]:
    """Return where somebody has a role today, or later; None is the whole municipality."""
    rows = select(RoleGrant.place).where(
        col(RoleGrant.person_id) == person_id,
        or_(col(RoleGrant.until_on).is_(None), col(RoleGrant.until_on) > look.today),
    )
    return set(look.session.exec(rows))


def grant_view(look: Look, row: RoleGrant, person: Person, step: SecondStep | None) -> GrantView:
    """Return a role with whose it is."""
    return GrantView(
        id=row.id,
        person=PersonView(id=str(person.id), name=person.name),
        role=Role(row.role),
        is_municipal=row.place is None,
        from_on=row.from_on,
        until_on=row.until_on,
        is_over=row.until_on is not None and row.until_on <= look.today,
        has_second_step=step is not None and step.shown_at is not None,
    )


def _grants() -> Any:
    return (
        select(RoleGrant, Person, SecondStep)
        .join(Person, col(Person.id) == col(RoleGrant.person_id))
        .outerjoin(SecondStep, col(SecondStep.person_id) == col(Person.id))
    )


def _views(look: Look, rows: Iterable[tuple[RoleGrant, Person, SecondStep | None]]) -> list[GrantView]:
    found = [grant_view(look, row, person, step) for row, person, step in rows]
    order = list(Role)
    return sorted(found, key=lambda view: (view.is_over, order.index(view.role), view.person.name, str(view.id)))

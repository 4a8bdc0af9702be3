# SPDX-License-Identifier: EUPL-1.2
"""Reads who holds a session, and what they are today."""

from collections.abc import Iterator
from uuid import UUID

from sqlmodel import col, or_, select

from wijkbudget.identity import access
from wijkbudget.identity.models import LoginCode, LoginLink, LoginSession, Person, Residence, RoleGrant, SecondStep
from wijkbudget.identity.queries import membership
from wijkbudget.identity.queries.register import name_of
from wijkbudget.identity.rules.factors import ON_PAPER, sleeping
from wijkbudget.identity.rules.logins import NotLoggedIn, held_roles
from wijkbudget.identity.schemas import HeldRole, MeView, PlaceView, StepView
from wijkbudget.kit.actor import GUEST, SYSTEM, Actor, Role
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question


def session_hash(look: Look, token: str) -> str:
    """Return the keyed hash under which a session is kept."""
    return look.keys.keyed_hash("login session", token)


def code_hash(look: Look, code: str) -> str:
    """Return the keyed hash under which a login code is kept; the code is its sixteen symbols."""
    return look.keys.keyed_hash("login code", code)


def link_hash(look: Look, way: str, *parts: str) -> str:
    """Return the keyed hash under which an e-mail address, or an issuer with its subject, is kept."""
    return look.keys.keyed_hash("login link", way, *parts)


def is_own_address(look: Look, person_id: UUID, address: str) -> bool:
    """Return whether somebody proved that an e-mail address is theirs; no address is kept, only its hash."""
    row = look.session.get(LoginLink, link_hash(look, "email", address))
    return row is not None and row.person_id == person_id


def actor_of(look: Look, token: str) -> tuple[Actor, str, bool] | None:
    """Return who holds a session token, with their name, and whether roles of theirs sleep in this visit.

    None if nobody holds it any more. Roles are today's; those that take a second step count once it was taken.
    """
    row = look.session.exec(
        select(Person, LoginSession)
        .join(LoginSession, col(LoginSession.person_id) == col(Person.id))
        .where(col(LoginSession.hash) == session_hash(look, token))
    ).first()
    if row is None or row[1].ends_at <= look.now:
        return None
    person, visit = row
    whole = _actor(look, person)
    asleep = sleeping(whole.roles, is_verified=visit.verified_at is not None)
    return Actor(id=whole.id, roles=whole.roles - asleep), person.name, bool(asleep)


def own_visit(look: Look, token: str) -> LoginSession:
    """Return the visit that a token opens, of whoever asks. Raises NotLoggedIn."""
    visit = look.session.get(LoginSession, session_hash(look, token))
    if visit is None or visit.ends_at <= look.now or str(visit.person_id) != look.actor.id:
        raise NotLoggedIn(_("Log in first."))
    return visit


@question(access.EVERYBODY, municipal=True)
def step(look: Look, token: str) -> StepView:
    """Return how it stands with the second step of whoever asks. Raises NotLoggedIn."""
    visit = own_visit(look, token)
    row = look.session.get(SecondStep, visit.person_id)
    asleep = sleeping(actor(look, visit.person_id).roles, is_verified=visit.verified_at is not None)
    return StepView(
        is_there=row is not None and row.shown_at is not None,
        sleeping=[role for role in Role if role in {held for held, _place in asleep}],
        is_on_paper=visit.way in ON_PAPER,
    )


@question(access.HOUSE, municipal=True)
def actor(look: Look, person_id: UUID) -> Actor:
    """Return somebody with the roles they have today. Raises PersonNotFound."""
    name_of(look, person_id)
    person = look.session.get(Person, person_id)
    assert person is not None
    return _actor(look, person)


@question(access.EVERYBODY, municipal=True)
def me(look: Look) -> MeView:
    """Return who is asking, with roles and organisations. Raises NotLoggedIn."""
    person = None if look.actor in {GUEST, SYSTEM} else look.session.get(Person, UUID(look.actor.id))
    if person is None:
        raise NotLoggedIn(_("Log in first."))
    places = {view.slug: view.name for view in neighbourhoods.neighbourhoods(look)}
    order = list(Role)
    roles = _actor(look, person).roles
    linked = select(LoginLink.hash).where(col(LoginLink.person_id) == person.id, col(LoginLink.way) == "email")
    held = sorted(roles, key=lambda pair: (order.index(pair[0]), pair[1] or ""))
    return MeView(
        id=str(person.id),
        name=person.name,
        has_email_address=look.session.exec(linked).first() is not None,
        roles=[
            HeldRole(
                role=role,
                place=place,
                place_name=places[place] if place else None,
                is_asleep=(role, place) not in look.actor.roles,
            )
            for role, place in held
        ],
        places=[
            PlaceView(place=place, name=name)
            for place, name in places.items()
            if any(where in {place, None} for _role, where in roles)
        ],
        organisations=membership.of_member(look, str(person.id)),
    )


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every code that was used outside its time."""
    rows = look.session.exec(
        select(LoginCode).where(
            col(LoginCode.used_at).is_not(None),
            or_(col(LoginCode.used_at) < col(LoginCode.made_at), col(LoginCode.used_at) >= col(LoginCode.ends_at)),
        )
    )
    for code in rows:
        yield Fault("identity", f"login code of {code.made_at:%Y-%m-%d}", "was used outside its time")


def _actor(look: Look, person: Person) -> Actor:
    grants = look.session.exec(select(RoleGrant).where(col(RoleGrant.person_id) == person.id))
    home = look.session.exec(
        select(Residence.place).where(
            col(Residence.person_id) == person.id,
            col(Residence.since_on) <= look.today,
            or_(col(Residence.until_on).is_(None), col(Residence.until_on) > look.today),
        )
    ).first()
    given = [(Role(grant.role), grant.place, grant.from_on, grant.until_on) for grant in grants]
    roles = held_roles(given, look.today, home, is_proved=person.proved_at is not None)
    return Actor(id=str(person.id), roles=roles)

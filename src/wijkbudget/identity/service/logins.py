# SPDX-License-Identifier: EUPL-1.2
"""Begins and ends visits: with a code, or by the word of an identity provider."""

import base64
from collections.abc import Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, update
from sqlmodel import col, or_, select

from wijkbudget.identity import access
from wijkbudget.identity.events import LoggedIn
from wijkbudget.identity.models import LoginCode, LoginLink, LoginSession, Person, Residence, RoleGrant, SpentHandshake
from wijkbudget.identity.queries.logins import actor, code_hash, link_hash, session_hash
from wijkbudget.identity.queries.register import name_of, person_called
from wijkbudget.identity.rules.factors import ON_PAPER, sleeping
from wijkbudget.identity.rules.logins import SESSION_LASTS, TOKEN_BYTES, WrongCode, read_code
from wijkbudget.identity.rules.openid import HANDSHAKE_LASTS, Doubt, NotTrusted, Vouched
from wijkbudget.identity.schemas import LogIn, SessionView
from wijkbudget.kit.actor import Role
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look, Work, verb


@verb(access.EVERYBODY, municipal=True)
def log_in(work: Work, command: LogIn) -> SessionView:
    """Begin a visit with a code. Raises CodeMistyped or WrongCode."""
    used = use_code(work, command.code, ("letter", "desk", "email"))
    person_id = used.person_id or owner_of(work, used.link_hash or "", "email")
    return open_session(work, person_id, way=used.way, proves=used.way in ON_PAPER)


@verb(access.EVERYBODY, municipal=True)
def log_in_vouched(work: Work, vouched: Vouched) -> SessionView:
    """Begin a visit of somebody whom an identity provider vouches for. Raises NotTrusted for one that counted before.

    Choice: the register's own name for somebody, told by the provider, wins; without it whoever came here before as
    this subject comes again, and a new one is a guest.
    """
    _spend(work, vouched.state)
    link = link_hash(work, "openid", vouched.issuer, vouched.subject)
    known = person_called(work, vouched.pseudonym) if vouched.pseudonym else None
    if known:
        let_open(work, link, known, "openid")
    return open_session(
        work,
        known or owner_of(work, link, "openid"),
        way="openid",
        is_verified=vouched.is_strong,
        proves=known is not None,
    )


def use_code(work: Work, typed: str, ways: Sequence[str]) -> LoginCode:
    """Use up a code that came in one of these ways, and return it. Raises CodeMistyped or WrongCode.

    One statement looks up and uses the code, so a wrong one takes the same work whatever is wrong with it.
    """
    used = (
        update(LoginCode)
        .where(
            col(LoginCode.hash) == code_hash(work, read_code(typed)),
            col(LoginCode.way).in_(ways),
            col(LoginCode.used_at).is_(None),
            col(LoginCode.ends_at) > work.now,
        )
        .values(used_at=work.now)
        .returning(LoginCode)
    )
    code: LoginCode | None = work.session.scalars(used).first()
    if code is None:
        raise WrongCode(_("This code cannot be used. Look at it again, or ask for a new code."))
    return code


def open_session(
    work: Work, person_id: UUID, *, way: str, is_verified: bool = False, proves: bool = False
) -> SessionView:
    """Begin a visit of somebody; `proves` says that this login shows who they are. Raises PersonNotFound."""
    is_first = proves and _prove(work, person_id)
    visit = begin_visit(work, person_id, way=way, is_verified=is_verified)
    work.record(LoggedIn(place=None, subject=str(person_id), is_first=is_first))
    return visit


def begin_visit(work: Work, person_id: UUID, *, way: str, is_verified: bool) -> SessionView:
    """Make a new token for somebody; whoever calls this records why. Raises PersonNotFound."""
    person = name_of(work, person_id)
    token = base64.urlsafe_b64encode(work.random(TOKEN_BYTES)).rstrip(b"=").decode()
    _forget_old(work, person_id)
    work.session.add(
        LoginSession(
            hash=session_hash(work, token),
            person_id=person_id,
            way=way,
            made_at=work.now,
            ends_at=work.now + SESSION_LASTS,
            verified_at=work.now if is_verified else None,
        )
    )
    work.session.flush()
    asleep = {role for role, _place in sleeping(actor(work, person_id).roles, is_verified=is_verified)}
    return SessionView(
        token=token,
        person=person,
        places=_places(work, person_id),
        sleeping=[role for role in Role if role in asleep],
    )


@verb(access.EVERYBODY, municipal=True, silent="the end of a visit changes nothing of the neighbourhood")
def log_out(work: Work, token: str) -> None:
    """End a visit; a token that opens nothing any more is fine too."""
    work.session.exec(delete(LoginSession).where(col(LoginSession.hash) == session_hash(work, token)))


def owner_of(work: Work, link: str, way: str) -> UUID:
    """Return whose account an address or a provider's subject opens; a guest's, without a name, if nobody's yet."""
    row = work.session.get(LoginLink, link)
    if row:
        return row.person_id
    guest = Person(id=work.new_id(), name="")
    work.session.add(guest)
    work.session.flush()
    let_open(work, link, guest.id, way)
    return guest.id


def let_open(work: Work, link: str, person_id: UUID, way: str) -> None:
    """Let an address or a provider's subject open somebody's account from now on, and no other's."""
    row = work.session.get(LoginLink, link)
    if row is None:
        work.session.add(LoginLink(hash=link, person_id=person_id, way=way, made_at=work.now))
    elif row.person_id != person_id and is_guest(work, row.person_id):
        take_over(work, row.person_id, person_id)
    else:
        row.person_id = person_id
    work.session.flush()


def take_over(work: Work, guest_id: UUID, person_id: UUID) -> None:
    """Let everything that opens a guest's account open somebody's own, and let the guest be gone."""
    of_guest, of_person = col(LoginLink.person_id) == guest_id, col(LoginLink.person_id) == person_id
    if work.session.exec(select(LoginLink.hash).where(of_guest, col(LoginLink.way) == "email")).first():
        work.session.exec(delete(LoginLink).where(of_person, col(LoginLink.way) == "email"))
    work.session.exec(update(LoginLink).where(of_guest).values(person_id=person_id))
    work.session.exec(delete(LoginSession).where(col(LoginSession.person_id) == guest_id))
    work.session.exec(delete(LoginCode).where(col(LoginCode.person_id) == guest_id))
    work.session.exec(delete(Person).where(col(Person.id) == guest_id))


def is_guest(look: Look, person_id: UUID) -> bool:
    """Return whether an account is of somebody whom nobody knows yet."""
    person = look.session.get(Person, person_id)
    return person is not None and person.name == ""


def _spend(work: Work, state: str) -> None:
    """Let a handshake count, once. Raises NotTrusted."""
    work.session.exec(delete(SpentHandshake).where(col(SpentHandshake.ends_at) <= work.now))
    spent = work.keys.keyed_hash("spent handshake", state)
    if work.session.get(SpentHandshake, spent):
        raise NotTrusted(Doubt.COUNTED_BEFORE)
    work.session.add(SpentHandshake(hash=spent, ends_at=work.now + HANDSHAKE_LASTS))
    work.session.flush()


def _prove(work: Work, person_id: UUID) -> bool:
    """Note that somebody showed who they are; return whether it was the first time."""
    proved = work.session.connection().execute(
        update(Person).where(col(Person.id) == person_id, col(Person.proved_at).is_(None)).values(proved_at=work.now)
    )
    return cast("CursorResult[tuple[()]]", proved).rowcount == 1


def _forget_old(work: Work, person_id: UUID) -> None:
    """Throw away visits of somebody that are over."""
    work.session.exec(
        delete(LoginSession).where(col(LoginSession.person_id) == person_id, col(LoginSession.ends_at) <= work.now)
    )


def _places(look: Look, person_id: UUID) -> list[str]:
    """Return the neighbourhoods somebody lives or has a role in."""
    homes = select(Residence.place).where(col(Residence.person_id) == person_id, col(Residence.until_on).is_(None))
    given = select(RoleGrant.place).where(
        col(RoleGrant.person_id) == person_id,
        col(RoleGrant.place).is_not(None),
        or_(col(RoleGrant.until_on).is_(None), col(RoleGrant.until_on) > look.today),
    )
    return sorted({place for place in (*look.session.exec(homes), *look.session.exec(given)) if place})

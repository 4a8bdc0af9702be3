"""Sends and hands out login codes, and begins and ends visits."""

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, func, update
from sqlmodel import col, or_, select

from wijkbudget.identity import access
from wijkbudget.identity.events import CodeSent, LetterAsked, LoggedIn, ProvedAtDesk
from wijkbudget.identity.models import Household, LoginCode, LoginSession, Person, Residence, RoleGrant
from wijkbudget.identity.queries.logins import code_hash, session_hash
from wijkbudget.identity.queries.register import address_of, is_resident, name_of
from wijkbudget.identity.queries.roles import held, places_held
from wijkbudget.identity.rules.logins import (
    CODE_LASTS,
    LETTERS_TOGETHER_MAX,
    SESSION_LASTS,
    TOKEN_BYTES,
    WrongCode,
    demand_may_hand,
    may_send_again,
    read_code,
)
from wijkbudget.identity.rules.register import PersonNotFound
from wijkbudget.identity.schemas import AddressView, AskCode, AskedView, HandedCode, LogIn, SessionView
from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look, Work, verb

_LETTER_DAYS = 5
"""What is promised on the page: working days until the letter is there."""


@verb(access.EVERYBODY, municipal=True)
def ask_code(work: Work, command: AskCode) -> AskedView:
    """Send a login code to the registered address of whoever this is; the answer never tells whether anybody is.

    The trail too says the same, whether a letter was sent or not.
    """
    work.record(LetterAsked(place=None, subject=str(work.new_id())))
    asked = _matching(work, command)
    if len(asked) <= LETTERS_TOGETHER_MAX:
        for person_id in asked:
            if may_send_again(_last_letter_at(work, person_id), work.now):
                _send(work, person_id)
    return AskedView(days_max=_LETTER_DAYS)


@verb(access.SEND_CODE)
def send_code(work: Work, place: str, person_id: UUID) -> AskedView:
    """Send a login code to the registered address of a resident. Raises PersonNotFound."""
    if not is_resident(work, place, str(person_id), work.today):
        raise PersonNotFound(_("There is no such person here."))
    _send(work, person_id)
    work.record(CodeSent(place=place, subject=str(person_id)))
    return AskedView(days_max=_LETTER_DAYS)


@verb(access.PROVE)
def prove_at_desk(work: Work, place: str, person_id: UUID) -> HandedCode:
    """Note that somebody showed who they are, and hand them a login code. Raises PersonNotFound or HasRole.

    It is for residents of the neighbourhood and for whoever has a role in it.
    """
    person = work.session.get(Person, person_id)
    known = is_resident(work, place, str(person_id), work.today) or bool(held(work, place, person_id))
    if person is None or not known:
        raise PersonNotFound(_("There is no such person here."))
    demand_may_hand(work.actor, places_held(work, person_id))
    person.proved_at = person.proved_at or work.now
    code, ends_at = _new_code(work, person_id, "desk")
    work.record(ProvedAtDesk(place=place, subject=str(person_id)))
    return HandedCode(person=name_of(work, person_id), code=code, ends_on=day_of(ends_at))


@verb(access.EVERYBODY, municipal=True)
def log_in(work: Work, command: LogIn) -> SessionView:
    """Begin a visit with a code, which can be used once. Raises CodeMistyped or WrongCode.

    One statement looks up and uses the code, so a wrong one takes the same work whatever is wrong with it.
    """
    used = (
        update(LoginCode)
        .where(
            col(LoginCode.hash) == code_hash(work, read_code(command.code)),
            col(LoginCode.used_at).is_(None),
            col(LoginCode.ends_at) > work.now,
        )
        .values(used_at=work.now)
        .returning(col(LoginCode.person_id))
    )
    row = work.session.connection().execute(used).first()
    if row is None:
        raise WrongCode(_("This code cannot be used. Look at the letter again, or ask for a new code."))
    return open_session(work, row[0])


def open_session(work: Work, person_id: UUID) -> SessionView:
    """Begin a visit of somebody who showed who they are. Raises PersonNotFound."""
    person = name_of(work, person_id)
    token = base64.urlsafe_b64encode(work.random(TOKEN_BYTES)).rstrip(b"=").decode()
    _forget_old(work, person_id)
    work.session.add(
        LoginSession(
            hash=session_hash(work, token),
            person_id=person_id,
            made_at=work.now,
            ends_at=work.now + SESSION_LASTS,
        )
    )
    # Whoever holds a code got it at the registered address or at the desk.
    proved = work.session.connection().execute(
        update(Person).where(col(Person.id) == person_id, col(Person.proved_at).is_(None)).values(proved_at=work.now)
    )
    is_first = cast("CursorResult[tuple[()]]", proved).rowcount == 1
    work.record(LoggedIn(place=None, subject=str(person_id), is_first=is_first))
    return SessionView(token=token, person=person, places=_places(work, person_id))


@verb(access.EVERYBODY, municipal=True, silent="the end of a visit changes nothing of the neighbourhood")
def log_out(work: Work, token: str) -> None:
    """End a visit; a token that opens nothing any more is fine too."""
    work.session.exec(delete(LoginSession).where(col(LoginSession.hash) == session_hash(work, token)))


def _matching(look: Look, command: AskCode) -> Sequence[UUID]:
    """Return who is registered at an address today with a year of birth; without an addition, at any."""
    rows = (
        select(Person.id)
        .join(Residence, col(Residence.person_id) == col(Person.id))
        .join(Household, col(Household.id) == col(Residence.household_id))
        .where(
            col(Household.postcode) == command.postcode,
            col(Household.house_number) == command.house_number,
            col(Person.birth_year) == command.birth_year,
            col(Residence.until_on).is_(None),
        )
        .order_by(col(Person.id))
    )
    if command.addition:
        rows = rows.where(col(Household.addition) == command.addition)
    return look.session.exec(rows).all()


def _last_letter_at(look: Look, person_id: UUID) -> datetime | None:
    last = select(func.max(LoginCode.made_at)).where(
        col(LoginCode.person_id) == person_id, col(LoginCode.way) == "letter"
    )
    return look.session.exec(last).one()


def _send(work: Work, person_id: UUID) -> None:
    """Make a code and leave an errand for the letter; the errand is emptied when the letter is made."""
    code, ends_at = _new_code(work, person_id, "letter")
    address: AddressView = address_of(work, str(person_id))
    work.errand(
        "letter",
        {
            "to": address.lines,
            "title": "Je inlogcode",
            "lines": [
                "Ga naar /inloggen op de website van je wijk en vul deze code in.",
                f"Je kunt de code één keer gebruiken, tot {day_of(ends_at):%d-%m-%Y}.",
                "Geef deze code aan niemand. Heb je hier niet om gevraagd? Dan hoef je niets te doen.",
            ],
            "code": code,
            "about": "login code",
        },
    )


def _new_code(work: Work, person_id: UUID, way: str) -> tuple[str, datetime]:
    """Keep the keyed hash of a new code, and return the code and until when it can be used."""
    code, ends_at = new_code(work.random(CODE_RANDOM_BYTES)), work.now + CODE_LASTS
    work.session.add(
        LoginCode(
            hash=code_hash(work, read_code(code)), person_id=person_id, way=way, made_at=work.now, ends_at=ends_at
        )
    )
    work.session.flush()
    return code, ends_at


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

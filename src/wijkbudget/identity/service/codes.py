# SPDX-License-Identifier: EUPL-1.2
"""Sends and hands out login codes: in a letter, by e-mail, at the desk."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import col, select

from wijkbudget.identity import access
from wijkbudget.identity.events import CodeSent, LetterAsked, MailAsked, ProvedAtDesk
from wijkbudget.identity.models import Household, LoginCode, Person, Residence
from wijkbudget.identity.queries.logins import code_hash, link_hash
from wijkbudget.identity.queries.register import address_of, is_resident, name_of
from wijkbudget.identity.queries.roles import held, places_held
from wijkbudget.identity.rules.logins import (
    CODE_LASTS,
    LETTERS_TOGETHER_MAX,
    MAIL_CODE_LASTS,
    MAILS_TOGETHER_MAX,
    demand_may_hand,
    may_send_again,
    read_code,
)
from wijkbudget.identity.rules.register import PersonNotFound
from wijkbudget.identity.schemas import AddressView, AskCode, AskedView, AskMail, HandedCode, MailAskedView
from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code
from wijkbudget.kit.period import NETHERLANDS, day_of
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
        raise PersonNotFound(_("This person is not known here."))
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
        raise PersonNotFound(_("This person is not known here."))
    demand_may_hand(work.actor, places_held(work, person_id))
    person.proved_at = person.proved_at or work.now
    code, ends_at = _new_code(work, person_id, "desk")
    work.record(ProvedAtDesk(place=place, subject=str(person_id)))
    return HandedCode(person=name_of(work, person_id), code=code, ends_on=day_of(ends_at))


@verb(access.EVERYBODY, municipal=True)
def ask_mail(work: Work, command: AskMail) -> MailAskedView:
    """Send a code to an e-mail address; nothing is looked up, so nothing tells whether anybody is behind it.

    Whoever uses the code is a guest, unless the address was linked to somebody.
    """
    work.record(MailAsked(place=None, subject=str(work.new_id())))
    mail_code(work, "email", None, command.email_address)
    return MailAskedView(minutes_max=MAIL_CODE_LASTS.seconds // 60)


def mail_code(work: Work, way: str, person_id: UUID | None, address: str) -> None:
    """Make a code for whoever reads a mailbox, and leave an errand for the mail; silent if it got enough of them."""
    _forget_mailed(work)
    link = link_hash(work, "email", address)
    sent = select(func.count()).where(col(LoginCode.link_hash) == link)
    if work.session.exec(sent).one() >= MAILS_TOGETHER_MAX:
        return
    code, ends_at = _new_code(work, person_id, way, MAIL_CODE_LASTS, link)
    work.errand(
        "mail",
        {
            "to": address,
            "title": "Inlogcode",
            "lines": [
                "Vul deze code in op de website van de wijk.",
                f"De code werkt één keer, tot {ends_at.astimezone(NETHERLANDS):%H:%M} uur.",
                "Geef deze code aan niemand. Komt deze mail onverwacht? Gooi hem dan weg.",
            ],
            "code": code,
            "about": "login code",
        },
    )


def _forget_mailed(work: Work) -> None:
    """Throw away codes by e-mail that are over; they could be of anybody."""
    work.session.exec(
        delete(LoginCode).where(col(LoginCode.link_hash).is_not(None), col(LoginCode.ends_at) <= work.now)
    )


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
            "title": "Inlogcode",
            "lines": [
                "Ga naar /inloggen op de website van de wijk en vul deze code in.",
                f"De code werkt één keer, tot {day_of(ends_at):%d-%m-%Y}.",
                "Geef deze code aan niemand. Komt deze brief onverwacht? Gooi hem dan weg.",
            ],
            "code": code,
            "about": "login code",
        },
    )


def _new_code(
    work: Work, person_id: UUID | None, way: str, lasts: timedelta = CODE_LASTS, link: str | None = None
) -> tuple[str, datetime]:
    """Keep the keyed hash of a new code, and return the code and until when it can be used."""
    code, ends_at = new_code(work.random(CODE_RANDOM_BYTES)), work.now + lasts
    work.session.add(
        LoginCode(
            hash=code_hash(work, read_code(code)),
            person_id=person_id,
            link_hash=link,
            way=way,
            made_at=work.now,
            ends_at=ends_at,
        )
    )
    work.session.flush()
    return code, ends_at

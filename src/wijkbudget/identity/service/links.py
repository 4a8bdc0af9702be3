# SPDX-License-Identifier: EUPL-1.2
"""Ties e-mail addresses to accounts, and lets a guest prove who they are."""

from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, delete
from sqlmodel import col

from wijkbudget.identity import access
from wijkbudget.identity.events import AddressLinked, AddressUnlinked, GuestMatched, MailAsked
from wijkbudget.identity.models import LoginLink
from wijkbudget.identity.queries.logins import own_visit
from wijkbudget.identity.rules.factors import ON_PAPER
from wijkbudget.identity.rules.logins import MAIL_CODE_LASTS, AddressMissing, AddressTaken, KnownAlready, WrongCode
from wijkbudget.identity.schemas import AskMail, LogIn, MailAskedView, SessionView
from wijkbudget.identity.service.codes import mail_code
from wijkbudget.identity.service.logins import is_guest, let_open, open_session, take_over, use_code
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb


@verb(access.EVERYBODY, municipal=True)
def ask_link(work: Work, token: str, command: AskMail) -> MailAskedView:
    """Send a code to an address; it opens your account once you type the code. Raises NotLoggedIn."""
    visit = own_visit(work, token)
    work.record(MailAsked(place=None, subject=str(work.new_id())))
    mail_code(work, "link", visit.person_id, command.email_address)
    return MailAskedView(minutes_max=MAIL_CODE_LASTS.seconds // 60)


@verb(access.EVERYBODY, municipal=True)
def link_address(work: Work, token: str, command: LogIn) -> None:
    """Let the address that the code was sent to open your account, instead of an earlier one.

    Raises NotLoggedIn, CodeMistyped, WrongCode or AddressTaken.
    Choice: one address a person, and one person an address; an address of a guest becomes yours, for you read its mail.
    """
    visit = own_visit(work, token)
    code = use_code(work, command.code, ("link",))
    if code.person_id != visit.person_id:
        raise WrongCode(_("This code cannot be used. Look at it again, or ask for a new code."))
    link = code.link_hash or ""
    row = work.session.get(LoginLink, link)
    if row and row.person_id != visit.person_id and not is_guest(work, row.person_id):
        raise AddressTaken(_("Somebody else logs in with this address already."))
    let_open(work, link, visit.person_id, "email")
    _unlink(work, visit.person_id, but=link)
    work.record(AddressLinked(place=None, subject=str(visit.person_id)))


@verb(access.EVERYBODY, municipal=True)
def unlink_address(work: Work, token: str) -> None:
    """Let no e-mail address open your account any more. Raises NotLoggedIn or AddressMissing."""
    visit = own_visit(work, token)
    if not _unlink(work, visit.person_id):
        raise AddressMissing(_("You have no e-mail address here."))
    work.record(AddressUnlinked(place=None, subject=str(visit.person_id)))


@verb(access.EVERYBODY, municipal=True)
def match(work: Work, token: str, command: LogIn) -> SessionView:
    """Prove as a guest who you are, with a code from a letter or the desk; how you logged in opens your own account.

    Raises NotLoggedIn, KnownAlready, CodeMistyped or WrongCode.
    """
    visit = own_visit(work, token)
    if not is_guest(work, visit.person_id):
        raise KnownAlready(_("We know already who you are."))
    guest_id, is_verified = visit.person_id, visit.verified_at is not None
    code = use_code(work, command.code, tuple(ON_PAPER))
    person_id = code.person_id
    assert person_id is not None
    take_over(work, guest_id, person_id)
    work.record(GuestMatched(place=None, subject=str(person_id)))
    return open_session(work, person_id, way=code.way, is_verified=is_verified, proves=True)


def _unlink(work: Work, person_id: UUID, but: str = "") -> int:
    """Let the addresses of somebody go, but one; return how many went."""
    gone = delete(LoginLink).where(
        col(LoginLink.person_id) == person_id, col(LoginLink.way) == "email", col(LoginLink.hash) != but
    )
    return cast("CursorResult[tuple[()]]", work.session.connection().execute(gone)).rowcount

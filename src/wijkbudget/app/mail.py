# SPDX-License-Identifier: EUPL-1.2
"""Sends e-mail to a mail server, or, where none is set, puts it in a folder as files."""

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from wijkbudget.app.post import Post, name_of
from wijkbudget.db.files import write_whole

ANSWER_SECONDS_MAX = 10
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_REFUSED_FOR_GOOD = HTTPStatus.INTERNAL_SERVER_ERROR
"""A mail server answers 500 and more to what it will never take. Source: RFC 5321, 4.2.1."""

_log = logging.getLogger("wijkbudget")


class Mailer(Protocol):
    """Sends one mail; the same mail twice is the same mail."""

    def send(self, mail: dict[str, Any]) -> None:
        """Send a mail. Raises ConnectionError if nobody answers, OSError if this one must be tried again."""


class MailServerAway(ConnectionError):
    """The mail server does not answer, or not in a way that keeps codes secret."""


@dataclass(frozen=True)
class Mailbox:
    """A folder of mails as files, which any mail program opens; they lie there as long as letters do."""

    post: Post
    sender: str

    def send(self, mail: dict[str, Any]) -> None:
        """Write one mail; the same mail twice is one file. Raises OSError."""
        write_whole(self.post.folder / f"{name_of(mail)}.eml", _message(mail, self.sender).as_bytes(policy=SMTP))


@dataclass(frozen=True)
class MailServer:
    """A mail server at `smtps://name:password@host:465`, or `smtp://…` with STARTTLS."""

    url: str = field(repr=False)
    sender: str

    def send(self, mail: dict[str, Any]) -> None:
        """Send one mail. Raises MailServerAway, or OSError if the server will perhaps take it later.

        What it will never take, such as an address that nobody has, is let go: nobody waits for it.
        """
        with self._connected() as server:
            try:
                server.send_message(_message(mail, self.sender))
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refused:
                if min(_codes(refused)) < _REFUSED_FOR_GOOD:
                    raise
                _log.warning("the mail server refused a mail for good")
            except smtplib.SMTPServerDisconnected as gone:
                raise MailServerAway from gone

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """Connect, in secret except on this very machine, and log in. Raises MailServerAway."""
        parts = urlsplit(self.url)
        host, secrecy = parts.hostname or "localhost", ssl.create_default_context()
        try:
            if parts.scheme == "smtps":
                server: smtplib.SMTP = smtplib.SMTP_SSL(
                    host, parts.port or 465, timeout=ANSWER_SECONDS_MAX, context=secrecy
                )
            else:
                server = smtplib.SMTP(host, parts.port or 587, timeout=ANSWER_SECONDS_MAX)
        except OSError as away:
            raise MailServerAway from away
        with server:
            try:
                if parts.scheme != "smtps" and host not in _LOOPBACK:
                    server.starttls(context=secrecy)
                if parts.username:
                    server.login(unquote(parts.username), unquote(parts.password or ""))
            except OSError as away:
                raise MailServerAway from away
            yield server


def sound(mailer: Mailer, to: str | None, alarm: dict[str, Any]) -> None:
    """Mail an alarm to whoever keeps the house, or say it in the log. Raises as a mailer does."""
    _log.warning("%s: %s", alarm["title"], alarm["lines"][0])
    if to:
        mailer.send({"to": to, **alarm})


def _codes(refused: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> list[int]:
    """Return what the server said about each address, or about the mail."""
    if isinstance(refused, smtplib.SMTPDataError):
        return [refused.smtp_code]
    return [code for code, _reason in refused.recipients.values()]


def _message(mail: dict[str, Any], sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail["to"], mail["title"]
    # The same id for the same mail, so that one that is sent twice is shown once.
    message["Message-ID"] = f"<{name_of(mail)}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n\n".join([*mail["lines"], *([mail["code"]] if "code" in mail else [])]) + "\n")
    return message

# SPDX-License-Identifier: EUPL-1.2
"""Mail: to a real server, to none, to one that comes back; and to a folder where no server is set."""

import email
import email.policy
import smtplib
import socket
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from sqlmodel import select

from wijkbudget.app import mail as mails
from wijkbudget.app.jobs import Jobs
from wijkbudget.app.mail import Mailbox, MailServer, MailServerAway, sound
from wijkbudget.app.post import Post
from wijkbudget.app.settings import Settings
from wijkbudget.kit.actor import Role, may
from wijkbudget.trail import errands
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.models import Errand
from wijkbudget.trail.work import Look, Work, question, verb

MAIL = {"to": "anna@wijk.example", "title": "Je code", "lines": ["Vul in.", "Tot 14:35 uur."], "code": "7K3M"}


class Inbox:
    """Takes what a real server gets, or answers as it is told."""

    def __init__(self) -> None:
        self.taken: list[email.message.EmailMessage] = []
        self.recipient = self.content = "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - as the server calls it
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the same
        if self.content.startswith("250"):
            self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return self.content


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def server(inbox, port):
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def sender(port):
    return MailServer(f"smtp://127.0.0.1:{port}", "wijk@meerwijk.example")


@verb(may(Role.SYSTEM), municipal=True, silent="a test")
def leave(work: Work, kind: str, count: int) -> None:
    for number in range(count):
        work.errand(kind, {**MAIL, "number": number})


@question(may(Role.SYSTEM), municipal=True)
def payloads(look: Look) -> set[str]:
    return {row.payload for row in look.session.exec(select(Errand)).all()}


class TestAMailServer:
    def test_gets_the_mail(self, server, inbox, sender):
        sender.send(MAIL)
        (taken,) = inbox.taken
        assert (taken["From"], taken["To"], taken["Subject"]) == ("wijk@meerwijk.example", MAIL["to"], "Je code")
        assert taken.get_content().replace("\r", "") == "Vul in.\n\nTot 14:35 uur.\n\n7K3M\n"
        assert taken["Auto-Submitted"] == "auto-generated"

    def test_can_see_that_the_same_mail_came_twice(self, server, inbox, sender):
        sender.send(MAIL)
        sender.send(MAIL)
        sender.send({**MAIL, "code": "ABCD"})
        first, second, other = (taken["Message-ID"] for taken in inbox.taken)
        assert first == second != other
        assert "7K3M" not in first

    def test_that_does_not_answer_is_told_apart(self, sender):
        with pytest.raises(MailServerAway):
            sender.send(MAIL)

    def test_that_keeps_nothing_secret_gets_nothing_unless_it_is_this_machine(self, server, inbox, port, monkeypatch):
        monkeypatch.setattr(mails, "_LOOPBACK", frozenset())
        with pytest.raises(MailServerAway):
            MailServer(f"smtp://127.0.0.1:{port}", "wijk@meerwijk.example").send(MAIL)
        with pytest.raises(MailServerAway):
            MailServer(f"smtps://127.0.0.1:{port}", "wijk@meerwijk.example").send(MAIL)
        assert inbox.taken == []

    @pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
    def test_is_told_who_we_are(self, inbox, port):
        seen = []

        def check(_server, _session, _envelope, _mechanism, data):
            seen.append((data.login, data.password))
            return AuthResult(success=data.password == b"ge:heim", handled=False)

        controller = Controller(
            inbox,
            hostname="127.0.0.1",
            port=port,
            authenticator=check,
            auth_required=True,
            auth_require_tls=False,
        )
        controller.start()
        try:
            MailServer(f"smtp://wijk:ge%3Aheim@127.0.0.1:{port}", "wijk@meerwijk.example").send(MAIL)
            with pytest.raises(MailServerAway):
                MailServer(f"smtp://wijk:fout@127.0.0.1:{port}", "wijk@meerwijk.example").send(MAIL)
        finally:
            controller.stop()
        assert seen[0] == (b"wijk", b"ge:heim")
        assert len(inbox.taken) == 1

    @pytest.mark.parametrize("said", ["recipient", "content"])
    def test_may_take_it_later_or_never(self, server, inbox, sender, said):
        setattr(inbox, said, "450 later")
        with pytest.raises(smtplib.SMTPException):
            sender.send(MAIL)
        setattr(inbox, said, "550 nobody here")
        sender.send(MAIL)
        assert inbox.taken == []

    def test_shows_its_password_nowhere(self):
        assert "geheim" not in repr(MailServer("smtps://wijk:geheim@mail.example", "wijk@meerwijk.example"))


class TestErrandsOfMail:
    def test_are_sent_when_the_server_is_back_and_emptied_then(self, desk: Desk, inbox, port, sender):
        desk.act(leave, "mail", 3)
        jobs = Jobs(desk, {"mail": sender.send})
        jobs.run_once()
        assert len(desk.ask(errands.waiting)) == 3
        controller = Controller(inbox, hostname="127.0.0.1", port=port)
        controller.start()
        try:
            jobs.run_once()
        finally:
            controller.stop()
        assert len(inbox.taken) == 3
        assert desk.ask(errands.waiting) == []
        assert desk.ask(payloads) == {"{}"}

    def test_hold_up_no_letter_and_wait_for_one_answer_only(self, desk: Desk):
        tried, printed = [], []

        def nobody(payload):
            tried.append(payload)
            raise ConnectionRefusedError

        desk.act(leave, "mail", 501)
        desk.act(leave, "letter", 2)
        Jobs(desk, {"mail": nobody, "letter": printed.append}).run_once()
        assert (len(tried), len(printed)) == (1, 2)
        assert len(desk.ask(errands.waiting, 1000)) == 501

    def test_hold_up_no_other_mail_when_one_cannot_be_taken_now(self, desk: Desk):
        sent = []

        def send(payload):
            if payload["number"] == 0:
                raise OSError
            sent.append(payload["number"])

        desk.act(leave, "mail", 3)
        Jobs(desk, {"mail": send}).run_once()
        assert sorted(sent) == [1, 2]
        assert len(desk.ask(errands.waiting)) == 1


class TestAMailbox:
    def test_holds_each_mail_once_as_a_file_for_its_owner(self, tmp_path: Path):
        box = Mailbox(Post(tmp_path / "mail"), "wijk@meerwijk.example")
        box.send(MAIL)
        box.send(MAIL)
        (path,) = box.post.folder.iterdir()
        assert path.suffix == ".eml"
        assert path.stat().st_mode & 0o777 == 0o600
        kept = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert (kept["To"], "7K3M" in kept.get_content()) == (MAIL["to"], True)


class TestTheSettings:
    def test_choose_a_folder_without_a_server(self, tmp_path: Path):
        settings = Settings(folder=tmp_path, database_url="sqlite://", origin="https://wijk.example:8443")
        mailer = settings.mailer()
        assert isinstance(mailer, Mailbox)
        assert (mailer.post.folder, mailer.sender) == (tmp_path / "mail", "wijkbudget@wijk.example")

    def test_choose_the_server_and_the_sender(self, tmp_path: Path):
        settings = Settings(
            folder=tmp_path,
            database_url="sqlite://",
            origin="https://wijk.example",
            smtp_url="smtps://wijk:geheim@mail.example",
            mail_from="post@wijk.example",
        )
        assert settings.mailer() == MailServer("smtps://wijk:geheim@mail.example", "post@wijk.example")
        assert "geheim" not in repr(settings)


class TestAnAlarm:
    def test_is_mailed_to_who_keeps_the_house_or_said_in_the_log(self, caplog, tmp_path):
        box, alarm = Mailbox(Post(tmp_path), "wijk@example.test"), {"title": "Let op", "lines": ["Er is iets."]}
        sound(box, None, alarm)
        assert list(tmp_path.glob("*.eml")) == []
        sound(box, "keeper@example.test", alarm)
        (mail,) = tmp_path.glob("*.eml")
        assert "Er is iets." in mail.read_text()
        assert caplog.messages == ["Let op: Er is iets."] * 2

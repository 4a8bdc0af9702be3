# SPDX-License-Identifier: EUPL-1.2
"""A mail server that is away or hangs keeps nothing else waiting, and each mail is sent once when it is back."""

import socket
import threading
import time

import pytest
from aiosmtpd.controller import Controller

from tests.app.test_mail import Inbox, free_port, leave
from tests.worlds import found_meerwijk
from wijkbudget.app import jobs as clock
from wijkbudget.app import mail as mails
from wijkbudget.app.jobs import Jobs
from wijkbudget.app.mail import MailServer
from wijkbudget.kit.actor import GUEST
from wijkbudget.trail import errands, queries


@pytest.fixture
def silent():
    """Return the port of a server that takes every call and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listening:
        yield listening.getsockname()[1]


@pytest.fixture
def jobs(desk, monkeypatch):
    """Return the clock of a house with three mails to send, and what was due of it."""
    monkeypatch.setattr(mails, "ANSWER_SECONDS_MAX", 0.3)
    found_meerwijk(desk)
    desk.act(leave, "mail", 3)
    letters, moved = [], []

    def build(port):
        sender = MailServer(f"smtp://127.0.0.1:{port}", "wijk@meerwijk.example")
        return Jobs(desk, {"mail": sender.send, "letter": letters.append}, [lambda _desk: moved.append(1)])

    build.letters, build.moved = letters, moved
    return build


def sealed(desk):
    """Return how much of the trail is sealed."""
    checkpoint = desk.by(GUEST).ask(queries.checkpoint)
    return checkpoint.size if checkpoint else 0


class TestAMailServerThatHangs:
    def test_stops_no_phase_no_letter_and_no_sealing(self, desk, jobs, silent):
        desk.act(leave, "letter", 2)
        began = time.monotonic()
        jobs(silent).run_once()
        assert time.monotonic() - began < 10
        assert (jobs.moved, len(jobs.letters)) == ([1], 2)
        assert sealed(desk) > 0
        assert [errand.kind for errand in desk.ask(errands.waiting)] == ["mail"] * 3

    def test_is_left_alone_for_the_rest_of_a_run_and_gets_each_mail_once_when_it_is_back(self, desk, jobs, silent):
        jobs(silent).run_once()
        inbox, port = Inbox(), free_port()
        server = Controller(inbox, hostname="127.0.0.1", port=port)
        server.start()
        try:
            for _run in range(3):
                jobs(port).run_once()
        finally:
            server.stop()
        assert len(inbox.taken) == len({mail["Message-ID"] for mail in inbox.taken}) == 3
        assert desk.ask(errands.waiting) == []

    @pytest.mark.parametrize("kind", ["nobody listens", "it hangs up", "it talks nonsense"])
    def test_is_as_one_that_is_away(self, desk, jobs, kind):
        port = free_port()
        says = {"it hangs up": b"", "it talks nonsense": b"\xff\xfe\r\n" * 3}.get(kind)
        if says is None:
            jobs(port).run_once()
        else:
            with socket.create_server(("127.0.0.1", port)) as listening:
                listening.settimeout(5)

                def answer():
                    connection, _peer = listening.accept()
                    with connection:
                        connection.sendall(says)

                answering = threading.Thread(target=answer)
                answering.start()
                jobs(port).run_once()
                answering.join()
        assert (jobs.moved, len(desk.ask(errands.waiting))) == ([1], 3)
        assert sealed(desk) > 0


class TestASlowMailServer:
    def test_keeps_the_clock_no_longer_than_agreed(self, desk, jobs, monkeypatch):
        monkeypatch.setattr(clock, "ERRANDS_SECONDS_MAX", 0.2)
        sent = []

        def slowly(payload):
            time.sleep(0.15)
            sent.append(payload["number"])

        slow = Jobs(desk, {"mail": slowly})
        slow.run_once()
        assert 1 <= len(sent) < 3
        while desk.ask(errands.waiting):
            slow.run_once()
        assert sorted(sent) == [0, 1, 2]

# SPDX-License-Identifier: EUPL-1.2
"""An identity provider that is away, hangs or talks nonsense is told in a sentence, and the house goes on."""

import socket
import threading
from contextlib import contextmanager

import pytest

from tests.app.knocking import Knocker
from tests.faults.conftest import assert_out_of_reach, told
from tests.identity.logins.provider import open_provider
from tests.worlds import found_meerwijk
from wijkbudget.identity.logins import client

GO = "/inloggen/bij/gemeente"
AWAY = {
    "nl": "De andere website geeft geen antwoord.",
    "en": "The other website does not answer. Try again later, or log in another way.",
}


@pytest.fixture
def door(desk, front, monkeypatch):
    """Return what opens the pages of a house with one provider."""
    monkeypatch.setattr(client, "ANSWER_SECONDS_MAX", 0.5)
    found_meerwijk(desk)
    opened = []

    def build(settings):
        opened.append(Knocker(front.before(desk, providers=[settings]), desk))
        return opened[-1]

    yield build
    for knocker in opened:
        knocker.close()


@contextmanager
def saying(port, answer):
    """Answer every call at a port with these bytes, or with nothing at all."""
    calls = []
    with socket.create_server(("127.0.0.1", port), backlog=50) as listening:

        def take():
            while True:
                try:
                    connection, _peer = listening.accept()
                except OSError:
                    return
                calls.append(connection)
                if answer is not None:
                    connection.recv(65_536)
                    connection.sendall(answer)
                    connection.close()

        taking = threading.Thread(target=take, daemon=True)
        taking.start()
        try:
            yield
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            taking.join(5)
            for connection in calls:
                connection.close()


class TestAProvider:
    def test_that_is_away_is_told_and_works_again_when_it_is_back(self, door):
        with open_provider() as provider:
            settings = provider.settings()
            port = provider.server.server_port
            knocker = door(settings)
            provider.status = 503
            for language, sentence in AWAY.items():
                assert_out_of_reach(knocker.get(GO, accept_language=language), sentence, language)
            provider.status = 200
            assert knocker.get(GO).status == 303
        again = door(settings)
        for language, sentence in AWAY.items():
            assert_out_of_reach(again.get(GO, accept_language=language), sentence, language)
        assert again.get("/inloggen").status == 200
        with saying(port, None):
            assert_out_of_reach(again.get(GO), AWAY["nl"])

    @pytest.mark.parametrize(
        ("answer", "status"),
        [
            (b"\x00\xff\xfe", 503),
            (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<!doctype", 503),
            (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{", 503),
            (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", 403),
            (b'HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n{"issuer":"other"}\n', 403),
            (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 503),
        ],
    )
    def test_that_talks_nonsense_is_not_believed(self, door, answer, status):
        with open_provider() as provider:
            settings, port = provider.settings(), provider.server.server_port
        with saying(port, answer):
            refused = door(settings).get(GO)
        assert refused.status == status
        assert "doctype" not in told(refused).lower()

"""A process killed at any moment has lost nothing that it confirmed, and left nothing half done.

The real server is started, ballots are cast and money is granted through the API, and it is killed in the middle, again
and again. `make proof-crash` does it two hundred times.
"""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests import worlds
from tests.voting.conftest import add_option, rows
from wijkbudget.app import house
from wijkbudget.app.proof import first_fault
from wijkbudget.app.settings import Settings
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Role
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import seed as neighbourhoods
from wijkbudget.trail.desk import Desk
from wijkbudget.voting import queries as voting
from wijkbudget.voting import seed, service
from wijkbudget.voting.schemas import OptionDraft, PrepareRound

KILLS = int(os.environ.get("WIJKBUDGET_PROOF_KILLS", "6"))
PLACE = "oost"
SENDERS = 4
STARTS_SECONDS = 60
SRC = Path(__file__).parents[2] / "src"


@dataclass
class Sent:
    """Something that was sent, and the answer if one came."""

    path: str
    body: dict[str, Any]
    key: str
    answer: Any = None


@dataclass
class Prepared:
    """A folder with an open round, and what is needed to act in it."""

    settings: Settings
    token: str
    """The session of an official who can grant money."""
    codes: list[str]
    options: list[str]
    sent: list[Sent] = field(default_factory=list)

    def ballot(self, number: int) -> Sent:
        """Return the ballot of a voter, who always marks the same; when all have voted, the first casts again."""
        voter = number % len(self.codes)
        marks = {self.options[voter % len(self.options)]: 1}
        return Sent("/api/v1/ballots", {"code": self.codes[voter], "marks": marks}, f"ballot-{number}")

    def voters(self, *, is_confirmed: bool) -> int:
        """Return how many voters sent a ballot, or got their receipt."""
        ballots = [sent for sent in self.sent if "ballots" in sent.path and (sent.answer or not is_confirmed)]
        return len({sent.body["code"] for sent in ballots})

    def grant(self, number: int) -> Sent:
        """Return a grant that differs from every other in its amount."""
        body = {"year": day_of(house.now()).year, "amountCents": 1_000 + number, "decision": f"Besluit {number}"}
        return Sent(f"/api/v1/neighbourhoods/{PLACE}/grants", body, f"grant-{number}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def prepared(tmp_path: Path) -> Prepared:
    settings = Settings(
        folder=tmp_path / "var",
        database_url=f"sqlite:///{tmp_path / 'var' / 'wijkbudget.db'}",
        origin=f"http://127.0.0.1:{_free_port()}",
    )
    with house.open_house(settings) as desk:
        today = day_of(desk.clock())
        neighbourhoods.found(desk)
        neighbourhoods.adopt_policies(desk, worlds.somebody(Role.ADMINISTRATOR))
        people.fill_register(desk, people.register_csv({PLACE: 1_500}, today=today - timedelta(days=400)))
        official = worlds.staff(desk, PLACE)[Role.OFFICIAL]
        command = PrepareRound(
            year=today.year,
            title="Stem voor Oost",
            opens_on=today,
            closes_on=today + timedelta(days=13),
            reference_on=today - timedelta(days=1),
            budget_cents=3_000_000,
        )
        made = seed.prepare(desk, PLACE, official, command)
        for number in range(4):
            draft = OptionDraft(about=f"plan-{number}", title=f"Plan {number}", cost_cents=1_000_000 + number)
            desk.act(add_option, PLACE, made.id, draft)
        desk.by(official).act(service.open_, PLACE, made.id)
        return Prepared(
            settings=settings,
            token=desk.act(worlds.open_session, official.id),
            codes=[letter.code for letter in seed.letters(desk, made.id)],
            options=[option.key for option in desk.ask(voting.round_, PLACE, made.id).options],
        )


@contextmanager
def _served(prepared: Prepared) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the server as its keeper does, wait until it answers, and kill it at the end if it still runs."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(SRC),
        "WIJKBUDGET_FOLDER": str(prepared.settings.folder),
        "WIJKBUDGET_DATABASE_URL": prepared.settings.database_url,
        "WIJKBUDGET_ORIGIN": prepared.settings.origin,
    }
    port = str(urlsplit(prepared.settings.origin).port)
    command = [sys.executable, "-m", "wijkbudget.app.cli", "serve", "--port", port]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + STARTS_SECONDS
            while _ask(prepared, "GET", "/api/v1/neighbourhoods") is None:
                assert server.poll() is None, "the server ended by itself"
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.05)
            yield server
        finally:
            server.kill()


def _ask(prepared: Prepared, method: str, path: str, sent: Sent | None = None) -> Any:
    """Return the status and body of an answer, or None if none came."""
    place = urlsplit(prepared.settings.origin)
    headers = {"Content-Type": "application/json"}
    if sent and "grants" in sent.path:
        headers |= {"Authorization": f"Bearer {prepared.token}", "Idempotency-Key": sent.key}
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=STARTS_SECONDS)
    try:
        connection.request(method, path, json.dumps(sent.body) if sent else None, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()


def _send(prepared: Prepared, sent: Sent) -> bool:
    """Send it, and keep a confirmation; return whether an answer came."""
    answer = _ask(prepared, "POST", sent.path, sent)
    if answer is None:
        return False
    status, told = answer
    assert status in (200, 201), answer
    if sent.answer is not None:
        assert told == sent.answer, "the same, sent again, was answered otherwise"
    sent.answer = told
    return True


def _send_until_killed(prepared: Prepared, server: "subprocess.Popen[bytes]", chance: random.Random) -> None:
    """Let senders cast and grant until the server is killed under their hands."""
    numbers = count(len(prepared.sent) // 2)
    taking = threading.Lock()
    wrong: list[BaseException] = []

    def keep_sending() -> None:
        try:
            while True:
                with taking:
                    number = next(numbers)
                    sending = (prepared.ballot(number), prepared.grant(number))
                    prepared.sent += sending
                if not all(list(map(partial(_send, prepared), sending))):
                    return
        except BaseException as failure:  # noqa: BLE001 - told in the thread that waits
            wrong.append(failure)

    senders = [threading.Thread(target=keep_sending) for _sender in range(SENDERS)]
    for sender in senders:
        sender.start()
    time.sleep(chance.uniform(0.05, 0.6))
    server.send_signal(signal.SIGKILL)
    for sender in senders:
        sender.join()
    assert wrong == []


def _assert_nothing_lost(prepared: Prepared) -> None:
    """Look into the house: all that was confirmed is there, at most what was sent is, and its own proof is clean."""
    with house.open_house(prepared.settings) as desk:
        granted = [amount for (amount,) in rows(desk, "SELECT amount_cents FROM budget_grant")]
        grants = [sent for sent in prepared.sent if "grants" in sent.path]
        assert len(set(granted)) == len(granted)
        assert {sent.body["amountCents"] for sent in grants if sent.answer} <= set(granted)
        assert set(granted) <= {sent.body["amountCents"] for sent in grants}
        moved = rows(desk, "SELECT amount FROM ledger_transfer")
        assert sorted(amount for (amount,) in moved) == sorted(granted)
        assert rows(desk, "SELECT COUNT(*) FROM trail_entry WHERE kind = 'neighbourhoods.BudgetGranted'") == [
            (len(granted),)
        ]
        ballots, voted = _votes(desk)
        # Between its two acts a voter is marked without a ballot; casting again heals it.
        assert prepared.voters(is_confirmed=True) <= ballots <= voted <= prepared.voters(is_confirmed=False)
        assert desk.ask(first_fault) is None


def _votes(desk: Desk) -> tuple[int, int]:
    (ballots,) = rows(desk, "SELECT COUNT(*) FROM voting_box")[0]
    (voted,) = rows(desk, "SELECT COUNT(*) FROM voting_register WHERE voted_on IS NOT NULL")[0]
    return ballots, voted


@pytest.mark.crash
class TestAKilledServer:
    def test_has_lost_nothing_it_confirmed(self, prepared: Prepared):
        chance = random.Random()
        for _kill in range(KILLS):
            with _served(prepared) as server:
                _send_until_killed(prepared, server, chance)
            _assert_nothing_lost(prepared)
        confirmed = sum(1 for sent in prepared.sent if sent.answer)
        assert confirmed > KILLS
        with _served(prepared):
            for sent in prepared.sent:
                assert _send(prepared, sent)
        _assert_nothing_lost(prepared)
        with house.open_house(prepared.settings) as desk:
            voters = prepared.voters(is_confirmed=False)
            assert _votes(desk) == (voters, voters)
            assert rows(desk, "SELECT COUNT(*) FROM budget_grant") == [(len(prepared.sent) // 2,)]

    def test_proves_itself_whole_to_its_keeper(self, prepared: Prepared):
        with _served(prepared) as server:
            _send_until_killed(prepared, server, random.Random(1))
        environment = {
            **os.environ,
            "PYTHONPATH": str(SRC),
            "WIJKBUDGET_FOLDER": str(prepared.settings.folder),
            "WIJKBUDGET_DATABASE_URL": prepared.settings.database_url,
        }
        command = [sys.executable, "-m", "wijkbudget.app.cli", "verify"]
        proof = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert (proof.returncode, proof.stderr) == (0, "")
        assert proof.stdout.startswith("Everything is as it must be")

# SPDX-License-Identifier: EUPL-1.2
"""A crowd that casts ballots and grants money over HTTP, and remembers what was sent and what was confirmed."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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

PLACE = "oost"
SENDERS = 4
ANSWERS_SECONDS = 60
PAUSE_SECONDS = 0.25
"""How long somebody waits who was not answered, before trying something else."""
CONFIRMED, AWAY = (200, 201), 503


@dataclass
class Sent:
    """Something that was sent, and the answer if it was confirmed."""

    path: str
    body: dict[str, Any]
    key: str
    answer: Any = None


@dataclass
class Crowd:
    """People with a house of their own, in which a round is open."""

    settings: Settings
    token: str
    """The session of an official who can grant money."""
    codes: list[str]
    options: list[str]
    sent: list[Sent] = field(default_factory=list)

    def send_while(self, disturb: Callable[[], None]) -> None:
        """Keep casting and granting, until something was done to the house; what it interrupts is not confirmed."""
        numbers = count(len(self.sent) // 2)
        taking, over = threading.Lock(), threading.Event()
        wrong: list[BaseException] = []

        def keep_sending() -> None:
            try:
                while not over.is_set():
                    with taking:
                        number = next(numbers)
                        sending = (self._ballot(number), self._grant(number))
                        self.sent += sending
                    if not all(list(map(self.send, sending))):
                        over.wait(PAUSE_SECONDS)
            except BaseException as failure:  # noqa: BLE001 - told in the thread that waits
                wrong.append(failure)

        senders = [threading.Thread(target=keep_sending) for _sender in range(SENDERS)]
        for sender in senders:
            sender.start()
        try:
            disturb()
        finally:
            over.set()
            for sender in senders:
                sender.join()
        assert wrong == []

    def send(self, sent: Sent) -> bool:
        """Send it, and return whether it was confirmed: answered as it was before, if it was."""
        answer = self.ask("POST", sent.path, sent)
        if answer is None or answer[0] == AWAY:
            return False
        status, told = answer
        assert status in CONFIRMED, answer
        assert sent.answer in (None, told), "the same, sent again, was answered otherwise"
        sent.answer = told
        return True

    def ask(self, method: str, path: str, sent: Sent | None = None) -> Any:
        """Return the status and body of an answer, or None if none came."""
        place = urlsplit(self.settings.origin)
        headers = {"Content-Type": "application/json"}
        if sent and "grants" in sent.path:
            headers |= {"Authorization": f"Bearer {self.token}", "Idempotency-Key": sent.key}
        connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=ANSWERS_SECONDS)
        try:
            connection.request(method, path, json.dumps(sent.body) if sent else None, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            connection.close()

    def wait_until_answered(self) -> None:
        """Wait until the house answers a question that needs its database."""
        deadline = time.monotonic() + ANSWERS_SECONDS
        while (answer := self.ask("GET", "/api/v1/neighbourhoods")) is None or answer[0] != CONFIRMED[0]:
            assert answer is None or answer[0] == AWAY, answer
            assert time.monotonic() < deadline, "the house does not answer"
            time.sleep(0.01)

    def assert_nothing_lost(self, *, is_proved: bool = True) -> None:
        """See that all that was confirmed is there, at most what was sent is, and the house proves itself whole."""
        with house.open_house(self.settings) as desk:
            granted = [amount for (amount,) in rows(desk, "SELECT amount_cents FROM budget_grant")]
            grants = [sent for sent in self.sent if "grants" in sent.path]
            assert len(set(granted)) == len(granted)
            assert {sent.body["amountCents"] for sent in grants if sent.answer} <= set(granted)
            assert set(granted) <= {sent.body["amountCents"] for sent in grants}
            moved = rows(desk, "SELECT amount FROM ledger_transfer WHERE unit = 'cent'")
            assert sorted(amount for (amount,) in moved) == sorted(granted)
            told = "SELECT COUNT(*) FROM trail_entry WHERE kind = 'neighbourhoods.BudgetGranted'"
            assert rows(desk, told) == [(len(granted),)]
            ballots, voted = _votes(desk)
            assert self._voters(is_confirmed=True) <= ballots == voted <= self._voters(is_confirmed=False)
            assert not is_proved or desk.ask(first_fault) is None

    def assert_all_answered_again(self) -> None:
        """Send everything once more: what was confirmed is answered the same, and the rest now happens, once."""
        for sent in self.sent:
            assert self.send(sent), sent
        with house.open_house(self.settings) as desk:
            voters = self._voters(is_confirmed=False)
            assert _votes(desk) == (voters, voters)
            assert rows(desk, "SELECT COUNT(*) FROM budget_grant") == [(len(self.sent) // 2,)]
        self.assert_nothing_lost()

    @property
    def confirmed(self) -> int:
        """Return how much was confirmed."""
        return sum(1 for sent in self.sent if sent.answer)

    def _ballot(self, number: int) -> Sent:
        """Return the ballot of a voter, who always marks the same; when all have voted, the first casts again."""
        voter = number % len(self.codes)
        marks = {self.options[voter % len(self.options)]: 1}
        return Sent("/api/v1/ballots", {"code": self.codes[voter], "marks": marks}, f"ballot-{number}")

    def _grant(self, number: int) -> Sent:
        """Return a grant that differs from every other in its amount."""
        body = {"year": day_of(house.now()).year, "amountCents": 1_000 + number, "decision": f"Besluit {number}"}
        return Sent(f"/api/v1/neighbourhoods/{PLACE}/grants", body, f"grant-{number}")

    def _voters(self, *, is_confirmed: bool) -> int:
        """Return how many voters sent a ballot, or got their receipt."""
        ballots = [sent for sent in self.sent if "ballots" in sent.path and (sent.answer or not is_confirmed)]
        return len({sent.body["code"] for sent in ballots})


def gather(database_url: str, folder: Path, *, people_count: int = 400) -> Crowd:
    """Found a house in an empty database, open a round in it, and return the people who will use it."""
    settings = Settings(folder=folder, database_url=database_url, origin=f"http://127.0.0.1:{_free_port()}")
    with house.open_house(settings) as desk:
        today = day_of(desk.clock())
        neighbourhoods.found(desk)
        neighbourhoods.adopt_policies(desk, worlds.somebody(Role.ADMINISTRATOR))
        people.fill_register(desk, people.register_csv({PLACE: people_count}, today=today - timedelta(days=400)))
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
        return Crowd(
            settings=settings,
            token=desk.act(worlds.open_session, official.id),
            codes=[letter.code for letter in seed.letters(desk, made.id)],
            options=[option.key for option in desk.ask(voting.round_, PLACE, made.id).options],
        )


def _votes(desk: Desk) -> tuple[int, int]:
    (ballots,) = rows(desk, "SELECT COUNT(*) FROM voting_box")[0]
    (voted,) = rows(desk, "SELECT COUNT(*) FROM voting_register WHERE voted_on IS NOT NULL")[0]
    return ballots, voted


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])

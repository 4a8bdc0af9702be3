# SPDX-License-Identifier: EUPL-1.2
"""What machines ask of the house, and what it writes down about itself."""

import json
import logging
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from litestar import Controller, get
from litestar.testing import TestClient

from tests.app.house import House
from tests.conftest import NOW, ORIGIN
from wijkbudget.app.asgi import make_app
from wijkbudget.app.logs import JsonLines
from wijkbudget.http.desk import does
from wijkbudget.kit.errors import Busy

CANARY = "Kanarie-van-den-Berg"


class Broken(Controller):
    """A route with a bug, in a house that has no other."""

    path = "/{where:str}"

    @get("/", opt=does())
    async def fail(self) -> None:
        raise RuntimeError(CANARY)


class TestHealth:
    def test_is_well_when_the_database_answers(self, client):
        answer = client.get("/health")
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})

    def test_is_told_to_who_knows_only_the_machine(self, client):
        for name in ("10.0.0.7:8000", "not:a:port"):
            assert client.get("/health", headers={"Host": name}).status_code == 200
        assert client.get("/", headers={"Host": "10.0.0.7:8000"}).status_code == 400

    def test_is_503_when_the_database_does_not(self, client, desk, monkeypatch):
        def away():
            raise Busy

        monkeypatch.setattr(type(desk.database), "read", lambda _database: away())
        assert client.get("/health").status_code == 503


class TestMetrics:
    def test_count_requests_by_route_and_what_waits(self, client):
        before = _metrics(client)
        client.get("/toegankelijkheid")
        client.get("/toegankelijkheid")
        after = _metrics(client)
        seen = 'path="/toegankelijkheid",status_code="200"'
        assert _count(after, seen) - _count(before, seen) == 2
        assert "wijkbudget_errands_waiting 0.0" in after
        assert "wijkbudget_entries_unsealed 0.0" in after

    def test_say_nothing_of_votes(self, house: House):
        before = house.knocker.get("/metrics").text
        for path in ("/stemmen", "/api/v1/papers"):
            house.knocker.get(path)
        house.knocker.post("/stemmen", {"code": house.codes[0]})
        after = house.knocker.get("/metrics").text
        assert 'path="/stemmen' not in after
        assert "papers" not in after
        requests = "wijkbudget_requests_total{"
        told = [line for line in after.splitlines() if line.startswith(requests) and line not in before.splitlines()]
        assert [line for line in told if 'path="/metrics"' not in line] == []


def _metrics(client):
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    return answer.text


def _count(metrics, part):
    found = [line for line in metrics.splitlines() if line.startswith("wijkbudget_requests_total") and part in line]
    return sum(round(float(line.rpartition(" ")[2])) for line in found)


class TestSecurityText:
    def test_names_a_mailbox_of_this_house_and_until_when_it_may_be_believed(self, client):
        answer = client.get("/.well-known/security.txt")
        fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert fields["Contact"] == "mailto:security@testserver.local"
        assert fields["Canonical"] == f"{ORIGIN}/.well-known/security.txt"
        assert datetime.fromisoformat(fields["Expires"]) == NOW + timedelta(days=180)


@pytest.fixture
def log():
    """Return what is written to the log, by whomever."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


class TestTheLog:
    def test_says_where_it_broke_and_not_with_what(self, log):
        def fall():
            raise ValueError(CANARY)

        try:
            try:
                fall()
            except ValueError as cause:
                raise RuntimeError(CANARY) from cause
        except RuntimeError:
            logging.getLogger("wijkbudget").exception("a job failed; it is tried again")
        (line,) = log()
        assert datetime.fromisoformat(line.pop("at")).tzinfo is UTC
        where = line.pop("where")
        assert line == {
            "level": "error",
            "logger": "wijkbudget",
            "message": "a job failed; it is tried again",
            "errors": ["RuntimeError", "ValueError"],
        }
        assert where[0].split("/")[-1].startswith("test_upkeep.py:")
        assert CANARY not in str(where)

    def test_shows_of_others_only_the_pattern_of_what_they_say(self, log):
        logging.getLogger("somebody.else").warning("could not send to %s", CANARY)
        assert log()[0]["message"] == "could not send to %s"

    def test_holds_nothing_that_anybody_sent(self, client, desk, log):
        for send in (client.post, client.send):
            for path in ("/inloggen", "/stemmen", "/api/v1/papers", f"/{CANARY}"):
                send(path, {"code": CANARY, "name": CANARY})
        with TestClient(make_app(desk, origin=ORIGIN, handlers=[Broken]), base_url=ORIGIN) as broken:
            answer = broken.get(f"/{CANARY}?q={CANARY}", headers={"X-Name": CANARY})
        assert answer.status_code == 500
        lines = log()
        assert [line["errors"] for line in lines if line["level"] == "error"] == [["RuntimeError"]]
        assert CANARY not in json.dumps(lines)

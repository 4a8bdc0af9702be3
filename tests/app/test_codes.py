# SPDX-License-Identifier: EUPL-1.2
"""Wrong codes: nobody learns whether one ever existed, was used, or opens something else; and too many tries wait."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.app.house import PLACES, House
from tests.app.knocking import Answer
from tests.stores import statements
from wijkbudget.app.due import advance_all
from wijkbudget.identity import service
from wijkbudget.identity.schemas import LogIn
from wijkbudget.kit.actor import Role
from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code

HERE, ELSEWHERE = PLACES
UNKNOWN = new_code(b"never gave"[:CODE_RANDOM_BYTES])


def _tried(house: House, path: str, body: dict[str, Any], number: int) -> tuple[Answer, list[str]]:
    """Send a code from a machine that did not try before; return the answer and what the database was asked."""
    house.knocker.get("/")  # the first page of all looks up the name of the municipality
    with statements() as noted:
        answer = house.knocker.post(path, body, peer=f"10.0.0.{number}")
    return answer, noted


def _login_code(house: House) -> str:
    return house.desk.act(service.prove_at_desk, HERE, UUID(house.actors[Role.RESIDENT, HERE].id)).code


def _wrong_voting_codes(house: House) -> dict[str, str]:
    """Return a code that never existed, one that opens something else, and one of a round that is closed."""
    login = _login_code(house)
    house.desk.clock.now += timedelta(days=30)
    advance_all(house.desk, ELSEWHERE)
    return {"never existed": UNKNOWN, "of something else": login, "of a closed round": house.codes[0]}


def _wrong_login_codes(house: House) -> dict[str, str]:
    """Return a code that never existed, one that opens something else, one that was used and one that is too old."""
    old = _login_code(house)
    house.desk.clock.now += timedelta(days=400)
    used = _login_code(house)
    house.desk.act(service.log_in, LogIn(code=used))
    return {"never existed": UNKNOWN, "of something else": house.codes[0], "used": used, "too old": old}


class TestWrongVotingCode:
    @pytest.mark.parametrize(
        ("path", "more"),
        [
            ("/api/v1/papers", {}),
            ("/api/v1/ballots", {"marks": {"1": 1}}),
            ("/api/v1/ballots/check", {"marks": {"1": 1}}),
            ("/stemmen", {}),
            ("/stemmen/controle", {"marks": "1"}),
            ("/stemmen/biljet", {"marks": "1"}),
        ],
    )
    def test_is_refused_alike_whatever_is_wrong_with_it(self, copy: House, path: str, more: dict[str, Any]):
        codes = _wrong_voting_codes(copy).values()
        tried = [_tried(copy, path, {"code": code, **more}, number) for number, code in enumerate(codes)]
        sentence = "Met deze code kan nu niet gestemd worden."
        assert [(answer.status, sentence in answer.text) for answer, _noted in tried] == [(403, True)] * 3
        assert [noted for _answer, noted in tried] == [tried[0][1]] * 3
        assert len(tried[0][1]) > 2

    def test_is_refused_in_the_same_words_to_a_machine(self, copy: House):
        codes = _wrong_voting_codes(copy).values()
        told = {_tried(copy, "/api/v1/papers", {"code": code}, n)[0].body for n, code in enumerate(codes)}
        assert len(told) == 1

    def test_puts_nothing_in_the_box_and_nothing_on_the_record(self, copy: House):
        codes = _wrong_voting_codes(copy)
        kept = ("voting_box", "voting_register", "trail_entry", "kept_answer")
        before = [copy.rows(f"SELECT COUNT(*) FROM {table}") for table in kept]
        for number, code in enumerate(codes.values()):
            _tried(copy, "/api/v1/ballots", {"code": code, "marks": {"1": 1}}, number)
        assert [copy.rows(f"SELECT COUNT(*) FROM {table}") for table in kept] == before


class TestWrongLoginCode:
    @pytest.mark.parametrize("path", ["/api/v1/sessions", "/inloggen"])
    def test_is_refused_alike_whatever_is_wrong_with_it(self, copy: House, path: str):
        codes = _wrong_login_codes(copy).values()
        tried = [_tried(copy, path, {"code": code}, number) for number, code in enumerate(codes)]
        sentence = "Deze code werkt niet."
        assert [(answer.status, sentence in answer.text) for answer, _noted in tried] == [(403, True)] * 4
        assert [noted for _answer, noted in tried] == [tried[0][1]] * 4
        assert not any(answer.header("set-cookie") for answer, _noted in tried)


class TestTooManyTries:
    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("/api/v1/papers", {}),
            ("/stemmen", {}),
            ("/stemmen/controle", {"marks": "1"}),
            ("/api/v1/ballots", {"marks": {"1": 1}}),
            ("/api/v1/ballots/check", {"marks": {"1": 1}}),
            ("/api/v1/sessions", {}),
            ("/inloggen", {}),
        ],
    )
    def test_wait_until_the_window_is_over_even_with_the_right_code(self, copy: House, path: str, body: dict[str, Any]):
        right = _login_code(copy) if "sessions" in path or path == "/inloggen" else copy.codes[0]
        copy.desk.clock.now += timedelta(seconds=90)
        tried = [copy.knocker.post(path, {"code": UNKNOWN, **body}).status for _try in range(10)]
        assert tried == [403] * 10
        before = copy.version()
        refused = copy.knocker.post(path, {"code": right, **body})
        assert (refused.status, refused.header("retry-after")) == (429, "510")
        assert "Wacht tien minuten" in refused.text
        assert copy.version() == before
        assert copy.knocker.post(path, {"code": right, **body}, peer="10.0.0.1").status in (200, 201, 303, 422)
        copy.desk.clock.now += timedelta(seconds=510)
        assert copy.knocker.post(path, {"code": UNKNOWN, **body}).status == 403

    def test_of_one_kind_of_code_do_not_stop_another(self, copy: House):
        for _try in range(11):
            last = copy.knocker.post("/api/v1/sessions", {"code": UNKNOWN})
        assert last.status == 429
        assert copy.knocker.post("/api/v1/papers", {"code": copy.codes[0]}).status == 200

    def test_to_get_a_letter_wait_too(self, copy: House):
        asked = {"postcode": "9901AA", "houseNumber": 1, "birthYear": 1900}
        answers = [copy.knocker.post("/api/v1/login-letters", asked) for _try in range(11)]
        assert [answer.status for answer in answers] == [answers[0].status] * 10 + [429]

# SPDX-License-Identifier: EUPL-1.2
"""The document about the API is valid, describes every route, and every answer is what it says."""

import copy
import re
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests.app.house import EVERYWHERE, PLACES, House
from tests.app.knocking import Answer
from tests.app.samples import ROUTE_TABLE, UNKNOWN, commands, sample
from wijkbudget.kit.actor import Role
from wijkbudget.trail.work import door_of, name_of

BASE = "/api/v1"
HERE = PLACES[0]
ROUTES = sorted((path, method, handler) for method, path, handler in ROUTE_TABLE if path.startswith(BASE))
every_route = pytest.mark.parametrize(
    ("path", "method", "handler"), ROUTES, ids=[f"{method} {path.removeprefix(BASE)}" for path, method, _h in ROUTES]
)


@pytest.fixture(scope="module")
def document(house: House) -> Any:
    """Return the document as it is served, in which an answer may hold nothing that is not described."""
    answer = house.knocker.get(f"{BASE}/openapi.json")
    assert (answer.status, answer.header("access-control-allow-origin")) == (200, "*")
    return answer.document


@pytest.fixture(scope="module")
def closed(document: Any) -> Any:
    """Return the document with every object closed: what it does not describe may not be there."""
    made = copy.deepcopy(document)
    for schema in made["components"]["schemas"].values():
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
    return made


def _operation(document: Any, path: str, method: str) -> Any:
    """Return what the document says of a route; its parts of addresses are in camelCase."""
    written = re.sub(r"_([a-z])", lambda found: found[1].upper(), path.removeprefix(BASE))
    return document["paths"][written][method.lower()]


def _faults(document: Any, schema: Any, value: Any) -> list[str]:
    """Return everything in a value that its schema does not allow."""
    validator = Draft202012Validator(
        {**schema, "components": document["components"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


def _assert_as_described(document: Any, operation: Any, answer: Answer) -> None:
    """Assert that a status, its headers, its type and its body are what the document says."""
    told = operation["responses"][str(answer.status)]
    if "$ref" in told:
        told = document["components"]["responses"][told["$ref"].rpartition("/")[2]]
    assert answer.header("api-version") == document["info"]["version"]
    assert set(told["headers"]) <= {"API-Version", "Retry-After"}
    if "content" not in told:
        assert answer.body == b""
        return
    kind = (answer.header("content-type") or "").partition(";")[0]
    assert kind in told["content"]
    if kind.endswith("json"):
        assert _faults(document, told["content"][kind]["schema"], answer.document) == []


_MUNICIPAL = {"batch_id": "payment_batch", "statement_id": "bank_statement", "line_id": "bank_line"}
"""What is of no neighbourhood."""


def _ids(house: House, path: str) -> dict[str, str]:
    entry = "trail_entry" if "/trail/" in path else "time_entry"
    found = house.rows(f"SELECT id FROM {entry} WHERE place = :place LIMIT 1", place=HERE)[0][0]
    values = {
        "place": HERE,
        "year": "2025",
        "export": "spending",
        "entry_id": str(UUID(found)),
        "voice": "100",
        "key": "1",
    }
    everywhere = {
        name: str(UUID(house.rows(f"SELECT id FROM {table} LIMIT 1")[0][0])) for name, table in _MUNICIPAL.items()
    }
    return {**house.ids(HERE), **everywhere, **values}


def _asked(house: House, path: str, handler: Any) -> str:
    """Return an address of something that is there."""
    ids = {"number": "1", **_ids(house, path)}
    where = re.sub(r"\{(\w+)\}", lambda found: ids.get(found[1], UNKNOWN), path)
    sizes = [str(row[0]) for row in house.rows("SELECT size FROM trail_checkpoint ORDER BY size")]
    given = {
        "earlier": sizes[0],
        "later": sizes[-1],
        "code": house.codes[0],
        "account": f"pot:{HERE}:2025",
        "year": "2025",
    }
    asked = {name: given[name] for name in handler.parsed_fn_signature.parameters if name in given}
    asked = {name: value for name, value in asked.items() if f"{{{name}}}" not in path}
    return f"{where}?{urlencode(asked)}" if asked else where


def _token(house: House, handler: Any) -> str | None:
    """Return a session of somebody for whom a route is open for everything in the place."""
    doors = [door_of(function) for function in handler.opt["does"]]
    where = EVERYWHERE if any(door.municipal and Role.GUEST not in door.may.any for door in doors) else HERE
    for (role, held), actor in house.actors.items():
        if held == where and all(door.may.any & {role, Role.GUEST} for door in doors):
            return house.token(actor)
    return next(
        (
            house.token(actor)
            for (role, held), actor in house.actors.items()
            if held == where and all(door.may.allows(frozenset({role, Role.GUEST})) for door in doors)
        ),
        None,
    )


class TestTheDocument:
    def test_is_valid(self, document: Any):
        validate(document)

    def test_describes_every_route_and_no_other(self, document: Any):
        described = [(path, method) for path, methods in document["paths"].items() for method in methods]
        assert len(described) == len(ROUTES)
        assert all(_operation(document, path, method) for path, method, _handler in ROUTES)

    def test_names_what_each_does_once(self, document: Any):
        names = [each["operationId"] for methods in document["paths"].values() for each in methods.values()]
        assert len(set(names)) == len(names)
        assert {"vouchers.claim", "voting.published", "reports.export"} < set(names)

    def test_says_where_the_api_is_and_which_version(self, house: House, document: Any):
        assert document["openapi"] == "3.1.0"
        assert [server["url"] for server in document["servers"]] == [f"{house.knocker.origin}/api/v1"]
        assert document["info"]["version"] == "1.0.0"
        assert document["info"]["contact"].keys() == {"name", "url", "email"}

    def test_shows_the_bounds_of_what_may_be_sent(self, document: Any):
        schemas = document["components"]["schemas"]
        line = schemas["PayPayout"]["properties"]["bankReference"]
        assert (line["minLength"], line["maxLength"]) == (1, 120)
        assert schemas["FileClaim"]["properties"]["amountCents"] == {
            "type": "integer",
            "exclusiveMinimum": 0,
            "maximum": 10**15,
        }
        assert schemas["Text"] == {"type": "string", "description": "A sentence in the reader's language."}


@every_route
class TestEveryRoute:
    def test_says_how_to_be_let_in(self, document: Any, path: str, method: str, handler: Any):
        ways = _operation(document, path, method)["security"]
        doors = [door_of(function) for function in handler.opt["does"]]
        is_open = all(Role.GUEST in door.may.any for door in doors)
        assert ([] if handler.opt["anonymous"] else [{"session": []}, {"token": []}]) == [way for way in ways if way]
        assert ({} in ways) == (is_open and not handler.opt["anonymous"])

    def test_asks_a_reference_where_a_verb_is_done_once(
        self, house: House, document: Any, path: str, method: str, handler: Any
    ):
        asked = {"$ref": "#/components/parameters/IdempotencyKey"}
        is_once = any(door_of(function).once for function in handler.opt["does"])
        assert (asked in _operation(document, path, method)["parameters"]) is is_once
        if is_once:
            given = handler.parsed_fn_signature.parameters.get("data")
            body = sample(given.annotation) if given else None
            answer = house.knocker.send(
                method, _asked(house, path, handler), body, token=_token(house, handler), idempotency_key=""
            )
            assert (answer.status, answer.refusal) == (400, "KeyMissing")

    def test_answers_as_described_when_refused(self, house: House, document: Any, path: str, method: str, handler: Any):
        operation, where = _operation(document, path, method), _asked(house, path, handler)
        token, before = _token(house, handler), house.version()
        if path.endswith("/current"):
            return
        answers = [
            house.knocker.send(method, where, host="evil.example"),
            house.knocker.send(method, re.sub(r"\{(\w+)\}", UNKNOWN, path), token=token),
        ]
        if method != "GET":
            answers += [
                house.knocker.send(method, where, {"nothing": 1}),
                house.knocker.send(method, where, b"{", token=token),
                house.knocker.send(method, where, b"{}", token=token, content_type="text/plain"),
                house.knocker.send(method, where, b" " * 9_000_000, token=token),
                house.knocker.send(method, where, {"nothing": 1}, token=token, origin="https://evil.example"),
            ]
        for answer in answers:
            assert answer.status < 500
            _assert_as_described(document, operation, answer)
        assert house.version() == before

    def test_has_no_second_address_with_a_slash(self, house: House, path: str, method: str, handler: Any):
        answer = house.knocker.send(method, _asked(house, path, handler).partition("?")[0] + "/")
        assert (answer.status, answer.header("api-version")) == (404, "1.0.0")
        assert answer.header("content-type") == "application/problem+json"

    def test_tells_every_method_of_its_address(self, house: House, path: str, method: str, handler: Any):
        answer = house.knocker.send("OPTIONS", _asked(house, path, handler).partition("?")[0])
        methods = sorted({"OPTIONS", *(other for where, other, _handler in ROUTES if where == path)})
        assert (answer.status, answer.header("allow")) == (204, ", ".join(methods))

    def test_is_guarded(self, house: House, path: str, method: str, handler: Any):
        answer = house.knocker.send(method, f"{BASE}/nothing")
        assert {
            name: answer.header(name) for name in ("cache-control", "x-content-type-options", "x-frame-options")
        } == {
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
        }


_QUESTIONS = [found for found in ROUTES if found[1] == "GET"]
_NOT_THERE = {
    "challenges.advising",
    "challenges.agreement",
    "challenges.assessment",
    "challenges.case_file",
    "challenges.challenge",
    "challenges.council_advice",
    "challenges.course",
    "challenges.decisions_of",
    "challenges.invitation",
    "challenges.letter",
    "challenges.letters",
    "challenges.municipal_task",
    "challenges.paper",
    "challenges.sheet",
    "challenges.support",
    "initiatives.giving_up",
    "initiatives.revoking",
    "initiatives.withdrawing",
    "payments.contribution",
    "reciprocity.at_door",
    "reciprocity.attendance_list",
    "reciprocity.guidance",
    "reciprocity.pairing",
    "reciprocity.ring",
    "reciprocity.sample",
    "reports.recorded_case",
    "voting.next_paper",
    "vouchers.found_by_code",
    "vouchers.own_cheque",
}
"""What the demo has nothing to show of to whoever asks here; the refusal is as described."""


@pytest.mark.parametrize(
    ("path", "method", "handler"), _QUESTIONS, ids=[path.removeprefix(BASE) for path, _m, _h in _QUESTIONS]
)
class TestEveryQuestion:
    def test_is_answered_as_described(self, house: House, closed: Any, path: str, method: str, handler: Any):
        answer = house.knocker.send(method, _asked(house, path, handler), token=_token(house, handler))
        reached = {name_of(function) for function in handler.opt["does"]}
        assert answer.status == 200 or reached & _NOT_THERE, answer.text
        _assert_as_described(closed, _operation(closed, path, method), answer)

    def test_is_answered_as_described_to_a_guest(self, house: House, closed: Any, path: str, method: str, handler: Any):
        answer = house.knocker.send(method, _asked(house, path, handler))
        _assert_as_described(closed, _operation(closed, path, method), answer)


class TestEveryCommand:
    @pytest.mark.parametrize(("method", "path", "kind"), list(commands()), ids=lambda value: str(value)[-60:])
    def test_is_described_as_it_is_read(self, document: Any, method: str, path: str, kind: Any):
        body = _operation(document, path, method)["requestBody"]["content"]["application/json"]["schema"]
        assert _faults(document, body, sample(kind)) == []
        assert _faults(document, body, {**sample(kind), "isFree": True}) != []
        assert _faults(document, body, []) != []

# SPDX-License-Identifier: EUPL-1.2
"""The edges are strict: nothing is coerced to a number, named twice, or sent that was not asked.

The commands and their numbers are collected from the route table, so that a new command is held to the same.
"""

import copy
import json
import re
from typing import Any

import pytest
from pydantic import BaseModel

from tests.app.house import EVERYWHERE, PLACES, House
from tests.app.samples import ROUTE_TABLE, UNKNOWN, Step, commands, sample, whole_numbers
from wijkbudget.kit.actor import Role
from wijkbudget.trail.work import door_of

HERE = PLACES[0]
NOT_WHOLE_NUMBERS = {"a truth": True, "a text": "5", "a fraction": 5.0, "too large": 2**63, "too small": -(2**63) - 1}
"""What Python or a database would take for a number, or choke on."""

NUMBERS = [(path, kind, steps) for _method, path, kind in commands() for steps in whole_numbers(sample(kind))]


def _token(house: House, path: str) -> str | None:
    """Return a session of somebody for whom the route is open."""
    doors = [
        door_of(function)
        for method, where, handler in ROUTE_TABLE
        if (method, where) == ("POST", path)
        for function in handler.opt["does"]
    ]
    if all(Role.GUEST in door.may.any for door in doors):
        return None
    where = EVERYWHERE if any(door.municipal for door in doors) else HERE
    return next(
        house.token(actor)
        for (role, held), actor in house.actors.items()
        if held == where and all(door.may.allows(frozenset({role, Role.GUEST})) for door in doors)
    )


def _asked(path: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: {"place": HERE, "number": "1"}.get(found[1], UNKNOWN), path)


def _with(body: Any, steps: tuple[Step, ...], value: object) -> Any:
    """Return a body with another value in one place."""
    changed = copy.deepcopy(body)
    part = changed
    for step in steps[:-1]:
        part = part[step]
    part[steps[-1]] = value
    return changed


def _assert_unread(house: House, path: str, body: object) -> Any:
    """Assert that a body is refused with 400 and that nothing changed; return the problem document."""
    token, before = _token(house, path), house.version()
    answer = house.knocker.post(_asked(path), body, token=token)
    assert (answer.status, answer.header("content-type")) == (400, "application/problem+json")
    assert house.version() == before
    return answer.document


class TestEveryCommand:
    @pytest.mark.parametrize(("method", "path", "kind"), list(commands()), ids=lambda value: str(value)[-60:])
    def test_can_be_read_when_it_is_right(self, house: House, method: str, path: str, kind: type[BaseModel]):
        kind.model_validate_json(json.dumps(sample(kind)))
        assert method == "POST"

    @pytest.mark.parametrize(("_method", "path", "kind"), list(commands()), ids=lambda value: str(value)[-60:])
    def test_takes_no_field_that_it_does_not_know(self, house: House, _method: str, path: str, kind: type[BaseModel]):
        errors = _assert_unread(house, path, {**sample(kind), "isFree": True})["errors"]
        assert [error["pointer"] for error in errors] == ["#/isFree"]

    @pytest.mark.parametrize(("_method", "path", "kind"), list(commands()), ids=lambda value: str(value)[-60:])
    @pytest.mark.parametrize("body", [[], "5", 5, None, True], ids=repr)
    def test_is_not_a_list_a_text_a_number_or_nothing(
        self, house: House, _method: str, path: str, kind: type[BaseModel], body: object
    ):
        _assert_unread(house, path, json.dumps(body).encode())

    @pytest.mark.parametrize(("_method", "path", "kind"), list(commands()), ids=lambda value: str(value)[-60:])
    def test_says_nothing_twice(self, house: House, _method: str, path: str, kind: type[BaseModel]):
        for name, value in sample(kind).items():
            said = json.dumps({name: value})[1:-1]
            rest = json.dumps(sample(kind))[1:]
            _assert_unread(house, path, f"{{{said}, {rest}".encode())


@pytest.mark.parametrize(
    ("path", "kind", "steps"), NUMBERS, ids=[f"{kind.__name__}-{'.'.join(map(str, at))}" for _path, kind, at in NUMBERS]
)
class TestEveryWholeNumber:
    @pytest.mark.parametrize("value", NOT_WHOLE_NUMBERS.values(), ids=NOT_WHOLE_NUMBERS)
    def test_is_not(self, house: House, path: str, kind: type[BaseModel], steps: tuple[Step, ...], value: object):
        errors = _assert_unread(house, path, _with(sample(kind), steps, value))["errors"]
        assert [error["pointer"] for error in errors] == ["/".join(["#", *map(str, steps)])]

    def test_is_said_once(self, house: House, path: str, kind: type[BaseModel], steps: tuple[Step, ...]):
        name, whole = json.dumps(steps[-1]), json.dumps(sample(kind))
        doubled = re.sub(rf"({name}: -?\d+)", r"\1, \1", whole, count=1)
        assert doubled != whole
        _assert_unread(house, path, doubled.encode())


_IN_ADDRESSES = [
    (method, path, name, parameter.annotation)
    for method, path, handler in ROUTE_TABLE
    for name, parameter in handler.parsed_fn_signature.parameters.items()
    if parameter.annotation in (int, int | None)
]


class TestEveryWholeNumberInAnAddress:
    @pytest.mark.parametrize("value", ["9223372036854775808", "-9223372036854775809", "1" * 400, "5.5", "1e3", "٣", ""])
    @pytest.mark.parametrize(("method", "path", "name", "_kind"), _IN_ADDRESSES, ids=lambda value: str(value)[-70:])
    def test_finds_nothing_when_it_is_none(
        self, house: House, method: str, path: str, name: str, _kind: object, value: str
    ):
        address = _asked(path.replace(f"{{{name}}}", value or "x"))
        if f"{{{name}}}" not in path:
            address += f"?{name}={value}"
        for role in (Role.CHAIR, Role.OFFICIAL):
            token = house.token(house.holder(role, PLACES[0]))
            assert house.knocker.send(method, address, token=token).status in (200, 400, 403, 404)

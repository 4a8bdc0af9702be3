# SPDX-License-Identifier: EUPL-1.2
"""docs/api.md tells the truth: every request in it is sent, and answered as it says."""

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.app.house import PLACES, House
from tests.app.knocking import Answer
from wijkbudget.identity import service
from wijkbudget.kit.actor import Role
from wijkbudget.reciprocity import queries as reciprocity

GUIDE = (Path(__file__).parents[2] / "docs/api.md").read_text()
HERE = PLACES[0]
DEMO = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Example:
    """A command of the guide, and what it says the answer is."""

    command: str
    status: int
    headers: dict[str, str]
    body: Any


def _examples() -> list[Example]:
    found = re.findall(r"```sh\n(.+?)```\n\n```http\n(.+?)```", GUIDE, re.DOTALL)
    assert len(found) == GUIDE.count("```sh") == GUIDE.count("```http") > 0
    made = []
    for command, told in found:
        head, _empty, body = told.partition("\n\n")
        first, *lines = head.strip().splitlines()
        headers = dict(line.split(": ", 1) for line in lines)
        made.append(Example(command, int(first.split()[1]), headers, json.loads(body) if body else None))
    return made


def _send(house: House, command: str, values: dict[str, str]) -> Answer:
    """Send what curl would send."""
    for name, value in values.items():
        command = command.replace(f"${name}", value)
    assert "$" not in command
    program, *words = shlex.split(command.replace("\\\n", " "))
    assert program == "curl"
    body, headers, address = None, {}, ""
    while words:
        word = words.pop(0)
        if word == "-d":
            body = words.pop(0).encode()
        elif word == "-H":
            name, _colon, value = words.pop(0).partition(": ")
            headers[name.lower().replace("-", "_")] = value
        else:
            address = word
    assert address.startswith(DEMO)
    method = "GET" if body is None else "POST"
    return house.knocker.send(method, address.removeprefix(DEMO), body, **headers)


@pytest.fixture
def values(copy: House) -> dict[str, str]:
    """Return what somebody has at hand who follows the guide: a login code, and a task to give time to."""
    resident = copy.actors[Role.RESIDENT, HERE]
    code = copy.desk.act(service.prove_at_desk, HERE, UUID(resident.id)).code
    tasks = copy.desk.by(resident).ask(reciprocity.tasks, HERE)
    return {"CODE": code, "TASK": str(tasks[0].id)}


class TestTheGuide:
    def test_is_answered_as_it_says(self, copy: House, values: dict[str, str]):
        before = copy.rows("SELECT COUNT(*) FROM time_entry")[0][0]
        for example in _examples():
            answer = _send(copy, example.command, values)
            assert answer.status == example.status, (example.command, answer.text)
            for name, value in example.headers.items():
                assert (name, answer.header(name.lower())) == (name, value)
            if example.body is not None:
                assert answer.document == example.body
            if example.command.endswith("/sessions\n"):
                values["TOKEN"] = answer.document["token"]
            if example.status == 201 and "Idempotency-Key" in example.command:
                assert _send(copy, example.command, values).body == answer.body
        assert copy.rows("SELECT COUNT(*) FROM time_entry")[0][0] == before + 1

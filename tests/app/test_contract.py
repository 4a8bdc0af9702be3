# SPDX-License-Identifier: EUPL-1.2
"""Whatever the API's document allows, and whatever it does not, is answered as the document says.

schemathesis makes the requests, from the document itself; `make proof-fuzz` lets it make thousands.
"""

import os
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from warnings import catch_warnings, simplefilter

import pytest
import requests
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from pydantic.alias_generators import to_camel
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.app.house import EVERYWHERE, PLACES, House
from tests.app.test_fuzz import HANG_SECONDS
from wijkbudget.app.asgi import make_app
from wijkbudget.identity import seed as people
from wijkbudget.identity.rules.roles import GRANTABLE
from wijkbudget.kit.actor import Actor, Role

EXAMPLES = int(os.environ.get("WIJKBUDGET_PROOF_EXAMPLES", "300"))
SEED = int(os.environ.get("WIJKBUDGET_PROOF_SEED", "1"))
HERE = PLACES[0]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
_ENDS_THE_VISIT = "/sessions/current"


def _guest(_house: House) -> None:
    return None


def _with_every_role(house: House) -> Actor:
    """Return a resident who may do nearly everything here, and so comes furthest."""
    actor = house.actors[Role.RESIDENT, HERE]
    for role in GRANTABLE:
        if role is not Role.AUDITOR:
            actor = people.grant(house.desk, HERE, actor, role)
    return actor


def _administrator(house: House) -> Actor:
    return house.actors[Role.ADMINISTRATOR, EVERYWHERE]


WHO: tuple[Callable[[House], Actor | None], ...] = (_guest, _with_every_role, _administrator)


@contextmanager
def _served(house: House) -> Iterator[str]:
    """Serve the house over a real connection, and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app: Any = make_app(house.desk, origin=origin)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield origin
        finally:
            server.should_exit = True
            thread.join()


def _chosen(document: str, count: int) -> list[tuple[Any, GenerationMode]]:
    """Return operations of the API, each with requests that are allowed and requests that are not."""
    schema = schemathesis.openapi.from_url(document)
    operations = [found.ok() for found in schema.get_all_operations()]
    pairs = [(operation, mode) for operation in operations for mode in GenerationMode]
    return random.Random(SEED).sample(pairs, min(len(pairs), count))


def _faults(operation: Any, mode: GenerationMode, count: int, sent: dict[str, Any], known: dict[str, str]) -> list[str]:
    """Send requests to one operation, and return what was not answered as the document says."""
    # What can be found is found with an id that is there; what cannot be read is made up whole.
    names = {each.name for each in operation.path_parameters}
    there = {name: value for name, value in known.items() if name in names} if mode.is_positive else None
    wrong = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode, path_parameters=there))
    def send(case: Any) -> None:
        try:
            answer = case.call(**sent)
        except requests.Timeout:
            # A computer with much to do stands still now and then; a request that hangs does so again.
            answer = case.call(**sent)
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            wrong.extend(f"{operation.label}: {failure}\n{case.as_curl_command()}" for failure in group.exceptions)

    with catch_warnings():
        # What it cannot make it leaves out, and says so.
        simplefilter("ignore")
        try:
            send()
        except Unsatisfiable:
            assert mode.is_negative
    return wrong


@pytest.mark.parametrize("who", WHO, ids=["a guest", "somebody with every role", "an administrator"])
class TestTheApi:
    def test_answers_as_its_document_says(self, copy: House, who: Callable[[House], Actor | None]):
        token = copy.token(who(copy))
        known = {to_camel(name): value for name, value in copy.ids(HERE).items()}
        known |= {"place": HERE, "year": "2025", "export": "spending"}
        wrong: list[str] = []
        with _served(copy) as origin, requests.Session() as session:
            sent: dict[str, Any] = {"session": session, "timeout": HANG_SECONDS}
            if token:
                sent["headers"] = {"Authorization": f"Bearer {token}"}
            chosen = _chosen(f"{origin}/api/v1/openapi.json", EXAMPLES // len(WHO))
            for operation, mode in chosen:
                if not (token and operation.path == _ENDS_THE_VISIT):
                    wrong += _faults(operation, mode, EXAMPLES // len(WHO) // len(chosen), sent, known)
        assert not wrong, "\n\n".join(wrong[:10])

# SPDX-License-Identifier: EUPL-1.2
"""Who may do what: every route is asked by every role, and answers as docs/access.md says.

The page is generated from the route table; here it is read back and held against what the house really does, so a
route that the page forgets, or a door that the page describes otherwise, fails.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from litestar.handlers import HTTPRouteHandler
from pydantic.alias_generators import to_camel

from tests.app.house import EVERYWHERE, PLACES, House
from tests.app.samples import ROUTE_TABLE, UNKNOWN, form_of, sample
from tests.app.things import ELSEWHERE, HERE, Thing, things
from tools.documents import DOCS
from wijkbudget.identity.rules.roles import GRANTABLE, MUNICIPAL
from wijkbudget.kit.actor import Role
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours, door_of, name_of

_ROLES = [role for role in Role if role is not Role.SYSTEM]
_ENDS_THE_VISIT = {("POST", "/uitloggen"), ("DELETE", "/api/v1/sessions/current")}


@dataclass(frozen=True)
class Row:
    """One line of docs/access.md."""

    method: str
    path: str
    is_municipal: bool
    """Something it reaches is about the whole municipality and not open to everybody."""
    cells: dict[Role, str]

    def opens(self, role: Role, where: str) -> bool:
        """Return whether the route opens for a role held there, when it is asked about HERE."""
        if self.cells[Role.GUEST]:
            return True
        counts = where == EVERYWHERE or (where == HERE and "{place}" in self.path and not self.is_municipal)
        return counts and self.cells[role] != ""


def _read_table() -> list[Row]:
    found = []
    for line in (DOCS / "access.md").read_text().splitlines():
        match = re.match(r"\| (GET|POST|PUT|PATCH|DELETE) `([^`]+)` \| (.*?) \| (.*) \|$", line)
        if match:
            method, path, names, cells = match.groups()
            said = [cell.strip() for cell in f" {cells} ".split("|")]
            found.append(Row(method, path, "*`" in names, dict(zip(_ROLES, said, strict=True))))
    return found


TABLE = _read_table()


def _path(template: str, place: str, ids: dict[str, str] | None = None) -> str:
    """Return an address of this place; an id that is not given is one that nothing has."""
    values = {"place": place, "year": "2025", "number": "1", "voice": "100", "period": "2025-Q1", **(ids or {})}
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], UNKNOWN), template)


def _body(handler: HTTPRouteHandler, path: str, ids: dict[str, str]) -> object:
    """Return a body or form that can be read, with these ids in it where it asks for them."""
    kinds = [kind for function in handler.opt["does"] if (kind := function.__annotations__.get("command"))]
    if not kinds:
        return None
    named = {to_camel(name): value for name, value in ids.items() if name in kinds[0].model_fields}
    body = sample(kinds[0], **named)
    return body if path.startswith("/api/") else form_of(body)


def _is_door(house: House, status: int, refusal: str | None, path: str, text: str) -> bool:
    """Return whether an answer is the door that stayed closed, and no other refusal."""
    if path.startswith("/api/"):
        return status == 403 and refusal == DoorClosed.__name__
    return status == 403 and "Je mag dit hier niet doen." in text


_ASKING = {"asked-voters", "asked-voters/answers", "navraag", "navraag/antwoorden", "navraag/csv"}
"""How the audit committee asks drawn voters whether they voted; fetching who they are is put on record."""

_OVERSEEING = {
    f"{start}/{{place}}/{rest}"
    for start, rests in {
        "/wijken": ("steekproef", "steekproef/{period}/{entry_id}", "kringen/{key}"),
        "/api/v1/neighbourhoods": (
            "time-samples",
            "time-samples/{period}/entries/{entry_id}/finding",
            "confirmation-rings/{key}/notes",
        ),
    }.items()
    for rest in rests
}
"""How the audit committee draws time by lot and writes down what it found; no time changes by it."""
_TRYING = {"naspelen", "replays"}
"""A vote is played again with another rule by a form; it changes nothing."""


class TestTheTable:
    def test_has_every_route_and_no_other(self):
        assert {(row.method, row.path) for row in TABLE} == {(method, path) for method, path, _handler in ROUTE_TABLE}

    def test_is_about_every_route_that_the_application_serves(self, house: House):
        served = {
            (method, route.path_format)
            for route in house.knocker.app.app.app.routes
            for handler in getattr(route, "route_handlers", [])
            if isinstance(handler, HTTPRouteHandler)
            for method in handler.http_methods - {"HEAD", "OPTIONS"}
        }
        assert {(method, path) for method, path in served if not path.startswith("/static")} == {
            (row.method, row.path) for row in TABLE
        }

    @pytest.mark.parametrize(("method", "path", "handler"), ROUTE_TABLE, ids=lambda value: str(value)[:80])
    def test_lists_what_each_route_does(self, method: str, path: str, handler: HTTPRouteHandler):
        assert isinstance(handler.opt.get("does"), tuple)

    def test_lets_an_auditor_write_nothing_but_what_drawn_voters_said(self):
        writing = [row for row in TABLE if row.method != "GET" and not row.cells[Role.GUEST]]
        written = {row.path.rsplit("{round_id}/", 1)[-1] for row in writing if row.cells[Role.AUDITOR]}
        assert written == _ASKING | _OVERSEEING | _TRYING


_HELD = [
    (Role.GUEST, HERE),
    *((role, where) for role in (Role.RESIDENT, *GRANTABLE) for where in PLACES),
    *((role, EVERYWHERE) for role in sorted(MUNICIPAL)),
]
"""Each role in each place where it can be held."""


class TestEveryRoute:
    @pytest.mark.parametrize(("role", "where"), _HELD)
    def test_answers_each_role_as_the_table_says(self, house: House, role: Role, where: str):
        actor = house.holder(role, where)
        token, wrong = house.token(actor), []
        for row in TABLE:
            if (row.method, row.path) in _ENDS_THE_VISIT:
                continue
            before = house.version()
            answer = house.knocker.send(row.method, _path(row.path, HERE), token=token)
            is_closed = _is_door(house, answer.status, answer.refusal, row.path, answer.text)
            opens = row.opens(role, where)
            if is_closed == opens or answer.status >= 500:
                wrong.append(f"{row.method} {row.path}: {answer.status}, but the table {opens=}")
            if is_closed and house.version() != before:
                wrong.append(f"{row.method} {row.path}: was closed and changed something")
        assert wrong == []


class TestTheEndOfAVisit:
    @pytest.mark.parametrize(("method", "path"), sorted(_ENDS_THE_VISIT))
    def test_is_for_everybody(self, house: House, method: str, path: str):
        actor = house.actors[Role.RESIDENT, HERE]
        answer = house.knocker.send(method, path, token=house.token(actor))
        assert answer.status in (204, 303)
        assert house.knocker.get("/api/v1/me", token=house.tokens.pop(actor.id)).status == 403


_OWNED = {
    name_of(function)
    for _method, _path, handler in ROUTE_TABLE
    for function in handler.opt["does"]
    if door_of(function).may.own
}


class TestEverythingSomebodyOwns:
    @pytest.mark.parametrize("name", sorted(_OWNED))
    def test_is_for_them_and_for_nobody_else_with_their_role(self, house: House, name: str):
        thing = things(house)[name]
        asked = list(_routes_to(name, thing))
        assert asked != []
        for method, path, handler in asked:
            where, body = _path(path, HERE, thing.ids), _body(handler, path, thing.ids)
            for stranger in thing.strangers:
                token, before = house.token(stranger), house.version()
                answer = house.knocker.send(method, where, body, token=token)
                assert (path, answer.status) == (path, 403)
                assert answer.refusal in (NotYours.__name__, None)
                assert house.version() == before
            answer = house.knocker.send(method, where, body, token=house.token(thing.owner))
            assert (path, answer.status) not in {(path, status) for status in (400, 403, 404)}
            assert answer.status < 500

    def test_names_every_role_that_may_reach_its_own(self, house: House):
        for name, thing in things(house).items():
            function = next(each for *_route, h in ROUTE_TABLE for each in h.opt["does"] if name_of(each) == name)
            asked = {next(iter(roles)) for roles in ({role for role, _place in each.roles} for each in thing.strangers)}
            assert asked == door_of(function).may.own


def _routes_to(name: str, thing: Thing) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """Yield the routes of the API, and the pages whose address says which thing is meant, that reach a function."""
    for method, path, handler in ROUTE_TABLE:
        named = set(re.findall(r"\{(\w+)\}", path)) - {"place"}
        leads = [name_of(function) for function in handler.opt["does"]][:1] == [name]
        if leads and (path.startswith("/api/") or named >= set(thing.ids)):
            yield method, path, handler


class TestEveryIdInAPath:
    @pytest.mark.parametrize(
        ("method", "path", "handler"),
        [found for found in ROUTE_TABLE if re.search(r"\{\w+_id\}", found[1])],
        ids=lambda value: str(value)[:80],
    )
    def test_of_another_neighbourhood_is_not_found_here(
        self, house: House, method: str, path: str, handler: HTTPRouteHandler
    ):
        row = next(row for row in TABLE if (row.method, row.path) == (method, path))
        ids = house.ids(HERE)
        if "/trail/" in path or "/logboek/" in path:
            entry = house.rows("SELECT id FROM trail_entry WHERE place = :place LIMIT 1", place=HERE)[0][0]
        else:
            entry = house.rows("SELECT id FROM time_entry WHERE place = :place LIMIT 1", place=HERE)[0][0]
        ids["entry_id"] = str(UUID(entry))
        where = ELSEWHERE if "{place}" in path else EVERYWHERE
        asking = [role for role in _ROLES if row.cells[role] and (role, where) in house.actors]
        for role in asking:
            token, before = house.token(house.actors[role, where]), house.version()
            answer = house.knocker.send(method, _path(path, ELSEWHERE, ids), _body(handler, path, ids), token=token)
            # Somebody of elsewhere gave no time here: that is an empty list, not a person that is not found.
            assert (role, answer.status) in {(role, 404), (role, 403)} or answer.body == b"[]"
            assert house.version() == before
        assert asking != []

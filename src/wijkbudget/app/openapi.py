# SPDX-License-Identifier: EUPL-1.2
"""Says what the API takes and answers, as OpenAPI 3.1, from the routes and the types themselves.

Source: OpenAPI 3.1; NL API Design Rules 2.1. Choice: our own document, because the framework's tells its own errors and
not ours, leaves out what a field may hold and that nothing unknown is taken, and knows no sentence in a language.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

from litestar.handlers import HTTPRouteHandler
from litestar.routes import BaseRoute, HTTPRoute
from litestar.types import Empty
from pydantic.alias_generators import to_camel

from wijkbudget.app import json_schemas
from wijkbudget.http.cookies import cookie_name
from wijkbudget.http.edge import API_VERSION
from wijkbudget.http.problem import MEDIA_TYPE, title_of
from wijkbudget.kit.actor import Role
from wijkbudget.trail.desk import KEY_LENGTH_MAX
from wijkbudget.trail.tries import demand_patience
from wijkbudget.trail.work import door_of, name_of

BASE = "/api/v1"

_GIVEN = {"self", "desk", "request", "data"}
"""What a handler gets from the house, and the body, which is described apart."""

_EVERYWHERE = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
"""A question too can be about something that is in another state."""
_UNSAFE = (
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
_WAIT = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)

_PROBLEM = {
    "description": "Why a request was refused. Source: RFC 9457.",
    "type": "object",
    "required": ["type", "status", "title", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "status": {"type": "integer"},
        "title": {"type": "string", "description": "What the status is called, in the reader's language."},
        "detail": {"type": "string", "description": "What is wrong, in the reader's language."},
        "refusal": {"type": "string", "description": "The name of the refusal; it stays the same in each language."},
        "article": {"type": "string", "description": "The article of the by-law or policy that it rests on."},
        "errors": {
            "description": "Everything that is wrong with what was sent, at once.",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "Where in the body, as a JSON Pointer (RFC 6901)."},
                    "parameter": {"type": "string", "description": "Which part of the address."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


class _Route(NamedTuple):
    """One thing that the API does."""

    path: str
    method: str
    handler: HTTPRouteHandler

    @property
    def reached(self) -> tuple[Callable[..., Any], ...]:
        return tuple(self.handler.opt.get("does", ()))

    @property
    def parameters(self) -> dict[str, Any]:
        """Return what can be said in the address."""
        given = self.handler.parsed_fn_signature.parameters
        return {name: parameter for name, parameter in given.items() if name not in _GIVEN}

    @property
    def command(self) -> Any:
        """Return the type of the body, or None."""
        given = self.handler.parsed_fn_signature.parameters.get("data")
        return given.annotation if given else None

    @property
    def asked(self) -> dict[str, Any]:
        """Return the type of each part of the address, and of the body."""
        asked = {name: parameter.annotation for name, parameter in self.parameters.items()}
        return asked if self.command is None else {**asked, "data": self.command}

    @property
    def answers(self) -> Mapping[str, Any]:
        """Return the type of each kind of answer; nothing, if it answers without a body."""
        if self.handler.opt.get("files"):
            return dict(self.handler.opt["files"])
        answer = self.handler.parsed_fn_signature.return_type.annotation
        return {} if self.handler.status_code == HTTPStatus.NO_CONTENT else {"application/json": answer}


def describe(routes: Iterable[BaseRoute], origin: str) -> dict[str, Any]:
    """Return the document about the routes of the API."""
    found = [
        _Route(route.path_format, method, handler)
        for route in routes
        if isinstance(route, HTTPRoute) and route.path_format.startswith(BASE + "/")
        for handler in route.route_handlers
        for method in sorted(handler.http_methods - {"HEAD", "OPTIONS"})
    ]
    asked = [(each, name, kind) for each in found for name, kind in each.asked.items()]
    told = [(each, name, kind) for each in found for name, kind in each.answers.items()]
    schemas, definitions = json_schemas.say(asked, told)
    paths: dict[str, dict[str, Any]] = {}
    for each in sorted(found):
        paths.setdefault(_address(each.path), {})[each.method.lower()] = _operation(each, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "wijkbudget",
            "version": API_VERSION,
            "description": (
                "Everything that the pages of a neighbourhood do. Amounts are whole euro cents, time is whole minutes,"
                " moments are in UTC. Sentences come in the language that `Accept-Language` asks for."
            ),
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
            "contact": {"name": "wijkbudget", "url": f"{origin}/uitleg", "email": _mailbox(origin)},
        },
        "servers": [{"url": origin + BASE}],
        "tags": [{"name": tag} for tag in sorted({tag for each in found for tag in each.handler.resolve_tags()})],
        "paths": paths,
        "components": {
            "schemas": {"Problem": _PROBLEM, **definitions},
            "responses": {_phrase(status): _problem(status) for status in (*_EVERYWHERE, *_UNSAFE, *_WAIT)},
            "parameters": {"IdempotencyKey": _IDEMPOTENCY_KEY},
            "headers": {"ApiVersion": _API_VERSION_HEADER, "RetryAfter": _RETRY_AFTER_HEADER},
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": cookie_name(origin.startswith("https:"))},
                "token": {"type": "http", "scheme": "bearer"},
            },
        },
    }


_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": (
        "A reference of your own for this command. The same key with the same body gets the first answer again and"
        " does nothing; with another body it is refused."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH_MAX, "pattern": "^[ -~]+$"},
}
_API_VERSION_HEADER = {
    "description": "The full version of the API that answered.",
    "schema": {"type": "string", "const": API_VERSION},
}
_RETRY_AFTER_HEADER = {"description": "How many seconds to wait.", "schema": {"type": "integer"}}


def _operation(route: _Route, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what one route takes and answers."""
    summary, _end, more = (inspect.getdoc(route.handler.fn) or "").partition("\n")
    parameters = [_parameter(route, name, schemas[route, name]) for name in route.parameters]
    if any(door_of(function).once for function in route.reached):
        parameters.append({"$ref": "#/components/parameters/IdempotencyKey"})
    operation: dict[str, Any] = {
        "operationId": name_of(route.reached[0]) if route.reached else f"app.{route.handler.handler_name}",
        "summary": summary,
        "tags": list(route.handler.resolve_tags()),
        "parameters": parameters,
        "security": _security(route),
        "responses": {
            str(route.handler.status_code): _answer(route, schemas),
            **{str(status.value): {"$ref": f"#/components/responses/{_phrase(status)}"} for status in _refused(route)},
        },
    }
    if more.strip():
        operation["description"] = " ".join(more.split())
    if route.command is not None:
        body = {"application/json": {"schema": schemas[route, "data"]}}
        operation["requestBody"] = {"required": True, "content": body}
    return operation


def _answer(route: _Route, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what one route answers when it is not refused."""
    answer: dict[str, Any] = {
        "description": HTTPStatus(route.handler.status_code).phrase,
        "headers": {"API-Version": {"$ref": "#/components/headers/ApiVersion"}},
    }
    if route.answers:
        answer["content"] = {kind.partition(";")[0]: {"schema": schemas[route, kind]} for kind in route.answers}
    return answer


def _parameter(route: _Route, name: str, schema: Any) -> dict[str, Any]:
    """Return one part of an address; nothing is not a value there, it is left out."""
    is_path = f"{{{name}}}" in route.path
    alternatives = [each for each in schema.get("anyOf", [schema]) if each != {"type": "null"}]
    return {
        "name": to_camel(name),
        "in": "path" if is_path else "query",
        "required": is_path or route.parameters[name].default is Empty,
        "schema": alternatives[0],
    }


def _security(route: _Route) -> list[dict[str, list[str]]]:
    """Return how somebody may say who they are; for what is open to everybody, also not at all."""
    if route.handler.opt.get("anonymous"):
        return []
    doors = [door_of(function) for function in route.reached]
    is_open = all(door.may.allows(frozenset({Role.GUEST})) for door in doors)
    return [*([{}] if is_open else []), {"session": []}, {"token": []}]


def _refused(route: _Route) -> list[HTTPStatus]:
    """Return with which statuses a route can refuse."""
    statuses = {*_EVERYWHERE, *(_UNSAFE if route.method != "GET" else ())}
    if not route.handler.opt.get("anonymous"):
        statuses.add(HTTPStatus.FORBIDDEN)
    if demand_patience in route.reached:
        statuses.add(HTTPStatus.TOO_MANY_REQUESTS)
    return sorted(statuses)


def _problem(status: HTTPStatus) -> dict[str, Any]:
    """Return how a status is answered."""
    headers = {"API-Version": {"$ref": "#/components/headers/ApiVersion"}}
    if status in _WAIT:
        headers["Retry-After"] = {"$ref": "#/components/headers/RetryAfter"}
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": str(title_of(status)), "headers": headers, "content": content}


def _address(path: str) -> str:
    """Return an address below the base, with its parts in camelCase."""
    return re.sub(r"\{(\w+)\}", lambda found: f"{{{to_camel(found[1])}}}", path.removeprefix(BASE))


def _phrase(status: HTTPStatus) -> str:
    """Return the name of a status as one word."""
    return str(title_of(status)).replace(" ", "")


def _mailbox(origin: str) -> str:
    """Return where mail about this house goes. Source: RFC 2142, the mailbox of whoever keeps a site."""
    return f"webmaster@{origin.partition('//')[2].partition(':')[0]}"

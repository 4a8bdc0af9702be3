# SPDX-License-Identifier: EUPL-1.2
"""Makes a valid body for every command, from its own JSON schema."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.alias_generators import to_snake

from tools.documents import routes
from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code

ROUTE_TABLE = tuple(routes())
"""Method, path and handler of every route, read once: reading takes a tenth of a second."""

UNKNOWN = "00000000-0000-4000-8000-000000000000"
"""An id that nothing has."""

_TEXTS = {
    "postcode": "9901AA",
    "code": new_code(bytes(CODE_RANDOM_BYTES)),
    "emailAddress": "iemand@wijk.example",
    "digits": "123456",
    "iban": "NL91ABNA0417164300",
    "registrationNumber": "12345678",
    "statement": "PGEvPg==",
}
"""The fields whose text must be more than text."""

Step = str | int


def commands() -> Iterator[tuple[str, str, type[BaseModel]]]:
    """Yield every route that takes JSON: method, path and command."""
    for method, path, handler in ROUTE_TABLE:
        given = handler.parsed_fn_signature.parameters.get("data")
        if given is not None:
            yield method, path, given.annotation


def sample(kind: type[BaseModel], **fields: Any) -> dict[str, Any]:
    """Return a body that the command takes, every field filled in."""
    schema = kind.model_json_schema(by_alias=True)
    return {**_sample(schema, schema.get("$defs", {}), ""), **fields}


def form_of(body: Any, prefix: str = "") -> dict[str, list[str]]:
    """Return a body as a form sends it, by the names of the command's fields."""
    fields: dict[str, list[str]] = {}
    for alias, value in body.items():
        name = to_snake(alias)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for index, row in enumerate(value):
                fields |= form_of(row, f"{prefix}{name}.{index}.")
        elif isinstance(value, list):
            fields[prefix + name] = [str(each) for each in value]
        elif isinstance(value, dict):
            fields[prefix + name] = list(value)
        elif value is not None and value is not False:
            fields[prefix + name] = [str(value)]
    return fields


def whole_numbers(body: Any, steps: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Yield where in a body a whole number stands."""
    if isinstance(body, bool):
        return
    if isinstance(body, int):
        yield steps
    parts = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for step, part in parts:
        yield from whole_numbers(part, (*steps, step))


def _sample(schema: Any, definitions: Any, name: str) -> Any:
    """Return a value that a part of a schema allows."""
    if "$ref" in schema:
        return _sample(definitions[schema["$ref"].rpartition("/")[2]], definitions, name)
    if "anyOf" in schema:
        return _sample(schema["anyOf"][0], definitions, name)
    inside = schema.get("additionalProperties")
    by_format = {"date": "2026-03-02", "uuid": UNKNOWN}
    made = {
        "object": lambda: (
            {"1": _sample(inside, definitions, name)}
            if isinstance(inside, dict)
            else {key: _sample(part, definitions, key) for key, part in schema["properties"].items()}
        ),
        "array": lambda: [_sample(schema["items"], definitions, name)] * max(1, schema.get("minItems", 1)),
        "integer": lambda: schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1),
        "boolean": lambda: False,
        "string": lambda: _TEXTS.get(name) or by_format.get(schema.get("format", ""), "Iets"),
    }
    return schema["enum"][0] if "enum" in schema else made[schema["type"]]()

# SPDX-License-Identifier: EUPL-1.2
"""Says what the types of the API look like as JSON."""

import ast
import inspect
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.alias_generators import to_camel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from wijkbudget.kit.text import Text

Part = tuple[Any, str, Any]
"""Something of a route: the route, the name of the part, and its type."""


class _Schemas(GenerateJsonSchema):
    """What types look like as JSON, without the titles that only repeat a name, and with what is said of each field."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made, kind = super().model_schema(schema), schema["cls"]
        for name, said in _said(kind).items():
            made["properties"][kind.model_fields[name].alias]["description"] = said
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        return False

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        if schema["cls"] is Text:
            return {"type": "string", "description": "A sentence in the reader's language."}
        made = super().dataclass_schema(schema)
        if self.mode == "serialization" and "properties" in made:
            # As `encoding.plain` says it.
            made["properties"] = {to_camel(name): value for name, value in made["properties"].items()}
            made["required"] = [to_camel(name) for name in made.get("required", [])]
        return made


def say(asked: Iterable[Part], told: Iterable[Part]) -> tuple[dict[tuple[Any, str], Any], dict[str, Any]]:
    """Return the schema of everything that is asked and told, and those of the types they are made of."""
    modes: tuple[tuple[JsonSchemaMode, Iterable[Part]], ...] = (("validation", asked), ("serialization", told))
    inputs = [((owner, name), mode, TypeAdapter(kind)) for mode, parts in modes for owner, name, kind in parts]
    found, document = TypeAdapter.json_schemas(
        inputs, by_alias=True, ref_template="#/components/schemas/{model}", schema_generator=_Schemas
    )
    definitions = document.get("$defs", {})
    names = {name: _component(name) for name in definitions}
    assert len(set(names.values())) == len(names), "two types share a name"
    made = {key: _renamed(schema, names) for (key, _mode), schema in found.items()}
    return made, {names[name]: _renamed(schema, names) for name, schema in definitions.items()}


def _said(kind: type[BaseModel]) -> dict[str, str]:
    """Return what is said below the fields of a class; to read it when the class is made is a seventh of a start."""
    said: dict[str, str] = {}
    for each in reversed(kind.__mro__[: kind.__mro__.index(BaseModel)]):
        for field, below in pairwise(_written(each.__module__)[each.__name__].body):
            match field, below:
                case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                    said[name] = inspect.cleandoc(text)
    return said


@cache
def _written(module: str) -> Mapping[str, ast.ClassDef]:
    """Return the classes of a module as they are written."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}


def _component(name: str) -> str:
    """Return the name of a type in the document: those that two domains share begin with the domain."""
    parts = name.replace("-", "").split("__")
    return parts[1].capitalize() + parts[-1] if len(parts) > 1 else parts[0]


def _renamed(schema: Any, names: Mapping[str, str]) -> Any:
    """Return a schema that points at types by their names in the document."""
    if isinstance(schema, list):
        return [_renamed(each, names) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: "#/components/schemas/" + names[value.rpartition("/")[2]] if key == "$ref" else _renamed(value, names)
        for key, value in schema.items()
    }

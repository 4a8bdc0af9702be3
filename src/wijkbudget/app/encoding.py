# SPDX-License-Identifier: EUPL-1.2
"""Says a view as JSON: names in camelCase or of a standard, sentences in the reader's language, never a row."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from pydantic.alias_generators import to_camel

from wijkbudget.app.templating import say
from wijkbudget.db.types import Table
from wijkbudget.kit.text import Text

_PLAIN = frozenset({str, int, bool, NoneType, UUID, date, datetime})
"""Most of what there is to say; asking what else it could be takes longer than saying it."""


def plain(value: Any) -> Any:
    """Return a value as plain data for JSON; dates and ids are left to the encoder."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, BaseModel) or is_dataclass(value):
        return {said: plain(getattr(value, name)) for name, said in _names(kind)}
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return value


@cache
def _names(kind: Any) -> tuple[tuple[str, str], ...]:
    """Return the names of a kind of view, each as it is said."""
    if issubclass(kind, BaseModel):
        # A case is said in the names of the standard for cases; all other views in their own.
        return tuple((name, field.serialization_alias or to_camel(name)) for name, field in kind.model_fields.items())
    return tuple((field.name, to_camel(field.name)) for field in fields(kind))


def refuse_row(row: Table) -> None:
    """Raise TypeError: a table row is never served, only views are."""
    raise TypeError(type(row).__name__)

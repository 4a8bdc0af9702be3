# SPDX-License-Identifier: EUPL-1.2
"""Says a view as JSON: names in camelCase, sentences in the reader's language, and never a row of a table."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.alias_generators import to_camel

from wijkbudget.app.templating import say
from wijkbudget.db.types import Table
from wijkbudget.kit.text import Text

_camel = cache(to_camel)
"""There are only so many names."""


def plain(value: Any) -> Any:
    """Return a value as plain data for JSON; dates and ids are left to the encoder."""
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, BaseModel):
        return {_camel(name): plain(getattr(value, name)) for name in type(value).model_fields}
    if is_dataclass(value):
        return {_camel(field.name): plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return value


def refuse_row(row: Table) -> None:
    """Raise TypeError: a table row is never served, only views are."""
    raise TypeError(type(row).__name__)

# SPDX-License-Identifier: EUPL-1.2
"""Asks for many texts in one statement whose words stay the same, so that it is compiled once however many they are."""

import json
from collections.abc import Sequence
from typing import Any
from typing import cast as as_type

from sqlalchemy import ColumnElement, Dialect, Text, TypeDecorator, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine


class _Texts(TypeDecorator[Sequence[str]]):
    """Texts as one value: an array, or JSON where there are no arrays."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return how the driver takes them."""
        return dialect.type_descriptor(ARRAY(Text) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:
        """Return the value for the driver."""
        assert value is not None, "no texts are an empty list"
        return list(value) if dialect.name == "postgresql" else json.dumps(list(value))


class Among(ColumnElement[bool]):
    """Whether a column is one of the texts that are given under a name."""

    inherit_cache = False
    # It says no type: a boolean would become `… = 1` on SQLite, which knows none, and an index would not be used.

    def __init__(self, column: Mapped[str] | Mapped[str | None], name: str) -> None:
        """Keep the column and the name."""
        self.column = as_type("ColumnElement[str]", column)
        self.texts = bindparam(name, type_=_Texts())


@compiles(Among, "sqlite")
def _in_json(among: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = (compiler.process(each, **options) for each in (among.column, among.texts))
    return f"{column} IN (SELECT value FROM json_each({texts}))"  # noqa: S608 - a column and a placeholder, both compiled


@compiles(Among, "postgresql")
def _in_array(among: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = (compiler.process(each, **options) for each in (among.column, among.texts))
    return f"{column} = ANY({texts})"

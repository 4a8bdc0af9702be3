# SPDX-License-Identifier: EUPL-1.2
"""Reads forms: typed text becomes typed values, by the fields of a command; the command itself stays strict.

A field `…_cents` or `…_cents_max` is typed as euros (`12,50`), `…_minutes` as minutes or `1:30`; other numbers as
digits; a checkbox is true when it is there; a list takes every value of its name; a list of rows takes `rows.0.title`,
`rows.1.title` and so on, and leaves out rows in which nothing is filled in; a file becomes base64.
"""

import base64
import re
import types
from dataclasses import dataclass, field
from typing import Any, TypeVar, Union, get_args, get_origin

from litestar.datastructures import UploadFile
from pydantic import BaseModel, ValidationError
from pydantic.alias_generators import to_snake

from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import BadInput
from wijkbudget.kit.text import Text, _
from wijkbudget.kit.units import cents_from_euros

CommandType = TypeVar("CommandType", bound=BaseModel)

ROWS_MAX = 50

_HOURS = re.compile(r"(\d{1,3}):([0-5]\d)", re.ASCII)
_DIGITS = re.compile(r"-?\d{1,18}", re.ASCII)


class _Unreadable(Exception):
    """A typed value is not what its field asks for."""


@dataclass(frozen=True)
class Form:
    """What somebody filled in: names with their values, as typed."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def get(self, name: str, default: str = "") -> str:
        """Return the first value of a name, for filling the form in again."""
        return next(iter(self.values.get(name, [])), default)

    def all(self, name: str) -> list[str]:
        """Return every value of a name."""
        return self.values.get(name, [])

    def command(self, kind: type[CommandType], **given: Any) -> CommandType:
        """Return the command that was filled in; `given` are fields the form does not ask. Raises BadInput."""
        errors: dict[str, Text] = {}
        typed = {**_typed_fields(kind, self.values, "", errors), **given}
        try:
            command = kind.model_validate(typed, by_name=True, by_alias=False)
        except ValidationError as wrong:
            # Pydantic names a field as the API does; a form knows it by its own name.
            errors = {**{to_snake(name): text for name, text in sentences(wrong).items()}, **errors}
        if errors:
            raise BadInput(_("Something is not filled in right yet."), fields=errors)
        return command


EMPTY = Form()


async def read_form(request: PageRequest) -> Form:
    """Return the form that was sent."""
    values: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            values.setdefault(name, []).extend([base64.b64encode(content).decode()] if content else [])
        else:
            # A browser ends the lines of a text with CR and LF, whatever was typed.
            values.setdefault(name, []).append(str(value).replace("\r\n", "\n"))
    return Form(values)


def sentences(wrong: ValidationError) -> dict[str, Text]:
    """Return a sentence for each field that is wrong."""
    found: dict[str, Text] = {}
    for error in wrong.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in error["loc"]) or "form"
        found.setdefault(name, _sentence(error["type"], error.get("ctx", {})))
    return found


def _sentence(kind: str, context: dict[str, Any]) -> Text:
    """Return what is wrong with a field, in words a resident knows."""
    sentences = {
        "missing": _("Fill this in."),
        "string_too_short": _("Fill this in."),
        "too_short": _("Choose or fill in at least %(count)s.", count=context.get("min_length", 1)),
        "string_too_long": _("This is too long: at most %(count)s.", count=context.get("max_length", 0)),
        "too_long": _("This is too long: at most %(count)s.", count=context.get("max_length", 0)),
        "greater_than": _("This is too low."),
        "greater_than_equal": _("This is too low."),
        "less_than": _("This is too high."),
        "less_than_equal": _("This is too high."),
        "extra_forbidden": _("This is not asked here."),
    }
    return sentences.get(kind, _("This is not filled in right."))


def _typed_fields(
    kind: type[BaseModel], values: dict[str, list[str]], prefix: str, errors: dict[str, Text]
) -> dict[str, Any]:
    """Return typed values for the fields that were filled in; what cannot be read becomes a sentence in `errors`."""
    typed: dict[str, Any] = {}
    for name, info in kind.model_fields.items():
        full = prefix + name
        asked = _without_none(info.annotation)
        row = _row_type(asked)
        if row is not None:
            typed[name] = _rows(row, values, full, errors)
            continue
        given = [value for value in values.get(full, []) if value.strip()]
        if asked is bool:
            typed[name] = bool(given)
        elif get_origin(asked) is list:
            typed[name] = given
        elif given:
            try:
                typed[name] = _typed(name, asked, given[0])
            except _Unreadable:
                errors[full] = _unreadable(name)
        elif asked is str and not info.is_required() and full in values:
            typed[name] = info.get_default()
    return typed


def _rows(kind: type[BaseModel], values: dict[str, list[str]], name: str, errors: dict[str, Text]) -> list[Any]:
    """Return the rows in which something is filled in."""
    rows = []
    for index in range(ROWS_MAX):
        prefix = f"{name}.{index}."
        if any(value.strip() for key, all_ in values.items() if key.startswith(prefix) for value in all_):
            rows.append(_typed_fields(kind, values, prefix, errors))
    return rows


def _typed(name: str, asked: Any, value: str) -> Any:
    """Return one typed value. Raises _Unreadable."""
    if asked is not int:
        return value
    if name.endswith(("_cents", "_cents_max")):
        number = cents_from_euros(value)
    elif name.endswith("_minutes") and (hours := _HOURS.fullmatch(value.strip())):
        number = int(hours[1]) * 60 + int(hours[2])
    else:
        number = int(value) if _DIGITS.fullmatch(value.strip()) else None
    if number is None:
        raise _Unreadable
    return number


def _unreadable(name: str) -> Text:
    if name.endswith(("_cents", "_cents_max")):
        return _("Write an amount, such as 250 or 12,50.")
    return _("Write a time, such as 90 or 1:30.") if name.endswith("_minutes") else _("Write a number.")


def _without_none(annotation: Any) -> Any:
    """Return the type itself of a field that may be left out."""
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        annotation = kinds[0]
    if get_origin(annotation) is not None and hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]
    return annotation


def _row_type(asked: Any) -> type[BaseModel] | None:
    """Return the model of a list of rows, or None if the field is not one."""
    inner = next(iter(get_args(asked)), None) if get_origin(asked) is list else None
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None

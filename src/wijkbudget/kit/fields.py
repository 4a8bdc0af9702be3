"""Strict field types: what JSON can only say as a string is read here, and nothing else is coerced."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel


def _uuid(value: object) -> object:
    return UUID(value) if isinstance(value, str) else value


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")  # noqa: EM101, TRY003 - pydantic shows the field, pages the sentence
    return moment.astimezone(UTC)


Id = Annotated[UUID, BeforeValidator(_uuid)]
"""An id; a string in JSON."""

Day = Annotated[date, BeforeValidator(_day)]
"""A calendar day; `2026-03-01` in JSON."""

Moment = Annotated[datetime, BeforeValidator(_moment)]
"""An aware moment in UTC; with an offset in JSON."""

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]*$")
]
"""One line of text, 1 to 120 characters."""

Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=r"^[^\x00-\x08\x0b-\x1f]*$")]
"""Some paragraphs of text, at most 4,000 characters; may be empty."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
"""A short name that fits in an address, such as `oost`."""


def symbol(kind: type[StrEnum]) -> BeforeValidator:
    """Return the reader of an enum, for a field `Annotated[Phase, …]` that JSON gives as a string."""
    return BeforeValidator(lambda value: kind(value) if isinstance(value, str) else value)


_API = ConfigDict(alias_generator=to_camel, validate_by_name=True, validate_by_alias=True, frozen=True)


class Command(BaseModel):
    """What a verb is asked to do; strict, and knows no unknown field."""

    model_config = ConfigDict(**_API, strict=True, extra="forbid")


class View(BaseModel):
    """What a question is answered with; the same for a page and for the API."""

    model_config = _API


__all__ = ["Command", "Day", "Field", "Id", "Line", "Moment", "Prose", "Slug", "View", "symbol"]

# SPDX-License-Identifier: EUPL-1.2
"""Strict field types: what JSON can only say as a string is read here, and nothing else is coerced."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

YEAR_MIN, YEAR_MAX = 1900, 2999


def _uuid(value: object) -> object:
    return UUID(value) if isinstance(value, str) else value


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _near(day: date) -> date:
    if not YEAR_MIN <= day.year <= YEAR_MAX:
        raise ValueError("a day of another age")  # noqa: EM101, TRY003 - pydantic shows the field, pages the sentence
    return day


Id = Annotated[UUID, BeforeValidator(_uuid)]
"""An id; a string in JSON."""

Day = Annotated[date, BeforeValidator(_day), AfterValidator(_near)]
"""A calendar day of the years 1900 to 2999, so that there is always a next one; `2026-03-01` in JSON."""

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]*$")
]
"""One line of text, 1 to 120 characters."""

Prose = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=r"^[^\x00-\x08\x0b-\x1f]*$")]
"""Some paragraphs of text, at most 4,000 characters; may be empty."""

Sentences = Annotated[Prose, StringConstraints(min_length=1)]
"""Some sentences that must be there."""

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


__all__ = ["Command", "Day", "Field", "Id", "Line", "Prose", "Sentences", "Slug", "View", "symbol"]

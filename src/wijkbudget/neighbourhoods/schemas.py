# SPDX-License-Identifier: EUPL-1.2
"""What the municipality is asked to do, what it answers, and how the TOML it is asked in is read."""

import json
import tomllib
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from wijkbudget.kit.canonical import digest
from wijkbudget.kit.fields import Command, Day, Line, Slug, View
from wijkbudget.kit.text import _
from wijkbudget.kit.units import PositiveCents
from wijkbudget.neighbourhoods.rules import BadMunicipality, ChallengesPolicy, NoPolicyFile, Policy

MUNICIPALITY_LENGTH_MAX = 2_000_000
"""Choice: a city of a million people has some 20,000 postcodes, each a line of the file."""

Year = Annotated[int, Field(ge=2000, le=2999)]
Toml = Annotated[str, StringConstraints(min_length=1, max_length=50_000)]
AreaCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[0-9]{4,8}$")]
Postcode = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{3}[A-Z]{2}$")]
HouseNumber = Annotated[int, Field(ge=1, le=99_999)]

Theme = Annotated[str, StringConstraints(min_length=1, max_length=40)]

POLICY: TypeAdapter[Policy] = TypeAdapter(Policy)


class FoundMunicipality(Command):
    """Enter the municipality with its neighbourhoods, quarters and postcodes, from a file."""

    toml: Annotated[str, StringConstraints(min_length=1, max_length=MUNICIPALITY_LENGTH_MAX)]


class PostcodeDraft(Command):
    """A postcode of a quarter, or some house numbers of it."""

    postcode: Postcode
    first: HouseNumber = 1
    last: HouseNumber = 99_999


class QuarterDraft(Command):
    """A quarter as the file names it."""

    code: AreaCode
    name: Line
    postcodes: list[PostcodeDraft] = Field(min_length=1, max_length=2000)


class NeighbourhoodDraft(Command):
    """A neighbourhood as the file names it."""

    slug: Slug
    name: Line
    code: AreaCode
    quarters: list[QuarterDraft] = Field(min_length=1, max_length=100)


class MunicipalityDraft(Command):
    """A municipality as the file names it."""

    name: Line
    code: AreaCode
    neighbourhoods: list[NeighbourhoodDraft] = Field(min_length=1, max_length=200)


class AdoptPolicy(Command):
    """Adopt the rules of a neighbourhood from a day on."""

    valid_from: Day
    decided_by: Line
    """The decision or by-law that adopted them."""
    toml: Toml


class GrantBudget(Command):
    """Grant money to the pot of a year, or of one theme in it."""

    year: Year
    theme: Theme | None = None
    amount_cents: PositiveCents
    decision: Line


class HandBack(Command):
    """Hand free money of a year's pot back to the municipality."""

    year: Year
    theme: Theme | None = None
    amount_cents: PositiveCents
    reason: Line


class CarryOver(Command):
    """Take free money of a year's pot along to that of the next."""

    year: Year
    theme: Theme | None = None
    amount_cents: PositiveCents
    decision: Line
    """The decision that says so."""


class QuarterView(View):
    """A quarter of a neighbourhood."""

    code: str
    name: str


class NeighbourhoodView(View):
    """A neighbourhood."""

    slug: str
    name: str
    code: str
    quarters: list[QuarterView]


class MunicipalityView(View):
    """The municipality."""

    name: str
    code: str


class PolicyView(View):
    """A policy as it was adopted; `rules` uses the words of the policy file."""

    version: int
    valid_from: date
    decided_by: str
    adopted_at: datetime
    hash: str
    rules: Policy
    toml: str


class GrantView(View):
    """Money that was granted."""

    id: UUID
    year: int
    theme: str | None
    amount_cents: int
    decision: str
    granted_at: datetime


class HandBackView(View):
    """Money that went back."""

    id: UUID
    year: int
    theme: str | None
    amount_cents: int
    reason: str
    handed_back_at: datetime


class CarryOverView(View):
    """Money that went along to the next year."""

    id: UUID
    year: int
    theme: str | None
    amount_cents: int
    decision: str
    article: str
    carried_over_at: datetime


class YearView(View):
    """What a pot of a year was granted and got from the year before, what left it and what is free now."""

    year: int
    theme: str | None
    """None is the general pot."""
    granted_cents: int
    carried_in_cents: int
    handed_back_cents: int
    carried_on_cents: int
    free_cents: int


@lru_cache(maxsize=128)
def read_policy(toml: str) -> Policy:
    """Return the policy that a TOML file holds. Raises NoPolicyFile, naming the first place that is not right."""
    try:
        return POLICY.validate_json(_as_json(toml, _in_words_of_today))
    except ValidationError as wrong:
        place, lead = _where(wrong), _("This policy is not complete or not right at “%(place)s”.", place=_where(wrong))
        raise NoPolicyFile(lead, fields={"toml": _("Look at “%(place)s”.", place=place)}) from None
    except ValueError:
        raise NoPolicyFile(_("This is not a TOML file."), fields={"toml": _("This is not a TOML file.")}) from None


def policy_hash(policy: Policy) -> str:
    """Return the hash of what a policy says, however its file is laid out; what it leaves out is no part of it.

    What could be said in older words is hashed in those, so that a policy that was adopted before keeps its hash.
    """
    said = POLICY.dump_python(policy, mode="json", exclude_none=True)
    match said["vouchers"]["approvals"]:
        case [{"approvals": 2, "over_cents": over_cents, "with_reason": False}]:
            del said["vouchers"]["approvals"]
            said["vouchers"]["two_approvals_over_cents"] = over_cents
    # A term that nobody set is what it was before it could be set.
    if policy.challenges:
        unset = {field.name: field.default for field in fields(ChallengesPolicy)}
        said["challenges"] = {name: value for name, value in said["challenges"].items() if value != unset[name]}
    return digest(said)


def read_municipality(toml: str) -> MunicipalityDraft:
    """Return the municipality that a TOML file holds. Raises BadMunicipality, naming the first place that is wrong."""
    try:
        return MunicipalityDraft.model_validate_json(_as_json(toml))
    except ValidationError as wrong:
        place, lead = _where(wrong), _("This file is not complete or not right at “%(place)s”.", place=_where(wrong))
        raise BadMunicipality(lead, fields={"toml": _("Look at “%(place)s”.", place=place)}) from None
    except ValueError:
        raise BadMunicipality(_("This is not a TOML file."), fields={"toml": _("This is not a TOML file.")}) from None


def _in_words_of_today(said: dict[str, Any]) -> dict[str, Any]:
    """Return what a policy file says in the words of today: once it named one amount above which two people approve."""
    match said:
        case {"vouchers": {"two_approvals_over_cents": over_cents, **rest}} if "approvals" not in rest:
            return {**said, "vouchers": {**rest, "approvals": [{"over_cents": over_cents, "approvals": 2}]}}
    return said


def _as_json(toml: str, reword: Callable[[dict[str, Any]], dict[str, Any]] = dict) -> str:
    """Return TOML as JSON, so that a strict reader takes its lists and enums. Raises ValueError."""
    try:
        return json.dumps(reword(tomllib.loads(toml.replace("\r\n", "\n"))), default=str)
    except RecursionError:
        raise ValueError(toml[:20]) from None


def _where(wrong: ValidationError) -> str:
    """Return the address in the file of the first thing that is wrong."""
    location: tuple[Any, ...] = wrong.errors(include_url=False, include_input=False)[0]["loc"]
    return ".".join(str(part) for part in location)

# SPDX-License-Identifier: EUPL-1.2
"""What can happen to the municipality, its policy and its grants."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class MunicipalityFounded(Event):
    """The municipality and its neighbourhoods were entered; the subject is its code."""

    sentence: ClassVar[Text] = _("The municipality began, with %(neighbourhood_count)s neighbourhoods.")

    neighbourhood_count: int
    quarter_count: int


@dataclass(frozen=True, kw_only=True)
class PolicyAdopted(Event):
    """A policy was adopted; the subject is `place:version`."""

    sentence: ClassVar[Text] = _("Version %(version)s of the rules was adopted. It holds from %(valid_from)s.")

    version: int
    valid_from: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class BudgetGranted(Event):
    """The municipality granted money to a pot; the subject is the id of the grant."""

    sentence: ClassVar[Text] = _("The municipality granted %(amount_cents)s for %(year)s.")

    year: int
    theme: str | None = None
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class BudgetHandedBack(Event):
    """Free money of a pot went back to the municipality; the subject is the id of the hand-back."""

    sentence: ClassVar[Text] = _("%(amount_cents)s of %(year)s went back to the municipality.")

    year: int
    theme: str | None = None
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class BudgetCarriedOver(Event):
    """Free money of a pot went along to the next year; the subject is the id of the carry-over."""

    sentence: ClassVar[Text] = _("%(amount_cents)s of %(year)s went along to the next year.")

    year: int
    theme: str | None
    amount_cents: int

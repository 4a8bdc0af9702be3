# SPDX-License-Identifier: EUPL-1.2
"""Whether money for a bid is state aid, and how much a group can still receive as small aid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkbudget.challenges.rules.states import RUNNING, State, wrong_state
from wijkbudget.kit.text import Text, _

CEILING_CENTS = 30_000_000
"""Source: Regulation (EU) 2023/2831 art. 3 lid 2: EUR 300,000 in three years, since 1 January 2024; to be verified."""

GENERAL_INTEREST_CEILING_CENTS = 75_000_000
"""Source: Regulation (EU) 2023/2832 art. 3 lid 2 and art. 5: EUR 750,000 in three years for a service of general
economic interest, together with all other small aid; to be verified."""

WINDOW_YEARS = 3

DECLARABLE = frozenset({State.CONCEPT, *RUNNING})
"""From the first word until the decision."""


class AidOutcome(StrEnum):
    """What is known about state aid."""

    NO_UNDERTAKING = "no_undertaking"
    """The group does nothing that a firm does, so it is no state aid."""
    NOT_DECLARED = "not_declared"
    """The group did not say yet what it received."""
    WITHIN = "within"
    """Together it stays within the ceiling."""
    OVER = "over"
    """Together it is more than the ceiling; weighed under W11, never refused here."""


@dataclass(frozen=True, kw_only=True)
class Received:
    """Small aid that somebody received."""

    amount_cents: int
    granted_on: date
    is_general_interest: bool


@dataclass(frozen=True, kw_only=True)
class AidSum:
    """What a group received that still counts, with what it would get now, beside a ceiling."""

    received_cents: int
    now_cents: int
    ceiling_cents: int

    @property
    def total_cents(self) -> int:
        """Return both together."""
        return self.received_cents + self.now_cents

    @property
    def is_over(self) -> bool:
        """Return whether that is more than the ceiling."""
        return self.total_cents > self.ceiling_cents


def demand_declarable(now: State) -> None:
    """Do nothing if a group can still say what it received. Raises WrongState."""
    if now not in DECLARABLE:
        raise wrong_state(now)


def window_from(day: date) -> date:
    """Return the first day whose aid still counts on a day.

    Source: Regulation (EU) 2023/2831 art. 3 lid 2 and recital 11: any three years, day by day, not calendar years.
    Choice: the same day three years ago counts, so that nobody seems to have room that a stricter reading takes away.
    """
    earlier = day.year - WINDOW_YEARS
    # 29 February is 28 February in a year that has none.
    return date(earlier, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=earlier)


def counts(received: Received, day: date) -> bool:
    """Return whether aid still counts on a day."""
    return received.granted_on >= window_from(day)


def add_up(received: Sequence[Received], now_cents: int, day: date, *, is_general_interest: bool) -> list[AidSum]:
    """Return what a group received and would get, beside each ceiling that holds for it, the closest first.

    Source: Regulation (EU) 2023/2831 art. 5 and 2023/2832 art. 5: both kinds together stay below the larger ceiling.
    """
    still = [each for each in received if counts(each, day)]
    everything = AidSum(
        received_cents=sum(each.amount_cents for each in still),
        now_cents=now_cents,
        ceiling_cents=GENERAL_INTEREST_CEILING_CENTS,
    )
    if is_general_interest:
        return [everything]
    ordinary = AidSum(
        received_cents=sum(each.amount_cents for each in still if not each.is_general_interest),
        now_cents=now_cents,
        ceiling_cents=CEILING_CENTS,
    )
    return [ordinary, everything] if ordinary.received_cents != everything.received_cents else [ordinary]


def judge(*, is_undertaking: bool, is_declared: bool, sums: Sequence[AidSum]) -> AidOutcome:
    """Return what is known about state aid."""
    if not is_undertaking:
        return AidOutcome.NO_UNDERTAKING
    if not is_declared:
        return AidOutcome.NOT_DECLARED
    return AidOutcome.OVER if any(each.is_over for each in sums) else AidOutcome.WITHIN


def says(outcome: AidOutcome) -> Text:
    """Return what is known about state aid as a sentence."""
    return {
        AidOutcome.NO_UNDERTAKING: _("The group does nothing that a firm does, so this is no state aid."),
        AidOutcome.NOT_DECLARED: _("The group did not say yet which aid it received. Ask for it."),
        AidOutcome.WITHIN: _("Together it stays within what is allowed as small aid."),
        AidOutcome.OVER: _("Together it is more than what is allowed as small aid. Weigh this under ground W11."),
    }[outcome]

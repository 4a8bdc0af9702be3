# SPDX-License-Identifier: EUPL-1.2
"""What would raise a voice, and when it fades: the rule asked again, while everybody else's time stays as it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from wijkbudget.kit.period import days_after, months_after
from wijkbudget.reciprocity.rules.limits import STEP_MINUTES
from wijkbudget.reciprocity.rules.voices import Bonus, Given, Giver, Merged, Voices, capped, weight_of, window_start

MORE_MINUTES_MAX = 120_000
"""Choice: nobody is told to give more than 2,000 hours more; no rule of this house asks that much."""


class Ceiling(StrEnum):
    """Why no more time raises a voice."""

    EQUAL = "equal"
    """Everybody has the same voice: by the rule, or because voices would differ too much."""
    CLASSES = "classes"
    """Too few voters have the next voice to keep their ballots secret."""
    CAP = "cap"
    """It is as large as a voice can be."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """Another voice than today's."""

    weight_hundredths: int


@dataclass(frozen=True, kw_only=True)
class Rise(Change):
    """How much more time gives the next larger voice."""

    more_minutes: int


@dataclass(frozen=True, kw_only=True)
class Fall(Change):
    """The first day on which a voice is smaller if nothing is added."""

    on: date


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """One voter on a day, with everything that their voice was computed from.

    Choice: time that somebody promised stays promised, so what is told is what time given does.
    """

    giver: Giver
    rule: Callable[[Given], Bonus]
    voices: Voices
    merged: Merged
    on: date
    window_months: int
    exempt_until: date | None = None

    def weight(self, giver: Giver) -> int:
        """Return what the voice would be with this time, in hundredths."""
        return self.merged.voice(self._earned(giver))

    def rise(self) -> Rise | Ceiling:
        """Return the least time, given today, by which the voice rises; or why none does."""
        now = self.weight(self.giver)
        most = MORE_MINUTES_MAX // STEP_MINUTES
        if self.weight(self._after(most)) > now:
            quarters = _first(most, lambda count: self.weight(self._after(count)) > now)
            return Rise(weight_hundredths=self.weight(self._after(quarters)), more_minutes=quarters * STEP_MINUTES)
        if not self.voices.is_equal_enough or not self._extra(self._after(most)):
            return Ceiling.EQUAL
        return Ceiling.CLASSES if self._earned(self._after(most)) > self._earned(self.giver) else Ceiling.CAP

    def fall(self) -> Fall | None:
        """Return when the voice first falls if nothing is added, and to what; None if it never does."""
        now, last = self.weight(self.giver), self._last_day()
        if self.weight(self._later(last)) == now:
            return None
        days = _first((last - self.on).days, lambda count: self.weight(self._later(days_after(self.on, count))) < now)
        day = days_after(self.on, days)
        return Fall(weight_hundredths=self.weight(self._later(day)), on=day)

    def _extra(self, giver: Giver) -> Fraction:
        return capped(self.rule(giver.given), self.voices.guards).extra

    def _earned(self, giver: Giver) -> int:
        """Return the voice before small classes are merged."""
        extra = self._extra(giver)
        return weight_of(max(self.voices.usual, extra) if giver.is_exempt else extra, self.voices)

    def _after(self, quarters: int) -> Giver:
        """Return the voter after giving some quarters of an hour more today."""
        by_age = dict(self.giver.given.minutes_by_age)
        by_age[0] = by_age.get(0, 0) + quarters * STEP_MINUTES
        return self._with(by_age, is_exempt=self.giver.is_exempt)

    def _later(self, day: date) -> Giver:
        """Return the voter on a later day, with time that is older by then or left the period."""
        first, gone = window_start(day, self.window_months), (day - self.on).days
        by_age = {
            days + gone: minutes
            for days, minutes in self.giver.given.minutes_by_age
            if self.on - timedelta(days=days) >= first
        }
        is_exempt = self.giver.is_exempt and self.exempt_until is not None and day < self.exempt_until
        return self._with(by_age, is_exempt=is_exempt)

    def _with(self, by_age: dict[int, int], *, is_exempt: bool) -> Giver:
        given = replace(self.giver.given, minutes_by_age=tuple(by_age.items()))
        return replace(self.giver, given=given, is_exempt=is_exempt)

    def _last_day(self) -> date:
        """Return the day from which nothing of today counts any more."""
        return max(leaves_on(self.on, self.window_months), self.exempt_until or self.on)


def leaves_on(given_on: date, window_months: int) -> date:
    """Return the first day on which time of a day no longer counts, because it is too long ago."""
    day = months_after(given_on, window_months)
    while window_start(day, window_months) <= given_on:
        day = days_after(day, 1)
    return day


def halves_on(given_on: date, half_life_days: int, on: date) -> date:
    """Return the first day after `on` on which time of a day counts for half of what it did a half-life before."""
    halvings = (on - given_on).days // half_life_days + 1
    return days_after(given_on, halvings * half_life_days)


def _first(most: int, holds: Callable[[int], bool]) -> int:
    """Return the lowest number from 1 at which something holds that holds at `most` and never stops to hold."""
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low

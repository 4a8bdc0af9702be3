# SPDX-License-Identifier: EUPL-1.2
"""How long the municipality has to decide, while that time stands still, is put off, or is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wijkbudget.kit.terms import Still, Term, TermSource, Unit, stretch
from wijkbudget.neighbourhoods.rules import ChallengesPolicy

DECISION = Term(8, Unit.WEEKS)
"""Source: Awb art. 4:13 lid 2: eight weeks from the day of receipt, where the by-law names no other term."""

ALARMS = (50, 75, 100)
"""Choice: how much of the time must have passed, in percent, for the municipality to be reminded of it."""


class PauseKind(StrEnum):
    """Why the time to decide stands still."""

    COMPLETION = "completion"
    """Something is missing. Source: Awb art. 4:15 lid 1 sub a."""
    ELABORATION = "elaboration"
    """The group agreed in writing. Source: Awb art. 4:15 lid 2 sub a."""
    GROUP = "group"
    """The group is the cause. Source: Awb art. 4:15 lid 2 sub b."""
    FORCE_MAJEURE = "force_majeure"
    """Nobody can help it. Source: Awb art. 4:15 lid 2 sub c."""


@dataclass(frozen=True, kw_only=True)
class Pause:
    """From the day after it was asked for, until a day that is named at once, or an earlier one.

    Source: Awb art. 4:15: until the bid is completed or the time for it passed unused, or the cause is gone.
    Choice: every pause names its last day, so that no clock stands still because somebody forgot it; and the whole
    last day can be used, so the time runs again from the day after.
    """

    kind: PauseKind
    asked_on: date
    last_on: date
    ended_on: date | None = None
    """The day on which it ended before its last day, or later; from then on the time runs."""

    @property
    def still(self) -> Still:
        """Return the days on which the time stands still."""
        unused_on = self.last_on + timedelta(days=1)
        return Still(self.asked_on + timedelta(days=1), min(self.ended_on or unused_on, unused_on))

    def is_open(self, today: date) -> bool:
        """Return whether it can still be ended."""
        return self.ended_on is None and today <= self.last_on


@dataclass(frozen=True, kw_only=True)
class Adjournment:
    """The decision was put off to a day. Source: Awb art. 4:14 lid 1 and 3."""

    adjourned_on: date
    decide_on: date


@dataclass(frozen=True, kw_only=True)
class Clock:
    """Where the time to decide stands on a day."""

    received_on: date
    suspended_days: int
    still_until: date | None
    """The last day on which it stands still now."""
    decide_on: date
    """The last day; while it stands still, the last day if the pause lasts as long as was named."""
    left_days: int
    """Until that day; less than zero if it is past."""
    passed_percent: int
    """How much of the time has passed; what stood still does not count."""
    was_put_off: bool

    @property
    def stands_still(self) -> bool:
        """Return whether the time stands still."""
        return self.still_until is not None

    @property
    def alarm(self) -> int | None:
        """Return how far the time is, in percent, if that is far enough to be reminded of it."""
        return max((alarm for alarm in ALARMS if alarm <= self.passed_percent), default=None)


def decision_term(policy: ChallengesPolicy | None) -> Term:
    """Return how long the municipality has to decide about a bid that it received under a policy."""
    if policy is None or policy.decision_weeks is None:
        return DECISION
    return Term(policy.decision_weeks, Unit.WEEKS, TermSource.BY_LAW, policy.terms_roll_over)


def read_clock(
    received_on: date, term: Term, pauses: Sequence[Pause], adjournment: Adjournment | None, today: date
) -> Clock:
    """Return where the time to decide stands.

    Source: Awb art. 4:13 to 4:15; Algemene termijnenwet art. 1.
    Choice: the day to which a decision was put off was named with every pause of before in mind, so that only a
    pause from then on makes it later; and it is the day that was named, whatever day of the week.
    """
    put_off_on = adjournment.adjourned_on if adjournment else date.max
    before = [pause.still for pause in pauses if pause.asked_on < put_off_on]
    end_on, still = stretch(received_on, term.counted(received_on), before)
    decide_on = term.rolled(received_on, end_on)
    if adjournment:
        after = [pause.still for pause in pauses if pause.asked_on >= put_off_on]
        decide_on, later = stretch(put_off_on, adjournment.decide_on, after)
        still += later
    stood = {
        span.first_on + timedelta(days=days) for span in still for days in range((span.until - span.first_on).days)
    }
    counted = (decide_on - received_on).days - len(stood)
    passed = (today - received_on).days - sum(day <= today for day in stood)
    return Clock(
        received_on=received_on,
        suspended_days=len(stood),
        still_until=next(
            (span.until - timedelta(days=1) for span in still if span.first_on <= today < span.until), None
        ),
        decide_on=decide_on,
        left_days=(decide_on - today).days,
        passed_percent=min(100, 100 * passed // counted),
        was_put_off=adjournment is not None,
    )

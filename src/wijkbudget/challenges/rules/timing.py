# SPDX-License-Identifier: EUPL-1.2
"""When the time to decide can stand still, go on, be put off, or be said to be over."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from wijkbudget.challenges.rules.clock import Adjournment, Clock, Pause, PauseKind
from wijkbudget.challenges.rules.states import Move
from wijkbudget.kit.errors import BadInput, Conflict, RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import ChallengesPolicy

PAUSE_DAYS_MAX = 182
"""Choice: who needs more than half a year says so again, with a new reason."""

TIME_MOVES = frozenset({Move.PAUSE, Move.UNPAUSE, Move.ADJOURN, Move.GIVE_NOTICE})
"""Moves that are about time, so the clock says whether they can be made."""

_AWB = "Algemene wet bestuursrecht, art. "


class TimeOver(RuleBroken):
    """The last day to decide is past."""


class TimeNotOver(RuleBroken):
    """The municipality can still decide in time."""


class StandsStill(Conflict):
    """The time stands still already."""


class RunsAlready(Conflict):
    """The time does not stand still."""


class PutOffBefore(Conflict):
    """A decision is put off once."""


class ToldBefore(Conflict):
    """The municipality is told once that it is too late."""


class BadLastDay(BadInput):
    """The day that was named is too early or too late."""


@dataclass
class Timing:
    """What happened to the time of one bid."""

    pauses: list[Pause] = field(default_factory=list)
    adjournment: Adjournment | None = None
    notice_on: date | None = None


def doable(timing: Timing, clock: Clock, today: date) -> Iterator[Move]:
    """Yield what can be done about time now."""
    is_over = clock.left_days < 0
    if open_pause(timing, today):
        yield Move.UNPAUSE
    elif not is_over:
        yield Move.PAUSE
    if not is_over and timing.adjournment is None:
        yield Move.ADJOURN
    if is_over and timing.notice_on is None:
        yield Move.GIVE_NOTICE


def open_pause(timing: Timing, today: date) -> Pause | None:
    """Return the pause that an official can end now."""
    kinds = {PauseKind.GROUP, PauseKind.FORCE_MAJEURE}
    return next((pause for pause in timing.pauses if pause.kind in kinds and pause.is_open(today)), None)


def demand_pausable(timing: Timing, clock: Clock, last_on: date, today: date) -> None:
    """Do nothing if the time can stand still until a day. Raises TimeOver, StandsStill or BadLastDay."""
    _demand_time(clock)
    if open_pause(timing, today):
        raise StandsStill(_("The time stands still already."))
    demand_last_on(last_on, today)


def demand_last_on(last_on: date, today: date) -> None:
    """Do nothing if a pause can last until a day. Raises BadLastDay."""
    latest_on = today + timedelta(days=PAUSE_DAYS_MAX)
    if not today < last_on <= latest_on:
        sentence = _("Choose a day after today, until %(latest)s at the latest.", latest=latest_on)
        raise BadLastDay(sentence, fields={"last_on": sentence})


def demand_paused(timing: Timing, today: date) -> None:
    """Do nothing if an official let the time stand still. Raises RunsAlready."""
    if not open_pause(timing, today):
        raise RunsAlready(_("The time does not stand still."))


def demand_adjournable(policy: ChallengesPolicy, timing: Timing, clock: Clock, decide_on: date) -> None:
    """Do nothing if the decision can be put off to a day.

    Source: Awb art. 4:14 lid 1 and 3: within the term, and as short as can be.
    Choice: once, and no longer than the policy says.

    Raises TimeOver, PutOffBefore or BadLastDay.
    """
    _demand_time(clock)
    if timing.adjournment:
        raise PutOffBefore(_("This decision was put off before."), article=f"{_AWB}4:14")
    latest_on = put_off_until(policy, clock)
    if not clock.decide_on < decide_on <= latest_on:
        sentence = _(
            "Choose a day after %(now)s, until %(latest)s at the latest.", now=clock.decide_on, latest=latest_on
        )
        raise BadLastDay(sentence, fields={"decide_on": sentence})


def put_off_until(policy: ChallengesPolicy, clock: Clock) -> date:
    """Return the last day to which a decision can be put off."""
    return clock.decide_on + timedelta(weeks=policy.adjournment_weeks_max)


def demand_late(timing: Timing, clock: Clock) -> None:
    """Do nothing if the municipality is too late and was not told so. Raises TimeNotOver or ToldBefore.

    Source: Awb art. 4:17 lid 3: it is told after the term is over, and once is enough.
    """
    if clock.left_days >= 0:
        raise TimeNotOver(
            _("The municipality can still decide in time, until %(last)s.", last=clock.decide_on),
            article=f"{_AWB}4:17",
        )
    if timing.notice_on:
        raise ToldBefore(_("The municipality was told on %(day)s.", day=timing.notice_on))


def _demand_time(clock: Clock) -> None:
    if clock.left_days < 0:
        raise TimeOver(_("The time to decide was over on %(last)s.", last=clock.decide_on), article=f"{_AWB}4:14")

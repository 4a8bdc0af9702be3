# SPDX-License-Identifier: EUPL-1.2
"""What may be pledged to a task, when the task starts, and when a pledge was kept.

Source: rule R6 of docs/rules/reciprocity.md. Choice: a pledge binds from the day the task starts. Until then its giver
can take it back, and if the task never starts it binds nobody; so nobody answers for work that others held up.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkbudget.kit.errors import Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.period import days_after
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.reciprocity.rules.limits import STEP_MINUTES, NotInQuarters

PLEDGED_MINUTES_MAX = 2_400
"""Choice: nobody promises more than forty hours at once, of all tasks together."""

BARRED_MONTHS = 6
"""Choice: so long the other pledges of somebody who did not keep one count for nothing; never a day of their time."""

WRITING_DAYS = 14
"""Choice: after the last day somebody has as long to write the time down as others have to object to it."""


class PledgeState(StrEnum):
    """What became of pledged time."""

    OPEN = "open"
    """It is to be given."""
    KEPT = "kept"
    """The time was given, and nobody can dispute it any more."""
    UNKEPT = "unkept"
    """The time was not given; a person can lift what follows from it."""
    LIFTED = "lifted"
    """A person decided that it has no consequence."""
    LAPSED = "lapsed"
    """The task never started, or ended before its last day: nobody has to give it."""
    WITHDRAWN = "withdrawn"
    """Its giver took it back before the task started."""


class PledgeNotFound(NotFound):
    """No pledge with this id in this neighbourhood, or it is not shown to you."""


class NoPledgesAsked(RuleBroken):
    """A task that does not wait for pledges."""


class PledgedEnough(Conflict):
    """All the time that a task needs is pledged."""


class PledgingOver(RuleBroken):
    """The last day of a task has passed."""


class TooMuchPledged(RuleBroken):
    """More time than a task still needs, or than one person can promise."""


class PledgedBefore(Conflict):
    """Somebody pledged time to this task already."""


class PledgeBinds(Conflict):
    """The task started, so that others count on the pledge."""


class OwnPledge(NotAllowed):
    """Nobody lifts a pledge of their own or of somebody at the same address."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """How much time a task needs before it starts, and how far that is."""

    needed_minutes: int | None
    needed_by: date | None
    """The last day on which what was pledged can be given."""
    pledged_minutes: int = 0
    is_open: bool = True
    """Whether the task still takes time."""

    @property
    def missing_minutes(self) -> int:
        """Return how much is still to be pledged."""
        return (self.needed_minutes or 0) - self.pledged_minutes

    def takes_pledges(self, today: date) -> bool:
        """Return whether somebody can pledge time today."""
        return self.is_open and self.needed_by is not None and self.missing_minutes > 0 and today <= self.needed_by


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far one pledge is: the task it is of, and what its giver gave to it from that day to its last."""

    state: PledgeState
    minutes: int
    needed_by: date
    has_started: bool
    has_ended: bool
    """Whether the task takes no more time."""
    settled_minutes: int = 0
    waits: bool = False
    """Whether time of its giver on this task waits to settle, or to be confirmed."""


def demand_pledgeable(need: Need, minutes: int, promised_minutes: int, today: date) -> None:
    """Do nothing if somebody who promised so much elsewhere can pledge this to a task.

    Raises NoPledgesAsked, PledgedEnough, PledgingOver, NotInQuarters or TooMuchPledged.
    """
    if need.needed_by is None or not need.is_open:
        raise NoPledgesAsked(_("This task does not wait for pledges. You can help and log your time."))
    if need.missing_minutes <= 0:
        raise PledgedEnough(_("All the time that is needed is pledged. You can still help and log your time."))
    if today > need.needed_by:
        raise PledgingOver(_("The last day of this task has passed. No time can be pledged to it."))
    if minutes < STEP_MINUTES or minutes % STEP_MINUTES:
        raise NotInQuarters(_("Pledge time in quarters of an hour."))
    if minutes > need.missing_minutes:
        raise TooMuchPledged(
            _("Only %(missing_minutes)s is still needed. Pledge that or less.", missing_minutes=need.missing_minutes)
        )
    if promised_minutes + minutes > PLEDGED_MINUTES_MAX:
        raise TooMuchPledged(
            _(
                "You can promise at most %(most_minutes)s at once. You promised %(promised_minutes)s already.",
                most_minutes=PLEDGED_MINUTES_MAX,
                promised_minutes=promised_minutes,
            )
        )


def demand_withdrawable(state: PledgeState, *, has_started: bool) -> None:
    """Do nothing if somebody can take a pledge back. Raises WrongState or PledgeBinds."""
    if state is not PledgeState.OPEN:
        raise WrongState(_("This pledge is over. It cannot be changed any more."))
    if has_started:
        raise PledgeBinds(_("The task has started, so others count on you. Can you not come? Ask a guide."))


def can_be_lifted(state: PledgeState, *, has_started: bool) -> bool:
    """Return whether a person can lift what follows from a pledge: one that binds, also before its last day."""
    return state is PledgeState.UNKEPT or (state is PledgeState.OPEN and has_started)


def demand_liftable(
    state: PledgeState, *, has_started: bool, actor_id: str, giver_id: str, is_same_household: bool
) -> None:
    """Do nothing if somebody may lift a pledge. Raises OwnPledge or WrongState.

    Source: AVG art. 22 (a person can look at what follows from it) and Awb art. 2:4 (one without an interest).
    """
    if actor_id == giver_id or is_same_household:
        raise OwnPledge(_("This is a pledge of your own household. Somebody else must lift it."))
    if not can_be_lifted(state, has_started=has_started):
        raise WrongState(_("There is nothing to lift: this pledge has no consequence."))


def judged(progress: Progress, today: date) -> PledgeState:
    """Return what becomes of an open or unkept pledge today; the same state if nothing does.

    Choice: nothing is held against anybody while time that they gave still waits for somebody else.
    """
    if progress.has_started and progress.settled_minutes >= progress.minutes:
        return PledgeState.KEPT
    if progress.state is not PledgeState.OPEN:
        return progress.state
    is_over = today > progress.needed_by
    if (is_over and not progress.has_started) or (progress.has_ended and not is_over):
        return PledgeState.LAPSED
    if today > days_after(progress.needed_by, WRITING_DAYS) and not progress.waits:
        return PledgeState.UNKEPT
    return progress.state

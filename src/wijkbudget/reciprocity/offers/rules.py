# SPDX-License-Identifier: EUPL-1.2
"""What somebody can offer, which tasks fit it, and how a task and a helper are brought together.

Choice: both sides say yes before either knows how to reach the other; until then a first name is enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkbudget.kit.errors import BadInput, Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.period import days_after
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import Text, _
from wijkbudget.reciprocity.rules.tasks import AHEAD_DAYS_MAX

OFFERS_MAX = 10
"""Choice: who offers more than this at once offers too much to choose from."""

MESSAGES_MAX = 100
"""Choice: who has more to say to each other meets."""

FITS_MAX = 20
"""How many fitting tasks or offers a page shows: the best ones."""

FORGET_DAYS = 30
"""Choice: a month after it ended nobody needs the words of an offer or a message any more."""


class OfferNotFound(NotFound):
    """No offer with this id in this neighbourhood, or it is not shown to you."""


class PairingNotFound(NotFound):
    """No task and helper were brought together under this id."""


class TooManyOffers(RuleBroken):
    """Somebody offers enough already."""


class TooYoungToOffer(RuleBroken):
    """Nobody under twelve gives time."""


class DaysWrong(BadInput):
    """Days of the week and one day, both."""


class OwnTask(NotAllowed):
    """Nobody helps with a task that they answer for."""


class PairedAlready(Conflict):
    """A task and a helper were brought together before, and that is not over."""


class TaskDayPassed(RuleBroken):
    """The day of a task has passed."""


class TooManyMessages(RuleBroken):
    """All has been said."""


class Weekday(StrEnum):
    """A day of the week, in order."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Audience(StrEnum):
    """Who sees an offer; whoever offers chooses."""

    GUIDES = "guides"
    """The guides of the neighbourhood."""
    RESIDENTS = "residents"
    """Everybody who lives or serves here and logged in, by a first name."""


class Side(StrEnum):
    """The two sides of a pairing."""

    HELPER = "helper"
    ASKER = "asker"
    """Whoever opened the task, or may confirm time on it."""


class PairingState(StrEnum):
    """How far a task and a helper are."""

    PROPOSED = "proposed"
    """One side said yes, and waits for the other."""
    ACCEPTED = "accepted"
    """Both said yes, and can write to each other."""
    DECLINED = "declined"
    """The other side said no."""
    WITHDRAWN = "withdrawn"
    """One side took its yes back."""
    FINISHED = "finished"
    """The help was given."""


LIVE = (PairingState.PROPOSED, PairingState.ACCEPTED)
"""The states in which something can still happen."""

_WHY_NOT: Mapping[PairingState, Text] = {
    PairingState.PROPOSED: _("Wait for the answer of the other side."),
    PairingState.ACCEPTED: _("Both of you said yes already."),
    PairingState.DECLINED: _("The other side said no, so this is over."),
    PairingState.WITHDRAWN: _("This was called off, so it is over."),
    PairingState.FINISHED: _("This is finished."),
}


class Reason(StrEnum):
    """Why a task and an offer fit, the strongest first."""

    THEME = "theme"
    QUARTER = "quarter"
    DAY = "day"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What of a task says whether an offer fits; None is anything."""

    theme: str | None
    quarter: str | None
    on_day: date | None


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What of an offer says whether a task fits; nothing is everything."""

    themes: frozenset[str]
    quarter: str | None
    weekdays: frozenset[Weekday]
    on_day: date | None
    last_on: date


def fit(wanted: Wanted, offered: Offered) -> tuple[Reason, ...] | None:
    """Return why an offer fits a task, or None if it does not; what one leaves open fits without being a reason."""
    if wanted.theme and offered.themes and wanted.theme not in offered.themes:
        return None
    if wanted.quarter and offered.quarter and wanted.quarter != offered.quarter:
        return None
    if wanted.on_day and not _is_free(offered, wanted.on_day):
        return None
    agrees = {
        Reason.THEME: wanted.theme in offered.themes,
        Reason.QUARTER: wanted.quarter is not None and wanted.quarter == offered.quarter,
        Reason.DAY: wanted.on_day is not None and bool(offered.on_day or offered.weekdays),
    }
    return tuple(reason for reason in Reason if agrees[reason])


def fit_order(reasons: tuple[Reason, ...]) -> tuple[int, tuple[int, ...]]:
    """Return where a fit stands among others: more reasons first, and of as many the stronger ones."""
    strengths = list(Reason)
    return -len(reasons), tuple(strengths.index(reason) for reason in reasons)


def _is_free(offered: Offered, day: date) -> bool:
    """Return whether somebody offers time on a day."""
    if offered.on_day:
        return day == offered.on_day
    return day <= offered.last_on and (not offered.weekdays or weekday_of(day) in offered.weekdays)


def weekday_of(day: date) -> Weekday:
    """Return which day of the week a day is."""
    return tuple(Weekday)[day.weekday()]


def next_states(now: PairingState, *, is_proposer: bool) -> tuple[PairingState, ...]:
    """Return what one side can make of a pairing."""
    if now is PairingState.ACCEPTED:
        return PairingState.FINISHED, PairingState.WITHDRAWN
    if now is not PairingState.PROPOSED:
        return ()
    return (PairingState.WITHDRAWN,) if is_proposer else (PairingState.ACCEPTED, PairingState.DECLINED)


def demand_step(now: PairingState, then: PairingState, *, is_proposer: bool) -> None:
    """Do nothing if one side can bring a pairing to another state. Raises WrongState."""
    if then not in next_states(now, is_proposer=is_proposer):
        is_answer = now is PairingState.PROPOSED and not is_proposer
        raise WrongState(_("Say yes or no first.") if is_answer else _WHY_NOT[now])


def demand_offer(*, is_old_enough: bool, open_count: int, has_weekdays: bool, on_day: date | None) -> None:
    """Do nothing if somebody may offer this. Raises TooYoungToOffer, TooManyOffers or DaysWrong."""
    if not is_old_enough:
        raise TooYoungToOffer(_("You can offer your help from the age of 12."))
    if open_count >= OFFERS_MAX:
        raise TooManyOffers(_("You offer %(count)s things already. Withdraw one first.", count=open_count))
    if has_weekdays and on_day:
        sentence = _("Choose days of the week, or one day; not both.")
        raise DaysWrong(sentence, fields={"on_day": sentence})


def last_day(last_on: date | None, on_day: date | None, today: date) -> date:
    """Return until when an offer holds: as said, else its one day, else a year."""
    return last_on or on_day or days_after(today, AHEAD_DAYS_MAX)


def demand_pairable(*, is_on_asking_side: bool, is_paired: bool, on_day: date | None, today: date) -> None:
    """Do nothing if a helper and a task can be brought together. Raises OwnTask, PairedAlready or TaskDayPassed."""
    if is_on_asking_side:
        raise OwnTask(_("Whoever asks for this help cannot be the one who helps."))
    if is_paired:
        raise PairedAlready(_("This was proposed before. Look at your own help for the answer."))
    if on_day and on_day < today:
        raise TaskDayPassed(_("The day of this task has passed."))


def demand_writable(state: PairingState, message_count: int) -> None:
    """Do nothing if the two sides can write to each other. Raises WrongState or TooManyMessages."""
    if state is not PairingState.ACCEPTED:
        raise WrongState(
            _("You can write to each other when both said yes.") if state is PairingState.PROPOSED else _WHY_NOT[state]
        )
    if message_count >= MESSAGES_MAX:
        raise TooManyMessages(
            _("You wrote each other %(count)s messages. Arrange the rest in person.", count=message_count)
        )


def first_name(name: str) -> str:
    """Return how somebody is called before both sides said yes."""
    return next(iter(name.split()), "")

# SPDX-License-Identifier: EUPL-1.2
"""The states that logged time goes through, and who may confirm, dispute, rule and exempt."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkbudget.kit.errors import Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.period import days_after
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import Text, _

EXEMPTION_DAYS_MAX = 366
"""Choice: an exemption lasts a year at most; then somebody looks again, and still no reason is kept."""


class TaskNotFound(NotFound):
    """No task with this id in this neighbourhood."""


class EntryNotFound(NotFound):
    """No logged time with this id in this neighbourhood, or it is not shown to you."""


class PersonNotHere(NotFound):
    """Somebody who does not live in the neighbourhood."""


class NoVoiceYet(NotFound):
    """Somebody who cannot vote in the neighbourhood."""


class UnknownConfirmer(RuleBroken):
    """Somebody who would confirm does not live or serve in the neighbourhood."""


class OwnTime(NotAllowed):
    """Nobody confirms or disputes time that they gave."""


class SameHousehold(NotAllowed):
    """Nobody confirms time of somebody at the same address."""


class OwnHand(NotAllowed):
    """Nobody confirms time that they wrote down for somebody else."""


class OwnLog(NotAllowed):
    """Nobody writes down their own time as if it were of somebody else."""


class OwnDispute(NotAllowed):
    """Nobody rules on a dispute that they are part of."""


class OwnExemption(NotAllowed):
    """Nobody exempts themselves or somebody at the same address."""


class ExemptionTooLong(RuleBroken):
    """An exemption ends after today and within a year."""


class ObjectionsOver(RuleBroken):
    """The days in which time can be disputed are over."""


class RuledAlready(Conflict):
    """There was a dispute about this time, and it was ruled on."""


class TaskState(StrEnum):
    """Whether time can be logged on a task."""

    OPEN = "open"
    """People give time to it."""
    ENDED = "ended"
    """No new time can be logged; what was logged goes on."""


class EntryState(StrEnum):
    """How far logged time has come."""

    LOGGED = "logged"
    """The giver said so."""
    CONFIRMED = "confirmed"
    """Somebody else who may confirm said so too; others can dispute it for some days."""
    DISPUTED = "disputed"
    """Somebody says that it is not right; the chair or an official rules."""
    SETTLED = "settled"
    """Nobody can dispute it any more; it stands in the books."""
    REJECTED = "rejected"
    """It was disputed and found not right."""
    WITHDRAWN = "withdrawn"
    """The giver took it back."""
    REVERSED = "reversed"
    """It counted, and was found not right later; a counter-entry took it out of the books."""


class EntryKind(StrEnum):
    """In what way somebody gave time."""

    DOING = "doing"
    ORGANISING = "organising"
    MEETING = "meeting"
    GUIDING = "guiding"
    """Helping somebody along."""
    IN_KIND = "in_kind"
    """With something of their own: a van, a kitchen, a craft."""


class Evidence(StrEnum):
    """What speaks for logged time besides the word of whoever gave it."""

    NONE = "none"
    LIST = "list"
    """It stands on the attendance list of that day."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """On whose word logged time rests."""

    giver_id: str
    logged_by: str | None = None
    """Who says so for the giver; None is the giver."""
    evidence: Evidence = Evidence.NONE


class Ruling(StrEnum):
    """What becomes of disputed time."""

    STANDS = "stands"
    """It is right, and counts."""
    FALLS = "falls"
    """It is not right, and does not count."""


ENTRY_STATES: Mapping[EntryState, frozenset[EntryState]] = {
    EntryState.LOGGED: frozenset({EntryState.CONFIRMED, EntryState.WITHDRAWN}),
    EntryState.CONFIRMED: frozenset({EntryState.SETTLED, EntryState.DISPUTED, EntryState.WITHDRAWN}),
    EntryState.DISPUTED: frozenset({EntryState.CONFIRMED, EntryState.REJECTED, EntryState.WITHDRAWN}),
    EntryState.SETTLED: frozenset({EntryState.REVERSED}),
    EntryState.REJECTED: frozenset(),
    EntryState.WITHDRAWN: frozenset(),
    EntryState.REVERSED: frozenset({EntryState.SETTLED}),
}

WAITING = (EntryState.LOGGED, EntryState.CONFIRMED, EntryState.DISPUTED)
"""The states in which somebody can still do something."""

COUNTED = (*WAITING, EntryState.SETTLED)
"""The states in which time fills up the day and the week."""

_WHY_NOT: Mapping[EntryState, Text] = {
    EntryState.LOGGED: _("Nobody confirmed this time yet."),
    EntryState.CONFIRMED: _("This time is confirmed already."),
    EntryState.DISPUTED: _("There is a dispute about this time. Wait for the ruling."),
    EntryState.SETTLED: _("This time counts. It cannot be changed any more."),
    EntryState.REJECTED: _("This time does not count, because it was found not right."),
    EntryState.WITHDRAWN: _("This time was withdrawn."),
    EntryState.REVERSED: _("This time counts no longer, because it was found not right."),
}


def demand_step(now: EntryState, then: EntryState) -> None:
    """Do nothing if logged time can go from one state to another. Raises WrongState."""
    if then not in ENTRY_STATES[now]:
        raise WrongState(_WHY_NOT[now])


def demand_open(state: TaskState) -> None:
    """Do nothing if a task takes time. Raises WrongState."""
    if state is not TaskState.OPEN:
        raise WrongState(_("This task has ended. No time can be logged on it."))


def demand_confirmer(*, actor_id: str, giver_id: str, logged_by: str | None, is_same_household: bool) -> None:
    """Do nothing if somebody on the task's list may confirm this time. Raises OwnTime, OwnHand or SameHousehold."""
    if actor_id == giver_id:
        raise OwnTime(_("You cannot confirm your own time. Ask somebody else."))
    if actor_id == logged_by:
        raise OwnHand(_("You wrote this time down yourself. Somebody else must confirm it."))
    if is_same_household:
        raise SameHousehold(_("You live at the same address. Somebody else must confirm this time."))


def demand_other(*, actor_id: str, person_id: str) -> None:
    """Do nothing if somebody writes down time of another. Raises OwnLog."""
    if actor_id == person_id:
        raise OwnLog(_("This is your own time. Log it on the page of the task."))


def demand_disputable(
    *, actor_id: str, giver_id: str, today: date, objections_until: date | None, is_ruled: bool
) -> None:
    """Do nothing if somebody may dispute this time today. Raises OwnTime, RuledAlready or ObjectionsOver."""
    if actor_id == giver_id:
        raise OwnTime(_("This is your own time. You can withdraw it."))
    if is_ruled:
        raise RuledAlready(_("There was a dispute about this time already. It was ruled on."))
    if objections_until is not None and today >= objections_until:
        raise ObjectionsOver(_("You can no longer dispute this time. The days for that are over."))


def demand_ruler(*, actor_id: str, concerned: Collection[str | None]) -> None:
    """Do nothing if somebody has no part in a dispute. Raises OwnDispute."""
    if actor_id in concerned:
        raise OwnDispute(_("You have a part in this. Somebody else must rule on it."))


def demand_exemption(*, actor_id: str, person_id: str, is_same_household: bool, until_on: date, today: date) -> None:
    """Do nothing if somebody may be exempted until a day. Raises OwnExemption or ExemptionTooLong."""
    if actor_id == person_id or is_same_household:
        raise OwnExemption(_("You cannot exempt yourself or somebody at your own address. Ask somebody else."))
    if not today < until_on <= days_after(today, EXEMPTION_DAYS_MAX):
        raise ExemptionTooLong(_("Choose a day after today and within a year."))

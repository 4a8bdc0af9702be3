# SPDX-License-Identifier: EUPL-1.2
"""What both sides find, why an agreement ends early, what is handed over then, and when a bid can be closed."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from wijkbudget.challenges.rules.states import AGREED, STATE_NAMES, Side, State
from wijkbudget.kit.errors import BadInput, Conflict, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _

LESSON_WORDS_MAX = 200
"""Choice: what is short is read by whoever takes up such a task next."""

SIDES = (Side.GROUP, Side.CASE_WORKER)
"""The two that made the agreement."""


class EndGround(StrEnum):
    """Why the municipality ends an agreement early. Choice: what agreements of this kind mostly name."""

    NOT_KEPT = "not_kept"
    """What was agreed is not done, and was not after the group was asked to."""
    MONEY = "money"
    """Money went to what was not agreed, or is not accounted for."""
    UNSAFE = "unsafe"
    """Going on is dangerous."""
    TASK_ENDED = "task_ended"
    """The task itself ends, or a law or the council changed it."""
    TOGETHER = "together"
    """Both sides want it."""


WITHOUT_NOTICE = frozenset({EndGround.UNSAFE, EndGround.TOGETHER})
"""Choice: what is dangerous stops at once, and what both want needs no notice."""


class Handover(StrEnum):
    """What goes back, or on to who does the task next."""

    KEYS = "keys"
    EQUIPMENT = "equipment"
    PAPERS = "papers"
    """Contracts, lists and data; what names people goes to nobody who may not have it."""
    PEOPLE = "people"
    """Volunteers and staff know what becomes of them."""
    RESIDENTS = "residents"
    """The neighbourhood knows who does the task from now on."""
    SUCCESSOR = "successor"
    """Somebody does the task next, or it is known that nobody does."""


class Reached(StrEnum):
    """Whether the group thinks a result was reached."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class NoAgreement(NotFound):
    """Nobody signed an agreement about this bid."""


class FoundBefore(Conflict):
    """Each side writes what it found once a review."""


class SideSilent(RuleBroken):
    """A side did not write yet what it found."""


class HandedOverBefore(Conflict):
    """Each thing is handed over once."""


class WrittenBefore(Conflict):
    """Each side writes once what it learnt."""


class TooManyWords(BadInput):
    """What was learnt is told too long."""


class NotHandedOver(RuleBroken):
    """Something is left to do before a bid can be closed."""


class StillObjectable(RuleBroken):
    """Somebody can still object."""


def demand_agreed(now: State) -> None:
    """Do nothing if the group does the task, or did. Raises WrongState."""
    if now not in AGREED:
        raise WrongState(_("There is no agreement about this bid. This bid: %(state)s.", state=STATE_NAMES[now]))


def demand_under_review(now: State) -> None:
    """Do nothing while both sides look back. Raises WrongState."""
    if now is not State.REVIEW:
        raise WrongState(_("Nobody looks back at this work now. This bid: %(state)s.", state=STATE_NAMES[now]))


def demand_over(now: State) -> None:
    """Do nothing if the work has ended and the bid is not closed. Raises WrongState."""
    if now not in {State.COMPLETED, State.ENDED}:
        raise WrongState(_("This work has not ended. This bid: %(state)s.", state=STATE_NAMES[now]))


def demand_not_found(side: Side, found: Collection[Side]) -> None:
    """Do nothing if a side did not write yet what it found. Raises FoundBefore."""
    if side in found:
        raise FoundBefore(_("Your side wrote down already what it found."))


def demand_both(found: Collection[Side]) -> None:
    """Do nothing if both sides wrote what they found. Raises SideSilent."""
    if Side.GROUP not in found:
        raise SideSilent(_("The group has not written yet what it found."))
    if Side.CASE_WORKER not in found:
        raise SideSilent(_("The municipality has not written yet what it found."))


def demand_to_hand_over(thing: Handover, done: Collection[Handover]) -> None:
    """Do nothing if something was not handed over yet. Raises HandedOverBefore."""
    if thing in done:
        raise HandedOverBefore(_("This is written down already."))


def demand_short(words: str) -> None:
    """Do nothing if what was learnt is told in at most two hundred words. Raises TooManyWords."""
    if (count := len(words.split())) > LESSON_WORDS_MAX:
        text = _("Use at most %(most)s words. You have %(count)s now.", most=LESSON_WORDS_MAX, count=count)
        raise TooManyWords(text, fields={"words": text})


def demand_first_lesson(side: Side, written: Collection[Side]) -> None:
    """Do nothing if a side did not write yet what it learnt. Raises WrittenBefore."""
    if side in written:
        raise WrittenBefore(_("Your side wrote down already what it learnt."))


def demand_all_handed_over(
    *, last_on: date, done: Collection[Handover], is_settled: bool, has_lesson: bool, today: date
) -> None:
    """Do nothing if a bid whose work ended can be closed. Raises NotHandedOver.

    Choice: one side that says what was learnt is enough, because a group may have fallen apart.
    """
    if today <= last_on:
        raise NotHandedOver(_("The group does the task until %(day)s.", day=last_on))
    if set(done) != set(Handover):
        raise NotHandedOver(_("Not everything was handed over yet. Look at the list."))
    if not is_settled:
        raise NotHandedOver(_("The money is not settled yet. The group accounts for it first."))
    if not has_lesson:
        raise NotHandedOver(_("Nobody has written yet what was learnt."))


def demand_final(*, is_known: bool, objectable_until: date | None, today: date) -> None:
    """Do nothing if a no is known to its group, and nobody can object to it any more. Raises StillObjectable."""
    if not is_known:
        raise StillObjectable(_("The decision was not made known to the group yet."))
    if objectable_until is not None and today <= objectable_until:
        raise StillObjectable(_("Somebody can still object until %(day)s.", day=objectable_until))

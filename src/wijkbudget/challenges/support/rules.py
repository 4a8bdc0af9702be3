# SPDX-License-Identifier: EUPL-1.2
"""What shows that a neighbourhood is for a bid: who signs once, and when two people counted a sheet alike."""

from collections import Counter
from collections.abc import Collection, Sequence
from enum import StrEnum

from wijkbudget.challenges.rules.states import RUNNING, STATE_NAMES, State
from wijkbudget.kit.errors import Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _

ATTACHMENTS_MAX = 10
"""Choice: enough to show what a bid rests on; an official reads all of it."""

COUNTS_MAX = 3
"""Choice: two people count a sheet, and a third where they differ."""

SIGNATURES_MAX = 10_000
"""Choice: more never stand on one file."""


class Stance(StrEnum):
    """What somebody who signs says of a bid."""

    FOR = "for"
    AGAINST = "against"


class Evidence(StrEnum):
    """What a paper shows. Source: Middelburg, Opsterland (CVDR651770) art. 2 and Geertruidenberg ask it in any form."""

    SIGNATURES = "signatures"
    """Names of neighbours who are for it."""
    COUNTER_SIGNATURES = "counter_signatures"
    """Names of neighbours who are against it."""
    MINUTES = "minutes"
    """What was said on an evening."""
    OTHER = "other"


SHEETS = {Evidence.SIGNATURES: Stance.FOR, Evidence.COUNTER_SIGNATURES: Stance.AGAINST}
"""What is counted, and for which side."""

ATTACHABLE = RUNNING | {State.CONCEPT}
"""Papers can be added until the municipality decides."""


class Stage(StrEnum):
    """How far the count of a sheet is."""

    WAITS = "waits"
    """Fewer than two people counted it."""
    DIFFERS = "differs"
    """Two people counted it differently; a third counts it."""
    SETTLED = "settled"
    """Two people counted the same."""


class OwnSupport(NotAllowed):
    """Whoever stands behind a bid does not sign it besides."""


class NotHere(NotAllowed):
    """Only who lives here on this day signs."""


class NotSigned(NotFound):
    """Nothing was signed that could be taken back."""


class AttachmentNotFound(NotFound):
    """The bid has no such paper, or it is not here any more."""


class TooManyAttachments(RuleBroken):
    """A bid has room for so many papers."""


class AttachedBefore(Conflict):
    """The same file is with the bid already."""


class NoSheet(RuleBroken):
    """A paper with nothing to count on it."""


class CountedBefore(Conflict):
    """Everybody counts a sheet once, and nobody counts one that is settled."""


def demand_signable(now: State) -> None:
    """Do nothing if neighbours can say whether they are for a bid. Raises WrongState.

    Choice: from the day on which everybody can read it until the municipality decides; so what it weighed stays.
    """
    if now not in RUNNING:
        raise WrongState(_("Nobody can sign now. This bid: %(state)s.", state=STATE_NAMES[now]))


def demand_outside(person_id: str, group: Collection[str]) -> None:
    """Do nothing if somebody does not stand behind a bid. Raises OwnSupport."""
    if person_id in group:
        raise OwnSupport(_("You stand behind this bid, so you count already."))


def demand_attachable(now: State) -> None:
    """Do nothing if papers can still be added to a bid. Raises WrongState."""
    if now not in ATTACHABLE:
        raise WrongState(_("You cannot add papers now. This bid: %(state)s.", state=STATE_NAMES[now]))


def free_number(taken: Collection[int]) -> int:
    """Return the first number of a paper that is free. Raises TooManyAttachments."""
    free = next((number for number in range(1, ATTACHMENTS_MAX + 1) if number not in taken), None)
    if free is None:
        raise TooManyAttachments(_("A bid can have %(most)s papers.", most=ATTACHMENTS_MAX))
    return free


def demand_sheet(what: Evidence, now: State) -> None:
    """Do nothing if names stand on a paper that can be counted now. Raises NoSheet or WrongState."""
    if what not in SHEETS:
        raise NoSheet(_("There are no signatures to count on this paper."))
    if now not in RUNNING:
        raise WrongState(_("Nothing is counted now. This bid: %(state)s.", state=STATE_NAMES[now]))


def agreed(counts: Collection[int]) -> int | None:
    """Return what two people counted alike, or None."""
    return next((count for count, times in Counter(counts).items() if times > 1), None)


def stage(turns: Sequence[Collection[int]]) -> Stage:
    """Return how far the count of a sheet is; `turns` are the counts of each turn.

    Choice: two of three must agree; where all three differ, everybody counts again.
    """
    last = turns[-1] if turns else ()
    if agreed(last) is not None:
        return Stage.SETTLED
    return Stage.DIFFERS if len(last) == COUNTS_MAX - 1 else Stage.WAITS


def next_place(turns: Sequence[Collection[int]]) -> tuple[int, int]:
    """Return the turn of the next count of a sheet, and which one in it that is."""
    last = len(turns[-1]) if turns else 0
    return (len(turns), last + 1) if 0 < last < COUNTS_MAX else (len(turns) + 1, 1)


def demand_uncounted(person_id: str, turn: int, counters: Collection[tuple[int, str]], now: Stage) -> None:
    """Do nothing if somebody did not count a sheet in this turn, and it is not settled. Raises CountedBefore."""
    if now is Stage.SETTLED:
        raise CountedBefore(_("Two people counted this sheet already."))
    if (turn, person_id) in counters:
        raise CountedBefore(_("You counted this sheet. Somebody else counts it too."))

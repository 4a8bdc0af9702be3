# SPDX-License-Identifier: EUPL-1.2
"""Who of the municipality works on a bid, and who decides about it: never one of its group, and never the same."""

from collections.abc import Collection

from wijkbudget.challenges.rules.states import Move
from wijkbudget.council.rules import BIAS
from wijkbudget.kit.errors import Conflict, NotAllowed
from wijkbudget.kit.text import _

OTHER_EYES = "Algemene wet bestuursrecht, art. 3:2"
"""Source: who prepares a decision gathers the facts with care.

Choice: so whoever gathered them does not decide.
"""

BECOMES_CASE_WORKER = frozenset({Move.ASK_TO_COMPLETE, Move.TAKE_ON, Move.TAKE_OVER})
"""By these moves another official can become the case worker."""


class OwnBid(NotAllowed):
    """Whoever belongs to a group does not judge its bid."""


class NotYourCase(NotAllowed):
    """Another official is the case worker of this bid."""


class YourCase(Conflict):
    """Whoever asks is the case worker of this bid already."""


class CaseWorkerDecides(NotAllowed):
    """Whoever worked on a bid does not decide about it."""


def demand_no_interest(official_id: str, interested: Collection[str]) -> None:
    """Do nothing if an official has no part in a bid. Raises OwnBid."""
    if official_id in interested:
        raise OwnBid(_("You belong to this group. Another official does this."), article=BIAS)


def is_case_worker(official_id: str, case_worker: str | None, move: Move) -> bool:
    """Return whether an official can make a move of the case worker."""
    return case_worker in {None, official_id} or move in BECOMES_CASE_WORKER


def demand_case_worker(official_id: str, case_worker: str | None, move: Move) -> None:
    """Do nothing if an official is the case worker of a bid, or becomes it by the move. Raises NotYourCase.

    Choice: one official at a time, so that a group knows whom to ask; another can take the case over.
    """
    if not is_case_worker(official_id, case_worker, move):
        raise NotYourCase(_("Another official works on this bid. Take it over first."))


def demand_not_yet(official_id: str, case_worker: str | None) -> None:
    """Do nothing if another official is the case worker of a bid. Raises YourCase."""
    if official_id == case_worker:
        raise YourCase(_("You are the case worker of this bid."))


def demand_other_eyes(official_id: str, handled_by: Collection[str]) -> None:
    """Do nothing if an official never was the case worker of a bid. Raises CaseWorkerDecides."""
    if official_id in handled_by:
        raise CaseWorkerDecides(_("You worked on this bid. Another official decides."), article=OTHER_EYES)

# SPDX-License-Identifier: EUPL-1.2
"""Tasks that residents would like to see on the list: how many at a time, and what becomes of them."""

from enum import StrEnum

from wijkbudget.council.rules import BIAS
from wijkbudget.kit.errors import Conflict, NotAllowed, NotFound
from wijkbudget.kit.text import _


class ProposalState(StrEnum):
    """What became of a task that somebody proposed."""

    OPEN = "open"
    """No official answered yet."""
    LISTED = "listed"
    """It is on the list now."""
    DECLINED = "declined"
    """An official said why it is not put on the list."""
    WITHDRAWN = "withdrawn"
    """Who proposed it took it back."""


class ProposalNotFound(NotFound):
    """The neighbourhood has no such proposal."""


class ProposedBefore(Conflict):
    """Somebody proposes one task at a time."""


class ProposalAnswered(Conflict):
    """A proposal is answered once."""


class OwnProposal(NotAllowed):
    """Nobody answers a proposal of their own."""


def demand_first(*, has_open: bool) -> None:
    """Do nothing if somebody has no proposal that waits for an answer. Raises ProposedBefore.

    Choice: one at a time, so that every proposal gets an answer; after the answer the next can come.
    """
    if has_open:
        raise ProposedBefore(_("Your last proposal waits for an answer. After that you can propose the next one."))


def demand_open(state: ProposalState) -> None:
    """Do nothing if a proposal waits for an answer. Raises ProposalAnswered."""
    if state is not ProposalState.OPEN:
        raise ProposalAnswered(_("This proposal does not wait for an answer any more."))


def demand_others(person_id: str, proposer: str) -> None:
    """Do nothing if a proposal is somebody else's. Raises OwnProposal."""
    if person_id == proposer:
        raise OwnProposal(_("This is your own proposal. Another official answers it."), article=BIAS)

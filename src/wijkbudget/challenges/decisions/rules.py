# SPDX-License-Identifier: EUPL-1.2
"""What a decision about a bid is, and what must hold before it is taken and made known."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from wijkbudget.challenges.rules.characters import LegalCharacter, objectable_until
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.rules.tasks import Decider
from wijkbudget.kit.errors import BadInput, NotFound
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import Policy

OUTCOMES: Mapping[Move, State] = {
    Move.AWARD: State.AWARDED,
    Move.AWARD_PARTLY: State.PARTLY_AWARDED,
    Move.REFUSE: State.REFUSED,
    Move.PUT_ASIDE: State.NOT_HANDLED,
}
"""The moves that decide about a bid, each with what comes of it."""

NO = frozenset({Move.AWARD_PARTLY, Move.REFUSE, Move.PUT_ASIDE})
"""They say no to a bid or to part of it, so they name their grounds. Source: Awb art. 3:46."""


class GroundNotTold(BadInput):
    """A bid is refused on a ground of which its group was not told before."""


class DecisionNotFound(NotFound):
    """Nothing was decided about this bid by the move of that number."""


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision about a bid, for the rooms that build on it."""

    number: int
    """The number of the move by which it was taken."""
    move: Move
    body: Decider
    legal_character: LegalCharacter
    part: str
    granted_cents: int
    decided_on: date
    decided_by: str
    """Who wrote it down for the body that decided."""
    known_on: date | None
    is_revised: bool
    """It was taken anew, after an objection."""

    @property
    def objection_until(self) -> date | None:
        """Return the last day on which somebody can object, if anybody can and it was made known."""
        return objectable_until(self.legal_character, self.known_on, is_revised=self.is_revised)


def demand_told(grounds: Collection[Ground], told: Collection[Ground]) -> None:
    """Do nothing if a group was told of every ground before a no rests on it. Raises GroundNotTold.

    Source: Awb art. 4:7: whoever is refused could first say what they think of it.
    """
    if not set(grounds) <= set(told):
        sentence = _("The group was not told of all these grounds. Tell it first, so that it can answer.")
        raise GroundNotTold(sentence, fields={"grounds": sentence})


def power_article(policy: Policy) -> str:
    """Return the article by which the body decides: the one that the policy names for it, else that on challenges.

    Choice: a bid that was sent in is decided, even where the by-law knows no challenges any more.
    """
    section = policy.challenges
    return (section.power_article or section.article) if section else policy.by_law

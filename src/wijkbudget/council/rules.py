# SPDX-License-Identifier: EUPL-1.2
"""When a decision of the council stands: who may vote on it, how many must, and what a majority is."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from wijkbudget.kit.errors import NotFound, RuleBroken
from wijkbudget.kit.text import _

BIAS = "Algemene wet bestuursrecht, art. 2:4"
"""Source: Awb art. 2:4 (who decides has no interest of their own in it)."""

QUORUM = "Gemeentewet, art. 29"
"""Choice: like the council of a municipality, a neighbourhood council decides only when enough members vote.

Source: Gemeentewet art. 29 asks for more than half of those who may vote; here it is half of all members, so that
members who step aside never make a small group enough.
"""

MAJORITY = "Gemeentewet, art. 30"
"""Source: Gemeentewet art. 30 (a decision takes a majority of the votes cast)."""


class Kind(StrEnum):
    """What a decision is about."""

    OUTCOME = "outcome"
    """Which plans of a voting round get money; taken where the outcome is adopted."""
    ADVICE = "advice"
    """What the council advises the municipality."""
    OTHER = "other"
    """Anything else the council decided."""


class Stance(StrEnum):
    """What a member did when a decision was taken."""

    FOR = "for"
    """Voted for it."""
    AGAINST = "against"
    """Voted against it."""
    RECUSED = "recused"
    """Stepped aside because of an interest."""


class DecisionNotFound(NotFound):
    """The council of this neighbourhood took no such decision."""


class NotAMember(RuleBroken):
    """Somebody is named who is no member of the council."""


class NamedTwice(RuleBroken):
    """A member votes once, or steps aside."""


class InterestNotRecused(RuleBroken):
    """A member who has an interest must step aside."""


class TooFewVoted(RuleBroken):
    """Fewer than half of the members voted."""


class NoMajority(RuleBroken):
    """There are not more votes for than against."""


class NotDecidedYet(RuleBroken):
    """A decision is recorded after it was taken."""


class CarriedOutElsewhere(RuleBroken):
    """A decision that moves money is recorded by the step that carries it out."""


def demand_valid(
    *,
    members: Collection[str],
    in_favour: list[str],
    against: list[str],
    recused: list[str],
    interested: Collection[str],
) -> None:
    """Do nothing if these votes make a decision.

    Raises NamedTwice, NotAMember, InterestNotRecused, TooFewVoted or NoMajority.
    """
    named = [*in_favour, *against, *recused]
    if len(set(named)) != len(named):
        raise NamedTwice(_("A member is named twice. Everybody votes for or against, or steps aside."))
    if not set(named) <= set(members):
        raise NotAMember(_("Somebody is named who is not a member of this council."))
    if (set(interested) & set(members)) - set(recused):
        raise InterestNotRecused(
            _("A member has an interest in this. That member must step aside and be named so."), article=BIAS
        )
    voted_count = len(in_favour) + len(against)
    if voted_count == 0 or 2 * voted_count < len(members):
        raise TooFewVoted(
            _(
                "%(voted)s of the %(members)s members voted. At least half must vote.",
                voted=voted_count,
                members=len(members),
            ),
            article=QUORUM,
        )
    if len(in_favour) <= len(against):
        raise NoMajority(_("There are not more votes for than against, so this was not decided."), article=MAJORITY)


def demand_taken(decided_on: date, today: date) -> None:
    """Do nothing if the day of a decision has come. Raises NotDecidedYet."""
    if decided_on > today:
        raise NotDecidedYet(_("This day has not come yet. Record a decision after it was taken."))


def demand_carries_nothing(kind: Kind) -> None:
    """Do nothing if a decision of this kind moves nothing by itself. Raises CarriedOutElsewhere."""
    if kind is Kind.OUTCOME:
        raise CarriedOutElsewhere(_("Adopt the outcome on the page of the voting round: then the money moves with it."))

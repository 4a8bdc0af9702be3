# SPDX-License-Identifier: EUPL-1.2
"""Which pot pays what, and who takes free money along to the next year."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet

from wijkbudget.kit.actor import Role
from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.ledger.flows import Flow
from wijkbudget.neighbourhoods.rules.policy import Policy

GRANT = Flow(
    happens="the municipality grants a year's budget, or the budget of one theme in it",
    by=("neighbourhoods.grant",),
    source="external:municipality",
    target="pot",
    reference="grant:<id>",
)
HAND_BACK = Flow(
    happens="a year is closed: what is free goes back to the municipality",
    by=("neighbourhoods.hand_back",),
    source="pot",
    target="external:municipality",
    reference="hand-back:<id>",
)
CARRY_ON = Flow(
    happens="by a decision free money leaves its year",
    by=("neighbourhoods.carry_over",),
    source="pot",
    target="carried",
    reference="carry-on:<id>",
)
CARRY_IN = Flow(
    happens="in the same act it comes into the next year",
    by=("neighbourhoods.carry_over",),
    source="carried",
    target="pot",
    reference="carry-in:<id>",
)


class NotCarriedOver(RuleBroken):
    """The rules do not let this money go along to the next year, or not by this decision."""


class NoSuchPot(RuleBroken):
    """The theme has no pot of its own."""


class OtherPot(RuleBroken):
    """A round divides the money of one pot."""


def pot_of(policy: Policy, theme: str) -> str | None:
    """Return the theme whose pot pays a plan, or None for the general one."""
    return theme if policy.pots and theme in policy.pots.themes else None


def demand_pot(policy: Policy, theme: str | None) -> None:
    """Do nothing if a theme has a pot; the general pot is always there. Raises NoSuchPot."""
    if theme is not None and pot_of(policy, theme) is None:
        article = policy.pots.article if policy.pots else None
        raise NoSuchPot(_("This theme has no money of its own."), article=article)


def demand_one_pot(theme: str | None, pots: Collection[str | None]) -> None:
    """Do nothing if what is on a ballot is all paid from the pot of this theme. Raises OtherPot."""
    if set(pots) - {theme}:
        raise OtherPot(_("This vote is about the money of another pot."))


def demand_carried_over_by(policy: Policy, roles: AbstractSet[Role]) -> str:
    """Return the article by which one of these roles may carry free money over. Raises NotCarriedOver.

    Choice: the council says which, for it is the council's money or that of the municipality by its own by-law.
    """
    pots = policy.pots
    if pots is None or pots.carried_over_by is None:
        raise NotCarriedOver(
            _("By the rules here, what is left of a year goes back to the municipality."),
            article=pots.article if pots else None,
        )
    if pots.carried_over_by == "council" and Role.CHAIR not in roles:
        raise NotCarriedOver(
            _("Only the neighbourhood council decides this; its chair enters it."), article=pots.article
        )
    if pots.carried_over_by == "officials" and Role.OFFICIAL not in roles:
        raise NotCarriedOver(_("Only an official of the municipality decides this."), article=pots.article)
    return pots.article

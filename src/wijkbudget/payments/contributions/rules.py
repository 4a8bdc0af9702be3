# SPDX-License-Identifier: EUPL-1.2
"""What a gift must be, what the pot adds to it, and what of the rest of a plan goes back to who gave."""

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from wijkbudget.kit.errors import BadInput, Conflict, NotFound, RuleBroken, TooMany
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.kit.units import share_out
from wijkbudget.neighbourhoods.rules import GiftsPolicy

CHECKOUT, REFUND = "gift-checkout", "gift-refund"
"""The kinds of errand: opening a pay page, and sending money back."""


OPENED_MAX = 500
"""Choice: so many gifts to one plan can wait for payment; who opens more is no giver. A pay page closes after a day."""

CONTACT_KEPT_DAYS = 30
"""How long an address, a pay page and a name that nobody sees are kept after a gift was paid, or begun.

Source: AVG art. 5 lid 1 sub e (no longer than needed). Choice: they serve the receipt, which went out by then.
"""

NAME_KEPT_DAYS = 365
"""How long a name stands with a plan after the gift was paid and the plan was decided about.

Source: AVG art. 5 lid 1 sub e. Choice: a year of thanks. What the books need for seven years (Algemene wet inzake
rijksbelastingen art. 52 lid 4) is the amount, the day, and the id by which only the provider knows the payment.
"""


class CollectionState(StrEnum):
    """What can happen with the money of a collection."""

    OPEN = "open"
    """People can give."""
    PASSED_ON = "passed_on"
    """The plan got its money, and the gifts came with it."""
    RETURNED = "returned"
    """The plan does not go ahead, so everybody gets back what they gave, or leaves it to the pot."""


class ContributionState(StrEnum):
    """How far a gift is."""

    OPENED = "opened"
    """Somebody wants to give, and did not pay yet."""
    PAID = "paid"
    """It is paid."""
    FAILED = "failed"
    """The bank said no."""
    EXPIRED = "expired"
    """The pay page closed without a payment."""
    PART_REFUNDED = "part_refunded"
    """A part went back to the giver."""
    REFUNDED = "refunded"
    """All of it went back to the giver, or was taken back by their bank."""


class RefundState(StrEnum):
    """How far a refund is."""

    ORDERED = "ordered"
    """The provider must still be asked, or has not said what came of it."""
    DONE = "done"
    """The giver has it."""
    FAILED = "failed"
    """The account of the giver did not take it; the cashier settles it by hand."""
    SETTLED = "settled"
    """The cashier paid it by hand."""


class CollectionNotFound(NotFound):
    """The neighbourhood collects no gifts for this."""


class ContributionNotFound(NotFound):
    """No gift has this code."""


class NameNotShown(WrongState):
    """The name of the giver is not to be seen."""


class RefundNotFound(NotFound):
    """No refund with this id waits for the cashier."""


class CollectionClosed(Conflict):
    """Gifts are no longer taken for this."""


class NoGifts(RuleBroken):
    """The rules of the neighbourhood do not arrange gifts."""


class GiftTooSmall(RuleBroken):
    """The rules ask more for one gift."""


class GiftTooLarge(RuleBroken):
    """A gift of more is arranged by hand."""


class TooManyOpened(TooMany):
    """Very many want to give to this and did not pay."""


class CollectionOpen(Conflict):
    """People can give to this already, or could before."""


class NameMissing(BadInput):
    """Whoever wants to be named gives a name."""


class RefundNotFailed(WrongState):
    """The refund arrived, is on its way, or was settled before."""


class NoProvider(Conflict):
    """Nobody takes money for this house."""


def demand_gifts(policy: GiftsPolicy | None) -> GiftsPolicy:
    """Return the section on gifts. Raises NoGifts."""
    if policy is None:
        raise NoGifts(_("This neighbourhood did not arrange gifts."))
    return policy


def demand_amount(amount_cents: int, policy: GiftsPolicy) -> None:
    """Do nothing if a gift is within the policy. Raises GiftTooSmall or GiftTooLarge."""
    if amount_cents < policy.least_cents:
        sentence = _("Give at least %(least_cents)s: a smaller gift costs more than it brings.", **_limits(policy))
        raise GiftTooSmall(sentence, article=policy.article)
    if amount_cents > policy.most_cents:
        sentence = _(
            "Here you can give at most %(most_cents)s at once. Call the municipality to give more.", **_limits(policy)
        )
        raise GiftTooLarge(sentence, article=policy.article)


def demand_open(state: CollectionState) -> None:
    """Do nothing while people can give. Raises CollectionClosed."""
    if state is not CollectionState.OPEN:
        raise CollectionClosed(_("It is no longer possible to give to this."))


def demand_first(*, is_open: bool) -> None:
    """Do nothing if nobody collected for this before. Raises CollectionOpen."""
    if is_open:
        raise CollectionOpen(_("Gifts for this were asked for before."))


def demand_name(name: str | None, *, is_shown: bool) -> None:
    """Do nothing if whoever wants to be named says how. Raises NameMissing."""
    if is_shown and not name:
        sentence = _("Fill in the name that everybody may read.")
        raise NameMissing(_("Something is not filled in right yet."), fields={"name": sentence})


def demand_room(opened_count: int) -> None:
    """Do nothing unless very many gifts wait for payment. Raises TooManyOpened."""
    if opened_count >= OPENED_MAX:
        raise TooManyOpened(_("Very many people are giving to this now. Try again in an hour."), wait_seconds=3600)


def demand_failed(state: RefundState) -> None:
    """Do nothing if a refund did not arrive. Raises RefundNotFailed."""
    if state is not RefundState.FAILED:
        raise RefundNotFailed(_("Only a refund that did not arrive is paid by hand."))


def covered_cents(amount_cents: int, refunded_cents: int, taken_cents: int) -> int:
    """Return how much of what was taken back a gift bears itself: as much as is left of it."""
    return min(taken_cents, amount_cents - refunded_cents)


def matched_cents(given_cents: int, policy: GiftsPolicy | None) -> int:
    """Return what the pot adds to the gifts of a plan; part of a cent is not added."""
    if policy is None:
        return 0
    return min(given_cents * policy.matched_percent // 100, policy.matched_most_cents)


def rest_shares(rest_cents: int, kept_cents: int, left: Mapping[UUID, int]) -> dict[UUID, int]:
    """Return what each giver gets of the rest of a plan, in proportion to what is left of each gift in it.

    The plan held the rest and what it keeps; what of that no giver gets back is of the pot. Choice: nobody can say
    which euro was spent, so all who brought money bear what was spent alike.
    """
    in_pot = max(0, rest_cents + kept_cents - sum(left.values()))
    _of_pot, *shares = share_out(rest_cents, [in_pot, *left.values()])
    return {gift_id: cents for gift_id, cents in zip(left, shares, strict=True) if cents}


def _limits(policy: GiftsPolicy) -> dict[str, int]:
    return {"least_cents": policy.least_cents, "most_cents": policy.most_cents}

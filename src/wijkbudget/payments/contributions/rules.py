# SPDX-License-Identifier: EUPL-1.2
"""What a gift must be, and what the news of a provider moves in the books, in whichever order it comes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from wijkbudget.kit.errors import BadInput, Conflict, NotFound, RuleBroken, TooMany
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import GiftsPolicy
from wijkbudget.payments.contributions import flows
from wijkbudget.payments.providers.port import News, Notice

NO_REFUNDS: Mapping[UUID, int] = {}

CHECKOUT, REFUND = "gift-checkout", "gift-refund"
"""The kinds of errand: opening a pay page, and sending money back."""


OPENED_MAX = 500
"""Choice: so many gifts to one plan can wait for payment; who opens more is no giver. A pay page closes after a day."""


class CollectionState(StrEnum):
    """What can happen with the money of a collection."""

    OPEN = "open"
    """People can give."""
    PASSED_ON = "passed_on"
    """The plan got its money, and the gifts came with it."""
    RETURNED = "returned"
    """The plan does not go ahead, so everybody gets back what they gave."""


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


class Side(StrEnum):
    """Where money of a gift can be."""

    PROVIDER = "provider"
    CLEARING = "clearing"
    GIFT = "gift"
    LOSS = "loss"
    """Where what is taken back is borne until the gift covers it; what it does not, the municipality bears."""


class Step(NamedTuple):
    """One movement that follows from news; its reference happens once."""

    reference: str
    source: Side
    target: Side
    amount_cents: int


class Life(NamedTuple):
    """What is known of a gift, from all the news of it."""

    state: ContributionState
    payment_id: str | None
    steps: tuple[Step, ...]
    taken_cents: int
    """What a bank or the provider took back of itself."""
    waiting_cents: int
    """What arrived at the provider and is of no gift: another amount, or paid twice."""


class CollectionNotFound(NotFound):
    """The neighbourhood collects no gifts for this."""


class ContributionNotFound(NotFound):
    """No gift has this code."""


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


def read(
    contribution_id: UUID, amount_cents: int, news: Iterable[Notice], refunds: Mapping[UUID, int] = NO_REFUNDS
) -> Life:
    """Return what is known of a gift, and every movement that follows from it; `refunds` are those that we ordered.

    The news is taken as a set, so that the order and the number of times it came make no difference. Each movement
    follows from news that is there and never from news that is missing, so what was moved stays right when more comes.
    """
    # A provider can tell the same of the same thing twice, in two events.
    told = list({(one.news, one.object_id): one for one in sorted(news, key=lambda one: one.event_id)}.values())
    arrived = {one.payment_id: one for one in told if one.news is News.ARRIVED and one.payment_id}
    completed = {one.payment_id for one in told if one.news is News.COMPLETED}
    payment = next((one for payment_id, one in sorted(arrived.items()) if payment_id in completed), None)
    is_paid = payment is not None and payment.amount_cents == amount_cents
    steps = [
        Step(flows.ARRIVE.reference_of(payment_id), Side.PROVIDER, Side.CLEARING, one.amount_cents)
        for payment_id, one in sorted(arrived.items())
    ]
    taken_cents = 0
    if is_paid:
        steps.append(Step(flows.GIVE.reference_of(contribution_id), Side.CLEARING, Side.GIFT, amount_cents))
        steps += _refund_steps(told, refunds)
        taken_steps, taken_cents = _taken(told, refunds)
        steps += taken_steps
    return Life(
        state=_state(told, is_paid=is_paid),
        payment_id=payment.payment_id if payment and is_paid else None,
        steps=tuple(steps),
        taken_cents=taken_cents,
        waiting_cents=sum(one.amount_cents for one in arrived.values()) - (amount_cents if is_paid else 0),
    )


def refund_state(told: Collection[News]) -> RefundState:
    """Return how far a refund is, from what was told of it; that it failed is told last, and holds."""
    if News.REFUND_FAILED in told:
        return RefundState.FAILED
    return RefundState.DONE if News.REFUNDED in told else RefundState.ORDERED


def covered_cents(amount_cents: int, refunded_cents: int, taken_cents: int) -> int:
    """Return how much of what was taken back a gift bears itself: as much as is left of it."""
    return min(taken_cents, amount_cents - refunded_cents)


def matched_cents(given_cents: int, policy: GiftsPolicy | None) -> int:
    """Return what the pot adds to the gifts of a plan; part of a cent is not added."""
    if policy is None:
        return 0
    return min(given_cents * policy.matched_percent // 100, policy.matched_most_cents)


def _refund_steps(told: Sequence[Notice], refunds: Mapping[UUID, int]) -> Iterator[Step]:
    """Yield the movements of the refunds that we ordered: they left the gift when they were ordered."""
    done = {one.refund_id: one for one in told if one.news is News.REFUNDED and one.refund_id in refunds}
    failed = {one.refund_id for one in told if one.news is News.REFUND_FAILED}
    for refund_id, one in done.items():
        yield Step(flows.REFUND_DONE.reference_of(refund_id), Side.CLEARING, Side.PROVIDER, one.amount_cents)
        if refund_id in failed:
            yield Step(flows.REFUND_FAILED.reference_of(refund_id), Side.PROVIDER, Side.CLEARING, one.amount_cents)


def _taken(told: Sequence[Notice], refunds: Mapping[UUID, int]) -> tuple[list[Step], int]:
    """Return the movements of what a bank took back in a dispute, or the provider gave back of itself, and how much.

    They never touch the gift: what of it the gift bears depends on all that was told, and is moved apart.
    """
    steps: list[Step] = []
    taken_cents = 0
    for out, back in ((News.DISPUTED, News.DISPUTE_WON), (News.REFUNDED, News.REFUND_FAILED)):
        came_back = {one.object_id for one in told if one.news is back}
        for one in told:
            if one.news is not out or one.refund_id in refunds:
                continue
            name, cents = one.object_id, one.amount_cents
            steps.append(Step(flows.TAKE.reference_of(name), Side.LOSS, Side.CLEARING, cents))
            steps.append(Step(flows.TAKE_DONE.reference_of(name), Side.CLEARING, Side.PROVIDER, cents))
            if one.object_id in came_back:
                steps.append(Step(flows.TAKE_BACK.reference_of(name), Side.PROVIDER, Side.CLEARING, cents))
                steps.append(Step(flows.TAKE_IN.reference_of(name), Side.CLEARING, Side.LOSS, cents))
            else:
                taken_cents += cents
    return steps, taken_cents


def _state(told: Sequence[Notice], *, is_paid: bool) -> ContributionState:
    """Return the state before anything went back; that it was paid beats whatever else was told."""
    if is_paid:
        return ContributionState.PAID
    heard = {one.news for one in told}
    if News.FAILED in heard:
        return ContributionState.FAILED
    return ContributionState.EXPIRED if News.EXPIRED in heard else ContributionState.OPENED


def _limits(policy: GiftsPolicy) -> dict[str, int]:
    return {"least_cents": policy.least_cents, "most_cents": policy.most_cents}

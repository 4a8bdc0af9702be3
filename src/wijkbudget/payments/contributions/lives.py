# SPDX-License-Identifier: EUPL-1.2
"""What the news of a provider moves in the books, in whichever order it comes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from wijkbudget.ledger.flows import Flow
from wijkbudget.payments.contributions import flows
from wijkbudget.payments.contributions.rules import ContributionState, RefundState
from wijkbudget.payments.providers.port import News, Notice

NO_REFUNDS: Mapping[UUID, int] = {}


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


class _Way(NamedTuple):
    """Which way money goes that is taken back, and which way it comes again."""

    out: tuple[tuple[Flow, Side, Side], ...]
    back: tuple[tuple[Flow, Side, Side], ...]


_GIVEN = _Way(
    out=((flows.TAKE, Side.LOSS, Side.CLEARING), (flows.TAKE_DONE, Side.CLEARING, Side.PROVIDER)),
    back=((flows.TAKE_BACK, Side.PROVIDER, Side.CLEARING), (flows.TAKE_IN, Side.CLEARING, Side.LOSS)),
)
"""Of a payment that is a gift: the gift bears it, or the municipality."""
_STRAY = _Way(
    out=((flows.STRAY_BACK, Side.CLEARING, Side.PROVIDER),),
    back=((flows.STRAY_IN, Side.PROVIDER, Side.CLEARING),),
)
"""Of a payment of another amount than the gift: it never was of a gift, and waits no longer."""


def read(
    contribution_id: UUID, amount_cents: int, news: Iterable[Notice], refunds: Mapping[UUID, int] = NO_REFUNDS
) -> Life:
    """Return what is known of a gift, and every movement that follows from it; `refunds` are those that we ordered.

    The news is taken as a set, so that the order and the number of times it came make no difference. Each movement
    follows from news that is there and never from news that is missing, so what was moved stays right when more comes.
    """
    # A provider can tell the same of the same thing twice, in two events.
    told = list({(one.news, one.object_id): one for one in sorted(news, key=lambda one: one.event_id)}.values())
    arrived = {one.payment_id: one.amount_cents for one in told if one.news is News.ARRIVED and one.payment_id}
    completed = {one.payment_id for one in told if one.news is News.COMPLETED}
    payments = {payment_id for payment_id, cents in arrived.items() if cents == amount_cents}
    payment = min(payments & completed, default=None)
    steps = [
        Step(flows.ARRIVE.reference_of(payment_id), Side.PROVIDER, Side.CLEARING, cents)
        for payment_id, cents in sorted(arrived.items())
    ]
    stray_steps, stray_cents = _taken(told, refunds, arrived.keys() - payments, _STRAY)
    steps += stray_steps
    taken_cents = 0
    if payment:
        steps.append(Step(flows.GIVE.reference_of(contribution_id), Side.CLEARING, Side.GIFT, amount_cents))
        steps += _refund_steps(told, refunds)
        taken_steps, taken_cents = _taken(told, refunds, payments, _GIVEN)
        steps += taken_steps
    return Life(
        state=_state(told, is_paid=payment is not None),
        payment_id=payment,
        steps=tuple(steps),
        taken_cents=taken_cents,
        waiting_cents=sum(arrived.values()) - (amount_cents if payment else 0) - stray_cents,
    )


def refund_state(told: Collection[News]) -> RefundState:
    """Return how far a refund is, from what was told of it; that it failed is told last, and holds."""
    if News.REFUND_FAILED in told:
        return RefundState.FAILED
    return RefundState.DONE if News.REFUNDED in told else RefundState.ORDERED


def _refund_steps(told: Sequence[Notice], refunds: Mapping[UUID, int]) -> Iterator[Step]:
    """Yield the movements of the refunds that we ordered: they left the gift when they were ordered."""
    done = {one.refund_id: one for one in told if one.news is News.REFUNDED and one.refund_id in refunds}
    failed = {one.refund_id for one in told if one.news is News.REFUND_FAILED}
    for refund_id, one in done.items():
        yield Step(flows.REFUND_DONE.reference_of(refund_id), Side.CLEARING, Side.PROVIDER, one.amount_cents)
        if refund_id in failed:
            yield Step(flows.REFUND_FAILED.reference_of(refund_id), Side.PROVIDER, Side.CLEARING, one.amount_cents)


def _taken(
    told: Sequence[Notice], refunds: Mapping[UUID, int], payments: Collection[str], way: _Way
) -> tuple[list[Step], int]:
    """Return the movements of what a bank took back in a dispute, or the provider gave back of itself, and how much.

    They never touch the gift: what of it the gift bears depends on all that was told, and is moved apart.
    """
    steps: list[Step] = []
    taken_cents = 0
    for out, back in ((News.DISPUTED, News.DISPUTE_WON), (News.REFUNDED, News.REFUND_FAILED)):
        came_back = {one.object_id for one in told if one.news is back}
        for one in told:
            if one.news is not out or one.refund_id in refunds or one.payment_id not in payments:
                continue
            moved = [*way.out, *(way.back if one.object_id in came_back else ())]
            steps += [
                Step(flow.reference_of(one.object_id), source, target, one.amount_cents)
                for flow, source, target in moved
            ]
            taken_cents += 0 if one.object_id in came_back else one.amount_cents
    return steps, taken_cents


def _state(told: Sequence[Notice], *, is_paid: bool) -> ContributionState:
    """Return the state before anything went back; that it was paid beats whatever else was told."""
    if is_paid:
        return ContributionState.PAID
    heard = {one.news for one in told}
    if News.FAILED in heard:
        return ContributionState.FAILED
    return ContributionState.EXPIRED if News.EXPIRED in heard else ContributionState.OPENED

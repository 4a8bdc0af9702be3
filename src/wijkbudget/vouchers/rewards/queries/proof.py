# SPDX-License-Identifier: EUPL-1.2
"""Proves rewards: never more than there are, each earned by tasks that were used once, and every cent accounted for."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.kit.faults import Fault
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.payments import queries as payments
from wijkbudget.reciprocity import queries as reciprocity
from wijkbudget.trail.work import Look
from wijkbudget.vouchers.kinds import REWARD
from wijkbudget.vouchers.rewards.models import Reward, RewardOffer
from wijkbudget.vouchers.rewards.rules import OfferState, Payer, RewardState


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for everything offered, and every reward, whose number, tasks or money is not what it says."""
    yield from _check_offers(look)
    yield from _check_rewards(look)


def _check_offers(look: Look) -> Iterator[Fault]:
    """Yield a fault where more or fewer were chosen than are gone, or where other money is set apart."""
    chosen = dict(look.session.exec(select(Reward.offer_id, func.count()).group_by(col(Reward.offer_id))).all())
    kept = ledger.balances(look, "offer:")
    for row in look.session.exec(select(RewardOffer).order_by(col(RewardOffer.id))).all():
        about, count = f"offer {row.id}", chosen.get(row.id, 0)
        if row.stock_count is not None and row.left_count is not None and row.stock_count - row.left_count != count:
            gone = row.stock_count - row.left_count
            yield Fault("never more rewards than there are", about, f"{gone} are gone, {count} were chosen")
        is_set_apart = row.payer == Payer.POT and row.state == OfferState.OPEN
        expected = (row.left_count or 0) * row.value_cents if is_set_apart else 0
        held = kept.get(chart.offer(row.place, row.year, row.id).address, 0)
        if held != expected:
            yield Fault("what is offered is set apart", about, f"holds {held}, not {expected} cents")


def _check_rewards(look: Look) -> Iterator[Fault]:
    """Yield a fault for each reward that other tasks earned, or whose money is elsewhere."""
    used = reciprocity.used_counts(look)
    kept = {kind: ledger.balances(look, f"{kind}:") for kind in ("reward", "external:paid", "external:used")}
    both = select(Reward, RewardOffer).join(RewardOffer, col(RewardOffer.id) == col(Reward.offer_id))
    found = look.session.exec(both.order_by(col(Reward.place), col(Reward.id))).all()
    for place, group in groupby(found, key=lambda pair: pair[0].place):
        pairs = list(group)
        payouts = payments.payout_about(look, place, [str(row.id) for row, _offer in pairs])
        for row, offer in pairs:
            about, subject = f"reward {row.id}", (row.place, row.year, row.id)
            if used.get(str(row.id), 0) != row.task_count:
                shows = f"says {row.task_count} tasks, {used.get(str(row.id), 0)} were used"
                yield Fault("a task earns once", about, shows)
            waiting = kept["reward"].get(REWARD.account(*subject).address, 0)
            paid = kept["external:paid"].get(chart.paid(*subject).address, 0)
            given = kept["external:used"].get(chart.used(*subject).address, 0)
            expected = {
                RewardState.CHOSEN: (row.value_cents, 0),
                RewardState.REDEEMED: (waiting, row.value_cents - waiting),
                RewardState.LAPSED: (0, 0),
            }[RewardState(row.state)]
            if (waiting, paid + given) != expected:
                shows = f"is {row.state}, holds {waiting}, paid {paid} and gave {given} of {row.value_cents} cents"
                yield Fault("no cent of a reward is lost", about, shows)
            payout = payouts.get(str(row.id))
            is_paid = row.state == RewardState.REDEEMED and offer.payer == Payer.POT
            if (payout.amount_cents if payout else 0) != (row.value_cents if is_paid else 0):
                yield Fault("what was given is paid", about, "its payment is not what it is worth")

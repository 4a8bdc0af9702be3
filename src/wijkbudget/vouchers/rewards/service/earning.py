# SPDX-License-Identifier: EUPL-1.2
"""Lets finished tasks earn a reward, books that it was given, and lets it lapse after its last day."""

from uuid import UUID

from sqlmodel import col, or_, select, update

from wijkbudget.db.moving import move
from wijkbudget.identity import queries as identity
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.neighbourhoods.rules import Right
from wijkbudget.reciprocity import queries as reciprocity
from wijkbudget.reciprocity.booking import use_tasks
from wijkbudget.reciprocity.fees import service as fees
from wijkbudget.reciprocity.fees.rules import Fee, Form, Source
from wijkbudget.reciprocity.guidance import queries as guidance
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.kinds import REWARD
from wijkbudget.vouchers.queries import codes
from wijkbudget.vouchers.rewards import access, rules
from wijkbudget.vouchers.rewards.events import RewardChosen, RewardRedeemed, RewardWasNotFetched
from wijkbudget.vouchers.rewards.models import Reward, RewardOffer
from wijkbudget.vouchers.rewards.queries import rows, views
from wijkbudget.vouchers.rewards.rules import OfferState, Payer, RewardState
from wijkbudget.vouchers.rewards.schemas import FoundRewardView, RedeemReward, RewardView
from wijkbudget.vouchers.rewards.service.offering import close
from wijkbudget.vouchers.rewards.service.paying import order

LAPSED_TOGETHER_MAX = 200
"""How many rewards lapse in one act, so that it never holds the writer for long; the rest waits for the next."""


@verb(access.CHOOSE, once=True)
def choose(work: Work, place: str, offer_id: UUID) -> RewardView:
    """Choose a reward: it takes your oldest finished tasks, one of what is left, and its money, all or nothing.

    Choice: it is received in kind on the day it is chosen, and counts with all else that somebody gets for their time.

    Raises OfferNotFound, NoRewards, OfferOver, WrongState, RightClosed, ContractMissing, NotEnoughTasks, NoneLeft,
    NoFeeLimits or FeeTooHigh.
    """
    offer = rows.offer_row(work, place, offer_id)
    section = rows.section_of(work, place)
    rules.demand_on_offer(OfferState(offer.state), offer.last_on, work.today, offer.article)
    reciprocity.demand_right(work, place, work.actor.id, Right.REWARD)
    guidance.demand_contract(work, place, work.actor.id, section)
    finished = reciprocity.unused_tasks(work, place, work.actor.id)
    rules.demand_tasks(len(finished), section)
    _take_one(work, offer)
    reward_id = work.new_id()
    row = Reward(
        id=reward_id,
        place=place,
        offer_id=offer.id,
        year=offer.year,
        person=work.actor.id,
        code_hash=codes.kept_hash(work, REWARD, reward_id),
        value_cents=offer.value_cents,
        task_count=section.tasks_each,
        state=RewardState.CHOSEN,
        chosen_on=work.today,
    )
    work.session.add(row)
    work.session.flush()
    _receive(work, row)
    earned_by = finished[: section.tasks_each]
    use_tasks(work, place, earned_by, str(reward_id), still_counts=section.time_counts)
    held = REWARD.account(place, row.year, reward_id)
    flow = rules.CHOOSE if offer.payer == Payer.POT else rules.CHOOSE_GIVEN
    ledger.post(work, place, flow.transfer(rows.origin_of(offer), held, row.value_cents, reward_id))
    work.record(
        RewardChosen(
            place=place,
            subject=str(offer.id),
            reward_id=str(reward_id),
            value_cents=row.value_cents,
            task_count=row.task_count,
        )
    )
    return views.reward_view(work, offer, row)


@verb(access.REDEEM, once=True)
def redeem_reward(work: Work, place: str, command: RedeemReward) -> FoundRewardView:
    """Book that a reward was given, once: its sponsor gave it, or whoever gave it is to be paid.

    Raises WrongRewardCode, NotYours, RedeemedBefore, RewardLapsed, OwnReward or ChangedMeanwhile.
    """
    offer, row = rows.coded(work, place, command.code)
    rules.demand_redeemable(RewardState(row.state), offer.last_on, work.today, offer.article)
    rules.demand_other_hands(work.actor.id, identity.housemates(work, {row.person}) | {row.person})
    given = {"redeemed_on": work.today, "redeemed_by": work.actor.id}
    move(work.session, row, ("state",), state=RewardState.REDEEMED, **given)
    work.session.refresh(row)
    if offer.payer == Payer.POT:
        order(work, offer, row)
    else:
        held, used = REWARD.account(place, row.year, row.id), chart.used(place, row.year, row.id)
        flow, *turn = rules.giving(rows.undone_count(work, row.id))
        ledger.post(work, place, flow.transfer(held, used, row.value_cents, row.id, *turn))
    said = RewardRedeemed(place=place, subject=str(offer.id), reward_id=str(row.id), value_cents=row.value_cents)
    work.record(said)
    return views.found_view(work, offer, row)


@verb(access.LAPSE)
def lapse_rewards(work: Work, place: str) -> int:
    """Let what nobody fetched in time lapse, stop offering what is over, and return how many that were.

    Choice: its money goes back to where it came from, and the tasks stay used: whoever chose a reward kept it from
    somebody else.
    """
    over = select(RewardOffer, Reward).join(RewardOffer, col(RewardOffer.id) == col(Reward.offer_id))
    waiting = over.where(
        col(Reward.place) == place, col(Reward.state) == RewardState.CHOSEN, col(RewardOffer.last_on) < work.today
    )
    lapsed = work.session.exec(waiting.order_by(col(Reward.id)).limit(LAPSED_TOGETHER_MAX)).all()
    for offer, row in lapsed:
        _lapse(work, offer, row)
    ended = select(RewardOffer).where(
        col(RewardOffer.place) == place,
        col(RewardOffer.state) == OfferState.OPEN,
        col(RewardOffer.last_on) < work.today,
    )
    closed = work.session.exec(ended.order_by(col(RewardOffer.id)).limit(LAPSED_TOGETHER_MAX)).all()
    for offer in closed:
        close(work, offer)
    return len(lapsed) + len(closed)


def _take_one(work: Work, offer: RewardOffer) -> None:
    """Take one of what is left, in one step that the database decides. Raises NoneLeft."""
    is_left = or_(col(RewardOffer.left_count).is_(None), col(RewardOffer.left_count) > 0)
    there = update(RewardOffer).where(
        col(RewardOffer.id) == offer.id, col(RewardOffer.state) == OfferState.OPEN, is_left
    )
    if work.session.exec(there.values(left_count=col(RewardOffer.left_count) - 1)).rowcount != 1:
        raise rules.none_left()


def _receive(work: Work, row: Reward) -> None:
    """Let a reward count as received for effort. Raises NoFeeLimits or FeeTooHigh."""
    fee = Fee(
        person_id=row.person,
        amount_cents=row.value_cents,
        received_on=work.today,
        form=Form.IN_KIND,
        source=Source.REWARD,
        about=str(row.id),
    )
    fees.receive(work, row.place, fee)


def _lapse(work: Work, offer: RewardOffer, row: Reward) -> None:
    """Let a reward lapse: its value goes back to where it came from, and it was not received after all."""
    move(work.session, row, ("state",), state=RewardState.LAPSED)
    held = REWARD.account(row.place, row.year, row.id)
    flow = rules.LAPSE if offer.payer == Payer.POT else rules.LAPSE_GIVEN
    ledger.post(work, row.place, flow.transfer(held, rows.way_back_of(offer), row.value_cents, row.id))
    fees.take_off(work, Source.REWARD, str(row.id))
    said = RewardWasNotFetched(
        place=row.place, subject=str(offer.id), reward_id=str(row.id), value_cents=row.value_cents
    )
    work.record(said)

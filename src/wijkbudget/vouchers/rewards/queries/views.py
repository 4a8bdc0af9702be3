# SPDX-License-Identifier: EUPL-1.2
"""Shows what is offered to everybody, their own rewards to residents, and one by its code to whoever gives it."""

from collections import Counter, defaultdict
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity import queries as reciprocity
from wijkbudget.reciprocity.guidance import queries as guidance
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers.kinds import REWARD
from wijkbudget.vouchers.queries import codes
from wijkbudget.vouchers.rewards import access
from wijkbudget.vouchers.rewards.models import Reward, RewardOffer
from wijkbudget.vouchers.rewards.queries import rows
from wijkbudget.vouchers.rewards.rules import OfferState, Payer, RewardNotFound, RewardState
from wijkbudget.vouchers.rewards.schemas import (
    CatalogueView,
    FindReward,
    FoundRewardView,
    OfferView,
    OwnRewardsView,
    RewardView,
)


@question(access.READ)
def offers(look: Look, place: str) -> CatalogueView:
    """Return what is offered in a neighbourhood, and what was. Raises NeighbourhoodNotFound."""
    section = neighbourhoods.policy(look, place).rules.rewards
    here = select(RewardOffer).where(col(RewardOffer.place) == place)
    newest_first = here.order_by(col(RewardOffer.opened_on).desc(), col(RewardOffer.title), col(RewardOffer.id))
    counts = _counts(look, place)
    views = [_offer_view(look, row, counts[row.id]) for row in look.session.exec(newest_first).all()]
    return CatalogueView(
        tasks_each=section.tasks_each if section else None,
        time_counts=section.time_counts if section else True,
        article=section.article if section else None,
        offers=sorted(views, key=lambda view: not view.can_be_chosen),
    )


@question(access.CHOOSE)
def own_rewards(look: Look, place: str) -> OwnRewardsView:
    """Return what whoever asks earned and chose, the newest first. Raises NeighbourhoodNotFound."""
    section = neighbourhoods.policy(look, place).rules.rewards
    finished_count = len(reciprocity.unused_tasks(look, place, look.actor.id))
    return OwnRewardsView(
        finished_count=finished_count,
        needed_count=section.tasks_each if section else None,
        missing_count=max(section.tasks_each - finished_count, 0) if section else 0,
        needs_contract=section is not None and guidance.is_contract_missing(look, place, look.actor.id, section),
        article=section.article if section else None,
        rewards=_of_reader(look, place),
    )


@question(access.CHOOSE)
def own_reward(look: Look, place: str, reward_id: UUID) -> RewardView:
    """Return one reward of whoever asks. Raises RewardNotFound."""
    found = _of_reader(look, place, col(Reward.id) == reward_id)
    if not found:
        raise RewardNotFound(_("You have no such reward here."))
    return found[0]


@question(access.REDEEM)
def reward_by_code(look: Look, place: str, command: FindReward) -> FoundRewardView:
    """Return the reward with a code, for whoever gives it. Raises WrongRewardCode or NotYours."""
    return found_view(look, *rows.coded(look, place, command.code))


def reward_view(look: Look, offer: RewardOffer, reward: Reward) -> RewardView:
    """Return a reward as whoever chose it sees it."""
    state = RewardState(reward.state)
    return RewardView(
        id=reward.id,
        title=offer.title,
        sponsor=offer.sponsor,
        spot=offer.spot,
        value_cents=reward.value_cents,
        task_count=reward.task_count,
        state=state,
        code=None if state is RewardState.LAPSED else codes.code_of(look, REWARD, reward.id),
        chosen_on=reward.chosen_on,
        last_on=offer.last_on,
        redeemed_on=reward.redeemed_on,
    )


def found_view(look: Look, offer: RewardOffer, reward: Reward) -> FoundRewardView:
    """Return a reward as whoever gives it sees it."""
    return FoundRewardView(
        title=offer.title,
        explanation=offer.explanation,
        sponsor=offer.sponsor,
        name=identity.names(look, {reward.person}).get(reward.person, ""),
        state=RewardState(reward.state),
        last_on=offer.last_on,
        redeemed_on=reward.redeemed_on,
    )


def offer_view(look: Look, row: RewardOffer) -> OfferView:
    """Return one thing that is or was offered."""
    return _offer_view(look, row, _counts(look, row.place)[row.id])


def _offer_view(look: Look, row: RewardOffer, counts: Counter[str]) -> OfferView:
    state = OfferState(row.state)
    return OfferView(
        id=row.id,
        title=row.title,
        explanation=row.explanation,
        sponsor=row.sponsor,
        spot=row.spot,
        value_cents=row.value_cents,
        payer=Payer(row.payer),
        state=state,
        stock_count=row.stock_count,
        left_count=row.left_count,
        chosen_count=counts.total(),
        redeemed_count=counts[RewardState.REDEEMED],
        lapsed_count=counts[RewardState.LAPSED],
        last_on=row.last_on,
        decision=row.decision,
        article=row.article,
        can_be_chosen=state is OfferState.OPEN and row.left_count != 0 and look.today <= row.last_on,
        may_close=state is OfferState.OPEN and access.OFFER.allows(look.roles),
        may_change_receiver=row.payer == Payer.POT and access.OFFER.allows(look.roles),
    )


def _counts(look: Look, place: str) -> defaultdict[UUID, Counter[str]]:
    """Return of everything offered in a place how many were chosen, by how far they are."""
    found = select(col(Reward.offer_id), col(Reward.state), func.count()).where(col(Reward.place) == place)
    counts = defaultdict[UUID, Counter[str]](Counter)
    for offer_id, state, count in look.session.exec(found.group_by(col(Reward.offer_id), col(Reward.state))).all():
        counts[offer_id][state] = count
    return counts


def _of_reader(look: Look, place: str, *more: ColumnElement[bool]) -> list[RewardView]:
    """Return the rewards that whoever asks chose in a place, the newest first."""
    both = select(RewardOffer, Reward).join(RewardOffer, col(RewardOffer.id) == col(Reward.offer_id))
    mine = both.where(col(Reward.place) == place, col(Reward.person) == look.actor.id, *more)
    found = look.session.exec(mine.order_by(col(Reward.chosen_on).desc(), col(Reward.id))).all()
    return [reward_view(look, offer, reward) for offer, reward in found]

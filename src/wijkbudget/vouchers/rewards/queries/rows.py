# SPDX-License-Identifier: EUPL-1.2
"""Finds the rows that questions and verbs about rewards begin with, always within one neighbourhood."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger.rules import Account
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules.earning import RewardsPolicy
from wijkbudget.trail.work import Look
from wijkbudget.vouchers.kinds import REWARD
from wijkbudget.vouchers.queries import codes
from wijkbudget.vouchers.rewards.models import Reward, RewardOffer, RewardUndoing
from wijkbudget.vouchers.rewards.rules import NoRewards, OfferNotFound, Payer, no_rewards, wrong_code


def section_of(look: Look, place: str) -> RewardsPolicy:
    """Return what the policy says of rewards today. Raises NeighbourhoodNotFound or NoRewards."""
    section = neighbourhoods.policy(look, place).rules.rewards
    if section is None:
        raise NoRewards(no_rewards())
    return section


def offer_row(look: Look, place: str, offer_id: UUID) -> RewardOffer:
    """Return something that is or was offered in this neighbourhood. Raises OfferNotFound."""
    here = select(RewardOffer).where(col(RewardOffer.id) == offer_id, col(RewardOffer.place) == place)
    row = look.session.exec(here).first()
    if row is None:
        raise OfferNotFound(_("There is no such reward in this neighbourhood."))
    return row


def coded(look: Look, place: str, code: str) -> tuple[RewardOffer, Reward]:
    """Return the reward with a code that whoever asks may give. Raises WrongRewardCode or NotYours."""
    found = look.session.exec(
        select(RewardOffer, Reward)
        .join(RewardOffer, col(RewardOffer.id) == col(Reward.offer_id))
        .where(col(Reward.code_hash) == codes.code_hash(look, REWARD, code), col(Reward.place) == place)
    ).first()
    if found is None:
        raise wrong_code()
    offer, reward = found
    look.demand_own(givers_of(look, offer))
    return offer, reward


def undone_count(look: Look, reward_id: UUID) -> int:
    """Return how often it was booked by mistake that a reward was given."""
    found = select(func.count()).select_from(RewardUndoing).where(col(RewardUndoing.reward_id) == reward_id)
    return look.session.exec(found).one()


def givers_of(look: Look, offer: RewardOffer) -> list[str]:
    """Return the members of the organisation that gives something."""
    return identity.organisation(look, offer.place, offer.organisation_id).members if offer.organisation_id else []


def origin_of(offer: RewardOffer) -> Account:
    """Return where the value of a reward comes from when it is chosen."""
    if offer.payer == Payer.POT:
        return chart.offer(offer.place, offer.year, offer.id)
    return chart.sponsored(offer.place)


def way_back_of(offer: RewardOffer) -> Account:
    """Return where the value of a reward goes when nobody came for it."""
    return REWARD.rest(offer.place, offer.year) if offer.payer == Payer.POT else chart.sponsored(offer.place)

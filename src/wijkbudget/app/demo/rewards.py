# SPDX-License-Identifier: EUPL-1.2
"""Rewards in Oost: residents who finished tasks choose a ticket for the swimming pool or a lunch."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from wijkbudget.app.demo.stage import Stage
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of
from wijkbudget.vouchers.rewards import service
from wijkbudget.vouchers.rewards.rules import Payer
from wijkbudget.vouchers.rewards.schemas import OfferView, OpenOffer, RedeemReward
from wijkbudget.vouchers.seed import DEMO_IBAN

OFFERED_DAYS = 60
POOL = "Zwembad De Dolfijn"


def play(stage: Stage, place: str, year: int, givers: Sequence[Actor]) -> None:
    """Offer tickets and lunches; some residents choose and fetch one, and one of them does not come."""
    stage.on(date(year, 3, 25))
    *choosers, swimmer = givers
    pool = people.start_organisation(stage.desk, place, POOL, [swimmer])
    tickets, lunches = _offer(stage, place, Payer.SPONSOR, pool), _offer(stage, place, Payer.POT)
    for number, giver in enumerate(choosers):
        offer = lunches if number % 2 else tickets
        at = stage.desk.by(giver).once(f"seed reward {year}")
        chosen = at.act(service.choose, place, offer.id)
        if number and chosen.code:
            guide = stage.desk.by(stage.staff[place][Role.GUIDE]).once(f"seed reward {chosen.id}")
            guide.act(service.redeem_reward, place, RedeemReward(code=chosen.code))


def play_now(stage: Stage, place: str) -> None:
    """Offer tickets that can be chosen today."""
    _offer(stage, place, Payer.SPONSOR)


def _offer(stage: Stage, place: str, payer: Payer, organisation_id: UUID | None = None) -> OfferView:
    """Let the chair offer something: what its sponsor gives, or what the pot pays."""
    today = day_of(stage.clock())
    is_paid = payer is Payer.POT
    command = OpenOffer(
        title="Lunch met een buur" if is_paid else "Kaartje voor het zwembad",
        explanation="Soep, brood en koffie voor twee." if is_paid else "Eén keer vrij zwemmen.",
        sponsor="Lunchroom De Kastanje" if is_paid else POOL,
        spot="Kastanjelaan 12, op werkdagen van 11 tot 15 uur" if is_paid else "bij de kassa van het zwembad",
        value_cents=1_500 if is_paid else 650,
        payer=payer,
        stock_count=10,
        organisation_id=organisation_id,
        last_on=today + timedelta(days=OFFERED_DAYS),
        payee="Lunchroom De Kastanje" if is_paid else None,
        iban=DEMO_IBAN if is_paid else None,
        decision=f"De wijkraad, {today - timedelta(days=2):%d-%m-%Y}",
    )
    chair = stage.desk.by(stage.staff[place][Role.CHAIR])
    return chair.once(f"seed offer {payer} {today}").act(service.open_offer, place, command)

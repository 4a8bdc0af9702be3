# SPDX-License-Identifier: EUPL-1.2
"""Residents of oost who finished tasks, an organisation that gives something, and what they can choose."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.conftest import NOW, Clock, built_once
from tests.vouchers.conftest import HOUSE, IBAN
from tests.worlds import found_meerwijk, settle_in, staff
from wijkbudget.identity import queries as identity
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.faults import Fault
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.reciprocity import queries as reciprocity
from wijkbudget.reciprocity import seed as time
from wijkbudget.reciprocity import service as giving
from wijkbudget.reciprocity.fees import queries as fees
from wijkbudget.reciprocity.schemas import LogTime
from wijkbudget.reports import queries as reports
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers.rewards import queries, service
from wijkbudget.vouchers.rewards.rules import Payer
from wijkbudget.vouchers.rewards.schemas import (
    FoundRewardView,
    OfferView,
    OpenOffer,
    OwnRewardsView,
    RedeemReward,
    RewardView,
)

PLACE = "oost"
LAST_ON = date(2026, 4, 30)
CHOOSERS = 8
FINISHED = 4
"""How many tasks Anna finished; the others finished two."""


@question(HOUSE)
def money(look: Look, place: str) -> dict[str, int]:
    """Return what the books hold in the pot, on offer, chosen, paid, given, and from sponsors."""
    kinds = {"offer": "offer:", "reward": "reward:", "paid": "external:paid:", "given": "external:used:"}
    held = {name: sum(ledger.balances(look, prefix).values()) for name, prefix in kinds.items()}
    pot, sponsored = chart.pot(place, 2026), chart.sponsored(place)
    return {"pot": ledger.balance(look, pot), **held, "sponsored": ledger.balance(look, sponsored)}


@question(HOUSE, municipal=True)
def proof(look: Look) -> list[Fault]:
    """Return what the proofs of rewards, time, fees, books and pots find."""
    return [fault for domain in (queries, reciprocity, fees, ledger, reports) for fault in domain.check(look)]


@question(HOUSE)
def finished(look: Look, place: str, person_id: str) -> int:
    """Return how many finished tasks of somebody earned nothing yet."""
    return len(reciprocity.unused_tasks(look, place, person_id))


@question(HOUSE)
def minutes(look: Look, place: str, person_id: str) -> int:
    """Return how much time of somebody counts."""
    return reciprocity.settled_minutes(look, place, date(2026, 1, 1), look.today).get(person_id, 0)


def ticket(**changed: object) -> OpenOffer:
    """Return three tickets for the swimming pool, of EUR 6 each, which their sponsor gives."""
    asked: dict[str, object] = {
        "title": "Kaartje voor het zwembad",
        "explanation": "Eén keer vrij zwemmen.",
        "sponsor": "Zwembad De Dolfijn",
        "spot": "bij de kassa van het zwembad",
        "value_cents": 600,
        "payer": Payer.SPONSOR,
        "stock_count": 3,
        "last_on": LAST_ON,
        "decision": "De wijkraad, 10 maart",
    }
    return OpenOffer.model_validate({**asked, **changed})


def lunch(**changed: object) -> OpenOffer:
    """Return three lunches of EUR 12.50 each, which the neighbourhood pays."""
    paid = {"title": "Lunch", "value_cents": 1_250, "payer": Payer.POT, "payee": "Lunchroom Oost", "iban": IBAN}
    return ticket(**{**paid, **changed})


@dataclass(frozen=True)
class Rewards:
    """A neighbourhood with finished tasks: Anna has four, seven others two, and Cees one."""

    desk: Desk
    choosers: list[Actor]
    cees: Actor
    giver: Actor
    """A member of the organisation that gives things."""
    organisation_id: UUID
    staff: dict[Role, Actor]

    @property
    def anna(self) -> Actor:
        return self.choosers[0]

    def as_(self, actor: Actor | Role) -> Desk:
        """Return the desk with somebody at it, ready for a command that moves money."""
        who = self.staff[actor] if isinstance(actor, Role) else actor
        return self.desk.by(who).once(self.desk.entropy(8).hex())

    def offer(self, command: OpenOffer) -> OfferView:
        return self.as_(Role.OFFICIAL).act(service.open_offer, PLACE, command)

    def choose(self, offer: OfferView, who: Actor | None = None) -> RewardView:
        return self.as_(who or self.anna).act(service.choose, PLACE, offer.id)

    def redeem(self, code: str | None, by: Actor | Role = Role.GUIDE) -> FoundRewardView:
        return self.as_(by).act(service.redeem_reward, PLACE, RedeemReward(code=code))

    def own(self, who: Actor | None = None) -> OwnRewardsView:
        return self.desk.by(who or self.anna).ask(queries.own_rewards, PLACE)

    def catalogue(self) -> list[OfferView]:
        return self.desk.ask(queries.offers, PLACE).offers

    def money(self) -> dict[str, int]:
        return self.desk.ask(money, PLACE)

    def tasks_left(self, who: Actor | None = None) -> int:
        return self.desk.ask(finished, PLACE, (who or self.anna).id)


@pytest.fixture
def clock() -> Clock:
    """Return a clock on the day on which the first tasks can no longer be disputed."""
    return Clock(NOW + timedelta(days=14))


@pytest.fixture(scope="session")
def built(store, tmp_path_factory) -> tuple[str, Rewards]:
    """Return a database with finished tasks in it, to be copied, and who is who; built once, as it takes time."""
    return built_once(store, tmp_path_factory.mktemp("rewards"), finish_tasks)


@pytest.fixture
def rewards(built, desk) -> Rewards:
    return replace(built[1], desk=desk)


def finish_tasks(desk: Desk) -> Rewards:
    """Let residents who live apart give time, the guide confirm it, and the days for objections pass."""
    found_meerwijk(desk)
    settled, homes = settle_in(desk, PLACE, 2 * CHOOSERS + 6), set()
    apart = []
    rows = {each.person_id: each.household_id for each in desk.ask(identity.residents, PLACE, date(2026, 3, 2), 18)}
    for person in settled:
        if rows[person.id] not in homes:
            homes.add(rows[person.id])
            apart.append(person)
    people_of = staff(desk, PLACE)
    *choosers, cees, giver = apart[: CHOOSERS + 2]
    guide = people_of[Role.GUIDE]
    garden, coffee, *_others = time.open_tasks(desk, PLACE, guide, [guide])
    for day, task, givers in (
        (date(2026, 2, 20), garden, choosers),
        (date(2026, 2, 27), garden, choosers),
        (date(2026, 2, 20), coffee, choosers[:1]),
        (date(2026, 2, 27), coffee, [choosers[0], cees]),
    ):
        time.give(desk, PLACE, task.id, guide, [time.Gift(giver=one, given_on=day, minutes=60) for one in givers])
    # Cees splits his morning in two, which makes it no second task.
    again = desk.by(cees).once("again").act(giving.log, PLACE, coffee.id, _an_hour(date(2026, 2, 27)))
    desk.by(guide).act(giving.confirm, PLACE, again.id)
    clock = desk.clock
    assert isinstance(clock, Clock)
    clock.forward(days=14)
    time.settle(desk, PLACE)
    group = people.start_organisation(desk, PLACE, "Zwembad De Dolfijn", [giver])
    return Rewards(desk, choosers, cees, giver, group, people_of)


def _an_hour(day: date) -> LogTime:
    return LogTime(given_on=day, minutes=60)

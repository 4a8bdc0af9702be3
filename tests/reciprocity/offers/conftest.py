# SPDX-License-Identifier: EUPL-1.2
"""A neighbour who asks for help, and others who offer it, none of whom live together."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from sqlmodel import func, select

from tests.reciprocity.conftest import PLACE, Tuin, same_household
from wijkbudget.kit.actor import Actor
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity import service as tasks
from wijkbudget.reciprocity.offers import service
from wijkbudget.reciprocity.offers.rules import Audience, PairingState
from wijkbudget.reciprocity.offers.schemas import InviteToHelp, MovePairing, OfferTime
from wijkbudget.reciprocity.schemas import AskForHelp
from wijkbudget.trail.models import TrailEntry

SATURDAY = date(2026, 3, 7)


@dataclass
class Neighbours:
    """Who asks, who lives there too, and two who can help, each at another address."""

    tuin: Tuin
    asker: Actor
    housemate: Actor
    helper: Actor
    other: Actor

    def by(self, who: Actor):
        return self.tuin.desk.by(who)

    def ask(self, who: Actor | None = None, **more):
        return self.by(who or self.asker).act(
            tasks.ask_for_help, PLACE, AskForHelp(title="Heg snoeien", **{"explanation": "De heg is hoog.", **more})
        )

    def offer(self, who: Actor | None = None, audience=Audience.RESIDENTS, **more):
        command = OfferTime(talents="Ik heb een ladder.", audience=audience, **more)
        return self.by(who or self.helper).act(service.offer_time, PLACE, command)

    def propose(self, task_id: UUID, who: Actor | None = None):
        return self.by(who or self.helper).act(service.propose_help, PLACE, task_id)

    def invite(self, task_id: UUID, offer_id: UUID, who: Actor | None = None):
        command = InviteToHelp(time_offer_id=offer_id)
        return self.by(who or self.asker).act(service.invite_to_help, PLACE, task_id, command)

    def move(self, who: Actor, pairing_id: UUID, state: PairingState):
        return self.by(who).act(service.move_pairing, PLACE, pairing_id, MovePairing(state=state))

    def agreed(self):
        """Return a pairing that both said yes to."""
        pairing = self.propose(self.ask().id)
        return self.move(self.asker, pairing.id, PairingState.ACCEPTED)


@pytest.fixture
def people(tuin: Tuin) -> Neighbours:
    helper = tuin.neighbour
    other = tuin.stranger
    assert not same_household(tuin.desk, helper, other)
    return Neighbours(tuin=tuin, asker=tuin.giver, housemate=tuin.housemate, helper=helper, other=other)


def quarters(tuin):
    return [quarter.code for quarter in tuin.desk.ask(neighbourhoods.neighbourhood, PLACE).quarters]


def refused(people, refusal, act, *given, **more):
    """Refuse an act, and leave no word of it."""
    before = _acts(people)
    with pytest.raises(refusal):
        act(*given, **more)
    assert _acts(people) == before


def _acts(people):
    """Return how much stands in the trail."""
    with people.tuin.desk.database.read() as session:
        return session.exec(select(func.count()).select_from(TrailEntry)).one()

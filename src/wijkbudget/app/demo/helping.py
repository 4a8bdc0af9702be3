# SPDX-License-Identifier: EUPL-1.2
"""Neighbours of Oost who ask for help and offer it: two agreed something, and two still look."""

from collections.abc import Sequence
from datetime import date, timedelta

from wijkbudget.app.demo.stage import Stage
from wijkbudget.kit.actor import Actor
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity import service as tasks
from wijkbudget.reciprocity.offers import service
from wijkbudget.reciprocity.offers.rules import Audience, PairingState, Weekday
from wijkbudget.reciprocity.offers.schemas import MovePairing, OfferTime, WriteMessage
from wijkbudget.reciprocity.schemas import AskForHelp

ASKED = AskForHelp(
    title="Iemand om samen mee te wandelen",
    explanation="Ik loop niet meer zo vast. Samen een rondje door het park zou fijn zijn.",
    theme="ontmoeten",
)
ASKED_STILL = AskForHelp(
    title="Hulp bij het snoeien van de heg",
    explanation="De heg is te hoog voor mij. Ik heb een snoeischaar en koffie.",
    theme="groen",
)
OFFERED = OfferTime(
    talents="Ik ga graag met mensen op stap, en ik kan goed luisteren.",
    themes=["ontmoeten", "zorg"],
    weekdays=[Weekday.WEDNESDAY, Weekday.SATURDAY],
    audience=Audience.RESIDENTS,
)
OFFERED_STILL = OfferTime(talents="Ik heb groene vingers en een ladder.", themes=["groen"])


def play(stage: Stage, place: str, year: int, people: Sequence[Actor]) -> None:
    """Let two neighbours ask and two offer, none of whom live together; one asker and one helper agree."""
    asker, helper, other_asker, other_helper = people
    quarter = stage.desk.ask(neighbourhoods.neighbourhood, place).quarters[0].code
    stage.on(date(year, 12, 21))
    walk = stage.desk.by(asker).act(tasks.ask_for_help, place, ASKED)
    on_day = date(year, 12, 21) + timedelta(days=40)
    hedge = ASKED_STILL.model_copy(update={"quarter": quarter, "on_day": on_day})
    stage.desk.by(other_asker).act(tasks.ask_for_help, place, hedge)
    stage.desk.by(helper).act(service.offer_time, place, OFFERED)
    stage.desk.by(other_helper).act(service.offer_time, place, OFFERED_STILL)
    pairing = stage.desk.by(helper).act(service.propose_help, place, walk.id)
    at = stage.desk.by(asker)
    at.act(service.move_pairing, place, pairing.id, MovePairing(state=PairingState.ACCEPTED))
    words = "Wat fijn! Woensdag om twee uur bij de ingang van het park?"
    at.act(service.write_message, place, pairing.id, WriteMessage(words=words))

# SPDX-License-Identifier: EUPL-1.2
"""The neighbourhood contract of Oost, and a young resident who has a contract with the guide."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from wijkbudget.app.demo.stage import Stage
from wijkbudget.council import seed
from wijkbudget.council.contracts import queries, service
from wijkbudget.council.contracts.rules import Answer, Says
from wijkbudget.council.contracts.schemas import AnswerHours, ContractView, LogHours, ReviewContract
from wijkbudget.council.seed import Hands, Promised
from wijkbudget.identity import queries as identity
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of
from wijkbudget.reciprocity.guidance import service as guidance
from wijkbudget.reciprocity.guidance.rules import YOUNG_AGE_MIN, YOUNG_UNDER_AGE, Consent
from wijkbudget.reciprocity.guidance.schemas import ProposeGuidance, TellConsent, WriteNote

COUNCIL, MUNICIPALITY = "Wijkraad Meerwijk-Oost", "Gemeente Meerwijk"
CARETAKERS, POLICE = "Huurdersvereniging Oost", "Politie, basisteam Meer"
GUIDED_DAYS = 120


def play(stage: Stage, place: str, year: int, members: Sequence[Actor]) -> None:
    """Promise each other things for a year that is over, keep most of them, and look at them together."""
    stage.on(date(year, 1, 22))
    hands, organisation = _hands(stage, place, members)
    made = seed.agree_contract(
        stage.desk,
        place,
        year,
        hands,
        _promises(year),
        organisations=[organisation],
        outside=[POLICE],
        review_on=date(year, 6, 18),
    )
    promised = {each.what: each.id for each in made.promises}
    stage.on(date(year, 5, 21))
    _give_hours(stage, place, made, hands)
    stage.on(date(year, 6, 18))
    for what, says, explanation in _TOLD:
        seed.tell(stage.desk, place, promised[what], hands, says=says, explanation=explanation)
    found = ReviewContract(
        held_on=date(year, 6, 18),
        report="De meeste afspraken lopen. De lampen in het park komen later, omdat de kabel kapot is.",
    )
    stage.desk.by(stage.staff[place][Role.OFFICIAL]).act(service.review_contract, place, made.id, found)


def play_now(stage: Stage, place: str, members: Sequence[Actor]) -> None:
    """Close the contract that is over, make that of this year, and let a young resident make one with the guide."""
    year = day_of(stage.clock()).year
    for over in stage.desk.ask(queries.contracts, place).contracts:
        stage.desk.by(stage.staff[place][Role.CHAIR]).act(service.close_contract, place, over.id)
    hands, organisation = _hands(stage, place, members)
    promises = [
        Promised(COUNCIL, "Elke maand een open avond in het wijkcentrum", date(year, 12, 31), minutes=2_160),
        Promised(MUNICIPALITY, "Binnen twee weken antwoord op een vraag van de wijkraad", date(year, 12, 31)),
        Promised(CARETAKERS, "Samen het portiek schoonhouden", date(year, 12, 31), minutes=3_000),
    ]
    made = seed.agree_contract(stage.desk, place, year, hands, promises, organisations=[organisation])
    evenings = next(each for each in made.promises if each.party == COUNCIL)
    given = LogHours(given_on=day_of(stage.clock()), given_minutes=180)
    stage.desk.by(stage.staff[place][Role.CHAIR]).act(service.log_hours, place, evenings.id, given)
    _guide_somebody(stage, place)


def _hands(stage: Stage, place: str, members: Sequence[Actor]) -> tuple[Hands, UUID]:
    """Return who acts for whom, and the organisation that takes part, which is started where it is not there yet."""
    there = {each.name: each.id for each in stage.desk.ask(identity.organisations, place)}
    organisation = there.get(CARETAKERS) or people.start_organisation(stage.desk, place, CARETAKERS, members)
    return Hands(stage.staff[place], {CARETAKERS: members[0]}), organisation


def _promises(year: int) -> list[Promised]:
    """Return what everybody promised for the year that is over."""
    return [
        Promised(COUNCIL, "Vier keer een wijkschouw", date(year, 5, 31)),
        Promised(
            MUNICIPALITY,
            "Tien bankjes op de Kastanjelaan",
            date(year, 4, 30),
            cents=800_000,
            followed_at="gemeentebegroting, programma Wijken",
        ),
        Promised(MUNICIPALITY, "Nieuwe lampen in het park", date(year, 5, 31), cents=1_200_000),
        Promised(CARETAKERS, "Spreekuur voor huurders, elke week", date(year, 6, 30), minutes=6_000),
        Promised(POLICE, "Elke maand een uur in het wijkcentrum", date(year, 5, 31)),
    ]


_TOLD = (
    ("Vier keer een wijkschouw", Says.KEPT, "In februari, maart, april en mei liepen we met bewoners door de wijk."),
    ("Tien bankjes op de Kastanjelaan", Says.KEPT, "De bankjes staan er sinds april."),
    ("Nieuwe lampen in het park", Says.PARTLY_KEPT, "De helft brandt. Voor de rest is een nieuwe kabel nodig."),
    ("Spreekuur voor huurders, elke week", Says.KEPT, "Er was elke week iemand."),
)


def _give_hours(stage: Stage, place: str, contract: ContractView, hands: Hands) -> None:
    """Let the organisation log hours, and the council say that they were given."""
    promise = next(each for each in contract.promises if each.party == CARETAKERS)
    council = next(party for party in contract.parties if party.name == COUNCIL)
    member = stage.desk.by(hands.members[CARETAKERS])
    day = day_of(stage.clock()) - timedelta(days=2)
    logged = LogHours(given_on=day, given_minutes=2_400)
    (hours,) = member.act(service.log_hours, place, promise.id, logged).hours
    right = AnswerHours(party_id=council.id, answer=Answer.AGREES)
    stage.desk.by(hands.of(council)).act(service.answer_hours, place, hours.id, right)


def _guide_somebody(stage: Stage, place: str) -> None:
    """Let the guide and a young resident make a contract, with the consent of a parent and a note."""
    today = day_of(stage.clock())
    young = next(
        each
        for each in stage.desk.ask(identity.residents, place, today, YOUNG_AGE_MIN)
        if today.year - each.birth_year < YOUNG_UNDER_AGE
    )
    people.prove(stage.desk, place, [young.person_id])
    guide = stage.desk.by(stage.staff[place][Role.GUIDE])
    proposed = ProposeGuidance(
        person_id=UUID(young.person_id),
        tasks="Twee keer boodschappen doen voor een buurvrouw, en een keer helpen in de moestuin.",
        guide_does="Ik ga de eerste keer mee, en ik bel elke week hoe het gaat.",
        until_on=today + timedelta(days=GUIDED_DAYS),
    )
    made = guide.act(guidance.propose_guidance, place, proposed)
    guide.act(guidance.tell_consent, place, made.id, TellConsent(consent=Consent.GIVEN))
    somebody = stage.desk.ask(identity.actor, UUID(young.person_id))
    stage.desk.by(somebody).act(guidance.sign_guidance, place, made.id)
    guide.act(guidance.write_note, place, made.id, WriteNote(note="De eerste boodschappen gingen goed."))

# SPDX-License-Identifier: EUPL-1.2
"""Residents of Oost who want to take over a task of the municipality: a bid in every state."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from wijkbudget.app.demo import support, taken_over
from wijkbudget.app.demo.stage import Stage
from wijkbudget.challenges import queries, service
from wijkbudget.challenges.assessment import service as assessment
from wijkbudget.challenges.assessment.rules import Finding
from wijkbudget.challenges.assessment.schemas import CheckGround, PlanTalk
from wijkbudget.challenges.objections.schemas import FileObjection
from wijkbudget.challenges.objections.service import object_to
from wijkbudget.challenges.rules.bids import Gain, Part
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.challenges.schemas import (
    AnswerInvitation,
    AskToComplete,
    BidCostDraft,
    ImportTasks,
    IndicatorDraft,
    InviteMember,
    PutAside,
    StartChallenge,
    WithdrawChallenge,
    WriteCosts,
    WriteIdea,
    WriteNeighbourhood,
    WritePlanning,
    WriteQuality,
)
from wijkbudget.identity import queries as identity
from wijkbudget.identity import service as people
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Actor, Role

PLACE = "oost"
TAKEN_OVER = 7
"""Which bid becomes an agreement."""
FIRST = 40
"""The first of the residents who make a bid; two a bid."""

TASKS = """taak;uitleg;kosten_per_jaar;kwaliteit;contract_tot;afdeling;wie_beslist
Gras maaien in het Kastanjepark;Het gras kort houden en het blad ruimen.;18.500;Elke twee weken gemaaid;;Groen;college
Speelplekken nakijken;Elke week kijken of alles veilig en heel is.;9.200;Elke week nagekeken;2027-12-31;Beheer;college
Zwerfvuil opruimen;De straten en het plein schoon houden.;12.750;Op maandag schoon;;Beheer;college
Buurthuis openen en sluiten;De deur, de verwarming en de sleutels.;24.000;Elke dag van 9 tot 21 uur open;;Welzijn;raad
"""


def play_autumn(stage: Stage, year: int, neighbours: Sequence[Actor]) -> None:
    """List the tasks; of four bids one is taken back, one becomes an agreement, and somebody objects to another."""
    stage.on(date(year, 10, 20))
    official = stage.desk.by(stage.staff[PLACE][Role.OFFICIAL])
    official.act(service.import_tasks, PLACE, ImportTasks(csv=TASKS))
    unfinished = _submit(stage, _begin(stage, 0, "Speelplekken nakijken", "Wij kijken elke week", neighbours))
    taken_back = _submit(stage, _begin(stage, 1, "Zwerfvuil opruimen", "Samen prikken", neighbours))
    contested = _submit(stage, _begin(stage, 6, "Zwerfvuil opruimen", "Wij prikken elke zaterdag", neighbours))
    awarded = _begin(stage, TAKEN_OVER, "Zwerfvuil opruimen", "Oost prikt", neighbours)
    _write(stage, awarded, asked_cents=taken_over.ASKED_CENTS)
    _submit(stage, awarded)
    support.propose_bins(stage, PLACE, neighbours[FIRST])
    stage.on(date(year, 10, 30))
    _ask(stage, unfinished[0])
    _ask(stage, contested[0])
    stage.on(date(year, 11, 5))
    why = WithdrawChallenge(reason="Te weinig mensen hebben tijd. Wij proberen het later nog eens.")
    stage.desk.by(taken_back[1]).act(service.withdraw, PLACE, taken_back[0], why)
    decider = _decider(stage)
    taken_over.play(stage, PLACE, year, awarded, decider)
    stage.on(date(year, 11, 20))
    aside = PutAside(reason="Wij hebben op 30 oktober gevraagd wat er mist. Er kwam geen antwoord.")
    for challenge_id in (unfinished[0], contested[0]):
        stage.desk.by(decider).act(service.put_aside, PLACE, challenge_id, aside)
    against = FileObjection(
        interest="Ik ben een van de groep.", words="Wij kregen de brief pas na de herfstvakantie. Wij willen doorgaan."
    )
    stage.desk.by(contested[1]).act(object_to, PLACE, contested[0], against)
    stage.pass_time(PLACE)


def play_now(stage: Stage, today: date, neighbours: Sequence[Actor]) -> None:
    """Write a bid that nobody sent in yet, and send in three: one waits, one misses something, one is looked at."""
    stage.on(today - timedelta(days=1))
    written = _begin(stage, 2, "Gras maaien in het Kastanjepark", "Het park van ons", neighbours)
    _write(stage, written, asked_cents=1_640_000)
    waiting = _begin(stage, 3, "Buurthuis openen en sluiten", "De sleutel van de buurt", neighbours)
    _write(stage, waiting, asked_cents=2_610_000)
    sheet_id, _minutes = support.show_papers(stage, PLACE, *waiting)
    _submit(stage, waiting)
    support.sign(stage, PLACE, waiting[0], neighbours[:FIRST])
    support.count(stage, PLACE, waiting[0], sheet_id)
    support.propose_trees(stage, PLACE, neighbours[FIRST])
    incomplete = _submit(stage, _begin(stage, 4, "Zwerfvuil opruimen", "Oost ruimt op", neighbours))
    _ask(stage, incomplete[0])
    handled = _begin(stage, 5, "Speelplekken nakijken", "Ouders letten op", neighbours)
    _write(stage, handled, asked_cents=780_000)
    _submit(stage, handled)
    _look_into(stage, handled[0], today)
    awarded = next(bid for bid in stage.desk.ask(queries.challenges, PLACE).bids if bid.title == "Oost prikt")
    taken_over.report(stage, PLACE, awarded.id, neighbours[FIRST + 2 * TAKEN_OVER], today)


def _look_into(stage: Stage, challenge_id: UUID, today: date) -> None:
    """Let an official take a bid on, plan the talk, and begin with the checklist."""
    official = stage.desk.by(stage.staff[PLACE][Role.OFFICIAL])
    official.act(service.take_on, PLACE, challenge_id)
    talk = PlanTalk(planned_on=today + timedelta(days=6), venue="In het buurthuis, om 19.30 uur")
    official.act(assessment.meet, PLACE, challenge_id, talk)
    contract = "Het contract loopt tot eind volgend jaar. Vraag of het eerder kan eindigen."
    for found in (
        CheckGround(ground=Ground.W01, finding=Finding.NOT_MET),
        CheckGround(ground=Ground.W03, finding=Finding.NOT_MET),
        CheckGround(ground=Ground.W09, finding=Finding.ATTENTION, reason=contract),
    ):
        official.act(assessment.check_ground, PLACE, challenge_id, found)


def _decider(stage: Stage) -> Actor:
    """Return the official who decides: never the one who works on a bid."""
    added = stage.desk.act(people.add_person, PLACE, AddPerson(name="Karin de Boer", role=Role.OFFICIAL))
    return stage.desk.ask(identity.actor, UUID(added.person.id))


def _begin(stage: Stage, number: int, task: str, title: str, neighbours: Sequence[Actor]) -> tuple[UUID, Actor]:
    """Let two residents begin a bid together; return it with the one who began."""
    one, other = neighbours[FIRST + 2 * number : FIRST + 2 * number + 2]
    task_id = next(each.id for each in stage.desk.ask(queries.municipal_tasks, PLACE) if each.title == task)
    at = stage.desk.by(one)
    bid = at.act(service.start, PLACE, StartChallenge(municipal_task_id=task_id, title=title))
    idea = WriteIdea(
        what=f"Wij willen deze taak overnemen: {task.lower()}.",
        gains=[Gain.BETTER, Gain.CHEAPER],
        why_better="Wij wonen ernaast en zien het meteen als er iets is.",
        goal="De wijk blijft schoon en veilig, en buren leren elkaar kennen.",
    )
    at.act(service.write_idea, PLACE, bid.id, idea)
    invited = at.act(service.invite, PLACE, bid.id, InviteMember(called="Buur van hiernaast"))
    code = next(member.code for member in invited.members if member.code)
    stage.desk.by(other).act(service.accept, PLACE, bid.id, AnswerInvitation(code=code))
    return bid.id, one


def _write(stage: Stage, bid: tuple[UUID, Actor], *, asked_cents: int) -> None:
    """Fill in the other pages."""
    challenge_id, writer = bid
    at = stage.desk.by(writer)
    hood = WriteNeighbourhood(
        area_bond="Wij wonen hier allemaal al jaren.",
        added_value="Buren zien elkaar en helpen elkaar. Wij tellen elke maand hoeveel mensen meedoen.",
        indicators=[
            IndicatorDraft(what="Buren die meedoen", target="20 in een maand"),
            IndicatorDraft(what="Klachten bij de gemeente", target="de helft van nu"),
        ],
        audience="Iedereen in Oost.",
        expected_reach=250,
        recruitment="Wij hangen briefjes op en gaan langs de deuren.",
    )
    at.act(service.write_neighbourhood, PLACE, challenge_id, hood)
    costs = WriteCosts(
        cost_lines=[
            BidCostDraft(what="Gereedschap en onderhoud", amount_cents=asked_cents - 400_000),
            BidCostDraft(what="Vergoeding voor vrijwilligers", amount_cents=450_000),
        ],
        own_cents=50_000,
    )
    at.act(service.write_costs, PLACE, challenge_id, costs)
    quality = WriteQuality(
        experience="Een van ons deed dit werk vroeger bij de gemeente.",
        quality="Wij maken een rooster en lopen elke maand een ronde met de gemeente.",
        continuity="Wie stopt, werkt eerst iemand anders in.",
        safety="Iedereen krijgt uitleg en draagt een hesje.",
        harm="Wie nu het werk doet. Daarover praten wij graag met de gemeente.",
    )
    at.act(service.write_quality, PLACE, challenge_id, quality)
    planning = WritePlanning(
        starts_on=date(stage.clock.now.year + 1, 1, 1),
        duration_months=12,
        collaboration="Wij spreken af met de school en de winkels.",
        help_wanted="Uitleg van wie het werk nu doet.",
    )
    at.act(service.write_planning, PLACE, challenge_id, planning)


def _submit(stage: Stage, bid: tuple[UUID, Actor]) -> tuple[UUID, Actor]:
    """Send a bid in, and return it."""
    challenge_id, writer = bid
    stage.desk.by(writer).act(service.submit, PLACE, challenge_id)
    return bid


def _ask(stage: Stage, challenge_id: UUID) -> None:
    """Let the official ask for what is missing."""
    asked = AskToComplete(
        missing=[Part.COST_LINES, Part.SAFETY, Part.STARTS_ON],
        reason="Schrijf op wat het kost, hoe het veilig blijft en wanneer jullie willen beginnen.",
        days=14,
    )
    stage.desk.by(stage.staff[PLACE][Role.OFFICIAL]).act(service.ask_to_complete, PLACE, challenge_id, asked)

# SPDX-License-Identifier: EUPL-1.2
"""Beside the second chapter: residents offer to take over a task of the municipality."""

from uuid import UUID

from tests.stories.house import PLACE, person_called
from tests.stories.town import Town
from wijkbudget.challenges import queries, service
from wijkbudget.challenges.rules.bids import Gain, Part
from wijkbudget.challenges.schemas import AnswerInvitation, AskToComplete, InviteMember, StartChallenge, WriteIdea
from wijkbudget.identity import service as people
from wijkbudget.identity.queries import actor
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Role
from wijkbudget.trail.desk import Desk
from wijkbudget.vouchers.seed import paper_pdf

TASK, BID = "Plantenbakken water geven", "Wij geven zelf water"
SHEET = "Lijst van de Havenstraat"
UNFINISHED = "Water uit de sloot"
HERE = "/wijken/west"


def the_official_lists_a_task(town: Town) -> None:
    pieter = town["Pieter Hoekstra"]
    pieter.opens(HERE)
    pieter.follows("Uitdagen", "Bekijk de taken", "Zet een taak op de lijst")
    pieter.fills({"Naam van de taak": TASK, "Wat wordt er gedaan, in gewone woorden?": "Elke week water geven."})
    pieter.presses("Zet op de lijst")
    pieter.sees_at("Wat kost het nu per jaar?", "Vul dit in.")
    pieter.fills(
        {
            "Wat kost het nu per jaar?": "4.800",
            "Hoe goed moet het zijn?": "Elke week",
            "Welke afdeling doet het?": "Groen",
        }
    )
    pieter.chooses("Wie beslist over een uitdaging?", "Het college van B en W")
    pieter.presses("Zet op de lijst")
    pieter.sees("De taak staat op de lijst.", "€ 4.800,00")
    pieter.opens(f"{HERE}/taken/importeren")


def a_resident_writes_a_bid_page_by_page(town: Town) -> None:
    amina = town["Amina Haddou"]
    amina.opens(f"{HERE}/uitdagingen")
    amina.sees("Er is nog geen uitdaging.")
    amina.follows("Bekijk de taken", TASK, "Daag de gemeente uit voor deze taak")
    amina.fills({"Naam van uw uitdaging": BID})
    amina.presses("Beginnen")
    amina.sees("Stap 1 van 5", "Alleen uw groep ziet haar, tot u haar indient.")
    amina.fills({"Wat wilt u doen?": "Elke week met twee gieters langs alle bakken."})
    amina.chooses("Wat wordt het?", "Beter", "Goedkoper")
    amina.presses("Bewaar en ga verder")
    amina.fills({"Wat is uw band met deze wijk?": "Wij wonen hier.", "Hoeveel mensen bereikt het?": "veel"})
    amina.fills({"1. Wat telt u?": "Bakken die groen zijn", "1. Wanneer is het goed?": "allemaal"})
    amina.presses("Bewaar en ga verder")
    amina.sees_at("Hoeveel mensen bereikt het?", "Schrijf een getal.")
    amina.fills({"Hoeveel mensen bereikt het?": "300"})
    amina.presses("Bewaar en ga verder")
    amina.fills({"Regel 1: wat?": "Gieters en slangen", "Regel 1: hoeveel?": "5.000"})
    amina.presses("Bewaar en ga verder")
    amina.presses("Bewaar en ga verder")
    amina.sees("Stap 5 van 5")
    amina.presses("Bewaar en ga verder")
    amina.sees(BID, "Dit is per jaar € 200,00 duurder dan nu.", "Dat is geen reden om te stoppen.")


def a_neighbour_joins_by_a_link(town: Town) -> None:
    amina, bram = town["Amina Haddou"], town["Bram Visser"]
    amina.follows("Uw groep")
    amina.fills({"Wie nodigt u uit?": "Bram"})
    amina.presses("Maak een link")
    amina.sees("De link is klaar.")
    link = amina.page.locator("main a[href*='meedoen']").inner_text()
    bram.opens(link.removeprefix(bram.origin))
    bram.sees(f"Uw buren vragen of u meedoet met de uitdaging “{BID}”.")
    bram.presses("Ja, ik doe mee")
    bram.sees("Dank u wel. U doet mee met deze uitdaging.")


def the_group_adds_a_list_with_signatures(town: Town) -> None:
    amina = town["Amina Haddou"]
    amina.opens(f"{HERE}/uitdagingen")
    amina.follows(BID, "Voeg bijlagen toe")
    amina.presses("Voeg toe")
    amina.sees_at("Naam van de bijlage", "Vul dit in.")
    scan = {"name": "lijst.pdf", "mimeType": "application/pdf", "buffer": paper_pdf(["Wij zijn voor"])}
    amina.fills({"Naam van de bijlage": SHEET, "Foto of PDF": scan})
    amina.presses("Voeg toe")
    amina.sees("De bijlage zit bij uw uitdaging.", "Twee mensen moeten dit nog tellen.")


def the_bid_is_sent_in(town: Town) -> None:
    bram = town["Bram Visser"]
    bram.follows("Dien in")
    bram.sees("Dit is nog leeg", "Mensen die meedoen: 2. Minstens 2 zijn nodig.")
    bram.presses("Dien uw uitdaging in")
    bram.sees("De gemeente heeft uw uitdaging vandaag ontvangen.", "De gemeente beslist uiterlijk op")
    bram.follows("Trek deze uitdaging in")


def neighbours_say_whether_they_are_for_it(town: Town) -> None:
    cheryl = town["Cheryl Pinas"]
    cheryl.opens(f"{HERE}/uitdagingen")
    cheryl.follows(BID, "Teken, of bekijk de bijlagen")
    cheryl.presses("Ik ben tegen")
    cheryl.sees("U hebt getekend: u bent tegen.")
    cheryl.presses("Ik ben voor")
    cheryl.sees("Dank u wel. Uw handtekening telt", "U hebt getekend: u bent voor.")


def two_people_count_the_list(town: Town) -> None:
    for name in ("Pieter Hoekstra", "Marloes Kuipers"):
        counter = town[name]
        counter.opens(f"{HERE}/uitdagingen")
        counter.follows(BID, "Bekijk hoeveel mensen ervoor zijn", "Tel de handtekeningen")
        counter.presses("Bewaar dit aantal")
        counter.sees_at("Hoeveel geldige handtekeningen?", "Vul dit in.")
        counter.fills({"Hoeveel geldige handtekeningen?": "12"})
        counter.presses("Bewaar dit aantal")
    counter.sees("Geldige handtekeningen: 12, geteld door twee mensen.")


def a_resident_proposes_a_task(town: Town) -> None:
    daan, pieter = town["Daan Mulder"], town["Pieter Hoekstra"]
    daan.opens(f"{HERE}/taken")
    daan.follows("Mist er een taak? Bekijk de voorstellen van bewoners", "Stel een taak voor")
    daan.fills({"Welke taak?": "Zand strooien", "Wat wordt er gedaan?": "Bij ijs zand strooien op de stoep."})
    daan.presses("Verstuur mijn voorstel")
    daan.sees_at("Waarom zouden bewoners het moeten kunnen doen?", "Vul dit in.")
    daan.fills({"Waarom zouden bewoners het moeten kunnen doen?": "Wij zijn er het eerst."})
    daan.presses("Verstuur mijn voorstel")
    daan.sees("wacht op antwoord")
    pieter.opens(f"{HERE}/taken/voorstellen")
    pieter.follows("Zand strooien")
    pieter.fills({"Waarom niet?": "De stoep is van de bewoners zelf."})
    pieter.presses("Schrijf waarom niet")
    pieter.sees("niet op de lijst", "De stoep is van de bewoners zelf.")


def the_official_asks_for_what_is_missing(town: Town) -> None:
    pieter = town["Pieter Hoekstra"]
    pieter.opens(f"{HERE}/uitdagingen")
    pieter.follows("Wat op de gemeente wacht", BID, "Vraag wat er mist")
    pieter.fills({"Hoeveel dagen krijgt de groep?": "7"})
    pieter.presses("Vraag het de groep")
    pieter.sees_at("Wat hebt u precies nodig?", "Vul dit in.")
    pieter.fills(
        {"Wat hebt u precies nodig?": "Wie geeft water in de vakantie?", "Hoeveel dagen krijgt de groep?": "14"}
    )
    pieter.presses("Vraag het de groep")
    pieter.sees("De groep ziet wat er mist.", "U bent de behandelaar van deze uitdaging.")


def the_group_completes_it(town: Town) -> None:
    amina = town["Amina Haddou"]
    amina.opens(f"{HERE}/uitdagingen")
    amina.sees("er mist iets")
    amina.follows(BID, "Vul in wat er mist")
    amina.opens(f"{HERE}/uitdagingen")
    amina.follows(BID)
    amina.presses("Stuur het zoals het nu is")
    amina.sees("De ambtenaar gaat verder met uw uitdaging.", "in behandeling")


def another_group_does_not_complete_its_bid(town: Town) -> None:
    """Beside the pages: a bid is sent in without its costs, and an official asks for them, who does not decide."""
    cheryl, daan = (_at(town, name) for name in ("Cheryl Pinas", "Daan Mulder"))
    added = town.house.desk.act(people.add_person, PLACE, AddPerson(name="Karin de Boer", role=Role.OFFICIAL))
    karin = town.house.desk.by(town.house.desk.ask(actor, UUID(added.person.id)))
    task = next(each for each in cheryl.ask(queries.municipal_tasks, PLACE) if each.title == TASK)
    bid = cheryl.act(service.start, PLACE, StartChallenge(municipal_task_id=task.id, title=UNFINISHED))
    idea = WriteIdea(what="Emmers uit de sloot.", gains=[Gain.CHEAPER], why_better="", goal="Groene bakken.")
    cheryl.act(service.write_idea, PLACE, bid.id, idea)
    invited = cheryl.act(service.invite, PLACE, bid.id, InviteMember(called="Daan"))
    code = next(member.code for member in invited.members if member.code)
    daan.act(service.accept, PLACE, bid.id, AnswerInvitation(code=code))
    cheryl.act(service.submit, PLACE, bid.id)
    missing = AskToComplete(missing=[Part.COST_LINES], reason="Wat kost het?", days=14)
    karin.act(service.ask_to_complete, PLACE, bid.id, missing)


def the_official_puts_it_aside(town: Town) -> None:
    pieter = town.comes_back("Pieter Hoekstra")
    pieter.opens(f"{HERE}/uitdagingen")
    pieter.follows(UNFINISHED, "Behandel deze uitdaging niet")
    pieter.presses("Behandel deze uitdaging niet")
    pieter.sees_at("Waarom?", "Vul dit in.")
    pieter.fills({"Waarom?": "Wij vroegen wat het kost. Er kwam geen antwoord."})
    pieter.presses("Behandel deze uitdaging niet")
    pieter.sees("niet behandeld", "Er kwam geen antwoord.")


def _at(town: Town, name: str) -> Desk:
    """Return the desk with somebody at it."""
    desk = town.house.desk
    return desk.by(desk.ask(actor, UUID(str(desk.ask(person_called, PLACE, name)))))

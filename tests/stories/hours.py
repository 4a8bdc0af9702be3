# SPDX-License-Identifier: EUPL-1.2
"""Third chapter: a resident gives time, and reads which voice that gives."""

import re
from datetime import date, timedelta

from tests.stories.house import BEGINS_ON
from tests.stories.town import Town

TASK = "Zwerfvuil rapen langs de singel"
HEDGE = "Hulp bij het snoeien van de heg"
BENCHES = "Bankjes timmeren"


def the_guide_opens_a_task(town: Town) -> None:
    marloes = town["Marloes Kuipers"]
    marloes.opens("/wijken/west")
    marloes.follows("Klussen", "Nieuwe klus")
    marloes.fills({"Uitleg": "Zaterdag om tien uur bij de brug. Neem handschoenen mee."})
    marloes.presses("Zet de klus open")
    marloes.sees_at("Wat is er te doen?", "Vul dit in.")
    marloes.fills({"Wat is er te doen?": TASK})
    marloes.chooses("Wie mag de tijd bevestigen?", "Marloes Kuipers", "Joke van Dam")
    marloes.presses("Zet de klus open")
    marloes.sees("De klus staat open.", TASK)


def a_resident_logs_time(town: Town) -> None:
    amina = town["Amina Haddou"]
    amina.opens("/wijken/west/klussen")
    amina.follows(TASK)
    amina.fills({"Op welke dag?": BEGINS_ON + timedelta(days=1)})
    amina.presses("Schrijf mijn tijd op")
    amina.sees("Deze dag komt nog. Schrijf uw tijd daarna op.")
    amina.fills({"Op welke dag?": BEGINS_ON - timedelta(days=2), "Hoe lang?": "8 uur"})
    amina.presses("Schrijf mijn tijd op")
    amina.sees("Uw tijd staat genoteerd.", "wacht op bevestiging")
    amina.follows(TASK)


def the_guide_confirms_it(town: Town) -> None:
    marloes = town["Marloes Kuipers"]
    marloes.opens("/wijken/west/klussen")
    marloes.sees("1 te bevestigen")
    marloes.follows(TASK, "8 uur op 10 januari 2026")
    marloes.sees("Amina Haddou")
    marloes.presses("Ja, dit klopt")
    marloes.sees("U hebt de tijd bevestigd.")


def an_afternoon_has_a_list_at_the_door(town: Town) -> None:
    marloes, amina = town["Marloes Kuipers"], town["Amina Haddou"]
    marloes.opens("/wijken/west/klussen")
    marloes.follows(TASK, "Maak een presentielijst")
    marloes.fills({"Op welke dag?": BEGINS_ON, "Van": "12:00", "Tot": "12:00"})
    marloes.presses("De lijst maken")
    marloes.sees("Het einde komt na het begin, op dezelfde dag, en hoogstens 12 uur later.")
    marloes.fills({"Tot": "17:00"})
    marloes.presses("De lijst maken")
    marloes.sees("Er staat nog niemand op de lijst.")
    marloes.follows("De lijst afdrukken")
    door = re.search(r"/wijken/west/aan-de-deur/\S+", marloes.page.inner_text("main"))
    assert door
    amina.opens(door[0])
    amina.presses("Ik ben er")
    amina.sees("U staat op de lijst sinds 13:00 uur.")
    marloes.follows("Presentielijst")
    marloes.sees("gekomen om 13:00 uur")
    marloes.unticks("Deze mensen waren er", "Amina Haddou")
    marloes.presses("De lijst bevestigen")
    marloes.sees("U hebt de lijst bevestigd.")


def the_guide_writes_down_time_for_somebody(town: Town) -> None:
    marloes = town["Marloes Kuipers"]
    marloes.opens("/wijken/west/klussen")
    marloes.follows(TASK, "Schrijf tijd op voor iemand anders")
    marloes.fills({"Postcode": "9901AA", "Huisnummer": "999"})
    marloes.presses("Zoeken")
    marloes.sees("Op dit adres woont niemand.")


def neighbours_agree_to_help(town: Town) -> None:
    bram, amina = town["Bram Visser"], town["Amina Haddou"]
    bram.opens("/wijken/west/klussen/vragen")
    bram.fills({"Wat is er te doen?": HEDGE, "Thema": "groen"})
    bram.presses("Vraag om hulp")
    bram.sees("Uw buren kunnen het nu zien.")
    amina.opens("/wijken/west/hulp/aanbieden")
    amina.fills({"Wat kunt u doen?": "Ik heb een ladder."})
    amina.chooses("Voor welke thema’s?", "groen")
    amina.presses("Bied dit aan")
    amina.sees("Past: zelfde thema")
    amina.follows(HEDGE)
    amina.presses("Ik wil helpen")
    bram.opens("/wijken/west/hulp")
    bram.follows(HEDGE)
    bram.presses("Ja, afgesproken")
    bram.sees("Nu kunt u elkaar schrijven.", "Amina Haddou helpt.")


def neighbours_pledge_until_a_task_starts(town: Town) -> None:
    marloes, amina, bram = town["Marloes Kuipers"], town["Amina Haddou"], town["Bram Visser"]
    marloes.opens("/wijken/west/klussen/nieuw")
    marloes.fills({"Wat is er te doen?": BENCHES, "Hoeveel tijd is er samen nodig?": "4:00"})
    marloes.fills({"Tot en met welke dag?": BEGINS_ON + timedelta(days=30)})
    marloes.chooses("Wie mag de tijd bevestigen?", "Marloes Kuipers")
    marloes.presses("Zet de klus open")
    marloes.sees("0 uur van 4 uur toegezegd.")
    for neighbour, time in ((amina, "3 uur"), (bram, "1 uur")):
        neighbour.opens("/wijken/west/klussen")
        neighbour.follows(BENCHES, "Uren toezeggen")
        neighbour.fills({"Hoeveel tijd zegt u toe?": time})
        neighbour.presses("Deze tijd toezeggen")
    bram.sees("Met uw toezegging begint de klus!", "4 uur van 4 uur toegezegd.")
    amina.opens("/wijken/west/mijn-toezeggingen")
    amina.sees(BENCHES, "0 uur van 3 uur gegeven")
    marloes.opens("/wijken/west/klussen")
    marloes.follows("Toezeggingen")
    marloes.presses("Deze toezegging heeft geen gevolg", of="De toezegging van Amina Haddou opheffen")
    marloes.sees("Deze toezegging heeft nu geen gevolg.")


def the_objection_window_passes(town: Town, day: date) -> None:
    amina = town["Amina Haddou"]
    amina.opens("/wijken/west/mijn-tijd")
    amina.follows("8 uur op 10 januari 2026")
    amina.sees("De tijd telt op 26 januari 2026, als niemand die voor die dag betwist.")
    town.lets_it_be(day)
    amina.opens("/wijken/west/mijn-tijd")
    town.comes_back("Amina Haddou")


def the_resident_reads_why_her_voice_is_what_it_is(town: Town) -> None:
    amina = town["Amina Haddou"]
    amina.opens("/wijken/west/klussen")
    amina.follows("Mijn tijd")
    amina.sees("telt mee")
    amina.follows("Mijn stem")
    amina.sees("Waarom heb ik deze stem?", "Uw stem vandaag", "8 uur", "Klopt uw stem niet?")
    amina.opens("/wijken/west/klussen")
    amina.follows("Tijd in cijfers")
    amina.sees("Zo tellen we")
    amina.opens("/wijken/west/steekproef")
    amina.sees("Er is nog niet geloot.")

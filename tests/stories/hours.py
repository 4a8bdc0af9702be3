# SPDX-License-Identifier: EUPL-1.2
"""Third chapter: a resident gives time, and reads which voice that gives."""

from datetime import date, timedelta

from tests.stories.house import BEGINS_ON
from tests.stories.town import Town

TASK = "Zwerfvuil rapen langs de singel"


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
    amina.sees("Waarom heb ik deze stem?", "Uw stem vandaag", "8 uur")

# SPDX-License-Identifier: EUPL-1.2
"""Beside the first chapter: the council and the municipality promise each other something, and keep it."""

from tests.stories.town import Town

CHAIR, OFFICIAL = "Joke van Dam", "Pieter Hoekstra"
PROMISE = "Elke maand een wijkschouw"


def the_chair_writes_a_contract(town: Town) -> None:
    joke = town[CHAIR]
    joke.opens("/wijken/west")
    joke.follows("Wijkcontract")
    joke.sees("Er is nog geen contract.")
    joke.presses("Beginnen")
    joke.sees("Schrijf nu op wie meedoet en wat ieder belooft.")
    joke.presses("De afspraak toevoegen")
    joke.sees("Wat gaan ze doen? – Vul dit in.")
    joke.fills({"Wat gaan ze doen?": PROMISE, "Uiterlijk op welke dag?": "2026-12-31"})
    joke.presses("De afspraak toevoegen")
    joke.sees("De afspraak staat nu in de tekst.", PROMISE)


def both_agree_and_one_tells_what_became_of_it(town: Town) -> None:
    joke, pieter = town[CHAIR], town[OFFICIAL]
    joke.follows("Wijkcontract van 2026")
    joke.presses("Akkoord namens Wijkraad Meerwijk-West")
    pieter.opens("/wijken/west/wijkcontract")
    pieter.follows("Contract van 2026")
    pieter.presses("Akkoord namens Gemeente Meerwijk")
    pieter.sees("Alle partijen gaven akkoord op deze afspraken.")
    pieter.follows(PROMISE)
    pieter.chooses("Hoe ging het?", "Nagekomen")
    pieter.fills({"Wat hebt u gedaan?": "In januari, februari en maart liepen we door de wijk."})
    pieter.presses("Opschrijven")
    joke.follows(PROMISE)
    joke.chooses("Klopt dit?", "Ja, het klopt")
    joke.presses("Antwoorden")
    joke.sees("Gemeente Meerwijk: nagekomen", "Wijkraad Meerwijk-West zegt dat ook.")

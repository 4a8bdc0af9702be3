# SPDX-License-Identifier: EUPL-1.2
"""Beside the third chapter: a resident finds the shares that came by themselves."""

from tests.stories.town import Town


def a_resident_finds_her_shares(town: Town) -> None:
    amina = town["Amina Haddou"]
    amina.opens("/wijken/west")
    amina.follows("Mijn wijkaandelen")
    amina.sees("Uw wijkaandelen", "Woont in de wijk", "Woont hier 2 hele jaren", "versie 1")
    amina.sees("Niemand kan het kopen, verkopen of weggeven.")
    amina.follows("Wijkaandelen")
    amina.sees("Hoeveel er zijn", "Voor elk heel jaar dat iemand hier woont", "minder dan 10 mensen")


def the_chair_reads_who_holds_shares(town: Town) -> None:
    joke = town["Joke van Dam"]
    joke.opens("/wijken/west/wijkaandelen")
    joke.follows("Wie wijkaandelen heeft")
    joke.sees("Deze lijst is voor de wijkraad, de gemeente en de controleur.", "Amina Haddou", "versie 1")

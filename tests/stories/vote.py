# SPDX-License-Identifier: EUPL-1.2
"""Fourth chapter: the vote, from the ballot that is prepared to the outcome that anybody can check."""

import csv
import io
from datetime import date

from tests.stories.plans import BENCHES, FEAST
from tests.stories.town import Town

TITLE = "Wijkbudget West 2026"
VOTERS = ("Cheryl Pinas", "Daan Mulder", "Elif Kaya")


def the_official_prepares_a_round(town: Town, opens_on: date, closes_on: date) -> None:
    pieter = town["Pieter Hoekstra"]
    pieter.opens("/wijken/west/stemrondes")
    pieter.follows("Zet een stemronde klaar")
    pieter.fills(
        {
            "Naam van de stemming": TITLE,
            "Jaar van het budget": "2026",
            "Om hoeveel geld gaat het?": "4.000",
            "Eerste dag om te stemmen": opens_on,
            "Laatste dag om te stemmen": date(2026, 1, 1),
            "Wie op deze dag hier woont, kan stemmen": opens_on,
        }
    )
    pieter.presses("Zet klaar")
    pieter.sees("Een stemronde kan niet sluiten voordat ze opent.")
    pieter.fills({"Laatste dag om te stemmen": closes_on})
    pieter.presses("Zet klaar")
    pieter.sees("De stemronde is klaargezet.", "€ 4.000,00")


def the_plans_go_on_the_ballot(town: Town) -> None:
    pieter = town["Pieter Hoekstra"]
    pieter.opens("/wijken/west/initiatieven")
    pieter.follows(f"Zet de plannen op het stembiljet van “{TITLE}”")
    pieter.presses("Zet deze plannen op het stembiljet")
    pieter.sees("De plannen staan op het stembiljet.", BENCHES, FEAST)


def the_official_says_what_stands_on_the_letter(town: Town) -> None:
    pieter = town["Pieter Hoekstra"]
    pieter.opens("/wijken/west/stemrondes")
    pieter.follows(TITLE, "Brieven met stemcodes")
    pieter.sees("De brieven worden gemaakt als de stemronde opent.")
    pieter.follows("Kies wat er op de brief staat")
    pieter.fills({"Waar krijgen mensen hulp op papier?": "het buurthuis, elke ochtend", "Telefoonnummer": "14 0990"})
    pieter.presses("Bewaar dit")
    pieter.sees("De tekst is bewaard.")


def letters_with_codes_arrive(town: Town) -> dict[str, str]:
    """Return the code on each letter, by the name on it, as the mail house gets them."""
    pieter = town.comes_back("Pieter Hoekstra")
    pieter.opens("/wijken/west/stemrondes")
    pieter.follows(TITLE, "Brieven met stemcodes")
    pieter.sees("Alle brieven zijn klaar.", "Bestand 1")
    sent = pieter.saves("Download namen, adressen en codes (CSV)", kind="button").removeprefix("\ufeff")
    letters = list(csv.DictReader(io.StringIO(sent, newline="")))
    assert sorted(letter["naam"] for letter in letters) == sorted(
        ("Amina Haddou", "Bram Visser", "Cheryl Pinas", "Daan Mulder", "Elif Kaya")
    )
    pieter.presses("Gooi de brieven weg")
    pieter.sees("De brieven zijn weggegooid.", "weggegooid op")
    return {letter["naam"]: letter["stemcode"] for letter in letters}


def three_residents_vote(town: Town, codes: dict[str, str]) -> str:
    """Return the receipt of the one who votes last."""
    cheryl, daan, elif_ = (town.at_a_phone(f"{name} zonder sessie") for name in VOTERS)
    cheryl.opens("/")
    cheryl.follows("Stem met een code")
    cheryl.fills({"Stemcode": codes["Cheryl Pinas"]})
    cheryl.presses("Naar het stembiljet")
    cheryl.sees(TITLE)
    cheryl.chooses("Welke plannen kiest u?", FEAST)
    cheryl.presses("Controleer mijn keuze")
    cheryl.sees("U hebt nog niet gestemd.", FEAST)
    cheryl.presses("Stem")
    cheryl.sees("Uw stem zit in de bus", "Uw controlecode", "Wat we niet kunnen beloven")

    daan.opens("/stemmen")
    code = codes["Daan Mulder"]
    daan.fills({"Stemcode": code[:-1] + ("A" if code[-1] != "A" else "B")})
    daan.presses("Naar het stembiljet")
    daan.sees_at("Stemcode", "Er zit een typefout in deze code.")
    daan.fills({"Stemcode": code.lower().replace("-", " ")})
    daan.presses("Naar het stembiljet")
    daan.chooses("Welke plannen kiest u?", FEAST)
    daan.presses("Controleer mijn keuze")
    daan.presses("Verander mijn keuze")
    daan.unticks("Welke plannen kiest u?", FEAST)
    daan.chooses("Welke plannen kiest u?", BENCHES)
    daan.presses("Controleer mijn keuze")
    daan.presses("Stem")
    daan.sees("Uw stem zit in de bus")

    elif_.opens("/stemmen")
    elif_.fills({"Stemcode": codes["Elif Kaya"]})
    elif_.presses("Naar het stembiljet")
    elif_.chooses("Welke plannen kiest u?", BENCHES, FEAST)
    if town.has_javascript:
        elif_.sees("te veel.")
    elif_.presses("Controleer mijn keuze")
    elif_.sees("Er klopt nog iets niet", "te veel.")
    elif_.unticks("Welke plannen kiest u?", BENCHES)
    elif_.presses("Controleer mijn keuze")
    elif_.presses("Stem")
    before = _receipt(elif_.page.locator("dd").first.inner_text())
    elif_.follows("Verander uw stem")
    elif_.fills({"Stemcode": codes["Elif Kaya"]})
    elif_.presses("Naar het stembiljet")
    elif_.chooses("Welke plannen kiest u?", BENCHES)
    elif_.presses("Controleer mijn keuze")
    elif_.presses("Stem")
    after = _receipt(elif_.page.locator("dd").first.inner_text())
    assert before == after
    return after


def nothing_counted_is_seen_before_the_close(town: Town) -> None:
    guest = town["een gast"]
    guest.opens("/wijken/west/stemrondes")
    guest.follows(TITLE)
    here = guest.page.url.removeprefix(guest.origin)
    guest.sees("open om te stemmen", "Een stem is samengevoegd met een lagere")
    guest.sees_nowhere("gekozen", "Uitslag:")
    guest.opens(f"{here}/uitslag")
    guest.sees("De uitslag is bekend als de stembiljetten geteld zijn.")
    guest.opens(f"{here}/stembiljetten")
    guest.sees("De stembiljetten worden gepubliceerd als de stemronde gesloten is.")


def a_resident_sees_that_she_voted(town: Town) -> None:
    elif_ = town.comes_back("Elif Kaya")
    elif_.opens("/wijken/west/stemrondes")
    elif_.follows(TITLE, "Is er namens mij gestemd?")
    elif_.sees("Ja, op 9 februari 2026.")
    bram = town.comes_back("Bram Visser")
    bram.opens("/wijken/west/stemrondes")
    bram.follows(TITLE, "Is er namens mij gestemd?")
    bram.sees("Nee. Er is niet namens u gestemd.")


def everybody_reads_the_outcome(town: Town, receipt: str) -> None:
    guest = town["een gast"]
    guest.opens("/wijken/west/stemrondes")
    guest.follows(TITLE, "Bekijk de uitslag")
    guest.sees(f"Uitslag: {TITLE}", "Gekozen", "Niet gekozen", "Waarom?")
    guest.sees("Maakte gegeven tijd verschil?", "Daarom zijn beide tellingen gelijk.")
    assert f"description;{TITLE}" in guest.saves("Download de stemming als Pabulib-bestand")
    guest.follows("Wat er op andere manieren van tellen gekozen was")
    guest.sees("Meeste stemmen eerst (deze stemming)", "Hoe elke manier telt")
    guest.follows("Wat komt hierna, en waarom niet?")
    guest.sees("Stopt een gekozen plan of komt er geld bij?")
    guest.follows(f"Uitslag: {TITLE}")
    guest.follows("Alle stembiljetten, om te controleren")
    guest.page.get_by_text("Welk nummer is welk plan?").click()
    guest.sees(f"{BENCHES}", f"{FEAST}")
    row = guest.page.get_by_role("row").filter(has_text=receipt)
    assert row.count() == 1
    assert "1" in row.inner_text()


def _receipt(shown: str) -> str:
    receipt = shown.strip()
    assert receipt
    return receipt

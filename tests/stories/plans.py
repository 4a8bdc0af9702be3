# SPDX-License-Identifier: EUPL-1.2
"""Second chapter: residents log in, make plans and support them, and the official assesses them."""

from tests.stories.town import Town
from tests.stories.visitor import Visitor

BENCHES = "Bankjes op het Molenplein"
SPLASH = "Waterspeelplek in het park"
FEAST = "Zomerfeest in Nieuwland"
GROUP = "Bankjesgroep Molenplein"
HOMES = {
    "Amina Haddou": ("9902 AA", "1", "", "1988"),
    "Cheryl Pinas": ("9902ab", "5", "a", "1990"),
    "Daan Mulder": ("9902BA", "7", "", "1962"),
    "Elif Kaya": ("9902BB", "9", "", "2001"),
}


def residents_log_in_with_a_letter(town: Town) -> None:
    for name, (postcode, number, addition, birth_year) in HOMES.items():
        resident = town.at_a_phone(name)
        resident.opens("/inloggen")
        resident.follows("Vraag een brief aan")
        resident.fills({"Postcode": postcode, "Huisnummer": number, "Toevoeging": addition, "Geboortejaar": birth_year})
        resident.presses("Stuur de brief")
        resident.sees("Klopt dit? Dan is er een brief onderweg.")
    codes = {letter.addressee: letter.code for letter in town.house.letters()}
    assert codes.keys() == HOMES.keys()
    for name, code in codes.items():
        town.logs_in(name, code)


def a_resident_gets_a_code_at_the_desk(town: Town) -> None:
    pieter = town["Pieter Hoekstra"]
    pieter.opens("/mijn")
    pieter.follows("Bewoners")
    pieter.fills({"Postcode": "9902AA", "Huisnummer": "3"})
    pieter.presses("Zoeken")
    pieter.presses("Ik zag een identiteitsbewijs: geef een code", of="Geef een code aan Bram Visser, 1975")
    code = pieter.page.locator("dd").first.inner_text()
    town.at_a_phone("Bram Visser")
    town.logs_in("Bram Visser", code)


def neighbours_start_a_group(town: Town) -> None:
    amina, bram = town["Amina Haddou"], town["Bram Visser"]
    amina.opens("/mijn")
    amina.follows("Organisaties")
    amina.fills({"Naam": GROUP})
    amina.chooses("Wat is het?", "groep bewoners")
    amina.presses("Begin")
    amina.sees("Uw organisatie staat erin.", GROUP)
    bram.opens("/wijken/west/organisaties")
    bram.follows(GROUP)
    bram.presses("Lid worden")
    bram.sees("U hebt gevraagd om lid te worden.")
    amina.opens(amina.page.url.removeprefix(amina.origin))
    amina.presses("Toelaten", of="Laat Bram Visser toe")
    amina.sees("Er is een nieuw lid.")


def a_plan_with_a_mistake_comes_back_as_it_was_typed(town: Town) -> None:
    amina = town["Amina Haddou"]
    amina.opens("/wijken/west")
    amina.follows("Bekijk de plannen", "Dien een plan in")
    amina.fills(
        {
            "Naam van uw plan": BENCHES,
            "Wat wilt u doen, en waarom?": "Op het plein is geen plek om te zitten.\nWij zetten er vier bankjes neer.",
            "Thema": "ontmoeten",
            "Buurt": "Molenbuurt",
            "Regel 1: wat?": "Vier bankjes",
            "Regel 1: hoeveel?": "achttienhonderd",
        }
    )
    amina.presses("Plan indienen")
    amina.sees("Er klopt nog iets niet")
    amina.sees_nowhere("Er is een nieuw lid.")
    amina.sees_at("Waar precies?", "Vul dit in.")
    amina.sees_at("Regel 1: hoeveel?", "Schrijf een bedrag, zoals 250 of 12,50.")
    amina.sees_filled_in({"Naam van uw plan": BENCHES, "Regel 1: hoeveel?": "achttienhonderd"})


def plans_are_proposed(town: Town) -> None:
    amina = town["Amina Haddou"]
    amina.fills(
        {
            "Waar precies?": "Molenplein, bij de kastanje",
            "Namens een groep?": GROUP,
            "Regel 1: hoeveel?": "1.800",
            "Regel 2: wat?": "Plantenbakken",
            "Regel 2: hoeveel?": "600,00",
        }
    )
    amina.presses("Plan indienen")
    amina.sees("Uw plan staat er. Vraag nu uw buren om steun.", "€ 2.400,00", "0 van 3")
    _propose(
        town["Bram Visser"],
        {
            "Naam van uw plan": SPLASH,
            "Thema": "sport",
            "Buurt": "Molenbuurt",
            "Regel 1: wat?": "Pomp en leiding",
            "Regel 1: hoeveel?": "9.000",
        },
    )
    _propose(
        town["Cheryl Pinas"],
        {
            "Naam van uw plan": FEAST,
            "Thema": "ontmoeten",
            "Buurt": "Nieuwland",
            "Regel 1: wat?": "Podium en muziek",
            "Regel 1: hoeveel?": "2.000",
        },
    )


def a_guest_cannot_support(town: Town) -> None:
    guest = town["een gast"]
    guest.opens("/wijken/west/initiatieven")
    guest.follows(BENCHES)
    guest.sees_nowhere("Ik steun dit plan", "Amina Haddou")
    guest.follows("Log in om dit plan te steunen")
    guest.opens("/wijken/west/initiatieven/nieuw")
    guest.sees("Alleen bewoners van deze wijk kunnen een plan indienen.")
    guest.opens("/mijn")


def neighbours_support_the_plans(town: Town) -> None:
    for title, names in {
        BENCHES: ("Cheryl Pinas", "Daan Mulder", "Elif Kaya"),
        SPLASH: ("Amina Haddou", "Cheryl Pinas", "Daan Mulder"),
        FEAST: ("Amina Haddou", "Daan Mulder", "Elif Kaya"),
    }.items():
        for name in names:
            neighbour = town[name]
            neighbour.opens("/wijken/west/initiatieven")
            neighbour.follows(title)
            neighbour.presses("Ik steun dit plan")
            neighbour.sees("Dank u wel. U steunt dit plan.")
        town[names[-1]].sees("wordt bekeken", "3 van 3")


def the_official_assesses_the_plans(town: Town) -> None:
    pieter = town["Pieter Hoekstra"]
    for title in (BENCHES, FEAST):
        pieter.opens("/wijken/west/initiatieven")
        pieter.follows(title, "Beoordeel dit plan")
        pieter.chooses("Kan het?", "Ja, het kan")
        pieter.fills({"Waarom?": "De gemeente heeft hier geen bezwaar tegen. Een vergunning is niet nodig."})
        pieter.presses("Versturen")
        pieter.sees("De gemeente zegt: dit kan.")
    pieter.opens("/wijken/west/initiatieven")
    pieter.follows(SPLASH, "Beoordeel dit plan")
    pieter.chooses("Kan het?", "Nee, zo niet")
    pieter.fills({"Waarom?": "De grond is te nat voor een leiding."})
    pieter.presses("Versturen")
    pieter.sees_at("Wat zou helpen?", "Schrijf op wat zou helpen.")
    pieter.fills({"Wat zou helpen?": "Kies een plek op het plein. Daar ligt al een leiding."})
    pieter.presses("Versturen")
    pieter.sees("Iedereen kan uw beoordeling nu lezen.")
    bram = town["Bram Visser"]
    bram.opens("/wijken/west/initiatieven?thema=sport")
    bram.follows(SPLASH)
    bram.sees("De gemeente zegt: zo kan het niet.", "Daar ligt al een leiding.")


def _propose(neighbour: Visitor, plan: dict[str, str]) -> None:
    neighbour.opens("/wijken/west/initiatieven/nieuw")
    why = "Dat maakt de buurt leuker voor iedereen."
    neighbour.fills({**plan, "Wat wilt u doen, en waarom?": why, "Waar precies?": "Bij het speelveld"})
    neighbour.presses("Plan indienen")
    neighbour.sees(plan["Naam van uw plan"], "Uw plan staat er.")

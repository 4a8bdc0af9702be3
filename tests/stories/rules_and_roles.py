# SPDX-License-Identifier: EUPL-1.2
"""First chapter: the administrator brings in the rules, the register and the roles, and the official the money."""

from tests.stories.house import BEGINS_ON, PLACE
from tests.stories.town import Town
from wijkbudget.neighbourhoods.seed import demo_toml

REGISTER = """pseudoniem;naam;postcode;huisnummer;toevoeging;geboortejaar;sinds
w-1;Amina Haddou;9902AA;1;;1988;2015-05-01
w-2;Bram Visser;9902AA;3;;1975;2009-11-15
w-3;Cheryl Pinas;9902AB;5;A;1990;2021-02-01
w-4;Daan Mulder;9902BA;7;;1962;1999-08-01
w-5;Elif Kaya;9902BB;9;;2001;2001-12-31
"""
STAFF = {
    "Pieter Hoekstra": "ambtenaar",
    "Marloes Kuipers": "gids",
    "Joke van Dam": "voorzitter van de wijkraad",
    "Ingrid Wolters": "kassier",
    "Ruben de Graaf": "controleur",
}
MEMBERS = {"Amina Haddou": ("9902AA", "1"), "Daan Mulder": ("9902BA", "7"), "Elif Kaya": ("9902BB", "9")}
BIRTH_YEARS = {"Amina Haddou": 1988, "Daan Mulder": 1962, "Elif Kaya": 2001}


def a_guest_looks_around(town: Town) -> None:
    guest = town.at_a_phone("een gast")
    guest.opens("/")
    guest.sees("Jouw wijk in Meerwijk")
    for path in ("/uitleg", "/privacy", "/toegankelijkheid", "/logboek", "/bestaat-niet"):
        guest.opens(path)
    guest.sees("Pagina niet gevonden")


def a_guest_reads_in_english(town: Town) -> None:
    guest = town["een gast"]
    guest.opens("/inloggen")
    guest.switches("en", to="English")
    guest.sees("Log in", "No code yet?")
    guest.follows("Get a code by e-mail")
    guest.fills({"E-mail address": "no address"})
    guest.presses("Send the code")
    guest.sees_at("E-mail address", "This is not filled in right.")
    guest.switches("nl", to="Nederlands")
    guest.sees("Krijg een code per e-mail")


def the_administrator_logs_in(town: Town) -> None:
    code = town.house.appoints_an_administrator("Esther Vermeer")
    esther = town.at_a_desk("Esther Vermeer")
    esther.opens("/inloggen")
    esther.fills({"Inlogcode": "niet deze"})
    esther.presses("Inloggen")
    esther.sees("Er zit een typefout in de code.")
    town.logs_in("Esther Vermeer", code)


def a_policy_that_breaks_a_guard_is_refused(town: Town) -> None:
    esther = town["Esther Vermeer"]
    esther.opens("/wijken/west/reglement/nieuw")
    esther.fills(
        {
            "Geldt vanaf": BEGINS_ON,
            "Vastgesteld door": "Raadsbesluit 2025-118, 11 december 2025",
            "Het reglement": demo_toml("west").replace("bonus_hundredths_max = 50", "bonus_hundredths_max = 150"),
        }
    )
    esther.presses("Vaststellen")
    esther.sees(
        "Een stem telt nooit meer dan twee keer zo zwaar als een andere (grens G2).",
        "Dit volgt uit Verordening wijkbudgetten Meerwijk 2024, art. 8.",
    )
    esther.sees_filled_in({"Vastgesteld door": "Raadsbesluit 2025-118, 11 december 2025"})


def the_policy_is_adopted(town: Town) -> None:
    esther = town["Esther Vermeer"]
    esther.fills({"Het reglement": demo_toml("west")})
    town.look.polite = f"/wijken/{PLACE}"
    esther.presses("Vaststellen")
    esther.sees("Het nieuwe reglement is vastgesteld.", "Raadsbesluit 2025-118", "Verordening wijkbudgetten Meerwijk")


def a_register_with_a_bad_line_is_refused(town: Town) -> None:
    esther = town["Esther Vermeer"]
    esther.opens("/mijn")
    esther.opens("/wijken/west/bewoners")
    esther.follows("Registerbestand inlezen")
    esther.fills({"Registerbestand": _csv(REGISTER.replace("9902BA", "99O2BA"))})
    esther.presses("Inlezen")
    esther.sees("Er is niets ingelezen. Aantal regels dat niet klopt: 1.", "Regel 5: De postcode klopt niet.")


def the_register_is_imported(town: Town) -> None:
    esther = town["Esther Vermeer"]
    esther.fills({"Registerbestand": _csv(REGISTER)})
    esther.presses("Inlezen")
    esther.sees("Het bestand is ingelezen")
    esther.follows("Bewoners")
    esther.sees("Huishoudens")


def roles_are_given(town: Town) -> None:
    esther = town["Esther Vermeer"]
    esther.opens("/wijken/west/rollen")
    for name, role in STAFF.items():
        esther.fills({"Naam": name})
        esther.field("Rol").first.select_option(label=role)
        esther.presses("Toevoegen")
        esther.sees("De rol is gegeven.", name)
    for name, (postcode, number) in MEMBERS.items():
        esther.fills({"Postcode": postcode, "Huisnummer": number})
        esther.presses("Zoeken")
        esther.fills({"Wie": f"{name}, {BIRTH_YEARS[name]}"})
        esther.field("Rol").last.select_option(label="wijkraadslid")
        esther.presses("Geef deze rol")
        esther.sees("De rol is gegeven.")


def the_officials_log_in(town: Town) -> None:
    esther = town["Esther Vermeer"]
    for name, role in STAFF.items():
        esther.opens("/wijken/west/rollen")
        esther.presses("Ik zag een identiteitsbewijs: geef een code", of=f"Geef een code aan {name}, {role}")
        esther.sees(f"Code voor {name}")
        code = esther.page.locator("dd").first.inner_text()
        town.at_a_desk(name)
        town.logs_in(name, code)


def the_official_grants_the_budget(town: Town) -> None:
    pieter = town["Pieter Hoekstra"]
    pieter.opens("/wijken/west")
    pieter.follows("Begroting", "Geld toekennen")
    pieter.fills({"Jaar": "dit jaar", "Bedrag": "veel", "Besluit": "Begroting 2026, programma Wijken"})
    pieter.presses("Toekennen")
    pieter.sees_at("Jaar", "Schrijf een getal.")
    pieter.sees_at("Bedrag", "Schrijf een bedrag, zoals 250 of 12,50.")
    pieter.fills({"Jaar": "2026", "Bedrag": "5.000"})
    pieter.presses("Toekennen")
    pieter.sees("Het geld zit in de wijkpot.", "€ 5.000,00")


def _csv(text: str) -> dict[str, object]:
    return {"name": "register.csv", "mimeType": "text/csv", "buffer": text.encode()}

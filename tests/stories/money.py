# SPDX-License-Identifier: EUPL-1.2
"""Last chapter: the council decides, the group spends and accounts for it, and every euro can be followed."""

from datetime import date
from hashlib import sha256

from tests.stories.plans import BENCHES
from tests.stories.town import Town
from tests.stories.vote import TITLE
from wijkbudget.vouchers.seed import DEMO_IBAN, Bought, receipt_pdf

BOUGHT = Bought(
    supplier="Houthandel De Zaag",
    number="2026-0142",
    bought_on=date(2026, 3, 1),
    amount_cents=175_000,
    payee="Houthandel De Zaag",
)


def the_chair_adopts_the_outcome(town: Town, decided_on: date) -> None:
    joke = town.comes_back("Joke van Dam")
    joke.opens("/wijken/west/stemrondes")
    joke.follows(TITLE, "Probeer een andere regel voor de stemmen op deze stemming")
    joke.presses("Kies deze regel")
    joke.presses("Kijk wat het doet")
    joke.sees("Dezelfde plannen hadden gewonnen.", "Hoeveel mensen welke stem zouden hebben")
    joke.opens("/wijken/west/initiatieven")
    joke.follows(f"Stel de uitslag vast van “{TITLE}”")
    joke.sees("Maakte gegeven tijd verschil?")
    joke.fills({"Besloten op": decided_on, "Waarom?": "De regels zijn gevolgd. De raad neemt de uitslag over."})
    for name in ("Amina Haddou", "Daan Mulder", "Elif Kaya", "Joke van Dam"):
        joke.chooses(name, "Voor")
    joke.presses("Uitslag vaststellen")
    joke.sees("Er klopt nog iets niet")
    joke.chooses("Amina Haddou", "Deed niet mee vanwege eigen belang")
    joke.presses("Uitslag vaststellen")
    joke.sees("De uitslag is vastgesteld. Elke groep heeft zijn wijkvoucher.")
    joke.follows("Bekijk het besluit van de wijkraad")
    joke.sees("Daan Mulder, Elif Kaya, Joke van Dam", "Amina Haddou", "De raad neemt de uitslag over.")


def the_group_files_a_claim(town: Town) -> None:
    amina = town.comes_back("Amina Haddou")
    amina.opens("/wijken/west/initiatieven")
    amina.follows(BENCHES, "Naar uw wijkvoucher", "Lees uw besluit")
    amina.sees("krijgt ten hoogste", "De regels zijn gevolgd. De raad neemt de uitslag over.", "zes weken")
    amina.presses("Ik neem dit besluit in ontvangst")
    amina.sees("U hebt dit besluit nu in ontvangst genomen.", "bekend sinds")
    amina.follows("Naar de wijkvoucher", "Geld declareren", "Ik heb het al betaald")
    amina.fills({"Bedrag op de bon": "1.750"})
    amina.presses("Declaratie versturen")
    amina.sees_at("Winkel of bedrijf", "Vul dit in.")
    _fill_in_the_claim(town)
    amina.presses("Declaratie versturen")
    amina.sees("Uw declaratie is verstuurd.", "goedgekeurd door 0 van 2 mensen")
    amina.follows("Geld declareren", "Ik heb het al betaald")
    _fill_in_the_claim(town)
    amina.fills({"Bedrag op de bon": "100"})
    amina.presses("Declaratie versturen")
    amina.sees("Uw groep heeft deze bon al gebruikt", "Elke bon telt één keer.")


def two_people_approve_it(town: Town) -> None:
    for name, given in (("Joke van Dam", 1), ("Pieter Hoekstra", 2)):
        approver = town.comes_back(name)
        approver.opens("/wijken/west")
        approver.follows("Wijkvouchers", BENCHES, "Bekijk de declaratie die op u wacht")
        with approver.page.expect_download() as receipt:
            approver.page.get_by_role("link", name="Bon downloaden").click()
        assert receipt.value.path().read_bytes() == receipt_pdf(BOUGHT)
        approver.presses("Goedkeuren")
        approver.sees("U hebt deze declaratie goedgekeurd.")
        approver.sees("goedgekeurd door 1 van 2 mensen" if given == 1 else "goedgekeurd, wacht op betaling")


def the_cashier_pays_it(town: Town) -> None:
    ingrid = town.comes_back("Ingrid Wolters")
    ingrid.opens("/wijken/west")
    ingrid.follows("Betalingen", "€ 1.750,00 – Houthandel De Zaag")
    ingrid.sees("NL91")
    ingrid.fills({"Kenmerk van de bank": "2026030200417"})
    ingrid.presses("Dit is betaald")
    ingrid.sees("De betaling staat in het grootboek.")


def the_group_accounts_for_the_money(town: Town, today: date) -> None:
    amina = town.comes_back("Amina Haddou")
    amina.opens("/mijn")
    amina.opens("/wijken/west/initiatieven")
    amina.follows(BENCHES, "Naar uw wijkvoucher", "Geld verantwoorden")
    amina.fills({"Wat hebt u gedaan?": "De bankjes staan er. Iedereen zit er graag.", "Wanneer was het klaar?": today})
    amina.presses("Versturen")
    amina.sees("Dank u wel. Iedereen kan nu uw verantwoording lezen.", "Iedereen zit er graag.")


def the_official_settles_it(town: Town) -> None:
    pieter = town.comes_back("Pieter Hoekstra")
    pieter.opens("/wijken/west/wijkvouchers")
    pieter.follows(BENCHES)
    pieter.presses("Wijkvoucher vaststellen")
    pieter.sees("De wijkvoucher is vastgesteld.", "€ 650,00", "Terug in de wijkpot")


def the_cashier_hands_back_what_is_free(town: Town) -> None:
    ingrid = town.comes_back("Ingrid Wolters")
    ingrid.opens("/wijken/west")
    ingrid.follows("Begroting", "Geld teruggeven")
    ingrid.fills({"Bedrag": "3.250,01", "Reden": "Het jaar is af; wat over is gaat terug."})
    ingrid.presses("Teruggeven")
    ingrid.sees("Er is niet genoeg geld")
    ingrid.fills({"Bedrag": "3.250"})
    ingrid.presses("Teruggeven")
    ingrid.sees("Het geld is terug naar de gemeente.")


def everybody_sees_where_the_money_is(town: Town) -> None:
    guest = town["een gast"]
    guest.opens("/wijken/west/geld")
    guest.follows("2026")
    shown = {
        row.get_by_role("rowheader").inner_text(): row.get_by_role("cell").inner_text()
        for row in guest.page.get_by_role("table").first.get_by_role("row").all()[1:]
    }
    assert {name: amount.replace("\xa0", " ") for name, amount in shown.items()} == {
        "Nog vrij": "€ 0,00",
        "Gereserveerd": "€ 0,00",
        "In wijkvouchers": "€ 0,00",
        "Betaald": "€ 1.750,00",
        "Terug naar de gemeente": "€ 3.250,00",
        "Toegekend": "€ 5.000,00",
    }
    guest.sees("Bij elkaar is dit precies wat er binnenkwam.")
    assert "175000" in guest.saves("Alle boekingen, voor een programma (JSON)")
    guest.follows("Van alle betalingen")


def everybody_follows_a_euro_to_its_receipt(town: Town) -> None:
    guest = town["een gast"]
    guest.opens("/wijken/west/geld/2026")
    guest.follows(BENCHES)
    chain = guest.page.url.removeprefix(guest.origin)
    guest.sees("Van budget tot bon", "3 voor, 0 tegen", "€ 1.750,00", "€ 650,00")
    guest.unfolds("Kenmerk van de bon en van elke boeking")
    guest.sees(sha256(receipt_pdf(BOUGHT)).hexdigest())
    links = guest.page.get_by_role("link", name="Kijk verder:")
    ways = {link.inner_text(): str(link.get_attribute("href")) for link in links.all()}
    assert {"Kijk verder: besluit", "Kijk verder: bon", "Kijk verder: betaling"} <= ways.keys()
    for path in dict.fromkeys(ways.values()):
        guest.opens(path)
        assert guest.page.get_by_role("heading", level=1).inner_text() != "Dit kan niet"
    guest.opens(chain)


def everybody_checks_the_record(town: Town) -> None:
    guest = town["een gast"]
    guest.opens("/wijken/west/logboek")
    guest.sees("Openbaar logboek van Meerwijk-West", "Er is € 1.750,00 betaald.")
    guest.follows("Er is € 1.750,00 betaald.")
    guest.sees("Controleer het zelf", "Stappen naar de wortel", "Handtekening")
    guest.opens("/logboek")
    guest.sees("De nieuwste verzegeling", "Wortel van het logboek")


def the_auditor_reads_it_all(town: Town) -> None:
    ruben = town.comes_back("Ruben de Graaf")
    for path in ("rollen", "bewoners", "betalingen", "vrijstellingen", "wijkraad", "begroting", "reglement"):
        ruben.opens(f"/wijken/west/{path}")
        ruben.sees_nowhere("Dit kan niet")


def _fill_in_the_claim(town: Town) -> None:
    town["Amina Haddou"].fills(
        {
            "Bedrag op de bon": "1.750",
            "Waar was het voor?": "Materiaal",
            "Winkel of bedrijf": BOUGHT.supplier,
            "Nummer op de bon": BOUGHT.number,
            "Datum op de bon": BOUGHT.bought_on,
            "Foto of PDF van de bon": {"name": "bon.pdf", "mimeType": "application/pdf", "buffer": receipt_pdf(BOUGHT)},
            "Wie krijgt het geld?": BOUGHT.payee,
            "Rekeningnummer (IBAN)": DEMO_IBAN,
        }
    )

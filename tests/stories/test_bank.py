# SPDX-License-Identifier: EUPL-1.2
"""A day at the cashier's: a batch that two people send, and a statement of which one line is nobody's."""

import base64

import pytest

from tests import worlds
from tests.payments.conftest import Bank, commit, filed, named, order, out
from tests.stories.house import PLACE
from tests.stories.town import Town
from wijkbudget.identity import service as identity
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Role
from wijkbudget.payments.schemas import PayoutView

ADMINISTRATOR, CASHIER, RELEASER = "Esther Vermeer", "Hendrik Postma", "Samira el Idrissi"
ROLES = {ADMINISTRATOR: Role.ADMINISTRATOR, CASHIER: Role.CASHIER, RELEASER: Role.OFFICIAL}
PAYEE = "Tuincentrum & Zn. “De Linde”"


@pytest.mark.browser
@pytest.mark.parametrize("town", [True], ids=["javascript"], indirect=True)
class TestADayAtTheCashiers:
    def test_goes_from_what_waits_to_a_line_that_is_explained(self, town: Town) -> None:
        payouts = two_payments_wait(town)
        the_administrator_names_the_account(town)
        the_cashier_puts_a_batch_together(town)
        somebody_else_releases_it(town)
        told = the_cashier_brings_the_file_to_the_bank(town)
        assert all(named(payout) in told for payout in payouts)
        the_bank_answers(town, payouts)
        the_cashier_explains_what_nobody_ordered(town)
        assert town.house.fault() is None
        assert not town.look.found, "\n".join(town.look.found)


def two_payments_wait(town: Town) -> list[PayoutView]:
    """Return two payouts of West that nobody paid, and let three people of the whole municipality be there."""
    desk = town.house.desk
    worlds.found_meerwijk(desk)
    town.look.polite = f"/wijken/{PLACE}"
    desk.act(commit, PLACE, 100_000)
    for name, role in ROLES.items():
        desk.act(identity.appoint, AddPerson(name=name, role=role))
        town.at_a_desk(name)
        town.comes_back(name)
    return [desk.act(order, PLACE, about, cents) for about, cents in (("1", 12_500), ("2", 7_550))]


def the_administrator_names_the_account(town: Town) -> None:
    esther = town[ADMINISTRATOR]
    esther.opens("/mijn")
    esther.follows("Rekening van de gemeente")
    esther.fills(
        {
            "Naam van de rekening": "Gemeente Meerwijk",
            "Rekeningnummer (IBAN)": "NL91ABNA0417164301",
            "Welk besluit is dit?": "Treasurystatuut Meerwijk 2023, art. 6",
        }
    )
    esther.presses("Van deze rekening betalen")
    esther.sees("Er klopt nog iets niet")
    esther.fills({"Rekeningnummer (IBAN)": "NL91 ABNA 0417 1643 00"})
    esther.presses("Van deze rekening betalen")
    esther.sees("Gemeente Meerwijk", "art. 6")


def the_cashier_puts_a_batch_together(town: Town) -> None:
    hendrik = town[CASHIER]
    hendrik.opens("/mijn")
    hendrik.follows("Betalen via de bank")
    hendrik.sees(f"€ 125,00 – {PAYEE}", f"€ 75,50 – {PAYEE}")
    hendrik.presses("Klaarzetten voor de bank")
    hendrik.sees("€ 200,50", "wacht op vrijgeven")


def somebody_else_releases_it(town: Town) -> None:
    samira = town[RELEASER]
    samira.opens("/betalingen")
    samira.follows("Betaalopdracht van € 200,50")
    samira.presses("Vrijgeven voor de bank")
    samira.sees("wacht op versturen")


def the_cashier_brings_the_file_to_the_bank(town: Town) -> str:
    """Return what the bank is told."""
    hendrik = town[CASHIER]
    hendrik.opens("/betalingen")
    hendrik.follows("Betaalopdracht van € 200,50")
    told = hendrik.saves("Bestand voor de bank ophalen")
    hendrik.presses("De bank heeft het")
    hendrik.sees("bij de bank")
    return told


def the_bank_answers(town: Town, payouts: list[PayoutView]) -> None:
    hendrik = town[CASHIER]
    paid = [out(payout.amount_cents, named(payout)) for payout in payouts]
    content = base64.b64decode(filed(Bank().statement(*paid, out(1_250, None))).statement)
    hendrik.opens("/betalingen")
    hendrik.follows("Bankafschriften (0)")
    hendrik.fills({"Afschrift van de bank": {"name": "camt.xml", "mimeType": "text/xml", "buffer": content}})
    hendrik.presses("Afschrift inlezen")
    hendrik.sees("2 van 3", "Er ging geld af, en deze betaling kennen we niet.")


def the_cashier_explains_what_nobody_ordered(town: Town) -> None:
    hendrik = town[CASHIER]
    hendrik.follows("Eraf: € 12,50")
    hendrik.fills({"Wat is het?": "Kosten van de bank."})
    hendrik.presses("Verklaring bewaren")
    hendrik.sees("verklaard")
    hendrik.follows("Bankafschriften", "Betalen via de bank")
    hendrik.sees("Alle regels van de bank zijn verklaard.", "Betaalopdracht van € 200,50")

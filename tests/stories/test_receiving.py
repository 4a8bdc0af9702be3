# SPDX-License-Identifier: EUPL-1.2
"""What comes to a resident besides a plan: a fee, rewards, resident vouchers, gifts and shares."""

from datetime import date
from uuid import UUID

import pytest

from tests import worlds
from tests.stories.town import Town
from tests.stories.visitor import Visitor
from tests.vouchers.conftest import IBAN, faults, issue
from wijkbudget.http.cookies import cookie_name
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.vouchers.cheques import service as cheques
from wijkbudget.vouchers.cheques.schemas import IssueCheques

HERE = "/wijken/oost"
VOLUNTEER, OFFICIAL, CASHIER, CHAIR = "de vrijwilliger", "de ambtenaar", "de kassier", "de voorzitter"


@pytest.mark.browser
@pytest.mark.parametrize("town", [True], ids=["javascript"], indirect=True)
class TestWhatAResidentReceives:
    def test_can_be_asked_paid_and_read(self, town: Town) -> None:
        voucher_id, name = a_group_has_a_voucher(town)
        the_volunteer_tells_what_came_from_elsewhere(town[VOLUNTEER])
        the_group_asks_for_a_fee(town[VOLUNTEER], voucher_id, name)
        whoever_approves_is_warned(town)
        the_cashier_pays_it(town[CASHIER], name)
        the_volunteer_looks_around(town[VOLUNTEER])
        assert town.house.desk.ask(faults) == []
        assert not town.look.found, "\n".join(town.look.found)


def a_group_has_a_voucher(town: Town) -> tuple[UUID, str]:
    """Return the voucher of a group in Oost with the name of a member, who is there with three people of the desk."""
    desk = town.house.desk
    worlds.found_meerwijk(desk)
    residents, staff = worlds.settle_in(desk, "oost", 3), worlds.staff(desk, "oost")
    voucher = desk.act(issue, "oost", "Kookclub", [each.id for each in residents[:2]], 100_000)
    everybody = IssueCheques(value_cents=500, last_on=date(2026, 3, 1), decision="Besluit 2026-3")
    desk.by(staff[Role.OFFICIAL]).once("cheques").act(cheques.issue_cheques, "oost", everybody)
    comes_in(town, town.at_a_phone(VOLUNTEER), residents[0])
    for name, role in ((OFFICIAL, Role.OFFICIAL), (CASHIER, Role.CASHIER), (CHAIR, Role.CHAIR)):
        comes_in(town, town.at_a_desk(name), staff[role])
    return voucher.id, desk.by(residents[0]).ask(identity.me).name


def comes_in(town: Town, visitor: Visitor, who: Actor) -> None:
    """Let somebody be logged in; how one does so is told in another story."""
    visit = town.house.desk.act(worlds.open_session, who.id)
    visitor.page.context.add_cookies([{"name": cookie_name(secure=False), "value": visit, "url": town.house.origin}])


def the_volunteer_tells_what_came_from_elsewhere(volunteer: Visitor) -> None:
    volunteer.opens(f"{HERE}/mijn-tijd")
    volunteer.follows("Wat ik kreeg voor mijn tijd")
    volunteer.sees("In januari 2026: € 0,00 van hoogstens € 210,00.", "Dit zijn de bedragen van 2025", "Nog niets.")
    volunteer.fills(
        {
            "Welke organisatie?": "Voedselbank Oost",
            "Hoeveel was het, of wat was het waard?": "120",
            "Geld of een ding?": "Geld",
            "Wanneer kwam het binnen?": date(2026, 1, 5),
        }
    )
    volunteer.presses("Schrijf het op")
    volunteer.sees("Dit telt nu mee.", "€ 120,00 op 5 januari 2026", "Voedselbank Oost")


def the_group_asks_for_a_fee(volunteer: Visitor, voucher_id: UUID, name: str) -> None:
    """Ask for more than the law leaves, and then for less."""
    volunteer.opens(f"{HERE}/wijkvouchers/{voucher_id}/declaraties/nieuw?kind=volunteer_fee")
    asked = {
        "Wie krijgt de vergoeding?": name,
        "Wat deed die persoon?": "Zes avonden gekookt",
        "Hoe hoog is de vergoeding?": "90,01",
        "Rekeningnummer (IBAN)": IBAN,
    }
    volunteer.fills(asked)
    volunteer.presses("Declaratie versturen")
    volunteer.sees("Dit is te veel voor één maand.", "hoogstens € 210,00 per maand", "art. 2 lid 6")
    volunteer.fills({"Hoe hoog is de vergoeding?": "90"})
    volunteer.presses("Declaratie versturen")
    volunteer.sees("Je declaratie is verstuurd.")


def whoever_approves_is_warned(town: Town) -> None:
    for name in (CHAIR, OFFICIAL):
        approver = town[name]
        approver.opens(f"{HERE}/wijkvouchers")
        approver.follows("Kookclub", "Bekijk de declaratie die op jou wacht")
        approver.sees("Het maximum voor deze vrijwilliger is dichtbij", "Zes avonden gekookt")
        approver.presses("Goedkeuren")


def the_cashier_pays_it(cashier: Visitor, name: str) -> None:
    cashier.opens(f"{HERE}/betalingen")
    cashier.follows(f"€ 90,00 – {name}", "Kookclub")
    cashier.sees("Het maximum voor deze vrijwilliger is dichtbij")
    cashier.follows(name)
    cashier.sees("In januari 2026: € 210,00 van hoogstens € 210,00.", "80 procent")
    cashier.follows("Betalingen", f"€ 90,00 – {name}")
    cashier.fills({"Kenmerk van de bank": "2026-0001"})
    cashier.presses("Dit is betaald")
    cashier.sees("De betaling staat in het grootboek.")


def the_volunteer_looks_around(volunteer: Visitor) -> None:
    for page in ("bewonerscheques/mijn", "geven", "wijkaandelen/teruggeven", "beloningen", "beloningen/mijn"):
        volunteer.opens(f"{HERE}/{page}")

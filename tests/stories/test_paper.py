# SPDX-License-Identifier: EUPL-1.2
"""A round with a limit and paper: from the ballot that is printed to the count that others do again, and ask about."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests import worlds
from tests.stories.house import BEGINS_ON, PLACE
from tests.stories.test_ballots import PLANS, add_option, casts, opens_the_ballot
from tests.stories.town import Town
from tests.stories.visitor import Visitor
from wijkbudget.identity import seed as people
from wijkbudget.identity import service as identity
from wijkbudget.identity.queries import actor
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Role
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.voting import seed, service
from wijkbudget.voting.paper.rules import Seat
from wijkbudget.voting.paper.schemas import TakeSeat
from wijkbudget.voting.paper.service import take_seat
from wijkbudget.voting.schemas import OptionDraft, PrepareRound

TITLE = "Stem voor West, ook op papier"
LAST_DAY = BEGINS_ON + timedelta(days=14)
OFFICIAL, AUDITOR = "Pieter Hoekstra", "Ruben de Graaf"
RECEIVER, FIRST, SECOND, THIRD = "Rita opent", "Frans voert in", "Selma voert in", "Derk beslist"
SEATS = dict(zip((RECEIVER, FIRST, SECOND, THIRD), Seat, strict=True))
BENCHES, FEAST, GARDENS = (title for title, _cost in PLANS)
VOTED = 4
"""One online, and three on paper."""
LIMIT = f"Van deze plannen wint er hoogstens 1: “{BENCHES}”, “{FEAST}”."


@pytest.mark.browser
@pytest.mark.parametrize("town", [True], ids=["javascript"], indirect=True)
class TestAnEveningOfPaper:
    def test_goes_from_the_printed_ballot_to_a_count_that_anybody_does_again(self, town: Town, tmp_path: Path) -> None:
        round_id, codes = a_round_with_paper_is_open(town)
        here = f"/wijken/{PLACE}/stemrondes/{round_id}"
        somebody_prints_a_ballot(town, here)
        receipt, signed = somebody_votes_online(town, codes[0])
        somebody_takes_a_task(town, here)
        town.lets_it_be(LAST_DAY + timedelta(days=1))
        the_envelopes_are_opened(town, here, codes[:4])
        two_people_enter_the_ballots(town, here)
        a_third_decides(town, here)
        the_sheet_balances(town, here)
        town.lets_it_be(LAST_DAY + timedelta(days=2))
        everybody_reads_the_sheet_and_the_evening(town, here)
        a_voter_finds_her_ballot(town, here, receipt)
        a_stranger_counts_again(town, here, tmp_path, signed)
        the_auditor_asks_who_voted(town, here)
        assert town.house.fault() is None
        assert not town.look.found, "\n".join(town.look.found)


def a_round_with_paper_is_open(town: Town) -> tuple[UUID, list[str]]:
    """Return a round on points in West, and the codes of those who can vote in it."""
    desk = town.house.desk
    worlds.found_meerwijk(desk)
    town.look.polite = f"/wijken/{PLACE}"
    toml = demo_toml(PLACE).replace('ballot = "knapsack"', 'ballot = "points"')
    toml = toml.replace("[voting.ballot_parameters]\n", "[voting.ballot_parameters]\npoints_total = 5\n")
    decided = AdoptPolicy(valid_from=BEGINS_ON, decided_by="Raadsbesluit 2026-3", toml=toml)
    desk.act(neighbourhoods.adopt_policy, PLACE, decided)
    people.fill_register(desk, worlds.register_csv({PLACE: 12}))
    staff = worlds.staff(desk, PLACE)
    helpers = {name: desk.act(identity.add_person, PLACE, AddPerson(name=name, role=Role.GUIDE)) for name in SEATS}
    command = PrepareRound(
        year=2026,
        title=TITLE,
        opens_on=BEGINS_ON,
        closes_on=LAST_DAY,
        reference_on=BEGINS_ON,
        budget_cents=3_000_000,
        with_paper=True,
    )
    made = seed.prepare(desk, PLACE, staff[Role.OFFICIAL], command)
    for number, (title, cost_cents) in enumerate(PLANS, 1):
        plan = OptionDraft(about=f"plan-{number}", title=title, cost_cents=cost_cents)
        desk.act(add_option, PLACE, made.id, plan)
    the_official_sets_a_limit(town, made.id)
    desk.by(staff[Role.OFFICIAL]).act(service.open_, PLACE, made.id)
    for name in (FIRST, SECOND, THIRD):
        at = desk.by(desk.ask(actor, UUID(helpers[name].person.id)))
        at.act(take_seat, PLACE, made.id, TakeSeat(seat=SEATS[name]))
    return made.id, [letter.code for letter in seed.letters(desk, made.id)]


def the_official_sets_a_limit(town: Town, round_id: UUID) -> None:
    """Set what the council decided: of two plans for one square, one can win."""
    official = town.at_a_desk(OFFICIAL)
    town.comes_back(OFFICIAL)
    official.opens(f"/wijken/{PLACE}/stemrondes/{round_id}")
    official.follows("Grenzen stellen voor plannen")
    official.fills({"Waar gaat het over?": "Het plein"})
    official.chooses("Welke plannen?", f"1. {BENCHES}", f"2. {FEAST}")
    official.presses("Grens stellen")
    official.sees("Er klopt nog iets niet")
    official.fills({"Hoeveel hiervan kunnen er hoogstens winnen?": "1"})
    official.presses("Grens stellen")
    official.sees("De grens is gesteld.", "Het plein")


def somebody_prints_a_ballot(town: Town, here: str) -> None:
    guest = town.at_a_desk("een gast")
    guest.opens(here)
    guest.follows("Stem op papier: print het stembiljet")
    guest.sees(BENCHES, FEAST, GARDENS, LIMIT)
    pages = re.findall(rb"/Type\s*/Page\b", guest.page.pdf(format="A4"))
    assert len(pages) <= 2, "one sheet, on two sides"


def somebody_votes_online(town: Town, code: str) -> tuple[str, bytes]:
    """Return the receipt of somebody who votes by keyboard on a phone, as it is shown and as it is signed."""
    voter = town.at_a_phone("een kiezer")
    opens_the_ballot(voter, code)
    voter.sees(LIMIT)
    voter.page.locator('[name="mark.3"]').press_sequentially("5")
    casts(voter, "Geveltuinen", thanks="Uw controlecode")
    receipt = voter.page.locator("dd").first.inner_text().strip()
    voter.unfolds("Ondertekend ontvangstbewijs")
    return receipt, voter.saves("Bewaar het ondertekende ontvangstbewijs (bestand)").encode()


def somebody_takes_a_task(town: Town, here: str) -> None:
    """Take the one that nobody took yet."""
    rita = town.at_a_desk(RECEIVER)
    town.comes_back(RECEIVER)
    rita.opens(here)
    rita.follows("Open de papieren stembiljetten en voer ze in")
    rita.chooses("Wat doet u?", "Enveloppen openen")
    rita.presses("Dit is mijn taak")
    rita.sees("Dit is nu uw taak.", "De enveloppen blijven dicht tot de laatste dag voorbij is.")


def the_envelopes_are_opened(town: Town, here: str, codes: list[str]) -> None:
    """Four envelopes: the first is of somebody who voted online."""
    rita = town.comes_back(RECEIVER)
    rita.opens(f"{here}/papier")
    rita.follows("Open de enveloppen")
    for code in codes:
        types(rita, "Stemcode op de strook", code)
        rita.sees("Leg apart: met deze code is online gestemd" if code == codes[0] else "Stapel stem 1")
    rita.fills({"Alle enveloppen die terugkwamen": "5"})
    rita.presses("De enveloppen zijn geteld")
    rita.sees("telde 5 enveloppen. Op de lijst staan er 4.")
    rita.fills({"Alle enveloppen die terugkwamen": "4"})
    rita.presses("De enveloppen zijn geteld")
    rita.sees("De enveloppen zijn geteld. De codes zijn gewist.")


def two_people_enter_the_ballots(town: Town, here: str) -> None:
    """Three ballots, by keyboard alone: they differ about the second, and find the third blank."""
    for name, lines in {FIRST: ("3:5", "1:3 2:2", "A"), SECOND: ("3:5", "1:2 2:3", "A")}.items():
        visitor = town.at_a_desk(name)
        town.comes_back(name)
        visitor.opens(f"{here}/papier")
        visitor.follows("Voer biljetten in")
        for number, line in enumerate(lines, 1):
            visitor.sees(f"Biljet {number} van 3")
            types(visitor, "Wat staat er op het biljet?", line)
        visitor.sees("Op deze stapel valt voor u nu niets in te voeren.")


def a_third_decides(town: Town, here: str) -> None:
    official = town.comes_back(OFFICIAL)
    official.opens(f"{here}/papier")
    official.presses("Doe de biljetten in de bus")
    official.sees("Aantal biljetten: 1")
    derk = town.at_a_phone(THIRD)
    town.comes_back(THIRD)
    derk.opens(f"{here}/papier")
    derk.follows("Voer biljetten in")
    derk.sees("Biljet 2 van 3")
    types(derk, "Wat staat er op het biljet?", "1:3 2:3")
    derk.sees("U gaf 6 punten. U hebt er 5.")
    types(derk, "Wat staat er op het biljet?", "1:3 2:2")


def the_sheet_balances(town: Town, here: str) -> None:
    official = town[OFFICIAL]
    official.opens(f"{here}/papier")
    official.presses("Doe de biljetten in de bus")
    official.sees("De telstaat klopt. De papieren biljetten zitten in de bus.")


def everybody_reads_the_sheet_and_the_evening(town: Town, here: str) -> None:
    guest = town["een gast"]
    guest.opens(here)
    guest.follows("Telstaat van het papier")
    guest.sees("Er is niets ingevuld", "Er was al online gestemd met deze code")
    guest.opens(here)
    guest.follows("Scherm voor de telavond")
    while guest.page.get_by_role("link", name="Volgende", exact=True).count():
        # The way forward has the focus, so Enter turns the page.
        with guest.page.expect_navigation():
            guest.page.keyboard.press("Enter")
    guest.look.at(guest.page, guest.name, guest.language)
    guest.sees("Dit is de uitslag", GARDENS)


def a_voter_finds_her_ballot(town: Town, here: str, receipt: str) -> None:
    voter = town["een kiezer"]
    voter.opens(here)
    voter.follows("Vind uw eigen stembiljet")
    voter.fills({"Uw controlecode": receipt.lower()})
    voter.presses("Zoeken")
    voter.sees("Dit stembiljet is geteld", "Geveltuinen: 5")


def a_stranger_counts_again(town: Town, here: str, folder: Path, signed: bytes) -> None:
    """Download the vote and the script, and run the script alone with a voter's signed receipt."""
    guest = town["een gast"]
    guest.opens(here)
    guest.follows("Tel het zelf na")
    (folder / "count.json").write_text(guest.saves("Download de stemming (JSON)"))
    (folder / "recount.py").write_text(guest.saves("Download het telscript (Python)"))
    (folder / "receipt.json").write_bytes(signed)
    told = subprocess.run(
        [sys.executable, "-I", "-S", "recount.py", "count.json", "receipt.json"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (told.returncode, "WRONG" in told.stdout) == (0, False), told.stdout + told.stderr
    assert "RIGHT" in told.stdout


def the_auditor_asks_who_voted(town: Town, here: str) -> None:
    ruben = town.at_a_desk(AUDITOR)
    town.comes_back(AUDITOR)
    ruben.opens(here)
    ruben.follows("Vraag kiezers of ze hebben gestemd")
    ruben.presses("Loot en laat zien")
    ruben.sees("Te vragen", "Vraag nooit wat.")
    assert ruben.saves("Download de lijst (CSV)", kind="button").count("\n") == 1 + VOTED
    ruben.page.get_by_role("combobox").first.select_option(label="“Ja, ik heb gestemd”")
    ruben.presses("Antwoorden bewaren")
    ruben.opens(f"{here}/uitslag")
    ruben.sees("Gevraagd: hebt u gestemd?")


def types(visitor: Visitor, label: str, line: str) -> None:
    """Type into the field that has the focus, and press Enter."""
    field = visitor.field(label)
    assert field.evaluate("one => one === document.activeElement") or field.input_value()
    field.fill("")
    visitor.page.keyboard.type(line)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.look.at(visitor.page, visitor.name, visitor.language)

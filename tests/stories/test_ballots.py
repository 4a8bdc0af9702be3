# SPDX-License-Identifier: EUPL-1.2
"""Every way to mark a ballot, by keyboard alone on a small phone, from the code to the receipt."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests import worlds
from tests.stories.town import Town
from tests.stories.visitor import Visitor
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Role, may
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.trail.work import verb
from wijkbudget.voting import seed, service
from wijkbudget.voting.schemas import OptionDraft, PrepareRound

FIRST_DAY = date(2026, 3, 2)
BALLOTS = {
    "approval": "marks_max = 2",
    "knapsack": "",
    "one": "",
    "points": "points_total = 5",
    "ranking": "length = 3",
}
PLANS = (
    ("Bankjes langs de singel", 2_000_000),
    ("Een buurtfeest op het plein met muziek en eten uit alle windstreken", 1_500_000),
    ("Geveltuinen", 1_000_000),
)
OFFICIAL = worlds.somebody(Role.OFFICIAL)

add_option = verb(may(Role.SYSTEM))(service.add_option)


@pytest.mark.browser
class TestEveryBallot:
    @pytest.mark.parametrize("town", [True], ids=["javascript"], indirect=True)
    def test_can_be_cast_by_keyboard_on_a_small_phone(self, town: Town) -> None:
        codes = a_round_of_each_ballot_is_open(town)
        voter = town.at_a_phone("een kiezer")
        opens_the_ballot(voter, codes["approval"])
        ticks(voter, 1, 2, 3)
        expect(says(voter)).to_have_text("Gekozen plannen: 3. Dat zijn er 1 te veel.")
        ticks(voter, 3)
        expect(says(voter)).to_have_text("Gekozen plannen: 2. Er kunnen er nog 0 bij.")
        casts(voter, "€ 35.000,00")

        opens_the_ballot(voter, codes["knapsack"])
        ticks(voter, 1, 2)
        expect(says(voter)).to_contain_text("Dat kost € 35.000,00. Dat is € 5.000,00 te veel.", use_inner_text=True)
        presses(voter, "Controleer mijn keuze")
        voter.sees("Er klopt nog iets niet", "Je keuze kost samen € 35.000,00.")
        ticks(voter, 1)
        expect(says(voter)).to_contain_text("Dat kost € 15.000,00. Nog over: € 15.000,00.", use_inner_text=True)
        casts(voter, "Van de € 30.000,00 is nog € 15.000,00 over.")

        opens_the_ballot(voter, codes["one"])
        ticks(voter, 3)
        casts(voter, "Geveltuinen")

        opens_the_ballot(voter, codes["points"])
        for plan, points in ((1, "4"), (3, "2")):
            voter.page.locator(f'[name="mark.{plan}"]').press_sequentially(points)
        expect(says(voter)).to_have_text("Je gaf 6 punten. Dat zijn er 1 te veel.")
        presses(voter, "Controleer mijn keuze")
        voter.sees("Je gaf 6 punten. Je hebt er 5.")
        voter.page.locator('[name="mark.3"]').press("End")
        voter.page.locator('[name="mark.3"]').press("Backspace")
        casts(voter, "Nog over: 1.")

        opens_the_ballot(voter, codes["ranking"])
        for place, letter in ((3, "G"), (2, "B")):
            voter.page.locator(f'[name="marks.{place}"]').press(letter)
        expect(says(voter)).to_have_text("Gekozen plannen: 2. Er kunnen er nog 1 bij.")
        casts(voter, "Je volgorde")
        assert town.house.fault() is None
        assert not town.look.found, "\n".join(town.look.found)

    def test_can_be_cast_where_no_script_runs(self, town: Town) -> None:
        codes = a_round_of_each_ballot_is_open(town, "points", "ranking")
        voter = town.at_a_phone("een kiezer")
        opens_the_ballot(voter, codes["points"])
        voter.fills({"Bankjes langs de singel": "4", "Geveltuinen": "2"})
        presses(voter, "Controleer mijn keuze")
        voter.sees("Je gaf 6 punten. Je hebt er 5.")
        voter.fills({"Geveltuinen": ""})
        casts(voter, "Nog over: 1.")
        opens_the_ballot(voter, codes["ranking"])
        voter.page.locator('[name="marks.2"]').select_option("3")
        presses(voter, "Controleer mijn keuze")
        voter.sees("Er klopt nog iets niet")
        voter.page.locator('[name="marks.3"]').select_option("1")
        casts(voter, "Je volgorde")
        assert not town.look.found, "\n".join(town.look.found)


def a_round_of_each_ballot_is_open(town: Town, *some: str) -> dict[str, str]:
    """Return a code for each ballot, or for some; each round opens a day later, under rules of its own."""
    desk, day = town.house.desk, FIRST_DAY
    town.house.clock.now = town.house.clock.now.replace(month=3, day=2)
    worlds.found_meerwijk(desk)
    people.fill_register(desk, worlds.register_csv({"oost": 8}))
    codes = {}
    for ballot, parameters in ((name, BALLOTS[name]) for name in some or BALLOTS):
        toml = demo_toml("oost").replace('ballot = "approval"', f'ballot = "{ballot}"')
        toml = toml.replace("[voting.ballot_parameters]\n", f"[voting.ballot_parameters]\n{parameters}\n")
        decided = AdoptPolicy(valid_from=day, decided_by="Raadsbesluit 2026-3", toml=toml)
        desk.act(neighbourhoods.adopt_policy, "oost", decided)
        command = PrepareRound(
            year=2026,
            title=f"Stem voor Oost ({ballot})",
            opens_on=day,
            closes_on=FIRST_DAY + timedelta(days=14),
            reference_on=FIRST_DAY,
            budget_cents=3_000_000,
        )
        made = seed.prepare(desk, "oost", OFFICIAL, command)
        for number, (title, cost_cents) in enumerate(PLANS, 1):
            plan = OptionDraft(about=f"plan-{number}", title=title, cost_cents=cost_cents)
            desk.act(add_option, "oost", made.id, plan)
        desk.by(OFFICIAL).act(service.open_, "oost", made.id)
        codes[ballot] = seed.letters(desk, made.id)[0].code
        day += timedelta(days=1)
        town.house.clock.forward(days=1)
    return codes


def opens_the_ballot(voter: Visitor, code: str) -> None:
    voter.opens("/stemmen")
    voter.field("Stemcode").press_sequentially(code)
    presses(voter, "Naar het stembiljet")


def ticks(voter: Visitor, *numbers: int) -> None:
    """Tick, or take a tick back."""
    for number in numbers:
        voter.page.locator(f"#marks-{number}").press("Space")


def says(voter: Visitor) -> Locator:
    """Return the lines that say what is left."""
    return voter.page.locator("[data-so-far]")


def casts(voter: Visitor, sentence: str, *, thanks: str = "Je controlecode") -> None:
    """Go on, read a sentence back, and vote."""
    presses(voter, "Controleer mijn keuze")
    voter.sees("nog niet gestemd.", sentence)
    presses(voter, "Stem")
    voter.sees("zit in de bus", thanks)


def presses(voter: Visitor, label: str) -> None:
    """Press a button with the Enter key, and look at what comes."""
    with voter.page.expect_navigation():
        voter.page.get_by_role("button", name=label, exact=True).press("Enter")
    voter.look.at(voter.page, voter.name, voter.language)

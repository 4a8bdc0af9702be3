# SPDX-License-Identifier: EUPL-1.2
"""Makes the town that is measured: Meerwijk with thirty plans, and a round in which thousands can vote."""

from datetime import timedelta

from wijkbudget.app import house
from wijkbudget.app.settings import Settings
from wijkbudget.identity import seed as people
from wijkbudget.initiatives import service as initiatives
from wijkbudget.initiatives.schemas import CostLineDraft, ProposeInitiative
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import seed as neighbourhoods
from wijkbudget.trail.work import verb
from wijkbudget.voting import seed as votes
from wijkbudget.voting import service as voting
from wijkbudget.voting.schemas import OptionDraft, PrepareRound

PLACE = "oost"
PLANS = 30
OPTIONS = 10
RESIDENTS = 15_000
"""As a large neighbourhood has; some 13,000 of them can vote."""

_OFFICIAL = Actor(id="official", roles=frozenset({(Role.OFFICIAL, None)}))
_ADMINISTRATOR = Actor(id="administrator", roles=frozenset({(Role.ADMINISTRATOR, None)}))

add_option = verb(may(Role.SYSTEM))(voting.add_option)


def settle(settings: Settings, residents: int = RESIDENTS) -> None:
    """Found Meerwijk with its people and thirty plans."""
    with house.open_house(settings) as desk:
        today = day_of(desk.clock())
        neighbourhoods.found(desk)
        neighbourhoods.adopt_policies(desk, _ADMINISTRATOR)
        people.fill_register(desk, people.register_csv({PLACE: residents}, today=today - timedelta(days=400)))
        for number, resident in enumerate(people.settle(desk, PLACE, PLANS)):
            plan = ProposeInitiative(
                title=f"Pluktuin {number}",
                summary="Een tuin voor iedereen, met kruiden.",
                theme="groen",
                quarter="BU99010101",
                spot="Lindenpark",
                cost_lines=[CostLineDraft(what="Bomen", amount_cents=10_000 * number + 50_000)],
            )
            desk.by(resident).act(initiatives.propose, PLACE, plan)


def open_round(settings: Settings) -> list[str]:
    """Open a round of ten options, and return the codes with which people vote in it."""
    with house.open_house(settings) as desk:
        today = day_of(desk.clock())
        command = PrepareRound(
            year=today.year,
            title="Stem voor Oost",
            opens_on=today,
            closes_on=today + timedelta(days=14),
            reference_on=today,
            budget_cents=3_000_000,
        )
        round_id = votes.prepare(desk, PLACE, _OFFICIAL, command).id
        for number in range(OPTIONS):
            option = OptionDraft(about=f"plan {number}", title=f"Plan {number}", cost_cents=500_000)
            desk.act(add_option, PLACE, round_id, option)
        desk.by(_OFFICIAL).act(voting.open_, PLACE, round_id)
        return [letter.code for letter in votes.letters(desk, round_id)]

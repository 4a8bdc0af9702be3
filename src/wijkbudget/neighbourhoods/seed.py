# SPDX-License-Identifier: EUPL-1.2
"""The demo municipality of Meerwijk, made through the verbs."""

from datetime import date
from importlib.resources import files

from wijkbudget.kit.actor import Actor
from wijkbudget.neighbourhoods import service
from wijkbudget.neighbourhoods.schemas import AdoptPolicy, FoundMunicipality, GrantBudget, MunicipalityView
from wijkbudget.trail.desk import Desk

PLACES = ("oost", "west")
"""The larger neighbourhood, then the smaller."""

POLICY_FROM = date(2024, 1, 1)

BUDGETS_CENTS = {
    ("oost", 2025): 10_000_000,
    ("oost", 2026): 10_500_000,
    ("west", 2025): 4_000_000,
    ("west", 2026): 4_200_000,
}
"""What the municipality grants to each neighbourhood for each year."""


def demo_toml(name: str) -> str:
    """Return a file of the demo: `meerwijk` is the municipality, `oost` and `west` are policies."""
    return files("wijkbudget.neighbourhoods").joinpath(f"demo/{name}.toml").read_text(encoding="utf-8")


def found(desk: Desk) -> MunicipalityView:
    """Found Meerwijk; the desk is the system's."""
    return desk.act(service.found, FoundMunicipality(toml=demo_toml("meerwijk")))


def adopt_policies(desk: Desk, administrator: Actor, valid_from: date = POLICY_FROM) -> None:
    """Adopt the policy of both neighbourhoods."""
    for place in PLACES:
        decided = AdoptPolicy(
            valid_from=valid_from, decided_by="Raadsbesluit 2023-118, 14 december 2023", toml=demo_toml(place)
        )
        desk.by(administrator).act(service.adopt_policy, place, decided)


def grant_budgets(desk: Desk, official: Actor, year: int) -> None:
    """Grant both neighbourhoods their budget of a year."""
    for place in PLACES:
        command = GrantBudget(
            year=year, amount_cents=BUDGETS_CENTS[place, year], decision=f"Begroting {year}, programma Wijken"
        )
        desk.by(official).once(f"seed budget {place} {year}").act(service.grant, place, command)

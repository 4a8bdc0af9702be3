# SPDX-License-Identifier: EUPL-1.2
"""Legal worlds for tests, built through the desk like everything else."""

from uuid import UUID

from wijkbudget.identity import seed as identity
from wijkbudget.identity import service
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.neighbourhoods import seed as neighbourhoods
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Work, verb


def somebody(role: Role, place: str | None = None) -> Actor:
    """Return an actor with one role, who is no person on any register; no place is the whole municipality."""
    return Actor(id=f"{role}-{place or 'municipality'}", roles=frozenset({(role, place)}))


def found_meerwijk(desk: Desk) -> None:
    """Found Meerwijk with `oost` and `west`, adopt their policies, and grant the budgets of 2025 and 2026."""
    neighbourhoods.found(desk)
    neighbourhoods.adopt_policies(desk, somebody(Role.ADMINISTRATOR))
    for year in (2025, 2026):
        neighbourhoods.grant_budgets(desk, somebody(Role.OFFICIAL), year)


def register_csv(places: dict[str, int]) -> str:
    """Return a register file with so many people in each place, in households of one to five."""
    return identity.register_csv(places)


def settle_in(desk: Desk, place: str, count: int) -> list[Actor]:
    """Import a register of a place and return so many grown-up residents who proved who they are, as actors.

    Three times as many people are registered, children among them; some of the residents share a household.
    """
    identity.fill_register(desk, register_csv({place: 3 * count + 5}))
    return identity.settle(desk, place, count)


def staff(desk: Desk, place: str) -> dict[Role, Actor]:
    """Return one person for each role that can be given in a place, none of whom lives there."""
    return identity.appoint_staff(desk, place)


@verb(may(Role.SYSTEM), municipal=True)
def open_session(work: Work, person_id: str) -> str:
    """Begin a visit of somebody without a code, with the second step taken, and return its token."""
    return service.open_session(work, UUID(person_id), way="desk", is_verified=True, proves=True).token

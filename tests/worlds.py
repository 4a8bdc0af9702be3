# SPDX-License-Identifier: EUPL-1.2
"""Legal worlds for tests, built through the desk like everything else."""

from typing import Any
from uuid import UUID

from wijkbudget.identity import seed as identity
from wijkbudget.identity import service
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.neighbourhoods import seed as neighbourhoods
from wijkbudget.neighbourhoods.rules import Basis, Body
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.grants import service as grants
from wijkbudget.vouchers.grants.queries import grants_of
from wijkbudget.vouchers.grants.rules import Way
from wijkbudget.vouchers.grants.schemas import MakeKnown
from wijkbudget.vouchers.schemas import DecidedBy


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


GRANTED: dict[str, Any] = {
    "decided": DecidedBy(body=Body.COUNCIL, basis=Basis.MANDATE, article="art. 9"),
    "motivation": "Zo is gestemd.",
}
"""Who granted the money of a voucher in tests, and why."""


def make_known(work: Work, place: str, voucher_id: UUID) -> None:
    """Let the grant of a voucher be handed over today, in the act that issued it."""
    grant = grants_of(work, [voucher_id])[voucher_id]
    grants.make_known(work, place, MakeKnown(decisions=[grant.id], known_on=work.today, way=Way.HANDED_OVER))


@verb(may(Role.SYSTEM), municipal=True)
def open_session(work: Work, person_id: str) -> str:
    """Begin a visit of somebody without a code, with the second step taken, and return its token."""
    return service.open_session(work, UUID(person_id), way="desk", is_verified=True, proves=True).token

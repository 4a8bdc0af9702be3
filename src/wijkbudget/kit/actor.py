# SPDX-License-Identifier: EUPL-1.2
"""Who is asking, and who may."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A capacity in which somebody acts, in one neighbourhood or in the whole municipality."""

    GUEST = "guest"
    """Everybody; a guest reads, and never supports, confirms or votes."""
    RESIDENT = "resident"
    """Somebody on the register who proved the address."""
    GUIDE = "guide"
    """Helps residents and opens tasks."""
    COUNCIL = "council"
    """Member of the neighbourhood council."""
    CHAIR = "chair"
    """Chairs the neighbourhood council; is also a member."""
    OFFICIAL = "official"
    """Works for the municipality."""
    CASHIER = "cashier"
    """Pays what was approved."""
    AUDITOR = "auditor"
    """Reads and checks everything, changes nothing."""
    ADMINISTRATOR = "administrator"
    """Keeps registers, roles and policy."""
    SYSTEM = "system"
    """The house itself: jobs and the command line of its keeper."""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person or the system, with roles; `id` is what the trail keeps."""

    id: str
    roles: frozenset[tuple[Role, str | None]] = frozenset()
    """Each role with the neighbourhood it holds in; None is the whole municipality."""

    def roles_in(self, place: str | None) -> frozenset[Role]:
        """Return the roles held in a neighbourhood, or, for None, in the whole municipality."""
        held = {role for role, where in self.roles if where is None or where == place}
        return frozenset(held | {Role.GUEST})


GUEST = Actor(id="guest")
SYSTEM = Actor(id="system", roles=frozenset({(Role.SYSTEM, None)}))


@dataclass(frozen=True)
class May:
    """Who may do something: `any` role for every thing of the place, `own` roles only for what is theirs."""

    any: frozenset[Role]
    own: frozenset[Role] = frozenset()

    def allows(self, roles: frozenset[Role]) -> bool:
        """Return whether one of these roles opens the door at all."""
        return bool(roles & (self.any | self.own))

    def only_own(self, roles: frozenset[Role]) -> bool:
        """Return whether these roles open the door only for what is theirs."""
        return not roles & self.any


def may(*any_: Role, own: tuple[Role, ...] = ()) -> May:
    """Return who may, for an `access.py`: `may(Role.OFFICIAL, own=(Role.RESIDENT,))`."""
    return May(frozenset(any_), frozenset(own))

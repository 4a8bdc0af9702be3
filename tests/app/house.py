"""The house after the demo's year, with one person for every role in every place, and their sessions."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.app.knocking import Knocker
from tests.worlds import open_session
from wijkbudget.identity import queries as identity
from wijkbudget.identity import seed as people
from wijkbudget.identity import service
from wijkbudget.identity.rules.roles import MUNICIPAL
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.trail.desk import Desk

PLACES = ("oost", "west")
EVERYWHERE = "everywhere"
"""A role held in the whole municipality."""

_TABLES = {
    "initiative_id": "initiative",
    "voucher_id": "voucher",
    "claim_id": "claim",
    "payout_id": "payout",
    "task_id": "task",
    "round_id": "voting_round",
    "decision_id": "decision",
    "organisation_id": "organisation",
    "grant_id": "role_grant",
}


@dataclass
class House:
    """Everything that tests of the whole house need; nothing in it is changed by a test that refuses."""

    desk: Desk
    knocker: Knocker
    codes: list[str]
    """Voting codes of the open round in West that nobody used."""
    file: sqlite3.Connection
    """The database, beside the house: what it says is what is on disk."""
    actors: dict[tuple[Role, str], Actor] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def token(self, actor: Actor | None) -> str | None:
        """Return a session of somebody; a guest has none."""
        if actor is None:
            return None
        if actor.id not in self.tokens:
            self.tokens[actor.id] = self.desk.act(open_session, actor.id)
        return self.tokens[actor.id]

    def holder(self, role: Role, where: str) -> Actor | None:
        """Return the person who has just this role, there; nobody for a guest."""
        return self.actors[role, where] if role is not Role.GUEST else None

    def version(self) -> int:
        """Return a number that is another one after any change to any table."""
        found: int = self.file.execute("PRAGMA data_version").fetchone()[0]
        return found

    def rows(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        """Return rows as they are on disk."""
        return self.file.execute(statement, values).fetchall()

    def ids(self, place: str) -> dict[str, str]:
        """Return an id of this place for every name that a path uses."""
        found = {
            name: str(UUID(row[0]))
            for name, table in _TABLES.items()
            for row in self.rows(f"SELECT id FROM {table} WHERE place = ? ORDER BY id DESC LIMIT 1", place)
        }
        return found | {"person_id": self.actors[Role.RESIDENT, place].id}


def fill(desk: Desk, knocker: Knocker, codes: list[str], path: Path) -> House:
    """Appoint one person for every role in every place, and return the house."""
    house = House(desk, knocker, codes, sqlite3.connect(path, check_same_thread=False))
    for place in PLACES:
        for role, actor in people.appoint_staff(desk, place).items():
            house.actors[role, place] = actor
        # The demo lets the first residents act; the last one has no part in anything yet.
        home = desk.ask(identity.residents, place, desk.clock().date(), 18)[-1].person_id
        people.prove(desk, place, [home])
        house.actors[Role.RESIDENT, place] = desk.ask(identity.actor, UUID(home))
    for role in MUNICIPAL:
        made = desk.act(service.appoint, AddPerson(name=f"Iemand met {role}", role=role))
        house.actors[role, EVERYWHERE] = desk.ask(identity.actor, UUID(made.person.id))
    return house

# SPDX-License-Identifier: EUPL-1.2
"""The house after the demo's year, with one person for every role in every place, and their sessions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, create_engine, text

from tests.app.knocking import Knocker
from tests.worlds import open_session
from wijkbudget.app.tables import METADATA
from wijkbudget.identity import queries as identity
from wijkbudget.identity import seed as people
from wijkbudget.identity import service
from wijkbudget.identity.rules.roles import MUNICIPAL
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of
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
    "list_id": "attendance_list",
    "round_id": "voting_round",
    "decision_id": "decision",
    "organisation_id": "organisation",
    "grant_id": "role_grant",
    "municipal_task_id": "municipal_task",
    "proposal_id": "task_proposal",
    "challenge_id": "challenge",
    "objection_id": "objection",
    "attachment_id": "attachment",
    "invitation_id": "group_member",
    "collection_id": "gift_collection",
    "refund_id": "contribution_refund",
    "grant_decision_id": "grant_decision",
    "hand_back_id": "share_hand_back",
    "offer_id": "reward_offer",
    "reward_id": "reward",
    "fee_id": "fee",
    "contract_id": "contract",
    "party_id": "contract_party",
    "promise_id": "contract_promise",
    "hours_id": "promise_time",
    "guidance_id": "guidance",
    "note_id": "guidance_note",
    "pledge_id": "time_pledge",
    "project_vote_id": "project_vote",
    "time_offer_id": "time_offer",
    "pairing_id": "pairing",
}

_VERSION = {
    "sqlite": text("PRAGMA data_version"),
    "postgresql": text("SELECT coalesce(max(id), 0) FROM noted_change"),
}
_NOTE = """
CREATE TABLE noted_change (id bigserial PRIMARY KEY);
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO noted_change DEFAULT VALUES; RETURN NULL; END $$
"""
_ANY_THREAD = {"sqlite": {"check_same_thread": False}}


@dataclass
class House:
    """Everything that tests of the whole house need; nothing in it is changed by a test that refuses."""

    desk: Desk
    knocker: Knocker
    codes: list[str]
    """Voting codes of the open round in West that nobody used."""
    beside: Connection
    """The database, beside the house: what it says is what was committed."""
    actors: dict[tuple[Role, str], Actor] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    found: dict[str, dict[str, str]] = field(default_factory=dict)
    """Ids of each place, once somebody asked."""

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
        found: int = self.beside.execute(_VERSION[self.beside.dialect.name]).scalar_one()
        return found

    def rows(self, statement: str, **values: str) -> list[tuple[Any, ...]]:
        """Return rows as they were committed; ids as 32 letters."""
        found = self.beside.execute(text(statement), values)
        return [tuple(value.hex if isinstance(value, UUID) else value for value in row) for row in found]

    def ids(self, place: str) -> dict[str, str]:
        """Return an id of this place for every name that a path uses; looked up once, as hundreds of tests ask."""
        if place not in self.found:
            latest = "SELECT id FROM {} WHERE place = :place ORDER BY id DESC LIMIT 1"
            self.found[place] = {
                name: str(UUID(row[0]))
                for name, table in _TABLES.items()
                for row in self.rows(latest.format(table), place=place)
            }
        return self.found[place] | {"person_id": self.actors[Role.RESIDENT, place].id}


@contextmanager
def looking(url: str) -> Iterator[Connection]:
    """Look at a database beside the house, for as long as a test lasts."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", connect_args=_ANY_THREAD.get(url.partition(":")[0], {}))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def note_changes(connection: Connection) -> None:
    """Let PostgreSQL number its changes, as SQLite does of itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(_NOTE))
        for name in METADATA.tables:
            connection.execute(
                text(
                    f"CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON {name}"
                    " FOR EACH ROW EXECUTE FUNCTION note_change()"
                )
            )


def fill(desk: Desk, knocker: Knocker, codes: list[str], beside: Connection) -> House:
    """Appoint one person for every role in every place, and return the house."""
    house = House(desk, knocker, codes, beside)
    for place in PLACES:
        for role, actor in people.appoint_staff(desk, place).items():
            house.actors[role, place] = actor
        # The demo lets the first residents act; the last one has no part in anything yet.
        home = desk.ask(identity.residents, place, day_of(desk.clock()), 18)[-1].person_id
        people.prove(desk, place, [home])
        house.actors[Role.RESIDENT, place] = desk.ask(identity.actor, UUID(home))
    for role in MUNICIPAL:
        made = desk.act(service.appoint, AddPerson(name=f"Iemand met {role}", role=role))
        house.actors[role, EVERYWHERE] = desk.ask(identity.actor, UUID(made.person.id))
    return house

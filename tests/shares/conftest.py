# SPDX-License-Identifier: EUPL-1.2
"""A few people of Meerwijk whose shares can be counted by hand on 2 March 2026."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from tests import worlds
from tests.conftest import Clock
from tests.identity.people import load, person
from wijkbudget.app.due import review_shares
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.ledger import queries as ledger
from wijkbudget.payments import queries as payments
from wijkbudget.shares import queries
from wijkbudget.shares.models import Share, ShareEnding, ShareHandBack, ShareLapse, ShareSuspension
from wijkbudget.shares.schemas import RegisterView, TotalsView
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.models import TrailEntry
from wijkbudget.trail.work import question

ANNA = "p-1;Anna Bos;9901AA;1;;1980;2019-01-31"
BRAM = "p-2;Bram Bos;9901AA;1;;2014;2025-03-02"
CHAN = "p-3;Chantal Kaya;9901AA;7;;1990;2025-03-03"
DIRK = "p-4;Dirk Kaya;9901AA;7;;2015;2019-01-31"
EVA = "p-5;Eva Visser;9901AA;9;;1970;2026-03-02"
FLOOR = "p-6;Floor Haddou;9901AA;11;;1990;2024-02-29"
GIJS = "p-7;Gijs Mulder;9902AA;1;;1950;2000-01-01"
EVERYBODY = (ANNA, BRAM, CHAN, DIRK, EVA, FLOOR, GIJS)

HELD = {"Anna Bos": 3, "Bram Bos": 2, "Chantal Kaya": 1, "Eva Visser": 1, "Floor Haddou": 3}
"""What everybody in Oost holds after the first review: Dirk is 11."""

COUNCIL = worlds.somebody(Role.COUNCIL, "oost")
EVERYTHING = may(Role.SYSTEM)


@question(EVERYTHING, municipal=True)
def faults(look):
    """Return what is wrong with the shares and the books."""
    return [str(fault) for check in (ledger.check, payments.check, queries.check) for fault in check(look)]


@question(EVERYTHING, municipal=True)
def trail(look):
    """Return what the trail says of shares, public and hidden, in order."""
    rows = look.session.exec(select(TrailEntry).order_by(TrailEntry.at)).all()
    return [(row.kind, row.subject, row.facts, row.hidden) for row in rows if "Shares" in row.kind]


@question(EVERYTHING, municipal=True)
def rows(look):
    """Return every row of shares and of how they ended, without the ids."""
    return [
        sorted(str(row.model_dump(exclude={"id"})) for row in look.session.exec(select(table)))
        for table in (Share, ShareLapse, ShareEnding, ShareSuspension, ShareHandBack)
    ]


@question(EVERYTHING, municipal=True)
def books(look):
    """Return what each account of shares holds."""
    return ledger.balances(look, "share:")


@question(EVERYTHING, municipal=True)
def money(look):
    """Return what the pot of Oost, what is owed for shares and what was paid hold together."""
    return tuple(
        sum(ledger.balances(look, prefix).values()) for prefix in ("pot:oost:2026", "owed:oost:2026", "external:paid:")
    )


@dataclass
class Wijk:
    """Meerwijk, and what its tests ask."""

    desk: Desk
    clock: Clock

    def review(self, *places: str) -> None:
        """Do what is due with shares, as the clock of the house does."""
        for place in places or ("oost",):
            review_shares(self.desk, place)

    def register(self, place: str = "oost", page: int = 1) -> RegisterView:
        return self.desk.by(worlds.somebody(Role.AUDITOR)).ask(queries.register, place, page)

    def held(self, place: str = "oost") -> dict[str, int]:
        """Return how many shares each holds, by name."""
        return {holder.person.name: len(holder.shares) for holder in self.register(place).holders}

    def totals(self, place: str = "oost") -> TotalsView:
        return self.desk.ask(queries.totals, place)

    def id_of(self, pseudonym: str) -> UUID:
        found: UUID = person(self.desk, pseudonym)
        return found

    def resident(self, pseudonym: str) -> Actor:
        """Return a resident who showed at the desk who they are."""
        worlds.identity.prove(self.desk, "oost", [str(self.id_of(pseudonym))])
        return self.desk.ask(identity.actor, self.id_of(pseudonym))

    def state(self) -> Any:
        """Return everything about shares, to see that nothing changed."""
        return self.desk.ask(rows), self.desk.ask(books), self.desk.ask(money), self.desk.ask(trail)

    def on(self, day: date) -> None:
        """Let it be a day, and do what is due then."""
        self.clock.now = self.clock.now.replace(year=day.year, month=day.month, day=day.day)
        self.review()


def shares_of(wijk, name):
    """Return the reason, year, day and version of each share of somebody in Oost."""
    holder = next(holder for holder in wijk.register().holders if holder.person.name == name)
    return [(share.reason, share.year, share.granted_on, share.policy_version) for share in holder.shares]


@pytest.fixture
def wijk(desk, clock) -> Wijk:
    """Return Meerwijk with its register, before the first review."""
    worlds.found_meerwijk(desk)
    load(desk, *EVERYBODY)
    clock.forward(minutes=1)
    return Wijk(desk, clock)

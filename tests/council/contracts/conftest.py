# SPDX-License-Identifier: EUPL-1.2
"""A contract of Oost for 2026: four parties, one of them on paper, and a promise of each."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from tests.conftest import Clock, built_once
from tests.worlds import found_meerwijk, settle_in, staff
from wijkbudget.council import seed
from wijkbudget.council.contracts import queries, service
from wijkbudget.council.contracts.rules import Answer, Says
from wijkbudget.council.contracts.schemas import (
    AnswerReport,
    ContractView,
    PartyView,
    PromisePage,
    PromiseView,
    ReportPromise,
)
from wijkbudget.council.seed import Hands, Promised
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Look, question

PLACE = "oost"
COUNCIL, MUNICIPALITY, TENANTS, POLICE = "Wijkraad Meerwijk-Oost", "Gemeente Meerwijk", "Huurders Oost", "Politie"
WALKS, BENCHES, HELP, PATROL = "Twee wijkschouwen", "Tien bankjes", "Elke week spreekuur", "Elke maand op de markt"
PROMISES = (
    Promised(COUNCIL, WALKS, date(2026, 4, 1)),
    Promised(MUNICIPALITY, BENCHES, date(2026, 5, 1), cents=800_000, followed_at="gemeentebegroting"),
    Promised(TENANTS, HELP, date(2026, 6, 1), minutes=6_000),
    Promised(POLICE, PATROL, date(2026, 12, 31)),
)


@question(may(Role.SYSTEM), municipal=True)
def faults(look: Look) -> list[str]:
    """Return what the proof of contracts finds."""
    return [str(fault) for fault in queries.check(look)]


@dataclass(frozen=True)
class Contracts:
    """A neighbourhood whose parties agreed, and who acts for them."""

    desk: Desk
    hands: Hands
    tenant: Actor
    neighbour: Actor
    """A resident who acts for nobody."""
    organisation_id: UUID
    contract_id: UUID

    def as_(self, actor: Actor | Role) -> Desk:
        """Return the desk with somebody at it."""
        return self.desk.by(self.hands.staff[actor] if isinstance(actor, Role) else actor)

    def read(self) -> ContractView:
        return self.desk.ask(queries.contract, PLACE, self.contract_id)

    def party(self, name: str) -> PartyView:
        return next(party for party in self.read().parties if party.name == name)

    def promise(self, what: str) -> PromiseView:
        shown = self.read()
        return next(each for each in (*shown.promises, *shown.dropped) if each.what == what)

    def report(self, by: Actor | Role, what: str, says: Says = Says.KEPT) -> PromisePage:
        told = ReportPromise(says=says, explanation="Zo ging het.")
        return self.as_(by).act(service.report_promise, PLACE, self.promise(what).id, told)

    def answer(self, by: Actor | Role, party: str, what: str, answer: Answer = Answer.AGREES) -> PromisePage:
        reason = "Er staan er vijf." if answer is Answer.DIFFERS else None
        said = AnswerReport(party_id=self.party(party).id, answer=answer, reason=reason)
        return self.as_(by).act(service.answer_report, PLACE, self.promise(what).id, said)

    def settle(self, what: str, says: Says = Says.KEPT) -> None:
        """Let the party of a promise say what became of it, and another one agree."""
        seed.tell(self.desk, PLACE, self.promise(what).id, self.hands, says=says, explanation="Zo ging het.")

    def agree_all(self) -> ContractView:
        return seed.agree_all(self.desk, PLACE, self.read(), self.hands)


@pytest.fixture(scope="session")
def built(store, tmp_path_factory) -> tuple[str, Contracts]:
    """Return a database with a contract in it, to be copied, and who is who; built once, as it takes time."""
    return built_once(store, tmp_path_factory.mktemp("contracts"), _agree)


@pytest.fixture
def contracts(built, desk) -> Contracts:
    return replace(built[1], desk=desk)


def _agree(desk: Desk) -> Contracts:
    found_meerwijk(desk)
    tenant, neighbour, *_others = settle_in(desk, PLACE, 4)
    organisation = people.start_organisation(desk, PLACE, TENANTS, [tenant])
    hands = Hands(staff(desk, PLACE), {TENANTS: tenant})
    assert isinstance(desk.clock, Clock)
    made = seed.agree_contract(
        desk,
        PLACE,
        2026,
        hands,
        PROMISES,
        organisations=[organisation],
        outside=[POLICE],
        review_on=date(2026, 6, 15),
    )
    return Contracts(desk, hands, tenant, neighbour, organisation, made.id)

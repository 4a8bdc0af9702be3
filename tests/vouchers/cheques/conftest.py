# SPDX-License-Identifier: EUPL-1.2
"""Resident vouchers of EUR 10 for everybody of twelve and older in oost, and a plan that takes pledges."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from tests.vouchers.conftest import HOUSE, Group
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.faults import Fault
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.cheques import queries, service
from wijkbudget.vouchers.cheques.queries import rows
from wijkbudget.vouchers.cheques.schemas import (
    ChequeView,
    HandCheque,
    HandedChequeView,
    IssuanceView,
    IssueCheques,
    Pledge,
    PledgeByCode,
    PledgeOwn,
)
from wijkbudget.vouchers.kinds import RESIDENT
from wijkbudget.vouchers.queries import codes

LAST_ON = date(2026, 3, 31)


@question(HOUSE)
def code_of(look: Look, place: str, person_id: str) -> str:
    """Return the code that stands on somebody's card."""
    _issuance, row = rows.held(look, place, person_id)
    return codes.code_of(look, RESIDENT, row.id, row.turn)


@question(HOUSE)
def account(look: Look, place: str, subject: UUID) -> dict[str, int]:
    """Return what the books hold: in the pot, and in the account of an issuance."""
    of_year = chart.pot(place, 2026), chart.cheques(place, 2026, subject)
    pot, held = (ledger.balance(look, each) for each in of_year)
    return {"pot": pot, "held": held}


@question(HOUSE, municipal=True)
def proof(look: Look) -> list[Fault]:
    """Return what the proofs of all vouchers and of the ledger find."""
    return [*queries.check(look), *vouchers.check(look), *ledger.check(look)]


def issuing(value_cents: int = 1_000, last_on: date = LAST_ON) -> IssueCheques:
    return IssueCheques(value_cents=value_cents, last_on=last_on, decision="Besluit van de wijkraad van 2 maart")


def divided(*pledges: tuple[UUID, int]) -> PledgeOwn:
    return PledgeOwn(pledges=[Pledge(voucher_id=plan, amount_cents=cents) for plan, cents in pledges])


@dataclass(frozen=True)
class Cheques:
    """The group of tests of vouchers, in a neighbourhood where everybody has a resident voucher."""

    group: Group
    issuance: IssuanceView

    @property
    def desk(self) -> Desk:
        return self.group.desk

    @property
    def plan(self) -> UUID:
        return self.group.voucher_id

    def code(self, holder: Actor) -> str:
        return self.desk.ask(code_of, "oost", holder.id)

    def pledge(self, code: str, *pledges: tuple[UUID, int]) -> ChequeView:
        """Divide the voucher with a code, as somebody without an account."""
        command = PledgeByCode(code=code, pledges=divided(*pledges).pledges)
        return self.group.as_(Actor(id="guest")).act(service.pledge_by_code, "oost", command)

    def own(self, holder: Actor) -> ChequeView:
        return self.group.as_(holder).ask(queries.own_cheque, "oost")

    def hand(self, holder: Actor) -> HandedChequeView:
        """Give somebody a new code at the desk."""
        return self.group.as_(Role.OFFICIAL).act(service.hand_cheque, "oost", HandCheque(person_id=UUID(holder.id)))

    def after_the_last_day(self, clock) -> int:
        """Let the last day pass, and return how many issuances the house closed."""
        clock.forward(days=30)
        return self.desk.act(service.close_cheques, "oost")


@pytest.fixture
def cheques(group: Group) -> Cheques:
    issuance = group.as_(Role.OFFICIAL).act(service.issue_cheques, "oost", issuing())
    return Cheques(group, issuance)

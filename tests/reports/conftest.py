# SPDX-License-Identifier: EUPL-1.2
"""A neighbourhood whose money stands in every part: free, set apart, in vouchers, paid and returned."""

from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from tests.conftest import built_once
from tests.stores import Store
from tests.worlds import GRANTED, found_meerwijk, somebody
from wijkbudget.council.models import Decision
from wijkbudget.kit.actor import Role, may
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as books
from wijkbudget.ledger.rules import Account, Reservation, Transfer
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import HandBack
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.sealing import seal
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import service as vouchers
from wijkbudget.vouchers.schemas import IssueVoucher

HOUSE = may(Role.SYSTEM)
PLAN = "5b1f6f0e-7f0c-4a54-9d3d-3f0a4c1f7a10"
"""The id of the plan that got money."""


@verb(HOUSE)
def post(work: Work, place: str, transfer: Transfer) -> None:
    books.post(work, place, transfer)


@verb(HOUSE)
def award(work: Work, place: str, year: int, value_cents: int) -> UUID:
    """Decide, set apart what the voucher gets and a little more, and issue it."""
    decision = Decision(
        id=work.new_id(),
        place=place,
        kind="outcome",
        title="Outcome of the vote",
        motivation="It won.",
        decided_on=work.today,
        article="art. 9",
        recorded_at=work.now,
        member_count=3,
    )
    work.session.add(decision)
    work.session.flush()
    pot, reserved = chart.pot(place, year), chart.reserved(place, year)
    for reference, amount in (("reserve", value_cents), ("reserve more", 7_00)):
        books.reserve(work, place, Reservation(reference=reference, source=pot, held=reserved, amount=amount))
    command = IssueVoucher(
        year=year,
        reservation="reserve",
        about=PLAN,
        title="Speelplek",
        holders=[str(UUID(int=7))],
        organisation_id=None,
        decision_id=decision.id,
        value_cents=value_cents,
        **GRANTED,
    )
    return vouchers.issue(work, place, command).id


@dataclass(frozen=True)
class Year:
    """The year 2025 of oost: EUR 100,000 granted, of which EUR 500 went to a plan and EUR 1,000 back."""

    desk: Desk
    voucher_id: UUID

    @property
    def voucher(self) -> Account:
        return chart.voucher("oost", 2025, self.voucher_id)

    @property
    def paid(self) -> Account:
        return chart.paid("oost", 2025, self.voucher_id)

    def post(self, source: Account, target: Account, amount: int, reference: str) -> None:
        """Post one transfer in oost."""
        self.desk.act(post, "oost", Transfer(source=source, target=target, amount=amount, reference=reference))

    def seal(self) -> None:
        self.desk.act(seal)


@pytest.fixture(scope="session")
def built(store: Store, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Year]:
    return built_once(store, tmp_path_factory.mktemp("reports"), spend)


@pytest.fixture
def year(built: tuple[str, Year], desk: Desk) -> Year:
    return replace(built[1], desk=desk)


def spend(desk: Desk) -> Year:
    """Grant the money of oost, and let it go everywhere it can."""
    found_meerwijk(desk)
    made = Year(desk, desk.act(award, "oost", 2025, 500_00))
    made.post(made.voucher, made.paid, 120_00, "payout")
    back = HandBack(year=2025, amount_cents=1_000_00, reason="Over")
    desk.by(somebody(Role.CASHIER, "oost")).once("back").act(neighbourhoods.hand_back, "oost", back)
    return made

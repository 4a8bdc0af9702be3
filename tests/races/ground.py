# SPDX-License-Identifier: EUPL-1.2
"""Where it is fought: Anna of oost, and as many vouchers of hers as a race wants."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from tests.stores import CHOSEN, url_of
from tests.voting.conftest import rows
from tests.vouchers.conftest import HOUSE, filed
from tests.worlds import GRANTED, found_meerwijk, make_known, settle_in, staff
from wijkbudget.app.proof import first_fault
from wijkbudget.council import queries as members
from wijkbudget.council import service as council
from wijkbudget.council.rules import Kind
from wijkbudget.council.schemas import RecordDecision
from wijkbudget.db.database import open_database
from wijkbudget.initiatives.flows import RESERVE
from wijkbudget.kit.actor import Actor
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as books
from wijkbudget.ledger.rules import Reservation
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import service
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.schemas import IssueVoucher

RACERS = 8
VALUE_CENTS, PART_CENTS = 100, 60
"""What a voucher is worth, and a part of it that fits once and not twice."""
ISSUED_TOGETHER = 200


@verb(HOUSE)
def issue_many(work: Work, place: str, numbers: range, holder: str) -> list[UUID]:
    """Decide, reserve and issue many small vouchers in one act."""
    decided = RecordDecision(
        kind=Kind.OTHER,
        title=f"Plans from {numbers.start}",
        motivation="They fit in the budget.",
        decided_on=work.today,
        article="art. 9",
        for_=[member.id for member in members.members(work, place)],
        against=[],
        recused=[],
    )
    decision = council.decide(work, place, decided, about=[], interested=frozenset())
    pot, reserved = chart.pot(place, 2026), chart.reserved(place, 2026)
    for number in numbers:
        award = Reservation(reference=RESERVE.reference_of(number), source=pot, held=reserved, amount=VALUE_CENTS)
        books.reserve(work, place, award)
    commands = [
        IssueVoucher(
            year=2026,
            reservation=RESERVE.reference_of(number),
            about=f"plan {number}",
            title=f"Plan {number}",
            holders=[holder],
            organisation_id=None,
            decision_id=decision.id,
            value_cents=VALUE_CENTS,
            **GRANTED,
        )
        for number in numbers
    ]
    issued = [service.issue(work, place, command).id for command in commands]
    for voucher_id in issued:
        make_known(work, place, voucher_id)
    return issued


@dataclass
class Ground:
    """Anna, her vouchers, and the desk at which they are fought over."""

    desks: Sequence[Desk]
    """One for each house on the database: racers of two processes meet where only the database can keep them apart."""
    anna: Actor
    vouchers: list[UUID]

    @property
    def desk(self) -> Desk:
        return self.desks[0]

    def at(self, racer: int) -> Desk:
        """Return the desk where a racer stands."""
        return self.desks[racer % len(self.desks)]

    def issue(self, count: int) -> None:
        for first in range(0, count, ISSUED_TOGETHER):
            numbers = range(first, min(first + ISSUED_TOGETHER, count))
            self.vouchers += self.desk.act(issue_many, "oost", numbers, self.anna.id)

    def claim(self, heat: int, racer: int, amount_cents: int) -> str:
        """File a claim of its own on the voucher of this heat."""
        at = self.at(racer).by(self.anna).once(f"claim {heat} {racer}")
        asked = filed(heat * RACERS + racer, amount_cents=amount_cents)
        return at.act(claiming.claim, "oost", self.vouchers[heat], asked).state

    def assert_claimed(self, amount_cents: int) -> None:
        """See that each voucher was claimed once and for this much, and that the house is whole."""
        count = len(self.vouchers)
        claimed = "SELECT claimed_cents, COUNT(*) FROM voucher GROUP BY claimed_cents"
        assert rows(self.desk, claimed) == [(amount_cents, count)]
        claims = "SELECT SUM(amount_cents), COUNT(*), COUNT(DISTINCT voucher_id) FROM claim"
        assert rows(self.desk, claims) == [(amount_cents * count, count, count)]
        below = "SELECT account, amount FROM ledger_balance WHERE amount < 0 AND account NOT LIKE 'external:%'"
        assert rows(self.desk, below) == []
        assert self.desk.ask(first_fault) is None


@contextmanager
def houses(desk: Desk) -> Iterator[Sequence[Desk]]:
    """Open a second house on the same database, where there can be two."""
    if CHOSEN == "sqlite":
        yield [desk]
        return
    with closing(open_database(url_of(desk))) as database:
        yield [desk, replace(desk, database=database)]


def prepare_ground(desks: Sequence[Desk]) -> Ground:
    """Found Meerwijk, and settle Anna and a council in oost."""
    desk = desks[0]
    found_meerwijk(desk)
    (anna,) = settle_in(desk, "oost", 1)
    staff(desk, "oost")
    return Ground(desks, anna, [])

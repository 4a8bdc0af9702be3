# SPDX-License-Identifier: EUPL-1.2
"""A municipality that pays through the bank: who does what, payouts that wait, and a bank that answers."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.worlds import found_meerwijk, somebody
from wijkbudget.initiatives.flows import RESERVE
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.kit.canonical import digest
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.ledger import service as books
from wijkbudget.payments import queries as payouts
from wijkbudget.payments import service as paying
from wijkbudget.payments.batches import queries as batches
from wijkbudget.payments.batches import service as batching
from wijkbudget.payments.batches.rules import end_to_end_id
from wijkbudget.payments.batches.schemas import DraftBatch, NameAccount
from wijkbudget.payments.reversals import queries as reversals
from wijkbudget.payments.schemas import OrderPayout, PayoutView
from wijkbudget.payments.statements import queries as statements
from wijkbudget.payments.statements import service as receiving
from wijkbudget.payments.statements.camt.reading import BankLine, Statement
from wijkbudget.payments.statements.camt.writing import Version, write
from wijkbudget.payments.statements.schemas import ReceiveStatement
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.models import TrailEntry
from wijkbudget.trail.work import Look, Work, question, verb
from wijkbudget.vouchers.rules import ISSUE

HOUSE = may(Role.SYSTEM)
OURS = "NL91ABNA0417164300"
THEIRS = "DE89370400440532013000"
VOUCHER = UUID(int=7)
CASHIER, RELEASER, ADMINISTRATOR = (
    Actor(id=str(UUID(int=number)), roles=somebody(role).roles)
    for number, role in enumerate((Role.CASHIER, Role.OFFICIAL, Role.ADMINISTRATOR), 1)
)
TODAY = date(2026, 3, 2)


@verb(HOUSE)
def commit(work: Work, place: str, amount: int) -> None:
    """Bring money from the pot into an account that payouts are paid from."""
    pot, reserved = chart.pot(place, 2026), chart.reserved(place, 2026)
    books.post(work, place, RESERVE.transfer(pot, reserved, amount, place))
    books.post(work, place, ISSUE.transfer(reserved, chart.voucher(place, 2026, VOUCHER), amount, place))


@verb(HOUSE)
def order(work: Work, place: str, about: str, amount_cents: int) -> PayoutView:
    """Order a payout, as approving a claim does."""
    command = OrderPayout(
        year=2026,
        about=about,
        title=f"Plan {about}",
        number=f"2026/{about}",
        amount_cents=amount_cents,
        payee="Tuincentrum & Zn. “De Linde”",
        iban=THEIRS,
        source=chart.voucher(place, 2026, VOUCHER),
        target=chart.paid(place, 2026, VOUCHER),
        parties=["anna", "carla"],
    )
    return paying.order(work, place, command)


@question(HOUSE, municipal=True)
def faults(look: Look) -> list[str]:
    checks = (payouts.check, batches.check, reversals.check, statements.check, ledger.check)
    return [str(fault) for check in checks for fault in check(look)]


@question(HOUSE)
def paid_cents(look: Look, place: str) -> int:
    """Return what the books say was paid."""
    return ledger.balance(look, chart.paid(place, 2026, VOUCHER))


@question(HOUSE, municipal=True)
def state(look: Look) -> str:
    """Return a hash of everything that is kept, to see that nothing changed."""
    tables = [table for table in TrailEntry.metadata.sorted_tables if table.name != "kept_answer"]
    return digest([[str(row) for row in look.session.connection().execute(table.select()).all()] for table in tables])


@verb(HOUSE, municipal=True, silent="a test alters what nobody may")
def alter(work: Work, statement: str) -> None:
    work.session.connection().execute(text(statement))


def out(amount_cents: int, end_to_end: str | None, **more: object) -> BankLine:
    """Return a line by which money leaves the account."""
    return line(amount_cents, end_to_end, is_credit=False, **more)


def back(amount_cents: int, end_to_end: str | None, reason: str | None = "AC04", **more: object) -> BankLine:
    """Return a line by which money comes in, as a payment that is sent back does."""
    return line(amount_cents, end_to_end, is_credit=True, return_reason=reason, **more)


def line(amount_cents: int, end_to_end: str | None, **more: object) -> BankLine:
    told = {
        "entry": 0,
        "part": 1,
        "bank_reference": None,
        "booked_on": TODAY,
        "batch_reference": None,
        "return_reason": None,
        "party": "Iemand",
        "party_iban": THEIRS,
        "remittance": "Zomaar",
    }
    return BankLine(**{**told, "amount_cents": amount_cents, "end_to_end_id": end_to_end, **more})


@dataclass
class Bank:
    """The bank of the municipality: what it holds, and how many statements it gave."""

    balance_cents: int = 1_000_000
    number: int = 0
    given: list[Statement] = field(default_factory=list)

    def statement(self, *lines: BankLine, **more: object) -> Statement:
        """Return the next statement, with these lines; lines of one entry share its number and come together."""
        self.number += 1
        kept, entry, before = [], 0, object()
        for each in lines:
            entry += each.entry == 0 or each.entry != before
            before = each.entry
            reference = f"B{self.number}-{entry}"
            kept.append(_numbered(each, entry, reference, 1 + sum(old.entry == entry for old in kept)))
        moved = sum(each.amount_cents if each.is_credit else -each.amount_cents for each in kept)
        opening, self.balance_cents = self.balance_cents, self.balance_cents + moved
        told: dict[str, object] = {
            "id": f"2026-{self.number}",
            "iban": OURS,
            "sequence": self.number,
            "opened_on": TODAY,
            "closed_on": TODAY,
            "opening_cents": opening,
            "closing_cents": self.balance_cents,
            "lines": tuple(kept),
        }
        made = Statement(**{**told, **more})
        self.given.append(made)
        return made


def _numbered(each: BankLine, entry: int, reference: str, part: int) -> BankLine:
    return type(each)(**{**vars(each), "entry": entry, "part": part, "bank_reference": reference})


@dataclass
class Treasury:
    """Payouts in oost and west, the people who pay them, and their bank."""

    desk: Desk
    bank: Bank = field(default_factory=Bank)
    keys: int = 0

    def as_(self, actor: Actor) -> Desk:
        self.keys += 1
        return self.desk.by(actor).once(f"key-{self.keys}")

    def order(self, about: str, amount_cents: int, place: str = "oost") -> PayoutView:
        return self.desk.act(order, place, about, amount_cents)

    def payout(self, payout: PayoutView, place: str = "oost") -> PayoutView:
        return self.desk.by(CASHIER).ask(payouts.payout, place, payout.id)

    def draft(self, *drafted: PayoutView):
        return self.as_(CASHIER).act(batching.draft, DraftBatch(payouts=[payout.id for payout in drafted]))

    def send(self, *drafted: PayoutView):
        """Bring payouts to the bank in one batch."""
        batch = self.draft(*drafted)
        self.as_(RELEASER).act(batching.release, batch.id)
        return self.as_(CASHIER).act(batching.send, batch.id)

    def batch(self, batch):
        return self.desk.by(CASHIER).ask(batches.batch, batch.id)

    def receive(self, *made: Statement, version: Version = "08"):
        return self.as_(CASHIER).act(receiving.receive, filed(*made, version=version))

    def differences(self) -> list[str]:
        return [str(each.difference) for each in self.desk.by(CASHIER).ask(statements.differences)]

    def refused(self, kind: type[Exception], act, *args: object, by: Actor = CASHIER):
        """See that a verb is refused and that nothing changed, and return the refusal."""
        before = self.desk.ask(state)
        with pytest.raises(kind) as refusal:
            self.as_(by).act(act, *args)
        assert self.desk.ask(state) == before
        return refusal.value


def filed(*made: Statement, version: Version = "08") -> ReceiveStatement:
    """Return a file of the bank as it is sent in."""
    content = write(made, datetime(2026, 3, 2, 6, tzinfo=UTC), version)
    return ReceiveStatement(statement=base64.b64encode(content).decode())


def named(payout: PayoutView, attempt: int = 1) -> str:
    """Return the id by which the bank knows a payment."""
    return end_to_end_id(payout.id, attempt)


@pytest.fixture
def treasury(desk: Desk) -> Treasury:
    found_meerwijk(desk)
    for place in ("oost", "west"):
        desk.act(commit, place, 100_000)
    desk.by(ADMINISTRATOR).act(
        batching.name_account, NameAccount(holder="Gemeente Meerwijk", iban=OURS, decided_by="Treasurystatuut, art. 4")
    )
    return Treasury(desk)

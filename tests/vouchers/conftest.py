# SPDX-License-Identifier: EUPL-1.2
"""A group of residents of oost with a voucher, and the people who approve and pay."""

import base64
import struct
import zlib
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from tests.conftest import built_once
from tests.stores import Store
from tests.worlds import GRANTED, found_meerwijk, make_known, settle_in, staff
from wijkbudget.council.models import Decision
from wijkbudget.initiatives.flows import RESERVE
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.kit.canonical import digest
from wijkbudget.kit.faults import Fault
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.ledger import service as books
from wijkbudget.ledger.rules import Reservation
from wijkbudget.payments import queries as payments
from wijkbudget.payments import service as pay
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.models import TrailEntry
from wijkbudget.trail.work import Look, Work, question, verb
from wijkbudget.vouchers import queries, service
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.claims.rules import CostKind
from wijkbudget.vouchers.claims.schemas import FileClaim
from wijkbudget.vouchers.schemas import IssueVoucher, VoucherView

HOUSE = may(Role.SYSTEM)
IBAN = "NL91ABNA0417164300"


@verb(HOUSE)
def issue(  # noqa: PLR0913, PLR0917 - a decision and what it grants, in one call
    work: Work,
    place: str,
    title: str,
    holders: list[str],
    value_cents: int,
    organisation_id: UUID | None = None,
    theme: str | None = None,
) -> VoucherView:
    """Decide, reserve and issue, as adopting an outcome does."""
    decision = Decision(
        id=work.new_id(),
        place=place,
        kind="outcome",
        title="Outcome of the vote",
        motivation="",
        decided_on=work.today,
        article="art. 9",
        recorded_at=work.now,
        member_count=3,
    )
    work.session.add(decision)
    work.session.flush()
    pot, reserved = chart.pot(place, 2026, theme), chart.reserved(place, 2026, theme)
    reservation = Reservation(reference=RESERVE.reference_of(title), source=pot, held=reserved, amount=value_cents)
    books.reserve(work, place, reservation)
    command = IssueVoucher(
        year=2026,
        theme=theme,
        reservation=reservation.reference,
        about=title,
        title=title,
        holders=holders,
        organisation_id=organisation_id,
        decision_id=decision.id,
        value_cents=value_cents,
        **GRANTED,
    )
    issued = service.issue(work, place, command)
    make_known(work, place, issued.id)
    return queries.voucher(work, place, issued.id)


@question(HOUSE)
def money(look: Look, place: str, voucher_id: UUID) -> dict[str, int]:
    """Return what the books hold: in the pot, reserved, in the voucher and paid."""
    accounts = {
        "pot": chart.pot(place, 2026),
        "reserved": chart.reserved(place, 2026),
        "voucher": chart.voucher(place, 2026, voucher_id),
        "paid": chart.paid(place, 2026, voucher_id),
    }
    return {name: ledger.balance(look, account) for name, account in accounts.items()}


@question(HOUSE, municipal=True)
def faults(look: Look) -> list[Fault]:
    """Return what the proofs of vouchers, payments and the ledger find."""
    return [*queries.check(look), *payments.check(look), *ledger.check(look)]


@question(HOUSE, municipal=True)
def state(look: Look) -> str:
    """Return a hash of everything that vouchers, payments, books and trail hold, to see that nothing changed."""
    tables = [
        table for table in TrailEntry.metadata.sorted_tables if table.name not in ("login_session", "kept_answer")
    ]
    rows = [[str(row) for row in look.session.connection().execute(table.select()).all()] for table in tables]
    return digest(rows)


def png(seed: int = 0, extra: bytes = b"") -> bytes:
    """Return a picture of one pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    pixel = zlib.compress(bytes([0, *seed.to_bytes(3, "little")]))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def filed(seed: int = 1, **changed: object) -> FileClaim:
    """Return a claim with a receipt of its own."""
    asked: dict[str, object] = {
        "kind": "receipt",
        "amount_cents": 12_500,
        "lines": [{"category": CostKind.MATERIALS}],
        "supplier": "Tuincentrum De Linde",
        "number": f"2026-{seed}",
        "bought_on": date(2026, 3, 2),
        "payee": "A. Bewoner",
        "iban": IBAN,
        "receipt": base64.b64encode(png(seed)).decode(),
    }
    return FileClaim.model_validate({**asked, **changed})


@dataclass(frozen=True)
class Group:
    """Residents of oost, the staff of oost, and a voucher of EUR 1,000 of the first two residents."""

    desk: Desk
    residents: list[Actor]
    staff: dict[Role, Actor]
    voucher_id: UUID

    @property
    def anna(self) -> Actor:
        return self.residents[0]

    @property
    def bart(self) -> Actor:
        return self.residents[1]

    @property
    def outsider(self) -> Actor:
        return self.residents[2]

    def as_(self, actor: Actor | Role, key: str | None = None) -> Desk:
        """Return the desk with somebody at it, ready for a command that moves money."""
        who = self.staff[actor] if isinstance(actor, Role) else actor
        return self.desk.by(who).once(key or self.desk.entropy(8).hex())

    def claim(self, seed: int = 1, **changed: object):
        """File a claim as Anna."""
        return self.as_(self.anna).act(claiming.claim, "oost", self.voucher_id, filed(seed, **changed))

    def approve(self, claim_id: UUID):
        """Let a council member and an official approve."""
        self.as_(Role.COUNCIL).act(claiming.approve, "oost", claim_id)
        return self.as_(Role.OFFICIAL).act(claiming.approve, "oost", claim_id)

    def money(self) -> dict[str, int]:
        return self.desk.ask(money, "oost", self.voucher_id)


def read(group, reader=None):
    """Return the voucher as somebody sees it, by default Anna."""
    return group.desk.by(reader or group.anna).ask(queries.voucher, "oost", group.voucher_id)


def pay_first(group, cashier=Role.CASHIER):
    """Pay what waits first."""
    at = group.as_(cashier)
    payout = at.ask(payments.payouts, "oost")[0]
    return at.act(pay.pay, "oost", payout.id, PayPayout(bank_reference="2026-0001"))


def refused(group, kind, verb, *args, by):
    """See that a verb is refused and that nothing changed."""
    before = group.desk.ask(state)
    with pytest.raises(kind) as refusal:
        group.as_(by).act(verb, "oost", *args)
    assert group.desk.ask(state) == before
    return refusal.value


@pytest.fixture(scope="session")
def built(store: Store, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Group]:
    return built_once(store, tmp_path_factory.mktemp("vouchers"), form_group)


@pytest.fixture
def group(built: tuple[str, Group], desk: Desk) -> Group:
    return replace(built[1], desk=desk)


def form_group(desk: Desk) -> Group:
    """Settle residents and staff in oost, and issue the voucher."""
    found_meerwijk(desk)
    residents = settle_in(desk, "oost", 3)
    voucher = desk.act(issue, "oost", "Pluktuin", [residents[0].id, residents[1].id], 100_000)
    return Group(desk, residents, staff(desk, "oost"), voucher.id)

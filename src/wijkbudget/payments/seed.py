# SPDX-License-Identifier: EUPL-1.2
"""Demo payments, through the verbs: by hand, and through a bank whose statement has a line that nobody knows."""

import base64
from datetime import date

from wijkbudget.kit.actor import Actor
from wijkbudget.kit.period import day_of
from wijkbudget.payments import queries, service
from wijkbudget.payments.batches import queries as batches
from wijkbudget.payments.batches import service as batching
from wijkbudget.payments.batches.schemas import BatchDetails, DraftBatch, NameAccount
from wijkbudget.payments.rules import PayoutState
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.payments.statements import service as receiving
from wijkbudget.payments.statements.camt.reading import BankLine, Statement
from wijkbudget.payments.statements.camt.writing import write
from wijkbudget.payments.statements.schemas import ReceiveStatement, StatementView
from wijkbudget.trail.desk import Desk

ACCOUNT = NameAccount(
    holder="Gemeente Meerwijk", iban="NL91ABNA0417164300", decided_by="Treasurystatuut Meerwijk 2023, art. 6"
)
BALANCE_CENTS = 25_000_000
COSTS_CENTS = 1_250
"""What the bank takes for itself, and nobody ordered."""


def pay_all(desk: Desk, place: str, cashier: Actor) -> int:
    """Pay everything that waits in a neighbourhood, the oldest first, and return how many payments that were."""
    at = desk.by(cashier)
    waiting = [payout for payout in at.ask(queries.payouts, place) if payout.state is PayoutState.ORDERED]
    for payout in waiting:
        command = PayPayout(bank_reference=f"BANK-{payout.id.hex[:12].upper()}")
        at.once(f"seed payment {payout.id}").act(service.pay, place, payout.id, command)
    return len(waiting)


def pay_by_bank(desk: Desk, cashier: Actor, releaser: Actor) -> StatementView:
    """Pay everything that waits in one batch, and take in what the bank says of it; the desk is the system's."""
    desk.act(batching.name_account, ACCOUNT)
    at = desk.by(cashier)
    chosen = DraftBatch(payouts=[seen.id for seen in at.ask(batches.to_batch)])
    batch = at.once("seed batch").act(batching.draft, chosen)
    desk.by(releaser).once("seed release").act(batching.release, batch.id)
    sent = at.act(batching.send, batch.id)
    content = write([_statement(sent, day_of(desk.clock()))], desk.clock())
    command = ReceiveStatement(statement=base64.b64encode(content).decode())
    [seen] = at.once("seed statement").act(receiving.receive, command)
    return seen


def _statement(batch: BatchDetails, day: date) -> Statement:
    """Return what the bank says: every payment of a batch in one entry, and what it takes for itself."""
    paid = [
        _line(day, entry=1, part=part, amount_cents=line.amount_cents, end_to_end_id=line.end_to_end_id)
        for part, line in enumerate(batch.lines, 1)
    ]
    costs = _line(day, entry=2, part=1, amount_cents=COSTS_CENTS, end_to_end_id=None)
    return Statement(
        id=f"{day.year}-{day.timetuple().tm_yday}",
        iban=batch.account.iban,
        sequence=1,
        opened_on=day,
        closed_on=day,
        opening_cents=BALANCE_CENTS,
        closing_cents=BALANCE_CENTS - batch.total_cents - COSTS_CENTS,
        lines=(*paid, costs),
    )


def _line(day: date, *, entry: int, part: int, amount_cents: int, end_to_end_id: str | None) -> BankLine:
    return BankLine(
        entry=entry,
        part=part,
        bank_reference=f"{day:%Y%m%d}-{entry}",
        booked_on=day,
        is_credit=False,
        amount_cents=amount_cents,
        end_to_end_id=end_to_end_id,
        batch_reference=None,
        return_reason=None,
        party=None if end_to_end_id else "De Bank",
        party_iban=None,
        remittance=None if end_to_end_id else "Kosten zakelijk betalingsverkeer",
    )

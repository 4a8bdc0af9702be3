# SPDX-License-Identifier: EUPL-1.2
"""Many lives of payouts, by seed: whatever a bank does and in whichever order it is read, every cent is explained."""

import os
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from tests.payments.conftest import CASHIER, RELEASER, Treasury, back, faults, filed, out, paid_cents
from wijkbudget.payments.batches import queries as batches
from wijkbudget.payments.batches import service as batching
from wijkbudget.payments.batches.rules import LineState
from wijkbudget.payments.batches.schemas import DraftBatch
from wijkbudget.payments.statements import queries, rules, service
from wijkbudget.payments.statements.camt.reading import BankLine, Statement
from wijkbudget.payments.statements.schemas import SettleDifference

LIVES = int(os.environ.get("WIJKBUDGET_PROOF_PAYMENTS", "20"))
ROUNDS = 4
TOGETHER_MAX = 25
HELD_CENTS = 100_000
FATES = {
    "paid": "D",
    "paid twice": "DD",
    "sent back": "DC",
    "sent back twice": "DCC",
    "never paid": "C",
    "another amount first": "XD",
}
"""What a bank does with a payment: money goes out (D), comes in (C), or something else than was asked goes out (X)."""


@dataclass
class World:
    """A treasury, a bank that does what it likes, and what it did."""

    treasury: Treasury
    chance: Random
    due: list[BankLine] = field(default_factory=list)
    unread: list[Statement] = field(default_factory=list)
    done: Counter[tuple[str, str]] = field(default_factory=Counter)
    amounts: dict[str, int] = field(default_factory=dict)
    noise: int = 0

    def send(self) -> None:
        """Put what waits in batches; some are taken apart again, and the bank decides about the rest."""
        waiting = [seen.id for seen in self.treasury.desk.by(CASHIER).ask(batches.to_batch)]
        self.chance.shuffle(waiting)
        while waiting:
            some = waiting[: self.chance.randint(1, TOGETHER_MAX)]
            del waiting[: len(some)]
            batch = self.treasury.as_(CASHIER).act(batching.draft, DraftBatch(payouts=some))
            if self.chance.random() < 0.2:
                self.treasury.as_(CASHIER).act(batching.undo, batch.id)
                continue
            self.treasury.as_(RELEASER).act(batching.release, batch.id)
            if self.chance.random() < 0.8:
                self.treasury.as_(CASHIER).act(batching.send, batch.id)
            for line in batch.lines:
                self.decide(line.end_to_end_id, line.amount_cents)

    def decide(self, end_to_end_id: str, amount_cents: int) -> None:
        """Let the bank do something with one payment, at some time."""
        self.amounts[end_to_end_id] = amount_cents
        for act in self.chance.choice(list(FATES.values())):
            self.done[end_to_end_id, act] += 1
            cents = amount_cents + (act == "X")
            self.due.append(back(cents, end_to_end_id) if act == "C" else out(cents, end_to_end_id))

    def write(self) -> None:
        """Let the bank write some statements, with costs of its own and money from elsewhere among the rest."""
        self.chance.shuffle(self.due)
        for _statement in range(3):
            lines = [self.due.pop() for _line in range(min(len(self.due), self.chance.randint(0, len(self.due) + 1)))]
            lines += self.chance.choice([[], [out(1_250, None)], [back(500, None), out(1, "ELSEWHERE")]])
            self.noise += sum(line.end_to_end_id in {None, "ELSEWHERE"} for line in lines)
            self.chance.shuffle(lines)
            self.unread.append(self.treasury.bank.statement(*lines))

    def read(self, count: int) -> None:
        """Read some statements in any order, now and then twice."""
        self.chance.shuffle(self.unread)
        for _statement in range(count):
            made = self.unread.pop()
            self.treasury.receive(made, version=self.chance.choice(["02", "08"]))
            if self.chance.random() < 0.2:
                with pytest.raises(rules.StatementTwice):
                    self.treasury.as_(CASHIER).act(service.receive, filed(made))

    def state(self, end_to_end_id: str) -> LineState:
        """Return what must have become of a payment, from what the bank did."""
        if self.done[end_to_end_id, "C"]:
            return LineState.SENT_BACK
        return LineState.BOOKED if self.done[end_to_end_id, "D"] else LineState.WAITING

    def differences(self) -> int:
        """Return how many lines are of no payment: what came a second time, of another amount, or from elsewhere."""
        twice = sum(count - 1 for (_payment, act), count in self.done.items() if act in "DC")
        return twice + self.noise + sum(count for (_payment, act), count in self.done.items() if act == "X")


def test_every_life_ends_in_books_that_say_what_the_bank_did(treasury):
    world = World(treasury, Random(1))
    for life in range(LIVES):
        treasury.order(str(life), world.chance.randint(1, HELD_CENTS // LIVES))
    for _round in range(ROUNDS):
        world.send()
        world.write()
        world.read(world.chance.randint(0, len(world.unread)))
    world.unread.append(treasury.bank.statement(*world.due))
    world.read(len(world.unread))
    at = treasury.desk.by(CASHIER)
    lines = [line for batch in at.ask(batches.batches) for line in at.ask(batches.batch, batch.id).lines]
    assert {line.end_to_end_id: line.state for line in lines} == {name: world.state(name) for name in world.amounts}
    booked = sum(cents for name, cents in world.amounts.items() if world.state(name) is LineState.BOOKED)
    assert (treasury.desk.ask(paid_cents, "oost"), treasury.desk.ask(faults)) == (booked, [])
    different = at.ask(queries.differences)
    assert len(different) == world.differences()
    for line in different:
        treasury.as_(CASHIER).act(service.settle_difference, line.id, SettleDifference(reason="Uitgezocht."))
    seen = at.ask(queries.statements)
    assert (at.ask(queries.differences), [each.has_gap_before for each in seen]) == ([], [False] * len(seen))
    matched, told = sum(each.matched_count for each in seen), sum(each.line_count for each in seen)
    assert matched + len(different) == told > LIVES

# SPDX-License-Identifier: EUPL-1.2
"""Drives the books with random operations, each of which must end as the model says."""

from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import UUID

from sqlalchemy import text

from tests.conftest import Clock
from tests.ledger.model import HELD, PLACE, POTS, Expire, Model, Operation, Post, PostReserved, Reserve, Reverse, Void
from tests.stores import beside, url_of
from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.errors import Refusal
from wijkbudget.ledger import chart, queries, service
from wijkbudget.ledger.rules import (
    Reservation,
    Transfer,
)
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Look, Work, question, verb

TOGETHER = 40
"""How many operations stand in one act at most."""
WAITING = 50
"""How many acts wait for the writer at once."""

_HOUSE = may(Role.SYSTEM)
_VOUCHERS = [chart.voucher(PLACE, 2026, UUID(int=number)) for number in range(20)]
_PAID = [chart.paid(PLACE, 2026, UUID(int=number)) for number in range(20)]
_FREELY = [chart.MUNICIPALITY, *POTS, *_VOUCHERS, *_PAID]
"""Accounts that money goes in and out of without being set apart."""


@verb(_HOUSE)
def run(work: Work, place: str, operations: list[Operation]) -> None:
    """Run operations as one act."""
    for operation in operations:
        _run(work, place, operation)


@question(_HOUSE, municipal=True)
def faults(look: Look) -> list[str]:
    return [str(fault) for fault in queries.check(look)]


def _run(work: Work, place: str, operation: Operation) -> None:
    match operation:
        case Post(source, target, amount, reference):
            service.post(work, place, Transfer(source=source, target=target, amount=amount, reference=reference))
        case Reserve(number, amount, reference, until):
            accounts = {"source": POTS[number], "held": HELD[number]}
            service.reserve(work, place, Reservation(reference=reference, amount=amount, until=until, **accounts))
        case PostReserved(reference, target, under):
            service.post_reserved(work, place, reference, target, under)
        case Void(reference):
            service.void(work, place, reference)
        case Reverse(reference):
            service.reverse(work, place, reference)
        case Expire():
            service.expire_reserved(work, place)


@dataclass
class Driver:
    """Draws operations, lets the model say what must come of each, and stands at the desk with them."""

    desk: Desk
    clock: Clock
    random: Random
    model: Model = field(default_factory=Model)
    done: deque[Operation] = field(default_factory=lambda: deque(maxlen=30))
    """The last that were done, to be done again."""
    posted: deque[str] = field(default_factory=lambda: deque(["nothing"], maxlen=200))
    reserved: deque[str] = field(default_factory=lambda: deque(["nothing"], maxlen=40))
    """The last references, to be ended, undone and used for something else."""
    refused: dict[type[Refusal], int] = field(default_factory=dict)
    _act: list[Operation] = field(default_factory=list)
    _sent: list[tuple[Future[None], type[Refusal] | None]] = field(default_factory=list)
    _drawn: int = 0

    def drive(self, count: int) -> None:
        """Run so many operations, each as the model says it must end."""
        for number in range(count):
            if number % 1_000 == 999:
                self._wait()
                self.clock.now += timedelta(days=1)
            operation = self._draw()
            refusal = self.model.told(operation, self.clock.now.date())
            if refusal:
                # By itself, for a refusal undoes its whole act.
                self._send()
                self.refused[refusal] = self.refused.get(refusal, 0) + 1
                self._act = [operation]
                self._send(refusal)
            else:
                self._act.append(operation)
                self._remember(operation)
            if len(self._act) >= self.random.randint(1, TOGETHER):
                self._send()
        self._wait()

    def lines(self) -> list[str]:
        """Return the end state as the database has it."""
        with beside(url_of(self.desk)) as connection:
            balances = connection.execute(text("SELECT account, amount FROM ledger_balance WHERE amount <> 0")).all()
            rows = connection.execute(text("SELECT reference, source, target, amount FROM ledger_transfer")).all()
            kept = connection.execute(text("SELECT reference, state, ended_by FROM ledger_reservation")).all()
        return [
            *(f"balance {address} {amount}" for address, amount in balances),
            *(f"transfer {reference} {(source, target, amount)}" for reference, source, target, amount in rows),
            *(f"reservation {reference} {state} {by}" for reference, state, by in kept),
        ]

    def _send(self, refusal: type[Refusal] | None = None) -> None:
        if self._act:
            self._sent.append((self.desk.submit(run, PLACE, self._act), refusal))
            self._act = []
        if len(self._sent) >= WAITING:
            self._hear()

    def _hear(self) -> None:
        """Compare what the desk told with what the model said."""
        for promise, refusal in self._sent:
            trouble = promise.exception()
            assert type(trouble) is (refusal or type(None)), f"{trouble!r}, and the model says {refusal}"
        self._sent.clear()

    def _wait(self) -> None:
        self._send()
        self._hear()

    def _remember(self, operation: Operation) -> None:
        self.done.append(operation)
        match operation:
            case Post(_source, _target, _amount, reference):
                self.posted.append(reference)
            case Reserve(_number, _amount, reference, _until):
                self.reserved.append(reference)
            case PostReserved(_reference, _target, under):
                self.posted.append(under)

    def _draw(self) -> Operation:
        """Return the next operation: mostly new ones, and the old ones again, and wrong ones."""
        self._drawn += 1
        luck = self.random.random()
        if luck < 0.60:
            return self._new(f"operation {self._drawn}", is_free=luck < 0.40)
        if luck < 0.77:
            return self._end(self.random.choice(self.reserved), is_void=luck > 0.72)
        if luck < 0.86:
            return Reverse(self.random.choice(self.posted if luck < 0.84 else self.reserved))
        if luck < 0.87 or not self.done:
            return Expire()
        if luck < 0.95:
            return self.random.choice(self.done)
        return Post(chart.MUNICIPALITY, self.random.choice(POTS), 1, self.random.choice(self.posted))

    def _new(self, reference: str, *, is_free: bool) -> Operation:
        draw, amount = self.random, self.random.randint(1, 5_000)
        if not is_free:
            until = self.clock.now.date() + timedelta(days=draw.randint(0, 3)) if draw.random() < 0.6 else None
            return Reserve(draw.randrange(len(POTS)), amount, reference, until)
        source, target = draw.sample(_FREELY, 2)
        if self.model.fits(source, amount) or draw.random() < 0.15:
            return Post(source, target, amount, reference)
        return Post(chart.MUNICIPALITY, draw.choice(POTS), 20 * amount, reference)

    def _end(self, reference: str, *, is_void: bool) -> Operation:
        if is_void:
            return Void(reference)
        return PostReserved(reference, self.random.choice(_VOUCHERS), f"issue {reference}")

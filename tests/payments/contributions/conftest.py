# SPDX-License-Identifier: EUPL-1.2
"""A neighbourhood where people give: a plan and a pot that take gifts, and what a provider tells of them."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import pytest

from tests.payments.conftest import ADMINISTRATOR, CASHIER, HOUSE, OURS, VOUCHER, Bank, filed, line, state
from tests.worlds import found_meerwijk, somebody
from wijkbudget.kit.actor import GUEST, SYSTEM, Actor, Role
from wijkbudget.ledger import chart, flows
from wijkbudget.ledger import queries as ledger
from wijkbudget.ledger import service as posting
from wijkbudget.ledger.rules import Transfer
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods import service as municipality
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.payments.batches import service as batching
from wijkbudget.payments.batches.schemas import NameAccount
from wijkbudget.payments.contributions import queries, service
from wijkbudget.payments.contributions.schemas import (
    CollectionView,
    GiveMoney,
    GivenView,
    OpenCollection,
    OpenPot,
)
from wijkbudget.payments.deposits import queries as deposits
from wijkbudget.payments.deposits import service as depositing
from wijkbudget.payments.providers.port import DepositLine, DepositNotice, News, Notice
from wijkbudget.payments.statements import queries as statements
from wijkbudget.payments.statements import service as receiving
from wijkbudget.reports import queries as reports
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Look, Work, question, verb
from wijkbudget.vouchers import rules as vouchers

OFFICIAL = somebody(Role.OFFICIAL, "oost")
PLAN = str(UUID(int=77))
POT_CENTS = 10_000_000
GIFTS = """
[gifts]
article = "Verordening wijkbudgetten Meerwijk 2024, art. 14"
least_cents = 500
most_cents = 250000
matched_percent = 50
matched_most_cents = 30000
"""


@verb(HOUSE)
def open_for(work: Work, place: str, about: str) -> CollectionView:
    """Collect for a plan, as its group does."""
    return service.open_for(work, place, OpenCollection(about=about, year=2026, theme=None, title="Speeltuin"))


@verb(HOUSE)
def pass_on(work: Work, place: str, about: str) -> int:
    """Give a plan its gifts, as adopting an outcome does."""
    transfer = service.pass_on(work, place, about, chart.voucher(place, 2026, VOUCHER))
    if transfer:
        posting.post(work, place, transfer)
    return transfer.amount if transfer else 0


@verb(HOUSE)
def give_back(work: Work, place: str, about: str) -> int:
    """Give everybody their money back, as a plan that does not go ahead does."""
    return service.give_back(work, place, about)


@verb(HOUSE)
def end(work: Work, place: str, about: str, rest_cents: int, kept_cents: int) -> int:
    """Let a plan end that keeps so much of its money, as settling or stopping its voucher does."""
    voucher, pot = chart.voucher(place, 2026, VOUCHER), chart.pot(place, 2026)
    reference = vouchers.REST.reference_of(VOUCHER) + f":{kept_cents}"
    rest = Transfer(source=voucher, target=pot, amount=rest_cents, reference=reference)
    return service.bring_rest(work, place, about, rest, kept_cents)


@verb(HOUSE, municipal=True)
def hear_all(work: Work, notices: list[Notice]) -> None:
    """Hear much in one act."""
    for notice in notices:
        service.hear(work, "stripe", notice)


_CHECKS = (queries.check, deposits.check, statements.check, ledger.check, reports.check)


@question(HOUSE, municipal=True)
def faults(look: Look) -> list[str]:
    undeclared = [
        f"{one.source} to {one.target}: {one.reference}"
        for some in ledger.postings(look, "oost", ["gift", "clearing", "external:disputed", "external:provider"])
        for one in some
        if flows.find(one.source, one.target, one.reference) is None
    ]
    return undeclared + [str(fault) for check in _CHECKS for fault in check(look)]


@question(HOUSE, municipal=True)
def books(look: Look, prefix: str = "") -> dict[str, int]:
    """Return what every account holds that holds something."""
    prefixes = ("pot:", "gift:", "voucher:", "clearing:", "external:provider", "external:disputed")
    return {
        account: held
        for one in prefixes
        for account, held in ledger.balances(look, one).items()
        if held and account.startswith(prefix) and account not in {"pot:oost:2025", "pot:west:2025", "pot:west:2026"}
    }


@dataclass
class Giving:
    """Gifts to a plan in oost, and a provider that says whatever a test wants."""

    desk: Desk
    plan: CollectionView
    pot: CollectionView
    told: int = 0
    keys: int = 0
    refunds: dict[UUID, UUID] = field(default_factory=dict)
    bank: Bank = field(default_factory=Bank)

    def give(self, amount_cents: int = 2_500, to: CollectionView | None = None, **more: object) -> GivenView:
        command = GiveMoney(amount_cents=amount_cents, **more)
        return self.desk.by(GUEST).act(service.give, "oost", (to or self.plan).id, command)

    def notice(self, gift: GivenView, news: News, cents: int = 2_500, **more: object) -> Notice:
        """Return news of a gift, as the provider tells it."""
        self.told += 1
        payment = f"pi_{gift.id.hex}"
        named = {
            "event_id": f"evt_{self.told}",
            "news": news,
            "contribution_id": gift.id,
            "payment_id": None if news in {News.FAILED, News.EXPIRED} else payment,
            "object_id": f"{news}_{gift.id.hex}",
            "refund_id": None,
            "amount_cents": cents,
        }
        return Notice(**{**named, **more})

    def dispute(self, gift: GivenView, news: News = News.DISPUTED, cents: int = 2_500) -> Notice:
        return self.notice(gift, news, cents, contribution_id=None, object_id=f"du_{gift.id.hex}")

    def refunded(self, gift: GivenView, news: News = News.REFUNDED, cents: int = 2_500) -> Notice:
        """Return news of the only refund of a gift."""
        [refund] = self.seen(gift).refunds
        return self.notice(gift, news, cents, refund_id=refund.id, object_id=f"re_{refund.id.hex}")

    def hear(self, *notices: Notice) -> None:
        for notice in notices:
            self.desk.by(GUEST).act(service.hear, "stripe", notice)

    def pay(self, gift: GivenView, cents: int = 2_500) -> None:
        self.hear(self.notice(gift, News.ARRIVED, cents), self.notice(gift, News.COMPLETED, cents))

    def paid(self, amount_cents: int = 2_500, to: CollectionView | None = None, **more: object) -> GivenView:
        gift = self.give(amount_cents, to, **more)
        self.pay(gift, amount_cents)
        return gift

    def seen(self, gift: GivenView):
        return self.desk.by(GUEST).ask(queries.contribution, gift.code)

    def collected(self, to: CollectionView | None = None) -> CollectionView:
        return self.desk.ask(queries.collection, "oost", (to or self.plan).id)

    def books(self) -> dict[str, int]:
        return {_short(account): held for account, held in self.desk.ask(books).items() if held}

    def faults(self) -> list[str]:
        return self.desk.ask(faults)

    def as_(self, actor: Actor) -> Desk:
        self.keys += 1
        return self.desk.by(actor).once(f"gift-{self.keys}")

    def book(self):
        return self.desk.by(CASHIER).ask(queries.gift_book)

    def deposit(self, *lines: DepositLine, name: str = "po_1", **more: object) -> None:
        """Let the provider send money to the bank, and say what it is made of."""
        cents = sum(line.amount_cents - line.fee_cents for line in lines)
        told = {"amount_cents": cents, "arrives_on": date(2026, 3, 4), "reference": f"REF {name}"}
        notice = DepositNotice(deposit_id=name, **{**told, "has_failed": False, "is_complete": True, **more})
        self.desk.by(GUEST).act(depositing.hear_deposit, "stripe", notice)
        self.desk.by(SYSTEM).act(depositing.note_parts, name, lines)

    def deposits(self):
        return self.desk.by(CASHIER).ask(deposits.deposit_book)

    def read_statement(self, cents: int, said: str):
        """Let the bank say that this came in, or went out if it is less than nothing."""
        if not self.bank.given:
            named = NameAccount(holder="Gemeente Meerwijk", iban=OURS, decided_by="Treasurystatuut, art. 4")
            self.desk.by(ADMINISTRATOR).act(batching.name_account, named)
        made = self.bank.statement(line(abs(cents), None, is_credit=cents > 0, remittance=said))
        return self.as_(CASHIER).act(receiving.receive, filed(made))[0]

    def refused(self, kind: type[Exception], act, *args: object, by: Actor = GUEST):
        """See that a verb is refused and that nothing changed, and return the refusal."""
        before = self.desk.ask(state)
        with pytest.raises(kind) as refusal:
            self.as_(by).act(act, *args)
        assert self.desk.ask(state) == before
        return refusal.value


def _short(account: str) -> str:
    kind = account.partition(":")[0]
    return kind if kind in {"gift", "voucher"} else account


def arrange_gifts(desk: Desk, clock) -> None:
    """Let the policy of oost arrange gifts, from tomorrow on, and make it tomorrow."""
    toml = desk.ask(neighbourhoods.policy, "oost").toml
    if "[gifts]" not in toml:
        toml = toml.replace("[[powers]]", GIFTS + "\n[[powers]]", 1)
        clock.forward(days=1)
        adopted = AdoptPolicy(valid_from=clock().date(), decided_by="Raadsbesluit 2026-12", toml=toml)
        desk.by(somebody(Role.ADMINISTRATOR)).act(municipality.adopt_policy, "oost", adopted)


@pytest.fixture
def giving(desk: Desk, clock) -> Giving:
    found_meerwijk(desk)
    arrange_gifts(desk, clock)
    plan = desk.act(open_for, "oost", PLAN)
    pot = desk.by(OFFICIAL).act(service.open_pot, "oost", OpenPot(year=2026))
    return Giving(desk, plan, pot)

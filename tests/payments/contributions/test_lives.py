# SPDX-License-Identifier: EUPL-1.2
"""Many lives of gifts, by seed, beside a model: news in any order and twice, disputes, refunds, plans that stop."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from uuid import UUID

from tests.payments.conftest import CASHIER, HOUSE
from tests.payments.contributions.conftest import Giving, books, hear_all, open_for
from tests.stores import CHOSEN
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as posting
from wijkbudget.ledger.rules import Transfer
from wijkbudget.payments.contributions import service
from wijkbudget.payments.contributions.rules import RefundState
from wijkbudget.payments.contributions.schemas import CollectionView, GiveMoney, GivenView, SettleRefund
from wijkbudget.payments.providers.port import News, Notice
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import rules as vouchers

LIVES = int(os.environ.get("WIJKBUDGET_PROOF_GIFTS", "1000" if CHOSEN == "sqlite" else "100"))
TOGETHER = 25
"""How many give to one plan."""
IN_ONE_ACT = 20
MATCHED_PERCENT, MATCHED_MOST_CENTS = 50, 30_000
ARRIVED, TAKEN, BACK = (News.ARRIVED, News.COMPLETED), (News.DISPUTED,), (News.DISPUTED, News.DISPUTE_WON)
FATES: dict[str, tuple[News, ...]] = {
    "nobody paid": (News.EXPIRED,),
    "the bank said no": (News.FAILED,),
    "paid": ARRIVED,
    "paid at the second try": (News.FAILED, *ARRIVED),
    "disputed": (*ARRIVED, *TAKEN),
    "disputed in vain": (*ARRIVED, *BACK),
    "given back by the provider": (*ARRIVED, News.REFUNDED),
    "given back by the provider, in vain": (*ARRIVED, News.REFUNDED, News.REFUND_FAILED),
    "another amount arrived": ARRIVED,
    "another amount arrived, and was disputed": (*ARRIVED, *TAKEN),
}
"""What the provider tells of a gift sooner or later; most are simply paid."""


@verb(HOUSE)
def pass_on(work: Work, place: str, about: str) -> int:
    """Give a plan its gifts, in a voucher under its own id."""
    transfer = service.pass_on(work, place, about, chart.voucher(place, 2026, UUID(about)))
    if transfer:
        posting.post(work, place, transfer)
    return transfer.amount if transfer else 0


@verb(HOUSE)
def stop(work: Work, place: str, about: str, rest_cents: int, kept_cents: int) -> int:
    """Let a plan stop that spent a part of its money."""
    source, pot = chart.voucher(place, 2026, UUID(about)), chart.pot(place, 2026)
    rest = Transfer(source=source, target=pot, amount=rest_cents, reference=vouchers.rest_reference(about))
    return service.bring_rest(work, place, about, rest, kept_cents)


@verb(HOUSE)
def give_back(work: Work, place: str, about: str) -> int:
    """Give everybody their money back."""
    return service.give_back(work, place, about)


@verb(HOUSE)
def give_all(work: Work, place: str, collection_id: UUID, asked: list[GiveMoney]) -> list[GivenView]:
    """Let many begin a gift in one act."""
    return [service.give(work, place, collection_id, one) for one in asked]


@dataclass
class Life:
    """What the model knows of one gift."""

    given: GivenView
    cents: int
    arrives_cents: int
    may_go_to_pot: bool
    fate: str
    heard: set[News] = field(default_factory=set)
    covered_cents: int = 0
    back_cents: int = 0

    @property
    def is_paid(self) -> bool:
        return self.arrives_cents == self.cents and self.heard >= set(ARRIVED)

    @property
    def out_cents(self) -> int:
        """Return what the provider sent back of itself, or a bank took, and did not come again."""
        if News.ARRIVED not in self.heard:
            return 0
        pairs = ((News.DISPUTED, News.DISPUTE_WON), (News.REFUNDED, News.REFUND_FAILED))
        return self.arrives_cents * sum(out in self.heard and again not in self.heard for out, again in pairs)

    @property
    def kept_cents(self) -> int:
        """Return what of the gift is with its plan or the pot, or was spent there."""
        return self.cents - self.back_cents - self.covered_cents if self.is_paid else 0

    @property
    def left_cents(self) -> int:
        """Return what the giver can still get back when a plan stops."""
        taken_cents = self.out_cents if self.is_paid else 0
        return max(0, min(self.kept_cents, self.cents - self.back_cents - taken_cents))


@dataclass
class World:
    """A neighbourhood, a provider that tells what it likes, and a model of what must come of it."""

    giving: Giving
    chance: Random
    books: Counter[str] = field(default_factory=Counter)
    told: Iterator[int] = field(default_factory=count)

    def notices(self, life: Life) -> list[Notice]:
        """Return all that the provider tells of a gift, some of it twice or in two events."""
        found = []
        for news in FATES[life.fate]:
            is_refund = news in {News.REFUNDED, News.REFUND_FAILED}
            about = "re" if is_refund else "du" if news in {News.DISPUTED, News.DISPUTE_WON} else news
            found += self.copies(life, news, f"{about}_{life.given.id.hex}", life.arrives_cents)
        return found

    def copies(self, life: Life, news: News, object_id: str, cents: int, refund_id: UUID | None = None) -> list[Notice]:
        """Return one piece of news as the provider sends it."""
        made = [
            Notice(
                event_id=f"evt_{next(self.told)}",
                news=news,
                # A dispute names the payment only.
                contribution_id=None if news in {News.DISPUTED, News.DISPUTE_WON} else life.given.id,
                payment_id=None if news in {News.FAILED, News.EXPIRED} else f"pi_{life.given.id.hex}",
                object_id=object_id,
                refund_id=refund_id,
                amount_cents=cents,
            )
            for _event in range(1 + (self.chance.random() < 0.1))
        ]
        return made * (1 + (self.chance.random() < 0.3))


class Plan:
    """One plan that people give to, from its first gift to its last refund."""

    def __init__(self, world: World, number: int, gift_count: int) -> None:
        self.world, self.about = world, str(UUID(int=1_000 + number))
        at, chance = world.giving.desk, world.chance
        self.seen: CollectionView = at.act(open_for, "oost", self.about)
        asked = [
            GiveMoney(amount_cents=chance.randint(500, 5_000), may_go_to_pot=chance.random() < 0.2)
            for _gift in range(gift_count)
        ]
        self.lives = [
            Life(
                given=given,
                cents=one.amount_cents,
                arrives_cents=one.amount_cents - fate.startswith("another"),
                may_go_to_pot=one.may_go_to_pot,
                fate=fate,
            )
            for given, one in zip(at.act(give_all, "oost", self.seen.id, asked), asked, strict=True)
            for fate in [chance.choice([*FATES, "paid", "paid", "paid"])]
        ]
        self.by_id = {life.given.id: life for life in self.lives}
        self.is_open, self.matched_cents = True, 0

    def hear(self, notices: list[Notice]) -> None:
        """Tell news in some acts, to the house and to the model."""
        for begin in range(0, len(notices), IN_ONE_ACT):
            some = notices[begin : begin + IN_ONE_ACT]
            self.world.giving.desk.act(hear_all, some)
            for one in some:
                self.follow(one)

    def follow(self, one: Notice) -> None:
        """Let the model hear one piece of news that is not of a refund of ours."""
        life = self.by_id[one.contribution_id or UUID(hex=str(one.payment_id).removeprefix("pi_"))]
        if one.refund_id:
            return
        was_paid = life.is_paid
        life.heard.add(one.news)
        if self.is_open and life.is_paid:
            life.covered_cents = min(life.out_cents, life.cents)
        if not self.is_open and life.is_paid and not was_paid:
            life.back_cents += life.cents
        if self.is_open:
            self.match(min(sum(each.kept_cents for each in self.lives) * MATCHED_PERCENT // 100, MATCHED_MOST_CENTS))

    def match(self, cents: int) -> None:
        """Let the pot add so much."""
        self.world.books["pot"] -= cents - self.matched_cents
        self.matched_cents = cents

    def close(self, fate: str) -> None:
        """Let the council decide about the plan."""
        at, books_ = self.world.giving.desk, self.world.books
        kept_cents, self.is_open = sum(life.kept_cents for life in self.lives), False
        if fate == "returned":
            back = {life.given.id: life.left_cents for life in self.lives if not life.may_go_to_pot}
            assert at.act(give_back, "oost", self.about) == sum(back.values())
            self.match(0)
            books_["pot"] += kept_cents - sum(back.values())
            self.order(back)
            return
        held_cents = at.act(pass_on, "oost", self.about)
        assert held_cents == kept_cents + self.matched_cents
        books_["voucher"] += held_cents

    def stop(self) -> None:
        """Let the plan stop with something left, and see that everybody gets their part of that, to the cent."""
        at, books_ = self.world.giving.desk, self.world.books
        held_cents = sum(life.kept_cents for life in self.lives) + self.matched_cents
        rest_cents = self.world.chance.randint(0, held_cents)
        if not rest_cents:
            return
        left = {life.given.id: life.left_cents for life in self.lives if not life.may_go_to_pot and life.left_cents}
        shared_cents = at.act(stop, "oost", self.about, rest_cents, held_cents - rest_cents)
        got = {gift_id: self.refunded(gift_id) - self.by_id[gift_id].back_cents for gift_id in left}
        assert sum(got.values()) == shared_cents
        for gift_id, cents in left.items():
            # Largest remainders: nobody is a whole cent off their part.
            assert abs(got[gift_id] * held_cents - rest_cents * cents) < held_cents
        self.order(got)
        books_["voucher"] -= rest_cents
        books_["pot"] += rest_cents - shared_cents

    def order(self, back: dict[UUID, int]) -> None:
        for gift_id, cents in back.items():
            self.by_id[gift_id].back_cents += cents

    def refunded(self, gift_id: UUID) -> int:
        seen = self.world.giving.seen(self.by_id[gift_id].given)
        return sum(refund.amount_cents for refund in seen.refunds)

    def refund(self) -> None:
        """Let the provider send back what was ordered, and what was of no gift."""
        deck, chance = [], self.world.chance
        for life in self.lives:
            for refund in self.world.giving.seen(life.given).refunds:
                fate = chance.choice([(News.REFUNDED,)] * 4 + [(News.REFUNDED, News.REFUND_FAILED)])
                for news in fate:
                    deck += self.world.copies(life, news, f"re_{refund.id.hex}", refund.amount_cents, refund.id)
            if life.arrives_cents != life.cents and not life.out_cents:
                deck += self.world.copies(life, News.REFUNDED, f"re_{life.given.id.hex}", life.arrives_cents)
        chance.shuffle(deck)
        self.hear(deck)

    def end_cents(self) -> dict[str, int]:
        """Return what the provider and the municipality must be left with of this plan."""
        arrived = sum(life.arrives_cents for life in self.lives if News.ARRIVED in life.heard)
        gone = sum(life.out_cents + life.back_cents for life in self.lives)
        taken = sum(life.out_cents - life.covered_cents for life in self.lives if life.is_paid)
        return {"external:provider:stripe": gone - arrived, "external:disputed:oost": -taken}


def test_every_life_ends_in_books_that_say_what_the_provider_did(giving):
    world = World(giving, Random(7))
    before, ends = _books(giving), Counter[str]()
    for number in range(-(-LIVES // TOGETHER)):
        plan = Plan(world, number, min(TOGETHER, LIVES - number * TOGETHER))
        deck = [notice for life in plan.lives for notice in world.notices(life)]
        world.chance.shuffle(deck)
        late = world.chance.randint(0, len(deck) // 2)
        plan.hear(deck[late:])
        fate = world.chance.choice(["returned", "passed on", "stops"])
        plan.close(fate)
        plan.hear(deck[: late // 2])
        if fate == "stops":
            plan.stop()
        plan.hear(deck[late // 2 : late])
        plan.refund()
        for life in plan.lives:
            seen = giving.seen(life.given)
            left = max(0, life.cents - life.back_cents - life.out_cents) if life.is_paid else 0
            back = sum(refund.amount_cents for refund in seen.refunds)
            assert (seen.kept_cents, back) == (left, life.back_cents), life
        ends.update(plan.end_cents())
    for refund in giving.book().refunds:
        assert refund.state is RefundState.FAILED
        giving.as_(CASHIER).act(service.settle_refund, refund.id, SettleRefund(bank_reference="B-1"))
    expected = Counter(before)
    expected.update({**ends, "pot:oost:2026": world.books["pot"], "voucher": world.books["voucher"]})
    # Nothing is on its way any more: no clearing account holds a cent.
    assert _books(giving) == {name: cents for name, cents in expected.items() if cents}
    assert (giving.faults(), giving.book().refunds, giving.book().strangers) == ([], [], [])


def _books(giving: Giving) -> dict[str, int]:
    """Return what each kind of account holds."""
    found = defaultdict[str, int](int)
    for account, cents in giving.desk.ask(books).items():
        kind = account.partition(":")[0]
        found[kind if kind in {"gift", "voucher"} else account] += cents
    return {name: cents for name, cents in found.items() if cents}

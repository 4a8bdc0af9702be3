# SPDX-License-Identifier: EUPL-1.2
"""What follows from news, in every order; and how an amount is shared out among givers."""

from itertools import permutations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.neighbourhoods.rules import GiftsPolicy
from wijkbudget.payments.contributions import lives, rules
from wijkbudget.payments.contributions.lives import Side
from wijkbudget.payments.contributions.rules import ContributionState, RefundState
from wijkbudget.payments.providers.port import News, Notice

GIFT, REFUND = UUID(int=1), UUID(int=2)
POLICY = GiftsPolicy(article="art. 14", least_cents=500, most_cents=1_000, matched_percent=50, matched_most_cents=700)


def told(news: News, about: str, cents: int = 100, refund_id: UUID | None = None) -> Notice:
    return Notice(
        event_id=f"evt {news} {about}",
        news=news,
        contribution_id=GIFT,
        payment_id="pi",
        object_id=about,
        refund_id=refund_id,
        amount_cents=cents,
    )


LIFE = (
    told(News.ARRIVED, "ch"),
    told(News.COMPLETED, "cs"),
    told(News.DISPUTED, "du"),
    told(News.DISPUTE_WON, "du"),
    told(News.REFUNDED, "re", 40, REFUND),
    told(News.REFUND_FAILED, "re", 40, REFUND),
)


class TestRead:
    def test_moves_the_same_in_all_720_orders_of_six_pieces_of_news(self):
        ends = set()
        for order in permutations(LIFE):
            moved = {}
            for count in range(1, len(order) + 1):
                for step in lives.read(GIFT, 100, order[:count], {REFUND: 40}).steps:
                    # What was moved on the way must still be what follows at the end.
                    assert moved.setdefault(step.reference, step) == step
            assert set(moved.values()) == set(lives.read(GIFT, 100, order, {REFUND: 40}).steps)
            ends.add(frozenset(moved.values()))
        assert len(ends) == 1

    def test_moves_nothing_that_did_not_arrive(self):
        life = lives.read(GIFT, 100, [one for one in LIFE if one.news is not News.ARRIVED])
        assert (life.state, life.steps) == (ContributionState.OPENED, ())

    @given(st.permutations(LIFE), st.integers(0, 6))
    def test_keeps_in_clearing_only_what_it_says_is_waiting(self, order, count):
        """Besides a refund that left the gift when it was ordered."""
        life = lives.read(GIFT, 100, order[:count])
        held = sum(
            step.amount_cents * ((step.target is Side.CLEARING) - (step.source is Side.CLEARING)) for step in life.steps
        )
        assert held == life.waiting_cents >= 0

    def test_of_a_failed_page_after_the_payment_is_still_paid(self):
        assert lives.read(GIFT, 100, [told(News.FAILED, "cs"), *LIFE[:2]]).state is ContributionState.PAID


class TestMatched:
    def test_leaves_out_a_part_of_a_cent_and_stops_at_the_most(self):
        assert [rules.matched_cents(cents, POLICY) for cents in (0, 1, 3, 1_399, 1_400, 5_000)] == [
            0,
            0,
            1,
            699,
            700,
            700,
        ]

    def test_is_nothing_where_gifts_are_not_arranged(self):
        assert rules.matched_cents(1_000, None) == 0


def test_refund_that_failed_holds_whatever_came_first():
    assert lives.refund_state({News.REFUNDED, News.REFUND_FAILED}) is RefundState.FAILED

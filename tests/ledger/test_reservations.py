# SPDX-License-Identifier: EUPL-1.2
"""Money that waits: set apart, then posted, voided or expired, and exactly one of them."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.conftest import Clock
from tests.ledger.test_ledger import GOAL, POT, balance, entry_count, faults, post, reverse, transfer
from tests.stores import beside, url_of
from wijkbudget.kit.actor import Role, may
from wijkbudget.ledger import chart, service
from wijkbudget.ledger.rules import NotEnough, NothingToReverse, NotReserved, ReferenceTaken, Reservation
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Work, verb

RESERVED = chart.reserved("oost", 2026)
TOMORROW = date(2026, 3, 3)

_HOUSE = may(Role.SYSTEM)


@verb(_HOUSE)
def reserve(work: Work, place: str, amount: int, until: date | None = None) -> None:
    asked = Reservation(reference="plan", source=POT, held=RESERVED, amount=amount, until=until)
    service.reserve(work, place, asked)


@verb(_HOUSE)
def post_reserved(work: Work, place: str, under: str = "issue") -> None:
    service.post_reserved(work, place, "plan", GOAL, under)


@verb(_HOUSE)
def void(work: Work, place: str) -> None:
    service.void(work, place, "plan")


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    """Return a desk where EUR 4 of the EUR 10 in the pot waits, until tomorrow."""
    desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 10_00, "grant"))
    desk.act(reserve, "oost", 4_00, TOMORROW)
    return desk


def held(desk: Desk) -> tuple[int, int, int]:
    """Return what is in the pot, set apart and at the goal; and see that the books are whole."""
    assert desk.ask(faults) == []
    free, apart, there = (desk.ask(balance, "oost", account) for account in (POT, RESERVED, GOAL))
    return free, apart, there


class TestReserve:
    def test_sets_money_apart(self, waiting: Desk) -> None:
        assert held(waiting) == (6_00, 4_00, 0)

    def test_does_nothing_the_second_time(self, waiting: Desk) -> None:
        before = waiting.ask(entry_count)
        waiting.act(reserve, "oost", 4_00, TOMORROW)
        assert (held(waiting), waiting.ask(entry_count)) == ((6_00, 4_00, 0), before)

    @pytest.mark.parametrize(("amount", "until"), [(4_01, TOMORROW), (4_00, None)], ids=["amount", "day"])
    def test_refuses_a_reference_that_would_mean_two_things(
        self, waiting: Desk, amount: int, until: date | None
    ) -> None:
        with pytest.raises(ReferenceTaken):
            waiting.act(reserve, "oost", amount, until)
        assert held(waiting) == (6_00, 4_00, 0)

    def test_refuses_more_than_there_is(self, desk: Desk) -> None:
        with pytest.raises(NotEnough):
            desk.act(reserve, "oost", 1)
        assert held(desk) == (0, 0, 0)


class TestItsEnd:
    def test_is_where_it_was_set_apart_for(self, waiting: Desk) -> None:
        waiting.act(post_reserved, "oost")
        waiting.act(post_reserved, "oost")
        assert held(waiting) == (6_00, 0, 4_00)

    def test_is_back_where_it_came_from(self, waiting: Desk) -> None:
        waiting.act(void, "oost")
        assert held(waiting) == (10_00, 0, 0)

    def test_is_back_when_its_time_is_over(self, waiting: Desk, clock: Clock) -> None:
        assert waiting.act(service.expire_reserved, "oost") == 0
        clock.forward(days=1)
        assert waiting.act(service.expire_reserved, "west") == 0
        assert waiting.act(service.expire_reserved, "oost") == 1
        assert waiting.act(service.expire_reserved, "oost") == 0
        assert held(waiting) == (10_00, 0, 0)

    def test_is_not_posting_once_its_time_is_over(self, waiting: Desk, clock: Clock) -> None:
        clock.forward(days=1)
        with pytest.raises(NotReserved):
            waiting.act(post_reserved, "oost")
        assert held(waiting) == (6_00, 4_00, 0)

    @pytest.mark.parametrize("first", [post_reserved, void])
    @pytest.mark.parametrize("then", [post_reserved, void])
    def test_comes_once(self, waiting: Desk, first: object, then: object) -> None:
        waiting.act(first, "oost")
        before, args = held(waiting), ("oost", "again") if then is post_reserved else ("oost",)
        with pytest.raises(NotReserved):
            waiting.act(then, *args)
        assert held(waiting) == before

    def test_is_of_its_own_neighbourhood(self, waiting: Desk) -> None:
        with pytest.raises(NotReserved):
            waiting.act(void, "west")
        assert held(waiting) == (6_00, 4_00, 0)

    def test_is_never_a_reversal(self, waiting: Desk) -> None:
        with pytest.raises(NothingToReverse):
            waiting.act(reverse, "oost", "plan")
        waiting.act(post_reserved, "oost")
        with pytest.raises(NothingToReverse):
            waiting.act(reverse, "oost", "issue")
        assert held(waiting) == (6_00, 0, 4_00)


class TestTheProof:
    def test_names_money_that_waits_for_nothing(self, waiting: Desk) -> None:
        waiting.act(post, "oost", transfer(POT, RESERVED, 1, "slip"))
        assert waiting.ask(faults) == ["ledger: reserved:oost:2026: holds 401, its reservations say 400"]

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ("amount = 399", "was reserved, and not by the transfer of that name"),
            ("state = 'posted', ended_by = 'grant'", "was posted, and not by the transfer that it names"),
        ],
    )
    def test_names_a_reservation_that_was_tampered_with(self, waiting: Desk, change: str, said: str) -> None:
        with beside(url_of(waiting)) as connection:
            connection.execute(text(f"UPDATE ledger_reservation SET {change}"))
        assert f"ledger: plan: {said}" in waiting.ask(faults)

# SPDX-License-Identifier: EUPL-1.2
"""Thresholds and ceilings to the cent, and when advice is waited for and followed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.challenges.advice.rules import council, procurement, state_aid
from wijkbudget.challenges.advice.rules.council import Advice
from wijkbudget.challenges.advice.rules.procurement import Kind, ThresholdOutcome
from wijkbudget.challenges.advice.rules.state_aid import AidOutcome, Received
from wijkbudget.challenges.rules.states import Move

days = st.dates(date(2024, 1, 1), date(2060, 12, 31))
DAY = date(2026, 3, 2)


def received(cents: int, on: date, *, is_general_interest: bool = False) -> Received:
    return Received(amount_cents=cents, granted_on=on, is_general_interest=is_general_interest)


class TestTheThresholds:
    @pytest.mark.parametrize(
        ("day", "services", "works"),
        [
            (date(2024, 1, 1), 22_100_000, 553_800_000),
            (date(2025, 12, 31), 22_100_000, 553_800_000),
            (date(2026, 1, 1), 21_600_000, 540_400_000),
            (date(2027, 12, 31), 21_600_000, 540_400_000),
        ],
    )
    def test_are_those_of_the_day(self, day, services, works):
        found = procurement.thresholds_on(day).cents
        assert found == {Kind.SERVICES: services, Kind.WORKS: works, Kind.SOCIAL: 75_000_000}

    @pytest.mark.parametrize(
        ("total_cents", "has_interest", "outcome"),
        [
            (21_599_999, False, ThresholdOutcome.BELOW),
            (21_599_999, True, ThresholdOutcome.BELOW_WITH_INTEREST),
            (21_600_000, False, ThresholdOutcome.REACHED),
        ],
    )
    def test_are_reached_by_what_is_equal(self, total_cents, has_interest, outcome):
        assert procurement.weigh(Kind.SERVICES, total_cents, DAY, has_interest=has_interest).outcome is outcome

    def test_are_higher_for_social_services(self):
        assert procurement.weigh(Kind.SOCIAL, 74_999_999, DAY, has_interest=False).outcome is ThresholdOutcome.BELOW
        reached = procurement.weigh(Kind.SOCIAL, 75_000_000, DAY, has_interest=True)
        assert "lighter rules" in str(reached.follows)
        assert "tender" in str(procurement.weigh(Kind.WORKS, 540_400_000, DAY, has_interest=True).follows)

    def test_look_at_the_whole_time(self):
        assert procurement.whole_cents(800_000, 36) == 2_400_000
        assert procurement.whole_cents(100, 7) == 59
        assert procurement.whole_cents(800_000, None) == 800_000


class TestTheThreeYears:
    @given(days)
    def test_begin_on_the_same_day(self, day):
        first = state_aid.window_from(day)
        assert state_aid.counts(received(1, first), day)
        assert not state_aid.counts(received(1, first - timedelta(days=1)), day)
        assert day.year - first.year == 3
        assert (first.month, first.day) == ((2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day))

    @given(st.lists(st.tuples(st.integers(1, 10**9), days, st.booleans())), st.integers(0, 10**9), days)
    def test_add_up_to_the_cent(self, lines, now_cents, day):
        aid = [received(cents, on, is_general_interest=is_it) for cents, on, is_it in lines]
        still = [each for each in aid if state_aid.window_from(day) <= each.granted_on]
        (everything,) = state_aid.add_up(aid, now_cents, day, is_general_interest=True)
        assert everything.total_cents == sum(each.amount_cents for each in still) + now_cents
        ordinary = state_aid.add_up(aid, now_cents, day, is_general_interest=False)[0]
        assert ordinary.received_cents == sum(each.amount_cents for each in still if not each.is_general_interest)

    @pytest.mark.parametrize(
        ("cents", "is_general_interest", "is_declared", "outcome"),
        [
            (30_000_000, False, True, AidOutcome.WITHIN),
            (30_000_001, False, True, AidOutcome.OVER),
            (30_000_001, True, True, AidOutcome.WITHIN),
            (75_000_001, True, True, AidOutcome.OVER),
            (1, False, False, AidOutcome.NOT_DECLARED),
        ],
    )
    def test_hold_at_most_the_ceiling(self, cents, is_general_interest, is_declared, outcome):
        sums = state_aid.add_up([received(cents - 1, DAY)], 1, DAY, is_general_interest=is_general_interest)
        assert state_aid.judge(is_undertaking=True, is_declared=is_declared, sums=sums) is outcome
        assert state_aid.judge(is_undertaking=False, is_declared=False, sums=sums) is AidOutcome.NO_UNDERTAKING

    def test_hold_both_kinds_together_below_the_larger_ceiling(self):
        lines = [received(70_000_000, DAY, is_general_interest=True), received(10_000_000, DAY)]
        sums = state_aid.add_up(lines, 1_000_000, DAY, is_general_interest=False)
        assert [(each.total_cents, each.is_over) for each in sums] == [(11_000_000, False), (81_000_000, True)]


class TestFollowing:
    def test_is_a_yes_after_a_yes_and_a_no_after_a_no(self):
        followed = {(stance, move) for stance in Advice for move in _DECIDING if council.is_followed(stance, move)}
        assert followed == {
            *((stance, yes) for stance in (Advice.POSITIVE, Advice.WITH_CONDITIONS) for yes in _DECIDING[:2]),
            (Advice.NEGATIVE, Move.REFUSE),
        }


_DECIDING = (Move.AWARD, Move.AWARD_PARTLY, Move.REFUSE)


class TestTheGuards:
    def test_let_nobody_ask_advice_before_procurement_was_looked_at(self):
        with pytest.raises(procurement.NotAssessed):
            procurement.demand_assessed(is_assessed=False)
        procurement.demand_assessed(is_assessed=True)

    def test_wait_for_the_council_until_its_last_day(self):
        with pytest.raises(council.CouncilNotHeard):
            council.demand_heard(is_advised=False, last_on=DAY, today=DAY)
        council.demand_heard(is_advised=False, last_on=DAY, today=DAY + timedelta(days=1))
        council.demand_heard(is_advised=True, last_on=DAY, today=DAY)

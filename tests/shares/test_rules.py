# SPDX-License-Identifier: EUPL-1.2
"""Who gets how many shares, and when they lapse: days, years, the cap and what is safe to show."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.ledger.rules import Transfer, Unit
from wijkbudget.shares import rules
from wijkbudget.shares.rules import Grant, Holding, Reason

DAYS = st.dates(date(1940, 1, 1), date(2080, 12, 31))
SHARE = UUID(int=1)
PERSON = UUID(int=2)


class TestAnniversary:
    def test_is_the_same_day_in_a_later_year(self):
        assert rules.anniversary(date(2020, 5, 1), 3) == date(2023, 5, 1)

    @pytest.mark.parametrize(
        ("years", "day"),
        [
            (1, date(2021, 3, 1)),
            (3, date(2023, 3, 1)),
            (4, date(2024, 2, 29)),
            (80, date(2100, 3, 1)),
        ],
    )
    def test_of_29_february_is_1_march_where_there_is_none(self, years, day):
        assert rules.anniversary(date(2020, 2, 29), years) == day


class TestFullYears:
    @pytest.mark.parametrize(
        ("since_on", "on", "years"),
        [
            (date(2024, 3, 2), date(2024, 3, 2), 0),
            (date(2024, 3, 2), date(2025, 3, 1), 0),
            (date(2024, 3, 2), date(2025, 3, 2), 1),
            (date(2024, 3, 2), date(2026, 3, 1), 1),
            (date(2020, 2, 29), date(2021, 2, 28), 0),
            (date(2020, 2, 29), date(2021, 3, 1), 1),
            (date(2020, 2, 29), date(2024, 2, 28), 3),
            (date(2020, 2, 29), date(2024, 2, 29), 4),
            (date(2023, 12, 31), date(2024, 1, 1), 0),
        ],
    )
    def test_are_full_on_the_anniversary_and_not_before(self, since_on, on, years):
        assert rules.full_years(since_on, on) == years

    @given(DAYS, st.integers(0, 20_000))
    def test_lie_between_two_anniversaries(self, since_on, days):
        on = since_on + timedelta(days=days)
        years = rules.full_years(since_on, on)
        assert rules.anniversary(since_on, years) <= on < rules.anniversary(since_on, years + 1)


def holds(share_count, *, handed_back=0, efforts=(), contracts=(), spell=1):
    """Return a holding of the first share, of years of residence, and of these calendar years."""
    return Holding(
        spell=spell,
        share_count=share_count,
        counted=share_count + handed_back,
        year_count=share_count + handed_back - 1 - len(efforts) - len(contracts),
        efforts=frozenset(efforts),
        contracts=frozenset(contracts),
    )


def due(since_on, on, share_count, shares_max=3, **more):
    holding = holds(share_count, **more)
    return list(rules.years_due(since_on=since_on, on=on, holding=holding, shares_max=shares_max))


class TestYearsDue:
    def test_are_none_in_the_first_year(self):
        assert due(date(2025, 3, 3), date(2026, 3, 2), 1) == []

    def test_are_one_on_the_first_anniversary(self):
        assert due(date(2025, 3, 2), date(2026, 3, 2), 1) == [1]

    def test_are_none_once_it_was_granted(self):
        assert due(date(2025, 3, 2), date(2026, 3, 2), 2) == []

    def test_catch_up_with_years_before_there_were_shares(self):
        assert due(date(1990, 1, 1), date(2026, 3, 2), 1) == [1, 2]

    def test_stop_at_the_cap(self):
        assert due(date(1990, 1, 1), date(2026, 3, 2), 3) == []
        assert due(date(1990, 1, 1), date(2026, 3, 2), 1, shares_max=1) == []

    def test_take_nothing_away_when_the_cap_is_lowered(self):
        assert due(date(1990, 1, 1), date(2026, 3, 2), 3, shares_max=2) == []

    def test_wait_for_whoever_was_away_and_begins_a_new_first_year(self):
        assert due(date(2026, 1, 1), date(2027, 6, 1), 2) == []
        assert due(date(2026, 1, 1), date(2028, 1, 1), 2) == [2]

    def test_leave_room_for_what_was_earned_otherwise(self):
        assert due(date(1990, 1, 1), date(2026, 3, 2), 2, efforts=[2025]) == [1]
        assert due(date(1990, 1, 1), date(2026, 3, 2), 3, efforts=[2025], contracts=[2026]) == []

    def test_do_not_come_again_after_they_were_handed_back(self):
        assert due(date(1990, 1, 1), date(2026, 3, 2), 1, handed_back=2) == []
        assert due(date(1990, 1, 1), date(2026, 3, 2), 2, handed_back=1, shares_max=4) == [3]

    @given(DAYS, st.integers(0, 20_000), st.integers(1, 10), st.integers(1, 10))
    def test_never_pass_the_cap_sh2(self, since_on, days, share_count, shares_max):
        more = due(since_on, since_on + timedelta(days=days), share_count, shares_max)
        assert not more or share_count + len(more) <= shares_max


class TestHasLapsed:
    @pytest.mark.parametrize(
        ("left_on", "last_day_kept"),
        [
            (date(2026, 3, 2), date(2026, 6, 1)),
            (date(2025, 11, 30), date(2026, 2, 27)),
            (date(2023, 11, 30), date(2024, 2, 28)),
            (date(2025, 9, 30), date(2025, 12, 29)),
            (date(2025, 10, 1), date(2025, 12, 31)),
        ],
    )
    def test_is_so_after_three_months_and_not_a_day_before(self, left_on, last_day_kept):
        assert not rules.has_lapsed(left_on, last_day_kept, 3)
        assert rules.has_lapsed(left_on, last_day_kept + timedelta(days=1), 3)


class TestATransfer:
    def test_gives_one_share_and_names_nobody_in_its_reference(self):
        given_ = rules.granted("oost", SHARE, PERSON)
        assert (given_.source.address, given_.target.address) == ("external:shares", f"share:oost:{PERSON}")
        assert (given_.amount, given_.source.unit, given_.reference) == (1, Unit.SHARE, f"share:{SHARE}")

    def test_takes_all_shares_back(self):
        taken = rules.lapsed("oost", SHARE, PERSON, holds(3))
        assert taken == Transfer(
            source=rules.granted("oost", SHARE, PERSON).target,
            target=rules.granted("oost", SHARE, PERSON).source,
            amount=3,
            reference=f"share-lapse:{SHARE}",
        )


class TestEffort:
    @pytest.mark.parametrize(
        ("minutes", "holding", "is_due"),
        [
            (1200, holds(1), True),
            (1199, holds(1), False),
            (9999, holds(2, efforts=[2025]), False),
            (1200, holds(2, efforts=[2024]), True),
            (1200, holds(3), False),
            (1200, holds(1, handed_back=2), False),
        ],
    )
    def test_earns_one_share_a_year_within_the_cap(self, minutes, holding, is_due):
        told = rules.is_effort_due(minutes=minutes, needed=1200, year=2025, holding=holding, shares_max=3)
        assert told is is_due


class TestAContractShare:
    @pytest.mark.parametrize(
        ("holding", "decided_on", "refusal"),
        [
            (holds(1), date(2025, 12, 31), rules.NotOfThisYear),
            (holds(2, contracts=[2026]), date(2026, 1, 1), rules.ContractShareGiven),
            (holds(3), date(2026, 1, 1), rules.CapReached),
        ],
    )
    def test_is_refused(self, holding, decided_on, refusal):
        with pytest.raises(refusal):
            rules.demand_room(holding, decided_on, date(2026, 3, 2), 3)

    def test_fits_under_the_cap_once_a_year(self):
        rules.demand_room(holds(2, contracts=[2025]), date(2026, 1, 1), date(2026, 3, 2), 3)


class TestHandedBack:
    IDS = (UUID(int=1), UUID(int=2), UUID(int=3))

    def test_is_what_came_last_of_the_years(self):
        assert rules.handed_back(self.IDS, 2, "art. 14") == self.IDS[1:]
        assert rules.handed_back(self.IDS, 3, "art. 14") == self.IDS

    def test_is_never_more_than_the_years(self):
        with pytest.raises(rules.TooFewToHandBack) as refused:
            rules.handed_back(self.IDS, 4, "art. 14")
        assert refused.value.article == "art. 14"


class TestIsStillDue:
    def test_holds_while_nothing_changed_in_what_it_rests_on(self):
        first = Grant(person_id=PERSON, reason=Reason.RESIDENT, year=0, spell=1, rests_on=None)
        second = Grant(person_id=PERSON, reason=Reason.YEAR_OF_RESIDENCE, year=1, spell=1, rests_on=holds(1))
        assert rules.is_still_due(first, None)
        assert not rules.is_still_due(first, holds(1))
        assert rules.is_still_due(second, holds(1))
        assert not rules.is_still_due(second, holds(2))
        assert not rules.is_still_due(second, None)


class TestShownNumbers:
    def test_are_all_numbers_where_each_has_ten_holders_or_more(self):
        assert list(rules.shown_numbers({3: 40, 1: 10})) == [(1, 10), (3, 40)]

    def test_are_none_where_one_has_fewer(self):
        assert list(rules.shown_numbers({3: 40, 1: 9, 2: 20})) == []

    def test_are_none_where_nobody_holds_any(self):
        assert list(rules.shown_numbers({})) == []

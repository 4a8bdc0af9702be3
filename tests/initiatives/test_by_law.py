# SPDX-License-Identifier: EUPL-1.2
"""What a by-law asks of a plan: each condition to the cent and the day, with its article and what would help."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wijkbudget.initiatives.by_law import (
    BEFORE_THE_BALLOT,
    CHECKS,
    Application,
    ConditionNotMet,
    demand_conditions,
    own_share_needed_cents,
)
from wijkbudget.neighbourhoods.rules import Condition, ConditionRule
from wijkbudget.neighbourhoods.schemas import read_policy
from wijkbudget.neighbourhoods.seed import demo_toml

PLAN = Application(
    asked_cents=80_000,
    own_cents=0,
    own_minutes=0,
    is_legal_person=False,
    others_cents=0,
    last_year=None,
    starts_on=None,
    proposed_on=date(2026, 3, 2),
)


def asking(**values: int):
    """Return a policy that asks these conditions, each by an article of its own."""
    rules = tuple(
        ConditionRule(article=f"art. {name}", condition=Condition(name), value=values[name]) for name in values
    )
    return replace(read_policy(demo_toml("oost")), conditions=rules)


def refusal(application: Application, **values: int) -> ConditionNotMet:
    with pytest.raises(ConditionNotMet) as refused:
        demand_conditions(application, asking(**values))
    return refused.value


class TestConditions:
    def test_ask_nothing_where_the_by_law_says_nothing(self):
        demand_conditions(PLAN, replace(read_policy(demo_toml("oost")), conditions=None))

    @pytest.mark.parametrize(
        ("name", "value", "good", "bad"),
        [
            ("voucher_max_cents", 80_000, {}, {"asked_cents": 80_001}),
            ("applicant_year_max_cents", 100_000, {"others_cents": 20_000}, {"others_cents": 20_001}),
            ("repeat_after_years", 1, {"last_year": 2024}, {"last_year": 2025}),
            ("own_share_percent", 20, {"own_cents": 20_000}, {"own_cents": 19_999}),
            ("lead_days", 42, {"starts_on": date(2026, 4, 13)}, {"starts_on": date(2026, 4, 12)}),
            ("lead_days", 1, {"starts_on": date(2026, 3, 3)}, {"starts_on": None}),
            ("legal_person_over_cents", 80_000, {}, {"asked_cents": 80_001}),
            ("legal_person_over_cents", 0, {"is_legal_person": True}, {}),
        ],
    )
    def test_hold_to_the_cent_and_the_day_and_name_their_article(self, name, value, good, bad):
        demand_conditions(replace(PLAN, **good), asking(**{name: value}))
        assert refusal(replace(PLAN, **bad), **{name: value}).article == f"art. {name}"

    def test_say_what_would_help(self):
        assert str(refusal(replace(PLAN, others_cents=30_000), applicant_year_max_cents=100_000)) == (
            "The plans of one person or group ask at most €1,000.00 together in a year. You can still ask €700.00."
            " Ask for less, or take another plan back first."
        )
        assert "from 2027 on" in str(refusal(replace(PLAN, last_year=2025), repeat_after_years=1))

    def test_count_hours_for_the_own_share_only_where_the_by_law_says_what_an_hour_is(self):
        working = replace(PLAN, own_minutes=1_333 * 60)
        assert "at least 20% of all costs itself: here €200.00, and you bring €0.00." in str(
            refusal(working, own_share_percent=20)
        )
        assert "€199.95" in str(refusal(working, own_share_percent=20, own_hour_cents=15))
        demand_conditions(replace(working, own_cents=5), asking(own_share_percent=20, own_hour_cents=15))

    def test_look_at_the_days_before_it_begins_only_when_a_plan_comes_in(self):
        policy = asking(lead_days=42, voucher_max_cents=1)
        demand_conditions(PLAN, policy, BEFORE_THE_BALLOT - {Condition.VOUCHER_MAX_CENTS})
        with pytest.raises(ConditionNotMet, match="One voucher"):
            demand_conditions(PLAN, policy, BEFORE_THE_BALLOT)

    def test_are_about_plans_but_for_what_only_counts_elsewhere(self):
        assert set(Condition) - set(CHECKS) == {Condition.OWN_HOUR_CENTS}


@given(asked_cents=some.integers(1, 10**9), percent=some.integers(0, 99))
def test_the_own_share_that_is_needed_is_the_least_that_is_that_part_of_all_costs(asked_cents, percent):
    needed = own_share_needed_cents(asked_cents, percent)
    assert 100 * needed >= percent * (asked_cents + needed)
    assert needed == 0 or 100 * (needed - 1) < percent * (asked_cents + needed - 1)

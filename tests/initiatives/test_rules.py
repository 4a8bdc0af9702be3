# SPDX-License-Identifier: EUPL-1.2
"""What a plan must be, and which state follows which."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wijkbudget.initiatives import rules
from wijkbudget.initiatives.rules import KEPT, NEXT, STATE_NAMES, State, Verdict
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods.rules import Body, InitiativesPolicy, Matter, Power, PowerRule
from wijkbudget.vouchers.rules import VoucherState

POLICY = InitiativesPolicy(
    article="art. 4",
    themes=("groen", "jeugd"),
    support_min=5,
    supporter_age_min=12,
    amount_max_cents=100_000,
    cost_lines_max=3,
)
BINDING = PowerRule(article="art. 9", decision=Matter.OUTCOME, body=Body.COUNCIL, power=Power.BINDING)


class TestStates:
    def test_all_have_a_name_and_a_place_in_the_table(self):
        assert set(NEXT) == set(STATE_NAMES) == set(State)

    def test_lead_forward_only(self):
        order = list(State)
        steps = [(now, then) for now, many in NEXT.items() for then in many]
        assert [step for step in steps if order.index(step[0]) >= order.index(step[1])] == []

    def test_can_be_left_by_the_initiators_until_the_ballot(self):
        leave = {now for now, many in NEXT.items() if State.WITHDRAWN in many}
        assert leave == {State.PROPOSED, State.SUPPORTED, State.FEASIBLE}

    def test_refuse_a_step_that_is_not_in_the_table(self):
        with pytest.raises(WrongState, match="This plan: looks for support"):
            rules.demand_next(State.PROPOSED, State.FEASIBLE)

    def test_allow_a_step_that_is(self):
        assert rules.demand_next(State.SUPPORTED, State.FEASIBLE) is State.FEASIBLE


class TestSupport:
    @pytest.mark.parametrize(("count", "state"), [(4, State.PROPOSED), (5, State.SUPPORTED), (6, State.SUPPORTED)])
    def test_is_enough_from_the_minimum_on(self, count, state):
        assert rules.after_support(count, 5) is state

    def test_is_not_needed_where_the_policy_asks_none(self):
        assert rules.after_support(0, 0) is State.SUPPORTED

    def test_is_not_for_who_does_not_take_part(self):
        with pytest.raises(rules.TooYoung) as refused:
            rules.demand_takes_part(takes_part=False, policy=POLICY)
        assert refused.value.article == "art. 4"
        assert "12" in str(refused.value)

    def test_is_not_for_the_own_plan(self):
        rules.demand_others_plan("c", {"a", "b"})
        with pytest.raises(rules.OwnPlan):
            rules.demand_others_plan("a", {"a", "b"})


class TestTheEnd:
    @pytest.mark.parametrize(
        ("voucher", "state"),
        [
            (None, State.GRANTED),
            (VoucherState.ACTIVE, State.GRANTED),
            (VoucherState.ACCOUNTED, State.GRANTED),
            (VoucherState.SETTLED, State.DONE),
            (VoucherState.EXPIRED, State.LAPSED),
        ],
    )
    def test_is_what_the_voucher_says(self, voucher, state):
        assert rules.state_now(State.GRANTED, voucher) is state

    def test_is_not_kept(self):
        assert set(State) - KEPT == {State.DONE, State.LAPSED, State.STOPPED}


class TestWhatIsAsked:
    @given(some.lists(some.integers(min_value=1, max_value=33_333), min_size=1, max_size=3))
    def test_is_the_sum_of_the_costs(self, amounts):
        assert rules.demand_within(POLICY, "groen", amounts) == sum(amounts)

    def test_can_be_exactly_the_most(self):
        assert rules.demand_within(POLICY, "jeugd", [60_000, 40_000]) == 100_000

    def test_is_refused_above_the_most(self):
        with pytest.raises(rules.TooMuchAsked, match=r"€1,000\.01") as refused:
            rules.demand_within(POLICY, "groen", [60_000, 40_001])
        assert refused.value.article == "art. 4"

    def test_is_refused_with_too_many_lines(self):
        with pytest.raises(rules.TooManyCostLines, match="at most 3"):
            rules.demand_within(POLICY, "groen", [1, 1, 1, 1])

    def test_is_refused_for_an_unknown_theme(self):
        with pytest.raises(rules.UnknownTheme):
            rules.demand_within(POLICY, "sport", [1])

    def test_lies_in_the_neighbourhood(self):
        rules.demand_quarter("BU1", {"BU1"})
        with pytest.raises(rules.UnknownQuarter):
            rules.demand_quarter("BU2", {"BU1"})

    def test_is_for_a_group_only_by_a_member(self):
        rules.demand_member("a", ["a"])
        with pytest.raises(rules.NotOfThisGroup):
            rules.demand_member("b", ["a"])


class TestTheAssessment:
    def test_says_what_would_help_with_a_no(self):
        with pytest.raises(rules.HelpMissing) as refused:
            rules.demand_help(Verdict.INFEASIBLE, "")
        assert list(refused.value.fields) == ["what_would_help"]

    def test_needs_no_help_with_a_yes(self):
        rules.demand_help(Verdict.FEASIBLE, "")
        rules.demand_help(Verdict.INFEASIBLE, "Another spot.")


class TestTheDecision:
    def test_comes_after_the_vote(self):
        rules.demand_after_vote(date(2026, 3, 16), date(2026, 3, 15))
        with pytest.raises(rules.DecidedTooEarly):
            rules.demand_after_vote(date(2026, 3, 15), date(2026, 3, 15))

    @pytest.mark.parametrize("changed", [{"power": Power.ADVICE}, {"body": Body.EXECUTIVE}])
    def test_is_the_councils_only_by_a_binding_power(self, changed):
        rules.demand_binding(BINDING)
        with pytest.raises(rules.NotBinding) as refused:
            rules.demand_binding(replace(BINDING, **changed))
        assert refused.value.article == "art. 9"

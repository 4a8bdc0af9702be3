# SPDX-License-Identifier: EUPL-1.2
"""When a promise counts as kept, and what part of all that is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.council.contracts import rules
from wijkbudget.council.contracts.rules import Answer, Counted, PromiseState, kept_of

TODAY = date(2026, 6, 1)
PAST, COMING = date(2026, 5, 31), TODAY


def states(*pairs):
    return [Counted(state, due_on) for state, due_on in pairs]


class TestKept:
    def test_is_what_was_kept_of_all_that_fell_due(self):
        kept = kept_of(
            [*states(*[(PromiseState.KEPT, PAST)] * 9), *states((PromiseState.NOT_KEPT, PAST))], TODAY, is_closed=False
        )
        assert (kept.kept_count, kept.due_count, kept.kept_percent) == (9, 10, 90)

    def test_is_no_number_while_nothing_fell_due(self):
        kept = kept_of(states((PromiseState.KEPT, COMING)), TODAY, is_closed=False)
        assert (kept.due_count, kept.kept_percent) == (0, None)

    def test_leaves_out_what_never_held_or_was_dropped(self):
        left_out = states(
            *((state, PAST) for state in (PromiseState.WRITTEN, PromiseState.DROPPED, PromiseState.TAKEN_OUT))
        )
        assert kept_of(left_out, TODAY, is_closed=True).due_count == 0

    def test_counts_what_nobody_told_and_what_was_kept_in_part_as_not_kept(self):
        told = states((PromiseState.PROMISED, PAST), (PromiseState.PARTLY_KEPT, PAST), (PromiseState.KEPT, PAST))
        kept = kept_of(told, TODAY, is_closed=False)
        assert (kept.kept_percent, kept.silent_count, kept.partly_kept_count) == (33, 1, 1)

    def test_counts_everything_when_the_contract_is_closed(self):
        kept = kept_of(states((PromiseState.KEPT, COMING), (PromiseState.PROMISED, COMING)), TODAY, is_closed=True)
        assert (kept.due_count, kept.kept_count) == (2, 1)

    @given(st.lists(st.tuples(st.sampled_from(PromiseState), st.dates())), st.dates(), st.booleans())
    def test_adds_up(self, pairs, today, is_closed):
        kept = kept_of(states(*pairs), today, is_closed=is_closed)
        parts = kept.kept_count, kept.partly_kept_count, kept.not_kept_count, kept.silent_count
        assert min(parts) >= 0
        assert sum(parts) == kept.due_count <= len(pairs)
        assert kept.kept_percent is None or 0 <= kept.kept_percent <= 100


class TestLeaving:
    def test_is_for_what_has_not_fallen_due(self):
        assert rules.may_leave(Counted(PromiseState.PROMISED, COMING), TODAY)
        assert rules.may_leave(Counted(PromiseState.WRITTEN, PAST), TODAY)
        for state, due_on in (
            (PromiseState.PROMISED, PAST),
            (PromiseState.KEPT, COMING),
            (PromiseState.NOT_KEPT, PAST),
        ):
            with pytest.raises(rules.TooLateToDrop):
                rules.demand_leaving(Counted(state, due_on), TODAY)


@pytest.mark.parametrize(
    ("refusal", "demand"),
    [
        (rules.WrongYear, lambda: rules.demand_year(2025, TODAY)),
        (rules.WrongYear, lambda: rules.demand_year(2028, TODAY)),
        (rules.WrongDay, lambda: rules.demand_in_year("due_on", date(2027, 1, 1), 2026)),
        (rules.WrongDay, lambda: rules.demand_passed("given_on", date(2026, 6, 2), TODAY)),
        (rules.HoursOrMoney, lambda: rules.demand_measure(60, 100)),
        (rules.HoursOrMoney, lambda: rules.demand_measure(50, None)),
        (rules.PartyUnnamed, lambda: rules.demand_named(has_organisation=True, has_name=True)),
        (rules.PartyUnnamed, lambda: rules.demand_named(has_organisation=False, has_name=False)),
        (rules.TooLittle, lambda: rules.demand_agreeable(1, 1)),
        (rules.TooLittle, lambda: rules.demand_agreeable(2, 0)),
        (rules.AnotherParty, lambda: rules.demand_other_party(acts_for_it=True, told_it=False, is_here=True)),
        (rules.AnotherParty, lambda: rules.demand_other_party(acts_for_it=False, told_it=True, is_here=True)),
        (rules.AnotherParty, lambda: rules.demand_other_party(acts_for_it=False, told_it=False, is_here=False)),
        (rules.ReasonMissing, lambda: rules.demand_reason(Answer.DIFFERS, None)),
        (rules.YearNotOver, lambda: rules.demand_closable(2026, TODAY, all_settled=False, review_count=1)),
        (rules.NotReviewed, lambda: rules.demand_closable(2025, TODAY, all_settled=False, review_count=0)),
    ],
)
def test_every_demand_refuses_what_it_must(refusal, demand):
    with pytest.raises(refusal):
        demand()


def test_every_demand_lets_the_rest_through():
    rules.demand_year(2027, TODAY)
    rules.demand_in_year("due_on", date(2026, 12, 31), 2026)
    rules.demand_in_year("review_on", None, 2026)
    rules.demand_passed("given_on", TODAY, TODAY)
    rules.demand_measure(None, None)
    rules.demand_measure(45, None)
    rules.demand_named(has_organisation=False, has_name=True)
    rules.demand_agreeable(2, 1)
    rules.demand_other_party(acts_for_it=False, told_it=False, is_here=True)
    rules.demand_reason(Answer.AGREES, None)
    rules.demand_closable(2026, TODAY, all_settled=True, review_count=1)
    rules.demand_closable(2025, TODAY, all_settled=False, review_count=1)

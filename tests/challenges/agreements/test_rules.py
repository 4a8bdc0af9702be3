# SPDX-License-Identifier: EUPL-1.2
"""What an agreement must say, and which days it can name."""

from datetime import date

import pytest

from wijkbudget.challenges.advice.rules.procurement import Form
from wijkbudget.challenges.agreements import rules
from wijkbudget.challenges.agreements.rules import Clause
from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.neighbourhoods.rules import ChallengesPolicy

POLICY = ChallengesPolicy(article="art. 9", challengers="residents", group_min=2, completion_days=14)
SAID = dict.fromkeys(Clause, "iets") | {Clause.LEGAL_FORM: LegalForm.GROUP}


class TestWhatIsMissing:
    def test_is_every_clause_that_says_nothing(self):
        empty = dict.fromkeys(Clause)
        assert rules.missing(empty, POLICY, None, None) == list(Clause)
        assert rules.missing(SAID, POLICY, Form.SUBSIDY, None) == []
        assert rules.missing(SAID | {Clause.INSTALMENTS: []}, POLICY, Form.USE, None) == []

    def test_is_a_legal_person_where_the_policy_asks_one(self):
        policy = ChallengesPolicy(
            article="art. 9", challengers="residents", group_min=2, completion_days=14, legal_person=True
        )
        assert rules.missing(SAID, policy, Form.SUBSIDY, "12345678") == [Clause.LEGAL_FORM]
        association = SAID | {Clause.LEGAL_FORM: LegalForm.ASSOCIATION}
        assert rules.missing(association, policy, Form.SUBSIDY, None) == [Clause.LEGAL_FORM]
        assert rules.missing(association, policy, Form.SUBSIDY, "12345678") == []


class TestTheDays:
    @pytest.mark.parametrize(
        ("first", "last", "days"),
        [
            (date(2026, 1, 1), date(2026, 12, 31), [date(2026, 7, 2), date(2026, 9, 30)]),
            (date(2026, 1, 1), date(2026, 5, 1), [date(2026, 3, 2)]),
        ],
    )
    def test_to_look_back_are_half_time_and_three_months_before_the_end(self, first, last, days):
        assert rules.look_back_days(first, last) == days

    def test_last_at_most_a_year_the_first_time(self):
        rules.demand_term(date(2026, 4, 1), date(2027, 3, 31), POLICY)
        with pytest.raises(rules.TermTooLong):
            rules.demand_term(date(2026, 4, 1), date(2027, 4, 1), POLICY)
        with pytest.raises(rules.DaysWrong):
            rules.demand_term(date(2026, 4, 1), date(2026, 4, 1), POLICY)

    def test_lets_no_more_be_given_than_was_awarded_for_each_year(self):
        rules.demand_awarded(200, 100, date(2026, 1, 1), date(2027, 6, 30))
        with pytest.raises(rules.MoreThanAwarded):
            rules.demand_awarded(101, 100, date(2026, 1, 1), date(2026, 12, 31))

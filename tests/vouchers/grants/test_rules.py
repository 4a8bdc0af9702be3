# SPDX-License-Identifier: EUPL-1.2
"""Grounds, terms and to whom somebody objects."""

import json
from datetime import date

import pytest

from wijkbudget.neighbourhoods.rules import Basis, Body
from wijkbudget.vouchers.grants import rules
from wijkbudget.vouchers.grants.rules import DecisionKind, Ground, GroundMissing

_LAW = "Algemene wet bestuursrecht, art. "


class TestGrounds:
    @pytest.mark.parametrize(
        ("kind", "ground", "article"),
        [
            (DecisionKind.GRANT, None, "4:29"),
            (DecisionKind.REFUSAL, Ground.CEILING, "4:25 lid 2"),
            (DecisionKind.SETTLEMENT, None, "4:46 lid 1"),
            (DecisionKind.SETTLEMENT, Ground.NOT_DONE, "4:46 lid 2 sub a"),
            (DecisionKind.SETTLEMENT, Ground.WRONG_GRANT, "4:46 lid 2 sub d"),
            (DecisionKind.WITHDRAWAL, Ground.DUTIES_NOT_MET, "4:48 lid 1 sub b"),
            (DecisionKind.CHANGE, Ground.LATER_DUTIES, "4:49 lid 1 sub c"),
        ],
    )
    def test_rest_on_their_article(self, kind, ground, article):
        assert rules.article_of(kind, ground) == _LAW + article

    @pytest.mark.parametrize(
        ("kind", "ground"),
        [
            (DecisionKind.REFUSAL, None),
            (DecisionKind.WITHDRAWAL, None),
            (DecisionKind.CHANGE, None),
            (DecisionKind.GRANT, Ground.NOT_DONE),
            (DecisionKind.SETTLEMENT, Ground.CEILING),
            (DecisionKind.CHANGE, Ground.NOT_DONE),
        ],
    )
    def test_are_no_others_than_the_law_knows(self, kind, ground):
        with pytest.raises(GroundMissing) as refusal:
            rules.article_of(kind, ground)
        assert refusal.value.fields.keys() == {"ground"}


class TestTerms:
    def test_of_six_weeks_end_as_the_law_counts_them(self, data):
        vectors = json.loads((data / "awb" / "termijnen_testvectors.json").read_text())["vectors"]
        ends = [(each["start"], each["end"]) for each in vectors if each["weeks"] == 6]
        found = [(start, rules.objection_until(date.fromisoformat(start)).isoformat()) for start, _end in ends]
        assert found == ends
        assert len(ends) == 4

    @pytest.mark.parametrize(("today", "can"), [(date(2031, 3, 1), True), (date(2031, 3, 2), False)])
    def test_of_five_years_end_on_the_same_day(self, today, can):
        if can:
            rules.demand_changeable(date(2026, 3, 2), today)
        else:
            with pytest.raises(rules.TooLongAgo) as refusal:
                rules.demand_changeable(date(2026, 3, 2), today)
            assert refusal.value.article == f"{_LAW}4:49 lid 3"

    def test_of_five_years_end_in_march_after_a_leap_day(self):
        rules.demand_changeable(date(2024, 2, 29), date(2029, 2, 28))
        with pytest.raises(rules.TooLongAgo):
            rules.demand_changeable(date(2024, 2, 29), date(2029, 3, 1))


class TestObjections:
    @pytest.mark.parametrize(
        ("body", "basis", "to"),
        [
            (Body.COUNCIL, Basis.DELEGATION, Body.COUNCIL),
            (Body.COUNCIL, Basis.MANDATE, Body.EXECUTIVE),
            (Body.COUNCIL, None, Body.EXECUTIVE),
            (Body.OFFICIALS, None, Body.EXECUTIVE),
            (Body.MUNICIPAL_COUNCIL, None, Body.MUNICIPAL_COUNCIL),
        ],
    )
    def test_go_to_whose_decision_it_is(self, body, basis, to):
        assert rules.objection_to(body, basis) is to

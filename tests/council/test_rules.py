# SPDX-License-Identifier: EUPL-1.2
"""When votes make a decision."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.council.rules import (
    CarriedOutElsewhere,
    InterestNotRecused,
    Kind,
    NamedTwice,
    NoMajority,
    NotAMember,
    NotDecidedYet,
    TooFewVoted,
    demand_carries_nothing,
    demand_taken,
    demand_valid,
)
from wijkbudget.kit.errors import RuleBroken

MEMBERS = ["ali", "bo", "cor", "dee", "eva"]


def decide(in_favour="", against="", recused="", interested="", members=MEMBERS):
    demand_valid(
        members=members,
        in_favour=in_favour.split(),
        against=against.split(),
        recused=recused.split(),
        interested=interested.split(),
    )


class TestADecision:
    @pytest.mark.parametrize(
        ("in_favour", "against", "recused"),
        [
            ("ali bo cor dee eva", "", ""),
            ("ali bo cor", "dee eva", ""),
            ("ali bo cor", "", "dee eva"),
            ("ali bo", "cor", ""),
            ("ali bo cor", "", ""),
        ],
    )
    def test_stands_with_a_majority_of_enough_votes(self, in_favour, against, recused):
        decide(in_favour, against, recused)

    def test_stands_with_exactly_half_of_the_members(self):
        decide("ali bo", members=["ali", "bo", "cor", "dee"])

    @pytest.mark.parametrize(("in_favour", "against"), [("ali bo", "cor dee"), ("ali", "bo cor"), ("", "ali bo cor")])
    def test_is_refused_without_a_majority(self, in_favour, against):
        with pytest.raises(NoMajority) as caught:
            decide(in_favour, against)
        assert caught.value.article == "Gemeentewet, art. 30"

    @pytest.mark.parametrize(("in_favour", "recused"), [("ali bo", ""), ("ali bo", "cor dee eva"), ("", "")])
    def test_is_refused_when_fewer_than_half_voted(self, in_favour, recused):
        with pytest.raises(TooFewVoted) as caught:
            decide(in_favour, recused=recused)
        assert caught.value.article == "Gemeentewet, art. 29"
        assert caught.value.text.values == {"voted": len(in_favour.split()), "members": 5}

    def test_is_refused_in_a_council_without_members(self):
        with pytest.raises(TooFewVoted):
            decide(members=[])

    @pytest.mark.parametrize(
        ("in_favour", "against", "recused"),
        [("ali ali bo cor", "", ""), ("ali bo cor", "ali", ""), ("ali bo cor", "", "cor")],
    )
    def test_is_refused_when_a_member_is_named_twice(self, in_favour, against, recused):
        with pytest.raises(NamedTwice):
            decide(in_favour, against, recused)

    @pytest.mark.parametrize(
        ("in_favour", "against", "recused"),
        [("ali bo cor zed", "", ""), ("ali bo cor", "zed", ""), ("ali bo cor", "", "zed")],
    )
    def test_is_refused_when_a_stranger_is_named(self, in_favour, against, recused):
        with pytest.raises(NotAMember):
            decide(in_favour, against, recused)

    @pytest.mark.parametrize(
        ("in_favour", "against"), [("ali bo cor dee", ""), ("bo cor dee", "ali"), ("bo cor dee", "")]
    )
    def test_is_refused_when_a_member_with_an_interest_does_not_step_aside(self, in_favour, against):
        with pytest.raises(InterestNotRecused) as caught:
            decide(in_favour, against, interested="ali zed")
        assert caught.value.article == "Algemene wet bestuursrecht, art. 2:4"

    def test_stands_when_they_step_aside(self):
        decide("bo cor dee", recused="ali", interested="ali zed")

    @given(
        stances=st.lists(st.sampled_from(["for", "against", "recused", "absent"]), min_size=1, max_size=9),
        interested=st.sets(st.integers(0, 8)),
    )
    def test_stands_exactly_when_enough_vote_most_are_for_and_no_interest_votes(self, stances, interested):
        members = [str(number) for number, _stance in enumerate(stances)]
        named = {stance: [m for m, s in zip(members, stances, strict=True) if s == stance] for stance in stances}
        in_favour, against, recused = (named.get(stance, []) for stance in ("for", "against", "recused"))
        stands = (
            2 * len(in_favour + against) >= len(members)
            and len(in_favour) > len(against)
            and all(stances[number] == "recused" for number in interested if number < len(members))
        )
        try:
            demand_valid(
                members=members,
                in_favour=in_favour,
                against=against,
                recused=recused,
                interested={str(number) for number in interested},
            )
        except RuleBroken:
            assert not stands
        else:
            assert stands


class TestTheDay:
    def test_may_be_today(self):
        demand_taken(date(2026, 3, 2), date(2026, 3, 2))

    def test_is_refused_when_it_has_not_come(self):
        with pytest.raises(NotDecidedYet):
            demand_taken(date(2026, 3, 3), date(2026, 3, 2))


class TestTheKind:
    @pytest.mark.parametrize("kind", [Kind.ADVICE, Kind.OTHER])
    def test_may_carry_nothing(self, kind):
        demand_carries_nothing(kind)

    def test_is_refused_when_it_moves_money(self):
        with pytest.raises(CarriedOutElsewhere):
            demand_carries_nothing(Kind.OUTCOME)

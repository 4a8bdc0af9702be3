# SPDX-License-Identifier: EUPL-1.2
"""What somebody weighs in a project that they gave time to: R5, with a largest part of all voice."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.neighbourhoods.rules import ProjectVotesPolicy
from wijkbudget.reciprocity.rulebook.project import PROJECT
from wijkbudget.reciprocity.rules.voices import Given, Giver

pytestmark = pytest.mark.pure

POLICY = ProjectVotesPolicy(article="art. 8b", per_hour_hundredths=10, bonus_hundredths_max=200, share_percent_max=20)
policies = st.builds(
    ProjectVotesPolicy,
    article=st.just("art. 8b"),
    per_hour_hundredths=st.integers(0, 100),
    bonus_hundredths_max=st.integers(0, 200),
    share_percent_max=st.integers(1, 50),
)
projects = st.lists(st.tuples(st.integers(0, 100), st.booleans()), max_size=20).map(
    lambda people: [
        voter(str(index), quarters * 15, is_exempt=exempt) for index, (quarters, exempt) in enumerate(people)
    ]
)


def voter(person_id, minutes=0, *, is_exempt=False):
    given = Given(minutes_by_age=((0, minutes),) if minutes else ())
    return Giver(person_id=person_id, given=given, is_exempt=is_exempt)


def shares(voters, policy=POLICY):
    return {person_id: voice.share for person_id, voice in PROJECT.voices(voters, policy).items()}


class TestAProjectVoice:
    def test_is_one_and_a_tenth_more_for_each_hour_up_to_three(self):
        voters = [voter("a", 600), voter("b", 6000), *(voter(str(index)) for index in range(8))]
        found = PROJECT.voices(voters, POLICY)
        assert [found[key].weight for key in "ab01"] == [2, 3, 1, 1]
        assert [found[key].share for key in "ab01"] == [
            Fraction(4, 25),
            Fraction(1, 5),
            Fraction(2, 25),
            Fraction(2, 25),
        ]

    def test_is_never_more_than_a_fifth_of_all(self):
        voters = [voter("a", 1200), *(voter(str(index)) for index in range(6))]
        found = shares(voters)
        assert found["a"] == Fraction(1, 5)
        assert {found[str(index)] for index in range(6)} == {Fraction(2, 15)}

    def test_flows_over_again_where_that_puts_another_over_it(self):
        # Of 3 + 2 + 1 + 1 only the first has over 30 percent; of what is left the second has half.
        found = shares(
            [voter("a", 1200), voter("b", 600), voter("c"), voter("d")], replace(POLICY, share_percent_max=30)
        )
        assert found == {"a": Fraction(3, 10), "b": Fraction(3, 10), "c": Fraction(1, 5), "d": Fraction(1, 5)}

    def test_is_the_same_for_all_where_few_vote(self):
        found = PROJECT.voices([voter("a", 600), voter("b"), voter("c")], POLICY)
        assert {voice.share for voice in found.values()} == {Fraction(1, 3)}
        assert str(found["b"].steps[-1]) == "So few people vote here that everybody has the same part of all voice."
        assert PROJECT.voices([], POLICY) == {}

    def test_of_somebody_exempt_is_what_is_usual_among_who_gave(self):
        voters = [voter("a", 600), voter("b", 300), voter("e", is_exempt=True), voter("o"), voter("p")]
        assert PROJECT.voices(voters, POLICY)["e"].weight == Fraction(7, 4)

    def test_of_an_organisation_is_one(self):
        """Guard G12: it comes without time, whatever its members gave."""
        assert PROJECT.voices([voter("member", 6000), voter("organisation")], POLICY)["organisation"].weight == 1

    def test_says_why(self):
        found = PROJECT.voices([voter("a", 1200), *(voter(str(index)) for index in range(6))], POLICY)["a"]
        assert [str(step) for step in found.steps] == [
            "Everybody who may vote here has a voice of 1.00.",
            "You gave 20:00 hours to this project. Every hour adds 0.10, at most 2.00.",
            "Your voice here is 3.00.",
            "Nobody has more than 20% of all voice here, so that is yours.",
        ]

    @given(voters=projects, policy=policies)
    def test_is_a_part_of_one_whole_and_never_too_large(self, voters, policy):
        found = shares(voters, policy)
        assert sum(found.values()) == (1 if voters else 0)
        most = max(Fraction(policy.share_percent_max, 100), Fraction(1, max(1, len(voters))))
        assert all(0 < share <= most for share in found.values())

    @given(voters=projects, policy=policies, more=st.integers(1, 40), random=st.randoms(use_true_random=False))
    def test_never_falls_by_giving_more_and_does_not_depend_on_the_order(self, voters, policy, more, random):
        if not voters:
            return
        before = shares(voters, policy)
        assert shares(random.sample(voters, len(voters)), policy) == before
        first, *others = voters
        after = voter("0", first.given.minutes + more * 15, is_exempt=first.is_exempt)
        assert shares([after, *others], policy)["0"] >= before["0"]

    @given(voters=projects, policy=policies)
    def test_follows_the_weight(self, voters, policy):
        found = sorted(PROJECT.voices(voters, policy).values(), key=lambda voice: voice.weight)
        assert [voice.share for voice in found] == sorted(voice.share for voice in found)
        assert all(1 <= voice.weight <= 3 for voice in found)

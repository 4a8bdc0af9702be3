# SPDX-License-Identifier: EUPL-1.2
"""What is chosen inside a project: by the voice of who gave time, with the equal count beside it."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.initiatives.projects import rules
from wijkbudget.initiatives.projects.rules import Frozen
from wijkbudget.neighbourhoods.rules import ProjectVotesPolicy

SECTION = ProjectVotesPolicy(article="art. 8", per_hour_hundredths=10, bonus_hundredths_max=200, share_percent_max=50)


class TestTheCount:
    def frozen(self, **minutes):
        return Frozen(policy=SECTION, minutes=minutes, exempt=())

    def test_gives_who_gave_time_more_say_and_shows_the_equal_count_beside_it(self):
        # Voices of 3 (20 hours are the most that count), 1 and 1; nobody has more than half of all voice.
        found = rules.count({"a": 1, "b": 2, "c": 2}, 3, self.frozen(a=3_000))
        assert [found.tallies[number].share for number in (1, 2, 3)] == [Fraction(1, 2), Fraction(1, 2), 0]
        assert [found.tallies[number].equal_percent for number in (1, 2, 3)] == [33, 67, 0]
        assert (found.leading, found.leading_equal) == ((1, 2), (2,))

    def test_says_nothing_where_nobody_voted(self):
        found = rules.count({}, 2, self.frozen())
        assert (found.leading, found.leading_equal, found.voices) == ((), (), {})
        assert [tally.share_percent for tally in found.tallies.values()] == [0, 0]

    @given(
        votes=st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 4), min_size=1),
        minutes=st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 5_000)),
    )
    def test_is_a_whole_and_nobody_has_more_than_the_largest_part(self, votes, minutes):
        found = rules.count(votes, 4, Frozen(policy=SECTION, minutes=minutes, exempt=()))
        assert sum(tally.share for tally in found.tallies.values()) == 1
        assert sum(tally.share_percent for tally in found.tallies.values()) == 100
        most = max(Fraction(1, 2), Fraction(1, len(votes)))
        assert all(voice.share <= most for voice in found.voices.values())
        assert found.leading != ()

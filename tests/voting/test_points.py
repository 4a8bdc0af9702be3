# SPDX-License-Identifier: EUPL-1.2
"""Why a plan won or lost, in the words of the ballots: points where people gave points."""

from fractions import Fraction

from wijkbudget.voting.rules import Option
from wijkbudget.voting.tallies import reasons
from wijkbudget.voting.tallies.points import IN_POINTS, in_words_of


class TestTheWordsOfPoints:
    def test_say_points_where_people_gave_them_and_votes_elsewhere(self):
        why = reasons.fitted(Fraction(12), 50_000)
        assert in_words_of("ticks", why) is why
        for marking in ("points", "places"):
            assert str(in_words_of(marking, why)) == "It has 12 points and fitted in the €500.00 that was left."

    def test_are_there_for_each_sentence_that_counts_votes(self):
        free, votes = Option(id="1", cost_cents=0, title="Free"), Fraction(12)
        said = (
            reasons.took_no_part(free, 3, 100),
            reasons.fitted(votes, 1),
            reasons.fitted_in_part(votes, 2, 1),
            reasons.too_few_votes(votes, Fraction(13)),
            reasons.too_dear(votes, 2, 1),
            reasons.never_reached(votes),
            reasons.no_room(votes, "Groen"),
            reasons.in_best_set(votes),
            reasons.not_in_best_set(votes),
        )
        assert {why.msgid for why in said} == IN_POINTS.keys()

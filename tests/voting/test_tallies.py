# SPDX-License-Identifier: EUPL-1.2
"""What each tally chooses, by hand."""

from fractions import Fraction

from tests.elections import election, reasons, tally
from wijkbudget.voting.rules import ties_by_id, ties_by_lot
from wijkbudget.voting.tallies import TALLIES, equal_voice
from wijkbudget.voting.tallies.poll import Poll


class TestGreedy:
    asked = election({"a": 6_000, "b": 5_000, "c": 4_000, "d": 1}, ["abc", "abc", "ab", "a", ""], 10_000)

    def test_passes_over_what_no_longer_fits(self):
        outcome = tally("greedy", self.asked)
        assert outcome.winners == ("a", "c")
        assert outcome.spent_cents == 10_000
        assert reasons(outcome) == {
            "a": "It has 4 votes and fitted in the €100.00 that was left.",
            "b": "It has 3 votes, but only €40.00 was left and it costs €50.00.",
            "c": "It has 2 votes and fitted in the €40.00 that was left.",
            "d": "Nobody voted for it.",
        }

    def test_stops_at_what_no_longer_fits(self):
        outcome = tally("greedy", self.asked, too_dear="stop")
        assert outcome.winners == ("a",)
        assert outcome.spent_cents == 6_000
        assert (
            reasons(outcome)["c"] == "It has 2 votes. The count ended before its turn, at a plan that no longer fitted."
        )

    def test_is_not_stopped_by_what_could_never_fit(self):
        outcome = tally("greedy", election({"a": 10_001, "b": 9_000}, ["ab", "a"], 10_000), too_dear="stop")
        assert outcome.winners == ("b",)
        assert reasons(outcome)["a"] == "It costs €100.01, more than the whole budget of €100.00."

    def test_weighs_voices(self):
        asked = election({"a": 5, "b": 5}, ["a", "a", ("b", "5/2")], 5)
        outcome = tally("greedy", asked)
        assert outcome.winners == ("b",)
        assert [(option.votes, option.heads) for option in outcome.options] == [(2, 2), (Fraction(5, 2), 1)]
        assert reasons(outcome)["b"].startswith("It has 2 1/2 votes")
        assert equal_voice(TALLIES["greedy"], Poll.of(asked), outcome.parameters).winners == ("a",)


class TestTies:
    def test_by_id_compare_as_text(self):
        assert ties_by_id(["9", "10", "1"]).ids == ("1", "10", "9")
        asked = election({"9": 5, "10": 5}, [["9", "10"]], 5)
        assert tally("greedy", asked).winners == ("10",)
        assert tally("equal_shares", asked).winners == ("10",)

    def test_by_lot_are_drawn_again_from_the_seed(self):
        drawn = ties_by_lot("abcdef", "oost-2026")
        assert drawn == ties_by_lot("fedcba", "oost-2026")
        assert drawn.ids == ("a", "d", "c", "e", "b", "f")
        assert drawn.ids != ties_by_lot("abcdef", "oost-2027").ids

    def test_follow_the_lot_in_every_tally(self):
        asked = election({"b": 5, "c": 5}, ["bc"], 5, ties_by_lot("bc", "oost-2026"))
        for key in TALLIES:
            assert tally(key, asked).winners == ("c",)

# SPDX-License-Identifier: EUPL-1.2
"""An evening with paper: envelopes, ballots entered twice, a sheet that balances, and then the seal."""

import pytest

from tests.voting.conftest import CLOSES
from wijkbudget.voting import service as voting
from wijkbudget.voting.paper.rules import SheetUnbalanced
from wijkbudget.voting.phases import NotThere, Phase

from .conftest import EVERY_TABLE, FIRST, SECOND, THIRD, left


class TestAnEvening:
    """Fourteen envelopes: one of somebody who voted online, one late; twelve ballots, three of them spoiled."""

    def evening(self, vote):
        letters = vote.letters()
        online, paper = letters[:5], letters[4:17]
        for letter in online:
            vote.cast(letter.code, "1")
        vote.everybody_takes_a_seat()
        vote.voting_ends()
        fates = [vote.receive(letter.code).is_accepted for letter in paper]
        assert fates == [False] + [True] * 12
        vote.end_receiving(14, too_late=1)
        for number in range(1, 8):
            vote.both_enter(number, "1 2")
        for number, letter in ((8, "a"), (9, "D"), (10, "I")):
            vote.both_enter(number, letter)
        vote.enter(FIRST, 11, "3 4")
        vote.enter(SECOND, 11, "3")
        vote.enter(FIRST, 12, "2")
        vote.enter(SECOND, 12, "2 3")

    def test_ends_with_every_ballot_in_the_box_and_a_sheet_that_says_so(self, vote):
        self.evening(vote)
        with pytest.raises(SheetUnbalanced, match="people yet: 2 ballots"):
            vote.balance()
        assert vote.rows("SELECT count(*) FROM voting_box") == [(5,)]
        assert [vote.next(THIRD).number, vote.progress(THIRD).stacks[0].differs] == [11, 2]
        vote.enter(THIRD, 11, "4,3")
        vote.enter(THIRD, 12, "2")
        assert vote.balance().is_balanced
        assert left(vote) == dict.fromkeys(EVERY_TABLE, 0)
        assert vote.desk.act(voting.close, "oost", vote.id).phase is Phase.CLOSED
        ballots = vote.published().ballots
        assert sorted("".join(sorted(ballot.marks)) for ballot in ballots) == (["1"] * 5 + ["12"] * 7 + ["2"] + ["34"])
        vote.count()
        sheet = vote.sheet()
        assert (sheet.returned, sheet.accepted, sheet.entered, sheet.online) == (14, 12, 9, 5)
        assert (sheet.voted, sheet.issued) == (17, len(vote.letters()))
        assert {reason: size for reason, size in sheet.aside.items() if size} == {"voted_online": 1, "too_late": 1}
        assert {reason: size for reason, size in sheet.spoiled.items() if size} == {
            "blank": 1,
            "unclear": 1,
            "more_ballots": 1,
        }
        assert vote.faults() == []

    def test_leaves_paper_that_cannot_be_told_from_the_rest(self, vote):
        self.evening(vote)
        vote.enter(THIRD, 11, "3")
        vote.enter(THIRD, 12, "2")
        vote.balance()
        assert set(vote.rows("SELECT length(ballot_key), turn FROM voting_box")) == {(64, 1)}
        days = vote.rows("SELECT voted_on, count(*) FROM voting_register WHERE voted_on IS NOT NULL GROUP BY voted_on")
        assert sorted(count for _day, count in days) == [5, 12]
        assert str(CLOSES) in {str(day) for day, _count in days}

    def test_waits_with_the_seal_until_the_sheet_balances(self, vote):
        self.evening(vote)
        with pytest.raises(SheetUnbalanced):
            vote.desk.act(voting.close, "oost", vote.id)
        assert vote.desk.act(voting.advance, "oost").moved == []
        with pytest.raises(NotThere):
            vote.sheet()
        vote.enter(THIRD, 11, "3")
        vote.enter(THIRD, 12, "2")
        vote.balance()
        assert vote.desk.act(voting.advance, "oost").moved == [vote.id]
        with pytest.raises(NotThere):
            vote.sheet()
        assert vote.view().phase is Phase.CLOSED

    def test_says_numbers_in_the_trail_and_nothing_else(self, vote):
        self.evening(vote)
        vote.enter(THIRD, 11, "3")
        vote.enter(THIRD, 12, "2")
        vote.balance()
        facts = vote.rows("SELECT kind, facts FROM trail_entry WHERE kind LIKE 'voting.%Pap%' OR kind LIKE '%Envel%'")
        assert dict(row for row in facts if "Seat" not in row[0]) == {
            "voting.EnvelopesCounted": (
                '{"accepted":12,"aside":{"second_envelope":0,"too_late":1,"voted_online":1,"wrong_code":0},"returned":14}'
            ),
            "voting.PaperBalanced": '{"entered":9,"spoiled":{"blank":1,"more_ballots":1,"unclear":1}}',
        }

    def test_may_bring_no_envelope_at_all(self, vote):
        vote.everybody_takes_a_seat()
        vote.voting_ends()
        vote.end_receiving(0)
        vote.balance()
        vote.close()
        vote.count()
        assert vote.sheet().entered == 0
        assert vote.faults() == []

# SPDX-License-Identifier: EUPL-1.2
"""What each verb about paper ballots does, and when it refuses."""

from datetime import date, timedelta

import pytest

from tests.voting.conftest import CLOSES, OFFICIAL, OPENS, break_in, rows
from wijkbudget.kit.actor import SYSTEM, Actor, Role
from wijkbudget.kit.codes import new_code
from wijkbudget.kit.states import WrongState
from wijkbudget.trail import errands
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.voting import service as voting
from wijkbudget.voting.paper import queries, service
from wijkbudget.voting.paper.rules import (
    CodeNotHere,
    EnteredDifferently,
    EnvelopesDiffer,
    LineUnreadable,
    NoPaper,
    NoSuchPaper,
    NothingToDecide,
    NothingToHandIn,
    NotYourSeat,
    PaperTooEarly,
    ReceivingEnded,
    ReceivingNotEnded,
    Seat,
    SeatTaken,
    SeatUsed,
)
from wijkbudget.voting.phases import Phase, WrongDates
from wijkbudget.voting.rules import UnknownOption
from wijkbudget.voting.schemas import ReplaceCode

from .conftest import FIRST, RECEIVER, SECOND, THIRD, guide, left


class TestAnEnvelope:
    @pytest.fixture(autouse=True)
    def ready(self, vote):
        vote.everybody_takes_a_seat()

    def test_is_opened_when_voting_is_over_and_not_before(self, vote):
        with pytest.raises(PaperTooEarly):
            vote.receive(vote.letters()[0].code)
        assert left(vote)["envelope"] == 0
        assert vote.rows("SELECT count(voted_on) FROM voting_register") == [(0,)]

    def test_is_on_the_list_once_however_often_its_code_is_typed(self, vote):
        vote.voting_ends()
        code = vote.letters()[0].code
        assert [vote.receive(code).is_known for _each in range(3)] == [False, True, True]
        assert left(vote)["envelope"] == 1

    def test_with_a_code_that_nobody_has_is_refused(self, vote):
        vote.voting_ends()
        with pytest.raises(CodeNotHere):
            vote.receive(new_code(bytes(10)))
        assert left(vote)["envelope"] == 0

    def test_marks_its_voter_and_puts_nothing_in_the_box(self, vote):
        vote.voting_ends()
        letter = vote.letters()[0]
        vote.receive(letter.code)
        assert vote.rows("SELECT count(voted_on) FROM voting_register") == [(1,)]
        assert vote.rows("SELECT count(*) FROM voting_box") == [(0,)]

    def test_keeps_its_code_for_no_code_is_replaced_any_more(self, vote):
        vote.voting_ends()
        ((person,), *_others) = vote.rows("SELECT person FROM voting_register")
        before = vote.rows("SELECT code_hash FROM voting_register ORDER BY code_hash")
        with pytest.raises(WrongState):
            vote.desk.by(OFFICIAL).act(voting.replace_code, "oost", vote.id, ReplaceCode(person_id=person))
        assert vote.rows("SELECT code_hash FROM voting_register ORDER BY code_hash") == before

    def test_is_counted_by_hand_against_the_list_and_its_code_forgotten(self, vote):
        vote.voting_ends()
        for letter in vote.letters()[:3]:
            vote.receive(letter.code)
        with pytest.raises(EnvelopesDiffer, match="You counted 4"):
            vote.end_receiving(4)
        assert left(vote)["envelope"] == 3
        progress = vote.end_receiving(4, wrong_code=1)
        assert (progress.is_received, progress.accepted, progress.stacks[0].ballots) == (True, 3, 3)
        assert left(vote)["envelope"] == 0

    def test_is_too_late_when_they_are_counted(self, vote):
        vote.voting_ends()
        vote.end_receiving(0)
        with pytest.raises(ReceivingEnded):
            vote.receive(vote.letters()[0].code)
        assert vote.rows("SELECT count(voted_on) FROM voting_register") == [(0,)]


class TestEntering:
    def test_waits_until_the_envelopes_are_counted(self, vote):
        vote.everybody_takes_a_seat()
        vote.voting_ends()
        vote.receive(vote.letters()[0].code)
        with pytest.raises(ReceivingNotEnded):
            vote.enter(FIRST, 1, "1")
        with pytest.raises(ReceivingNotEnded):
            vote.next(FIRST)

    def test_goes_by_number_for_each_of_the_two_apart(self, vote):
        vote.ready_to_enter(2)
        assert [vote.next(FIRST).number, vote.next(SECOND).number, vote.next(THIRD).number] == [1, 1, None]
        vote.enter(FIRST, 1, "1")
        assert [vote.next(FIRST).number, vote.next(SECOND).number] == [2, 1]
        assert (vote.next(FIRST).done, vote.next(FIRST).ballots) == (1, 2)

    def test_is_the_same_twice_and_refused_when_it_differs(self, vote):
        vote.ready_to_enter(1)
        vote.enter(FIRST, 1, "1")
        vote.enter(FIRST, 1, "1")
        with pytest.raises(EnteredDifferently):
            vote.enter(FIRST, 1, "2")
        assert vote.rows("SELECT marks FROM voting_paper_entry") == [('{"1":1}',)]

    def test_takes_no_line_that_is_no_ballot(self, vote):
        vote.ready_to_enter(1)
        for line, refusal in (("9", UnknownOption), ("1 1", LineUnreadable), ("Z", UnknownOption)):
            with pytest.raises(refusal):
                vote.enter(FIRST, 1, line)
        assert left(vote)["entry"] == 0

    def test_knows_only_the_ballots_of_the_stack(self, vote):
        vote.ready_to_enter(1)
        for number, voice in ((2, 100), (1, 125)):
            with pytest.raises(NoSuchPaper):
                vote.enter(FIRST, number, "1", voice)

    def test_asks_the_third_person_only_where_two_differ(self, vote):
        vote.ready_to_enter(2)
        vote.both_enter(1, "1")
        vote.enter(FIRST, 2, "1")
        for number in (1, 2):
            with pytest.raises(NothingToDecide):
                vote.enter(THIRD, number, "1")
        assert left(vote)["entry"] == 3

    def test_begins_again_when_all_three_differ(self, vote):
        vote.ready_to_enter(1)
        vote.enter(FIRST, 1, "1")
        vote.enter(SECOND, 1, "2")
        assert vote.enter(THIRD, 1, "3").is_again
        assert left(vote)["entry"] == 0
        assert [vote.next(person).number for person in (FIRST, SECOND, THIRD)] == [1, 1, None]

    def test_tells_the_two_nothing_of_where_they_differ(self, vote):
        vote.ready_to_enter(1)
        vote.enter(FIRST, 1, "1")
        before = vote.next(SECOND), vote.progress(SECOND).stacks[0].differs
        vote.enter(SECOND, 1, "2")
        assert before[1] is None is vote.progress(SECOND).stacks[0].differs
        assert vote.progress(THIRD).stacks[0].differs == 1


class TestASeat:
    def test_is_one_for_each_person(self, vote):
        vote.take(FIRST, Seat.FIRST)
        for seat in Seat:
            with pytest.raises(SeatTaken):
                vote.take(FIRST, seat)
        assert vote.rows("SELECT person, seat FROM voting_paper_worker") == [("frans", "first")]

    def test_is_given_back_until_something_was_done_on_it(self, vote):
        vote.take(FIRST, Seat.SECOND)
        vote.leave(FIRST)
        vote.ready_to_enter(1)
        vote.enter(FIRST, 1, "1")
        for person in (FIRST, RECEIVER):
            with pytest.raises(SeatUsed):
                vote.leave(person)
        with pytest.raises(NotYourSeat):
            vote.leave(guide("somebody else"))
        vote.leave(THIRD)
        taken = vote.rows("SELECT person, seat FROM voting_paper_worker ORDER BY person")
        assert taken == [("frans", "first"), ("rita", "receive"), ("selma", "second")]

    def test_is_nobody_elses(self, vote):
        vote.ready_to_enter(1)
        for person in (RECEIVER, guide("somebody else")):
            with pytest.raises(NotYourSeat):
                vote.enter(person, 1, "1")
        with pytest.raises(NotYourSeat):
            vote.receive(vote.letters()[1].code, by=FIRST)

    def test_is_not_for_who_decides_or_checks(self, vote):
        for role in (Role.RESIDENT, Role.COUNCIL, Role.CHAIR, Role.CASHIER, Role.AUDITOR):
            with pytest.raises(DoorClosed):
                vote.take(Actor(id="somebody", roles=frozenset({(role, "oost")})), Seat.FIRST)

    def test_ends_with_the_seal(self, vote):
        vote.ready_to_enter(0)
        vote.balance()
        vote.close()
        with pytest.raises(WrongState):
            vote.take(guide("late"), Seat.FIRST)


KERN = "buurthuis De Kern"
EARLIER = date(2026, 3, 13)


class TestWhereBallotsAreHandedIn:
    def test_is_fixed_with_the_round_and_stands_on_letter_and_ballot(self, desk, meerwijk, prepare):
        made = prepare(with_paper=True, hand_in_at=KERN, hand_in_until=EARLIER)
        made.open()
        paper = desk.ask(queries.printed_ballot, "oost", made.id)
        assert (paper.hand_in_at, paper.hand_in_until) == (KERN, EARLIER)
        assert (made.view().hand_in_at, made.view().hand_in_until) == (KERN, EARLIER)
        said = {str(errand.payload["hand_in"]) for errand in desk.by(SYSTEM).ask(errands.waiting, 100)}
        assert said == {str({"at": KERN, "until": "2026-03-13"})}
        desk.act(break_in, "UPDATE voting_round SET hand_in_at = 'elsewhere'")
        assert "on paper is not what was frozen" in " ".join(made.faults())

    def test_is_where_people_get_help_until_the_last_day_if_nobody_said(self, desk, vote):
        (said, *_others) = desk.by(SYSTEM).ask(errands.waiting, 100)
        assert said.payload["hand_in"] == {"at": "de balie van de gemeente Meerwijk", "until": CLOSES.isoformat()}
        assert (vote.view().hand_in_at, vote.view().hand_in_until) == (None, CLOSES)

    def test_is_refused_without_paper_or_when_nobody_can_vote(self, desk, meerwijk, prepare):
        for kind, said in (
            (NothingToHandIn, {"hand_in_at": KERN}),
            (NothingToHandIn, {"hand_in_until": EARLIER}),
            (WrongDates, {"with_paper": True, "hand_in_until": CLOSES + timedelta(days=1)}),
            (WrongDates, {"with_paper": True, "hand_in_until": OPENS - timedelta(days=1)}),
        ):
            with pytest.raises(kind):
                prepare(**said)
        assert rows(desk, "SELECT count(*) FROM voting_round") == [(0,)]


class TestARoundWithoutPaper:
    def test_has_none_of_this(self, desk, prepare, meerwijk):
        made = prepare()
        made.open()
        assert made.view().with_paper is False
        with pytest.raises(NoPaper):
            desk.by(OFFICIAL).act(service.balance, "oost", made.id)
        assert made.close().phase is Phase.CLOSED
        assert made.faults() == []

# SPDX-License-Identifier: EUPL-1.2
"""Ballots that a voting code puts in the box, and codes that open nothing."""

import threading
from uuid import UUID

import pytest

from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.codes import new_code
from wijkbudget.trail.work import NotYours
from wijkbudget.voting import queries, seed, service
from wijkbudget.voting.codes import WrongCode
from wijkbudget.voting.phases import AlreadyVoted, NotOnRegister, Phase
from wijkbudget.voting.rules import OverBudget, TooFewMarks, UnknownOption
from wijkbudget.voting.schemas import CastBallot, OpenBallot, ReplaceCode

from .conftest import OFFICIAL, REFERENCE, identity_residents, rows


class TestCast:
    def test_gives_the_same_receipt_each_time(self, desk, vote):
        code = vote.letters()[0].code
        receipt = vote.cast(code, "1")
        assert vote.cast(code, "1") == vote.cast(code, "2") == receipt
        assert rows(desk, "SELECT marks FROM voting_box") == [('{"2":1}',)]
        days = rows(desk, "SELECT voted_on FROM voting_register WHERE voted_on IS NOT NULL")
        assert [str(day) for (day,) in days] == ["2026-03-02"]

    def test_keeps_the_first_day(self, desk, clock, vote):
        code = vote.letters()[0].code
        vote.cast(code, "1")
        clock.forward(days=3)
        vote.cast(code, "2")
        days = rows(desk, "SELECT voted_on FROM voting_register WHERE voted_on IS NOT NULL")
        assert [str(day) for (day,) in days] == ["2026-03-02"]

    def test_is_possible_until_the_last_day_is_over(self, clock, vote):
        code = vote.letters()[0].code
        clock.now = clock.now.replace(month=3, day=15, hour=22, minute=59)
        vote.cast(code, "1")
        clock.forward(minutes=1)
        with pytest.raises(WrongCode):
            vote.cast(code, "2")

    def test_is_refused_after_the_close_and_changes_nothing(self, desk, vote):
        code = vote.letters()[0].code
        vote.cast(code, "1")
        vote.close()
        with pytest.raises(WrongCode):
            vote.cast(code, "2")
        assert rows(desk, "SELECT marks FROM voting_box") == [('{"1":1}',)]

    @pytest.mark.parametrize(
        ("options", "refusal"), [((), TooFewMarks), (("9",), UnknownOption), (("plan-1",), UnknownOption)]
    )
    def test_is_refused_with_a_ballot_that_does_not_fit_and_leaves_the_register_alone(
        self, desk, vote, options, refusal
    ):
        with pytest.raises(refusal):
            vote.cast(vote.letters()[0].code, *options)
        assert rows(desk, "SELECT count(*) FROM voting_box") == [(0,)]
        assert rows(desk, "SELECT count(voted_on) FROM voting_register") == [(0,)]

    @pytest.mark.usefixtures("meerwijk")
    def test_is_refused_over_the_budget_of_a_knapsack_ballot(self, prepare):
        west = prepare("west", "Stem voor West")
        west.open()
        code = west.letters()[0].code
        with pytest.raises(OverBudget):
            west.cast(code, "1", "2")
        west.cast(code, "1", "3")

    def test_of_many_at_once_tells_each_its_own(self, desk, vote):
        """They run as one act: who is refused stops nobody, and who votes twice gets a receipt of each."""
        first, second = (letter.code for letter in vote.letters()[:2])
        gate = threading.Event()
        held = desk.database.submit(lambda _session: gate.wait(20))
        ballots = [
            (first, {"1": 1}),
            (new_code(bytes(10)), {"1": 1}),
            (second, {"9": 1}),
            (first, {"2": 1}),
            (second, {"3": 1}),
        ]
        waiting = [desk.submit(service.cast, CastBallot(code=code, marks=marks), None) for code, marks in ballots]
        gate.set()
        assert held.result()
        refusals = [type(future.exception()).__name__ for future in waiting]
        assert refusals == ["NoneType", "WrongCode", "UnknownOption", "NoneType", "NoneType"]
        signed = [waiting[place].result().signed for place in (0, 3, 4)]
        assert [(receipt.turn, receipt.marks) for receipt in signed] == [(1, {"1": 1}), (2, {"2": 1}), (1, {"3": 1})]
        assert rows(desk, "SELECT marks, turn FROM voting_box ORDER BY marks") == [('{"2":1}', 2), ('{"3":1}', 1)]
        assert rows(desk, "SELECT count(voted_on) FROM voting_register") == [(2,)]
        assert vote.faults() == []

    def test_leaves_one_ballot_of_sixty_four_at_once(self, desk, vote):
        code = vote.letters()[0].code
        ballots = [CastBallot(code=code, marks={str(1 + number % 4): 1}) for number in range(64)]
        assert len(set(seed.cast(desk, ballots))) == 1
        assert rows(desk, "SELECT count(*) FROM voting_box") == [(1,)]
        assert rows(desk, "SELECT count(voted_on) FROM voting_register") == [(1,)]


class TestTheRefusalOfACode:
    def refusal(self, desk, code):
        with pytest.raises(WrongCode) as caught:
            desk.ask(queries.paper, OpenBallot(code=code))
        return str(caught.value)

    def test_is_the_same_whatever_is_wrong(self, desk, clock, vote, prepare):
        never = "0000-0000-0000-0000"
        other = prepare("west", "Later")
        voided = vote.payloads()[0]["code"]
        person = rows(desk, "SELECT person FROM voting_register ORDER BY code_hash LIMIT 1")[0][0]
        sentence = self.refusal(desk, never)
        for letter in vote.letters():
            desk.ask(queries.paper, OpenBallot(code=letter.code))
        before = {letter.code for letter in vote.letters()}
        desk.by(OFFICIAL).act(service.replace_code, "oost", vote.id, ReplaceCode(person_id=UUID(person)))
        assert len({letter.code for letter in vote.letters()} - before) == 1
        refused = [code for code in before if not self.opens(desk, code)]
        assert len(refused) == 1
        vote.close()
        assert {self.refusal(desk, code) for code in (*refused, voided, never)} == {sentence}
        assert other.view().phase is Phase.PREPARED

    def opens(self, desk, code):
        try:
            desk.ask(queries.paper, OpenBallot(code=code))
        except WrongCode:
            return False
        return True


class TestThePaper:
    def test_is_the_same_for_every_code(self, desk, vote):
        one, other = (desk.ask(queries.paper, OpenBallot(code=letter.code)) for letter in vote.letters()[:2])
        assert one == other
        assert [option.title for option in one.options] == ["Plan 1", "Plan 2", "Plan 3", "Plan 4"]
        assert (one.marks_min, one.marks_max, one.marks_budget_cents) == (1, None, None)


class TestReplaceCode:
    def voter(self, desk):
        return rows(desk, "SELECT person FROM voting_register ORDER BY code_hash LIMIT 1")[0][0]

    def resident(self, person):
        return Actor(id=person, roles=frozenset({(Role.RESIDENT, "oost")}))

    def test_is_possible_for_your_own_code(self, desk, vote):
        person = self.voter(desk)
        before = len(vote.letters())
        desk.by(self.resident(person)).act(service.replace_code, "oost", vote.id, ReplaceCode(person_id=UUID(person)))
        assert len(vote.letters()) == before + 1
        vote.cast(vote.letters()[-1].code, "1")
        assert vote.faults() == []

    def test_is_refused_for_somebody_else(self, desk, vote):
        person = self.voter(desk)
        with pytest.raises(NotYours):
            desk.by(self.resident("other")).act(
                service.replace_code, "oost", vote.id, ReplaceCode(person_id=UUID(person))
            )

    def test_is_refused_for_a_code_that_voted(self, desk, vote):
        vote.cast(vote.letters()[0].code, "1")
        (person,) = rows(desk, "SELECT person FROM voting_register WHERE voted_on IS NOT NULL")[0]
        before = rows(desk, "SELECT code_hash FROM voting_register")
        with pytest.raises(AlreadyVoted):
            desk.by(OFFICIAL).act(service.replace_code, "oost", vote.id, ReplaceCode(person_id=UUID(person)))
        assert rows(desk, "SELECT code_hash FROM voting_register") == before

    def test_is_refused_for_who_cannot_vote_here(self, desk, vote):
        stranger = desk.ask(identity_residents, "west", REFERENCE, 12)[0].person_id
        with pytest.raises(NotOnRegister):
            desk.by(OFFICIAL).act(service.replace_code, "oost", vote.id, ReplaceCode(person_id=UUID(stranger)))

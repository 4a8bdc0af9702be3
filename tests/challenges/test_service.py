# SPDX-License-Identifier: EUPL-1.2
"""A bid from its first word until it is sent in or taken back, and everything that is refused on the way."""

from concurrent.futures import Future
from datetime import date

import pytest

from tests.challenges.conftest import ASIDE, ASK, BACK, refused
from wijkbudget.challenges import queries, service
from wijkbudget.challenges.rules import group, tasks
from wijkbudget.challenges.rules.bids import ChallengeNotFound, Chapter, Gain, Part
from wijkbudget.challenges.rules.states import Move, Side, State
from wijkbudget.challenges.schemas import (
    BidCostDraft,
    TakeOver,
    WithdrawTask,
    WriteCosts,
    WriteIdea,
    WriteQuality,
)
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import GUEST, Actor, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours


class TestStart:
    def test_makes_a_concept_that_only_its_group_sees(self, hood):
        bid = hood.start()
        assert (bid.state, bid.member_count, bid.next_chapter, bid.received_on) == (
            State.CONCEPT, 1, Chapter.IDEA, None,
        )  # fmt: skip
        assert [(move.move, move.base) for move in bid.moves] == [
            (Move.START, "Participatieverordening Meerwijk 2025, art. 9")
        ]
        for actor in (GUEST, hood.bart, hood.staff[Role.OFFICIAL], hood.staff[Role.AUDITOR]):
            with pytest.raises(ChallengeNotFound):
                hood.by(actor).ask(queries.challenge, "oost", bid.id)
            assert hood.by(actor).ask(queries.challenges, "oost").bids == []
        assert [line.is_mine for line in hood.by(hood.anna).ask(queries.challenges, "oost").mine] == [True]
        assert hood.faults() == []

    def test_is_for_residents_on_an_open_task_of_the_place(self, hood):
        with pytest.raises(DoorClosed):
            hood.by(Role.OFFICIAL).act(service.start, "oost", hood.start())
        before = hood.state()
        with pytest.raises(tasks.TaskNotFound):
            hood.start(municipal_task_id="00000000-0000-4000-8000-000000000000")
        assert hood.state() == before
        hood.by(Role.OFFICIAL).act(service.withdraw_task, "oost", hood.task_id, WithdrawTask(reason="Weg."))
        before = hood.state()
        with pytest.raises(tasks.TaskNotOpen):
            hood.start()
        assert hood.state() == before

    def test_in_the_name_of_an_organisation_is_for_its_members(self, hood):
        club = people.start_organisation(hood.desk, "oost", "De Maaiers", [hood.anna, hood.bart])
        others = people.start_organisation(hood.desk, "oost", "De Anderen", [hood.carla])
        before = hood.state()
        with pytest.raises(group.NotOfThisOrganisation):
            hood.start(organisation_id=others)
        assert hood.state() == before
        bid = hood.start(organisation_id=club)
        assert bid.organisation == "De Maaiers"
        with pytest.raises(group.NotOfThisOrganisation):
            hood.join(bid.id, hood.carla)
        assert hood.join(bid.id, hood.bart).member_count == 2


class TestWriting:
    def test_saves_page_by_page_and_says_what_is_missing(self, hood):
        bid = hood.start()
        hood.write(bid.id)
        said = hood.view(bid.id).bid
        assert (said.what, said.gains, said.expected_reach) == ("Maaien.", [Gain.BETTER, Gain.CHEAPER], 300)
        assert (said.starts_on, said.duration_months, said.missing) == (date(2026, 6, 1), 12, [])
        assert (said.comparison.asked_cents, said.comparison.current_cents) == (800_000, 1_200_000)
        hood.by(hood.anna).act(service.write_idea, "oost", bid.id, WriteIdea(what="Alleen maaien."))
        assert hood.view(bid.id).bid.missing == [Part.WHY_BETTER, Part.GOAL]
        assert hood.recorded().count("challenges.ChallengeWritten") == 6

    def test_notes_that_a_bid_is_dearer_and_never_refuses_it(self, hood):
        bid = hood.start()
        hood.write(bid.id, amount_cents=1_300_000)
        assert hood.view(bid.id).bid.comparison.is_dearer is False
        costs = WriteCosts(cost_lines=[BidCostDraft(what="Alles", amount_cents=1_200_001)])
        seen = hood.by(hood.anna).act(service.write_costs, "oost", bid.id, costs)
        assert seen.bid.comparison.is_dearer is True
        assert str(seen.bid.comparison.says) == "This is €0.01 a year dearer than now."

    def test_is_for_the_group_until_the_bid_is_sent_in(self, hood):
        challenge_id = hood.submitted()
        refused(hood, NotYours, hood.carla, service.write_idea, challenge_id, WriteIdea())
        refused(hood, WrongState, hood.anna, service.write_idea, challenge_id, WriteIdea())
        refused(hood, WrongState, hood.bart, service.write_quality, challenge_id, WriteQuality())


class TestSubmit:
    def test_is_received_the_same_day_even_with_everything_missing(self, hood):
        bid = hood.start()
        hood.join(bid.id, hood.bart)
        seen = hood.by(hood.bart).act(service.submit, "oost", bid.id)
        assert (seen.state, seen.received_on, len(seen.bid.missing)) == (State.SUBMITTED, date(2026, 3, 2), 16)
        assert (seen.clock.decide_on, seen.clock.left_days) == (date(2026, 4, 28), 57)
        assert (seen.moves[-1].base, seen.moves[-1].by) == ("Algemene wet bestuursrecht, art. 4:1", Side.GROUP)
        public = hood.desk.by(GUEST).ask(queries.challenge, "oost", bid.id)
        assert (public.title, public.members, public.may) == ("Wij maaien zelf", [], [])
        assert len(hood.view(bid.id, Role.OFFICIAL).members) == 2
        assert hood.faults() == []

    def test_counts_the_day_in_the_netherlands(self, hood):
        challenge_id = hood.concept()
        hood.clock.now = hood.clock.now.replace(hour=23, minute=30)
        assert hood.by(hood.anna).act(service.submit, "oost", challenge_id).received_on == date(2026, 3, 3)

    def test_is_refused_for_one_person_and_an_open_invitation(self, hood):
        bid = hood.start()
        alone = refused(hood, group.GroupTooSmall, hood.anna, service.submit, bid.id)
        assert alone.article == "Participatieverordening Meerwijk 2025, art. 9"
        hood.code(bid.id)
        refused(hood, group.GroupTooSmall, hood.anna, service.submit, bid.id)

    def test_happens_once_and_only_by_the_group(self, hood):
        challenge_id = hood.concept()
        refused(hood, ChallengeNotFound, hood.carla, service.submit, challenge_id)
        hood.by(hood.anna).act(service.submit, "oost", challenge_id)
        refused(hood, WrongState, hood.bart, service.submit, challenge_id)
        refused(hood, NotYours, hood.carla, service.submit, challenge_id)

    def test_of_two_at_once_counts_once(self, hood):
        challenge_id = hood.concept()
        waiting: list[Future] = [
            hood.by(each).submit(service.submit, "oost", challenge_id) for each in (hood.anna, hood.bart)
        ]
        assert sorted(type(future.exception()).__name__ for future in waiting) == ["NoneType", "WrongState"]
        assert hood.view(challenge_id).moves[-1].move is Move.SUBMIT
        assert hood.faults() == []


class TestWithdraw:
    @pytest.mark.parametrize("state", [State.CONCEPT, State.SUBMITTED, State.INCOMPLETE])
    def test_ends_a_bid_for_its_group_only(self, hood, state):
        challenge_id = getattr(hood, state)()
        refusal = ChallengeNotFound if state is State.CONCEPT else NotYours
        refused(hood, refusal, hood.carla, service.withdraw, challenge_id, BACK)
        seen = hood.by(hood.bart).act(service.withdraw, "oost", challenge_id, BACK)
        assert (seen.state, seen.moves[-1].reason) == (State.WITHDRAWN, "Wij hebben geen tijd.")
        refused(hood, WrongState, hood.anna, service.withdraw, challenge_id, BACK)
        assert (challenge_id in {line.id for line in hood.desk.by(GUEST).ask(queries.challenges, "oost").bids}) is (
            state is not State.CONCEPT
        )
        assert hood.faults() == []


class TestTheNeighbourhood:
    def test_of_another_finds_no_bid_of_here(self, hood):
        challenge_id = hood.submitted()
        elsewhere = Actor(id=hood.anna.id, roles=frozenset({(Role.RESIDENT, "west"), (Role.OFFICIAL, "west")}))
        before = hood.state()
        for function, *args in (
            (service.submit,), (service.complete,), (service.take_on,), (service.leave,),
            (service.withdraw, BACK), (service.put_aside, ASIDE), (service.ask_to_complete, ASK),
            (service.write_idea, WriteIdea()), (service.take_over, TakeOver()),
        ):  # fmt: skip
            with pytest.raises(ChallengeNotFound):
                hood.by(elsewhere).act(function, "west", challenge_id, *args)
        assert hood.by(elsewhere).ask(queries.challenges, "west").bids == []
        assert hood.state() == before

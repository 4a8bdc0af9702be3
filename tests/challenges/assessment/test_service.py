# SPDX-License-Identifier: EUPL-1.2
"""What officials and the group do while a bid is looked into, and the proof of it."""

from datetime import date

import pytest

from tests.challenges.conftest import faults, refused, run
from tests.challenges.histories import DRIVERS, brought
from tests.challenges.histories_assessment import DEARER, hold_talk, look_at
from wijkbudget.challenges import rows
from wijkbudget.challenges.assessment import queries, rules, service
from wijkbudget.challenges.assessment.rules import Finding
from wijkbudget.challenges.assessment.schemas import (
    AnswerIntention,
    AskAdvice,
    CheckGround,
    Elaborate,
    IntendRefusal,
    MakeReady,
    PlanTalk,
    SendBack,
    WriteMinutes,
)
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.challenges.rules.officials import CaseWorkerDecides, NotYourCase, OwnBid
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.rules.timing import BadLastDay
from wijkbudget.challenges.schemas import TakeOver
from wijkbudget.challenges.service import take_over
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import GUEST, SYSTEM, Role, may
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours, question

TALK = PlanTalk(planned_on="2026-03-20", venue="In het buurthuis")
SAID = WriteMinutes(held_on="2026-03-02", minutes="Wij spraken over het gras.")
WRONG = CheckGround(ground="W06", finding="met", reason="Het is duurder.")
REPLY = AnswerIntention(answer="Wij maaien ook de randen.")


@question(may(Role.SYSTEM), municipal=True)
def assessment_faults(look):
    """Return what the proof of looking into bids finds."""
    return [str(fault) for fault in queries.check(look)]


@question(may(Role.SYSTEM))
def heard(look, place, challenge_id):
    """Do nothing if a bid can be refused."""
    queries.demand_heard(look, rows.challenge_row(look, place, challenge_id))


def proof(hood):
    return hood.desk.by(SYSTEM).ask(assessment_faults) + hood.desk.by(SYSTEM).ask(faults)


def denied(hood, refusal, actor, function, *args):
    """Assert that an act is refused by name; that a refusal of the same verb changes nothing is seen elsewhere."""
    with pytest.raises(refusal):
        hood.by(actor).act(function, "oost", *args)


def found(case, actor=None):
    return case.hood.by(actor or case.hood.anna).ask(queries.assessment, "oost", case.id)


class TestTheTalk:
    def test_is_planned_moved_and_written_down_once(self, hood):
        case = brought(hood, Move.TAKE_ON)
        refused(
            hood,
            rules.TalkNotInTime,
            case.official,
            service.meet,
            case.id,
            TALK.model_copy(update={"planned_on": date(2026, 3, 24)}),
        )
        hood.by(case.official).act(service.meet, "oost", case.id, TALK)
        assert hood.view(case.id).state is State.INTRODUCTION
        refused(hood, WrongState, case.official, service.meet, case.id, TALK)
        hood.by(case.official).act(service.move_talk, "oost", case.id, TALK.model_copy(update={"venue": "Bij Anna"}))
        seen = found(case).talk
        assert (seen.planned_on, seen.venue, seen.held_on) == (date(2026, 3, 20), "Bij Anna", None)
        refused(
            hood,
            rules.NotHeldThen,
            case.official,
            service.write_minutes,
            case.id,
            SAID.model_copy(update={"held_on": date(2026, 3, 3)}),
        )
        hood.by(case.official).act(service.write_minutes, "oost", case.id, SAID)
        seen = found(case).talk
        assert (seen.held_on, seen.minutes) == (date(2026, 3, 2), "Wij spraken over het gras.")
        refused(hood, rules.MinutesThere, case.official, service.write_minutes, case.id, SAID)
        refused(hood, rules.MinutesThere, case.official, service.move_talk, case.id, TALK)
        assert proof(hood) == []

    def test_is_of_the_case_worker(self, hood):
        case = brought(hood, Move.TAKE_ON)
        denied(hood, NotYourCase, hood.other_official, service.meet, case.id, TALK)
        denied(hood, DoorClosed, hood.anna, service.meet, case.id, TALK)
        DRIVERS[Move.MEET](case)
        denied(hood, NotYourCase, hood.other_official, service.write_minutes, case.id, SAID)
        denied(hood, NotYourCase, hood.other_official, service.check_ground, case.id, WRONG)
        both = people.grant(hood.desk, "oost", hood.bart, Role.OFFICIAL)
        denied(hood, OwnBid, both, service.check_ground, case.id, WRONG)
        assert (found(case, both).may_check, found(case, hood.other_official).may_check) == (False, False)

    def test_comes_before_advice_and_before_a_no(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET)
        look_at(case, Finding.MET, Ground.W06)
        denied(hood, rules.MinutesMissing, case.official, service.ask_advice, case.id, AskAdvice())
        denied(hood, rules.MinutesMissing, case.official, service.intend_refusal, case.id, DEARER)
        DRIVERS[Move.ELABORATE](case)
        denied(hood, rules.MinutesMissing, case.official, service.ask_advice, case.id, AskAdvice())


class TestWorkingItOut:
    def test_lets_the_group_write_while_the_time_stands_still(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET)
        refused(hood, NotYours, hood.carla, service.elaborate, case.id, Elaborate(last_on="2026-03-23"))
        refused(hood, BadLastDay, hood.bart, service.elaborate, case.id, Elaborate(last_on="2026-03-02"))
        hood.by(hood.bart).act(service.elaborate, "oost", case.id, Elaborate(last_on="2026-03-23"))
        hood.clock.forward(days=1)
        seen = hood.view(case.id)
        assert (seen.state, seen.may_write, seen.clock.stands_still) == (State.ELABORATION, True, True)
        assert seen.clock.decide_on == date(2026, 5, 18)
        assert seen.moves[-1].base == "Algemene wet bestuursrecht, art. 4:15 lid 2 sub a"
        assert proof(hood) == []

    def test_makes_what_was_found_before_be_looked_at_once_more(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET)
        look_at(case, Finding.NOT_MET, *Ground)
        DRIVERS[Move.ELABORATE](case)
        refused(hood, WrongState, case.official, service.check_ground, case.id, WRONG)
        DRIVERS[Move.ASK_ADVICE](case)
        seen = found(case, case.official)
        assert (seen.open_count, {each.finding for each in seen.checklist}) == (14, {Finding.NOT_MET})
        refused(hood, rules.GroundsOpen, case.official, service.make_ready, case.id, MakeReady())
        DRIVERS[Move.MAKE_READY](case)
        assert (found(case, case.official).open_count, proof(hood)) == (0, [])


class TestTheChecklist:
    def test_keeps_what_was_found_and_counts_the_last(self, hood):
        case = brought(hood, Move.TAKE_ON)
        look_at(case, Finding.ATTENTION, Ground.W05, Ground.W06)
        hood.by(case.official).act(service.check_ground, "oost", case.id, CheckGround(ground="W05", finding="not_met"))
        refused(
            hood,
            rules.WhyMissing,
            case.official,
            service.check_ground,
            case.id,
            CheckGround(ground="W05", finding="met"),
        )
        seen = found(case, case.official)
        said = {each.ground: (each.finding, each.reason) for each in seen.checklist if not each.is_open}
        assert said == {Ground.W05: (Finding.NOT_MET, ""), Ground.W06: (Finding.ATTENTION, "Zo is het.")}
        assert seen.open_count == 12
        DRIVERS[Move.TAKE_OVER](case)
        assert (found(case, case.official).may_check, found(case, case.official).open_count) == (True, 12)

    @pytest.mark.parametrize(("cents", "proposed"), [(1_400_000, Finding.MET), (900_000, Finding.NOT_MET)])
    def test_proposes_dearer_by_the_comparison_that_everybody_sees(self, hood, cents, proposed):
        bid = hood.start()
        hood.write(bid.id, cents)
        hood.join(bid.id, hood.bart)
        case = type(brought(hood))(hood, bid.id)
        DRIVERS[Move.SUBMIT](case)
        DRIVERS[Move.TAKE_ON](case)
        grounds = {each.ground: each for each in found(case, case.official).checklist}
        compared = hood.view(bid.id).bid.comparison
        assert (grounds[Ground.W06].proposed, grounds[Ground.W06].why_proposed) == (proposed, compared.says)
        assert (grounds[Ground.W06].is_open, grounds[Ground.W07].proposed) == (True, None)

    def test_is_for_officials_and_auditors(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.INTEND_REFUSAL)
        for actor in (hood.other_official, hood.decider, hood.staff[Role.AUDITOR]):
            assert (len(found(case, actor).checklist), found(case, actor).intention is None) == (14, False)
        group, stranger, guest = found(case), found(case, hood.carla), found(case, GUEST)
        assert (group.checklist, group.talk is None, group.intention is None) == ([], False, False)
        assert stranger == guest
        assert (guest.checklist, guest.talk, guest.intention, guest.open_count) == ([], None, None, 13)


class TestReady:
    def test_needs_every_ground_and_goes_to_somebody_else(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE)
        look_at(case, Finding.NOT_MET, *[*Ground][:-1])
        left = refused(hood, rules.GroundsOpen, case.official, service.make_ready, case.id, MakeReady())
        assert str(left) == "First look at every ground of the checklist. Still open: W14."
        DRIVERS[Move.MAKE_READY](case)
        refused(hood, WrongState, case.official, service.check_ground, case.id, WRONG)
        why = SendBack(reason="Hoe zit het met het contract?")
        refused(hood, CaseWorkerDecides, case.official, service.send_back, case.id, why)
        hood.by(hood.decider).act(service.send_back, "oost", case.id, why)
        seen = hood.view(case.id)
        assert (seen.state, seen.moves[-1].reason) == (State.ADVICE, "Hoe zit het met het contract?")
        assert (found(case, case.official).open_count, proof(hood)) == (0, [])

    def test_keeps_away_whoever_worked_on_it_once(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE, Move.TAKE_OVER, Move.MAKE_READY)
        for official in (hood.staff[Role.OFFICIAL], hood.other_official):
            denied(hood, CaseWorkerDecides, official, service.send_back, case.id, SendBack(reason="Nee."))
        # Who sent it back can work on it later, and then decides no more.
        DRIVERS[Move.SEND_BACK](case)
        hood.by(hood.decider).act(take_over, "oost", case.id, TakeOver(reason="Vakantie."))
        hood.by(hood.decider).act(service.make_ready, "oost", case.id, MakeReady())
        denied(hood, CaseWorkerDecides, hood.decider, service.send_back, case.id, SendBack(reason="Nee."))
        assert proof(hood) == []


class TestMeaningToSayNo:
    def test_names_what_was_found_and_until_when_the_group_can_answer(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET)
        hold_talk(case)
        refused(hood, rules.GroundNotMet, case.official, service.intend_refusal, case.id, DEARER)
        look_at(case, Finding.MET, Ground.W06, Ground.W03)
        both = IntendRefusal(grounds=["W06", "W03", "W06"], motivation="Te duur, en van buiten.")
        hood.by(case.official).act(service.intend_refusal, "oost", case.id, both)
        told = found(case).intention
        assert ([each.ground for each in told.grounds], told.answer_until) == (
            [Ground.W03, Ground.W06],
            date(2026, 3, 16),
        )
        assert (hood.view(case.id).moves[-1].reason, found(case).may_answer) == ("", True)
        assert proof(hood) == []

    def test_hears_the_group_once_and_before_a_no(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.INTEND_REFUSAL)
        by_house = hood.desk.by(SYSTEM)
        with pytest.raises(rules.StillHearing):
            by_house.ask(heard, "oost", case.id)
        refused(hood, NotYours, hood.carla, service.answer_intention, case.id, REPLY)
        hood.by(hood.bart).act(service.answer_intention, "oost", case.id, REPLY)
        by_house.ask(heard, "oost", case.id)
        refused(hood, rules.AnsweredBefore, hood.anna, service.answer_intention, case.id, REPLY)
        told = found(case, case.official).intention
        assert (told.answer, told.answered_on) == ("Wij maaien ook de randen.", date(2026, 3, 2))
        assert proof(hood) == []

    def test_waits_no_longer_than_the_last_day_and_still_takes_an_answer(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.INTEND_REFUSAL)
        hood.clock.forward(days=15)
        hood.desk.by(SYSTEM).ask(heard, "oost", case.id)
        hood.by(hood.anna).act(service.answer_intention, "oost", case.id, REPLY)

    def test_can_be_taken_back_and_meant_again(self, hood):
        moves = (Move.TAKE_ON, Move.MEET, Move.INTEND_REFUSAL, Move.ASK_ADVICE, Move.INTEND_REFUSAL)
        case = brought(hood, *moves)
        assert found(case).may_answer is True
        DRIVERS[Move.ASK_ADVICE](case)
        refused(hood, WrongState, hood.anna, service.answer_intention, case.id, REPLY)
        hood.desk.by(SYSTEM).ask(heard, "oost", case.id)
        assert proof(hood) == []


class TestTheProof:
    @pytest.mark.parametrize(
        ("before", "forged", "says"),
        [
            ([], ("ask_advice", "advice"), "before what was said in the talk was written down"),
            ([Move.ASK_ADVICE], ("make_ready", "ready"), "nobody had looked at W01, W02, W03"),
            ([Move.ASK_ADVICE], ("intend_refusal", "intended_refusal"), "names no grounds"),
            ([Move.INTEND_REFUSAL], ("refuse", "refused"), "while its group could still answer"),
            ([Move.INTEND_REFUSAL], ("refuse", "refused"), "is of somebody who worked on it"),
        ],
    )
    def test_finds_a_move_that_came_too_soon_or_from_the_wrong_side(self, hood, before, forged, says):
        case = brought(hood, Move.TAKE_ON, Move.MEET, *before)
        assert hood.desk.by(SYSTEM).ask(assessment_faults) == []
        move, then = forged
        statement = (
            f"INSERT INTO challenge_move SELECT challenge_id, 99, place, '{move}', '{hood.view(case.id).state}',"
            f" '{then}', actor, moved_at, base, reason FROM challenge_move WHERE move = 'meet'"
        )
        hood.desk.by(SYSTEM).act(run, "oost", statement)
        assert [fault for fault in hood.desk.by(SYSTEM).ask(assessment_faults) if says in fault] != []

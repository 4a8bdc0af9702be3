# SPDX-License-Identifier: EUPL-1.2
"""Objections: who objects, in time or late, who looks at them, and what comes of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.challenges.conftest import HOUSE, refused, run
from tests.challenges.histories import brought
from tests.challenges.histories_objections import NO, answered
from tests.challenges.test_web import words
from wijkbudget.challenges.decisions.rules import Decided
from wijkbudget.challenges.decisions.schemas import MakeDecisionKnown
from wijkbudget.challenges.decisions.service import make_decision_known
from wijkbudget.challenges.objections import queries, rules, service
from wijkbudget.challenges.objections.rules import Bar, NoHearing, ObjectionOutcome
from wijkbudget.challenges.objections.schemas import (
    AdjournObjections,
    DecideObjections,
    EnterObjection,
    FileObjection,
    ObjectionAnswer,
    PlanHearing,
    ReportHearing,
)
from wijkbudget.challenges.rules.characters import LegalCharacter
from wijkbudget.challenges.rules.officials import CaseWorkerDecides
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.rules.tasks import Decider
from wijkbudget.kit.actor import SYSTEM, Role
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods.rules import ChallengesPolicy
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import Look, NotYours, question

POLICY = ChallengesPolicy(article="art. 9", challengers="residents", group_min=2, completion_days=14)
DECIDED = Decided(
    number=7, move=Move.REFUSE, body=Decider.EXECUTIVE, legal_character=LegalCharacter.SUBSIDY, part="",
    granted_cents=0, decided_on=date(2026, 3, 20), decided_by="official", known_on=date(2026, 3, 24), is_revised=False,
)  # fmt: skip
LATER = AdjournObjections(reason="De commissie is met reces.")


@question(HOUSE, municipal=True)
def wrong(look: Look) -> list[Fault]:
    """Return what the proof of objections finds."""
    return list(queries.check(look))


def no(hood):
    """Return a bid that was refused, and made known the same day."""
    case = brought(hood, Move.TAKE_ON, Move.MEET, Move.INTEND_REFUSAL, Move.REFUSE)
    number = len(hood.view(case.id).moves)
    known = MakeDecisionKnown(known_on=day_of(hood.clock()).isoformat(), way="sent")
    hood.by(hood.decider).act(make_decision_known, "oost", case.id, number, known)
    return case.id


def seen(hood, challenge_id, actor=None):
    return hood.by(actor or hood.other_decider).ask(queries.objections, "oost", challenge_id)


class TestRules:
    def test_count_from_the_end_of_the_time_to_object(self):
        assert DECIDED.objection_until == date(2026, 5, 6)
        in_time, late = date(2026, 4, 1), date(2026, 5, 20)
        assert rules.decide_until(POLICY, DECIDED, in_time, adjourned=False) == date(2026, 6, 17)
        assert rules.decide_until(POLICY, DECIDED, late, adjourned=False) == date(2026, 7, 1)
        assert rules.decide_until(POLICY, DECIDED, in_time, adjourned=True) == date(2026, 7, 29)
        committee = replace(POLICY, objection_committee=True)
        assert rules.decide_until(committee, DECIDED, in_time, adjourned=False) == date(2026, 7, 29)
        assert rules.decide_until(POLICY, replace(DECIDED, known_on=None), in_time, adjourned=False) is None
        assert [rules.is_late(DECIDED, date(2026, 5, day)) for day in (6, 7)] == [False, True]

    @pytest.mark.parametrize("character", [LegalCharacter.PRIVATE_LAW, LegalCharacter.OTHER])
    def test_send_elsewhere_whoever_cannot_object(self, character):
        with pytest.raises(rules.NotOpenToObjection, match="Nobody can object to this decision"):
            rules.demand_open(replace(DECIDED, legal_character=character))

    def test_send_to_court_whoever_objects_to_what_was_decided_anew(self):
        with pytest.raises(rules.NotOpenToObjection, match="goes to court"):
            rules.demand_open(replace(DECIDED, is_revised=True))

    @pytest.mark.parametrize(
        ("answers", "followed"),
        [
            ({}, False),
            ({1: (ObjectionOutcome.FOUNDED, None)}, False),
            ({1: (ObjectionOutcome.UNFOUNDED, None)}, True),
            ({1: (ObjectionOutcome.WITHDRAWN, None)}, False),
            ({1: (ObjectionOutcome.INADMISSIBLE, None)}, False),
            ({1: (ObjectionOutcome.UNFOUNDED, Bar.LATE)}, False),
            ({1: (ObjectionOutcome.UNFOUNDED, None), 2: (ObjectionOutcome.UNFOUNDED, None)}, False),
        ],
    )
    def test_refuse_answers_that_do_not_fit(self, answers, followed):
        with pytest.raises(rules.BadOutcomes):
            rules.demand_outcomes(answers, {1}, followed=followed)

    def test_take_an_answer_to_each(self):
        answers = {1: (ObjectionOutcome.INADMISSIBLE, Bar.LATE), 2: (ObjectionOutcome.FOUNDED, None)}
        rules.demand_outcomes(answers, {1, 2}, followed=True)


class TestObjecting:
    def test_opens_a_clock_and_is_seen_by_who_objected_and_who_judges(self, hood):
        challenge_id = no(hood)
        last_on = seen(hood, challenge_id).object_until
        mine = hood.by(hood.carla).act(service.object_to, "oost", challenge_id, NO)
        assert ([each.words for each in mine.objections], mine.may_object) == (["Het park wordt lelijk."], False)
        assert (mine.open_count, mine.decide_on) == (1, rules.DECISION.end(last_on))
        assert hood.view(challenge_id).state is State.OBJECTION
        for actor in (hood.anna, hood.decider, Role.OFFICIAL):
            other = seen(hood, challenge_id, actor)
            assert (other.open_count, other.objections, other.may_judge) == (1, [], False)
        assert seen(hood, challenge_id).may_judge is True
        refused(hood, rules.ObjectedBefore, hood.carla, service.object_to, challenge_id, NO)
        assert hood.faults() == hood.desk.by(SYSTEM).ask(wrong) == []

    def test_that_is_late_says_why(self, hood):
        challenge_id = no(hood)
        hood.clock.forward(days=50)
        silent = FileObjection(interest="Ik woon ernaast.", words="Nee.")
        refused(hood, rules.WhyLateMissing, hood.carla, service.object_to, challenge_id, silent)
        mine = hood.by(hood.carla).act(service.object_to, "oost", challenge_id, NO)
        assert [(each.is_late, each.why_late) for each in mine.objections] == [(True, "Ik was ziek.")]

    def test_needs_a_decision(self, hood):
        refused(hood, WrongState, hood.carla, service.object_to, hood.submitted(), NO)

    def test_on_paper_is_entered_on_the_day_it_came(self, hood):
        challenge_id = no(hood)
        today = day_of(hood.clock()).isoformat()
        paper = EnterObjection(called="Piet Bos", interest="Buurman.", words="Nee.", received_on=today)
        refused(hood, rules.DecidedBefore, hood.decider, service.enter_objection, challenge_id, paper)
        refused(hood, DoorClosed, hood.carla, service.enter_objection, challenge_id, paper)
        early = EnterObjection(called="Piet Bos", interest="Buurman.", words="Nee.", received_on="2026-01-01")
        refused(hood, rules.BadReceivedDay, hood.other_decider, service.enter_objection, challenge_id, early)
        found = hood.by(hood.other_decider).act(service.enter_objection, "oost", challenge_id, paper)
        assert [each.called for each in found.objections] == ["Piet Bos"]

    def test_can_be_taken_back_by_who_objected(self, hood):
        challenge_id = no(hood)
        mine = hood.by(hood.carla).act(service.object_to, "oost", challenge_id, NO)
        objection_id = mine.objections[0].id
        refused(hood, NotYours, hood.anna, service.withdraw_objection, challenge_id, objection_id)
        mine = hood.by(hood.carla).act(service.withdraw_objection, "oost", challenge_id, objection_id)
        assert [each.outcome for each in mine.objections] == [ObjectionOutcome.WITHDRAWN]
        refused(hood, rules.NoOpenObjection, hood.carla, service.withdraw_objection, challenge_id, objection_id)
        stays = DecideObjections(reason="Alles is ingetrokken.")
        hood.by(hood.other_decider).act(service.uphold, "oost", challenge_id, stays)
        assert (hood.view(challenge_id).state, hood.desk.by(SYSTEM).ask(wrong)) == (State.UPHELD, [])


class TestDeciding:
    def test_is_after_a_hearing_by_somebody_else(self, hood):
        challenge_id = no(hood)
        hood.by(hood.carla).act(service.object_to, "oost", challenge_id, NO)
        soon = PlanHearing(hearing_on=(day_of(hood.clock()) + timedelta(days=10)).isoformat(), hearing_where="Stadhuis")
        fine = PlanHearing(hearing_on=(day_of(hood.clock()) + timedelta(days=11)).isoformat(), hearing_where="Stadhuis")
        refused(hood, rules.BadHearingDay, hood.other_decider, service.plan_hearing, challenge_id, soon)
        refused(hood, rules.DecidedBefore, hood.decider, service.plan_hearing, challenge_id, fine)
        refused(hood, CaseWorkerDecides, Role.OFFICIAL, service.plan_hearing, challenge_id, fine)
        judge = hood.by(hood.other_decider)
        judge.act(service.plan_hearing, "oost", challenge_id, fine)
        said = ReportHearing(report="Carla vertelde over het gras.")
        refused(hood, rules.NotHeard, hood.other_decider, service.report_hearing, challenge_id, said)
        unheard = answered(hood, challenge_id, ObjectionOutcome.UNFOUNDED).model_copy(update={"no_hearing": None})
        refused(hood, rules.NotHeard, hood.other_decider, service.uphold, challenge_id, unheard)
        hood.clock.forward(days=11)
        judge.act(service.report_hearing, "oost", challenge_id, said)
        judge.act(service.uphold, "oost", challenge_id, unheard)
        mine = seen(hood, challenge_id, hood.carla)
        assert (mine.report, mine.open_count) == ("Carla vertelde over het gras.", 0)
        assert [each.outcome for each in mine.objections] == [ObjectionOutcome.UNFOUNDED]
        assert hood.view(challenge_id).state is State.UPHELD
        assert hood.faults() == hood.desk.by(SYSTEM).ask(wrong) == []

    def test_anew_follows_from_an_objection_that_is_founded(self, hood):
        challenge_id = no(hood)
        hood.by(hood.carla).act(service.object_to, "oost", challenge_id, NO)
        judge = hood.by(hood.other_decider)
        judge.act(service.revise, "oost", challenge_id, answered(hood, challenge_id, ObjectionOutcome.FOUNDED))
        assert hood.view(challenge_id).state is State.REVISED
        refused(hood, WrongState, hood.carla, service.object_to, challenge_id, NO)

    def test_can_be_put_off_once(self, hood):
        challenge_id = no(hood)
        refused(hood, rules.NoOpenObjection, hood.other_decider, service.adjourn_objections, challenge_id, LATER)
        hood.by(hood.carla).act(service.object_to, "oost", challenge_id, NO)
        before = seen(hood, challenge_id).decide_on
        after = hood.by(hood.other_decider).act(service.adjourn_objections, "oost", challenge_id, LATER)
        assert (after.decide_on, after.was_put_off) == (rules.ADJOURNMENT.end(before), True)
        refused(hood, rules.PutOffBefore, hood.other_decider, service.adjourn_objections, challenge_id, LATER)

    def test_says_why_it_may_not_look_at_one(self, hood):
        challenge_id = no(hood)
        mine = hood.by(hood.carla).act(service.object_to, "oost", challenge_id, NO)
        barred = ObjectionAnswer(objection_id=mine.objections[0].id, outcome="inadmissible", bar="no_interest")
        refusal = DecideObjections(answers=[barred], no_hearing=NoHearing.CLEAR, reason="U woont ver weg.")
        hood.by(hood.other_decider).act(service.uphold, "oost", challenge_id, refusal)
        assert seen(hood, challenge_id, hood.carla).objections[0].bar is Bar.NO_INTEREST


class TestTheProof:
    def test_finds_an_answer_that_nobody_gave(self, hood):
        challenge_id = no(hood)
        hood.by(hood.carla).act(service.object_to, "oost", challenge_id, NO)
        hood.desk.by(SYSTEM).act(run, "oost", "UPDATE objection SET outcome = 'unfounded', decided_on = '2026-03-02'")
        assert "has an answer that no move gave" in str(hood.desk.by(SYSTEM).ask(wrong)[0])


PAGES = "/wijken/oost/uitdagingen"


def test_pages_take_an_objection_from_the_neighbour_to_the_answer(client, hood):
    challenge_id = no(hood)
    here = f"{PAGES}/{challenge_id}/bezwaren"
    api = f"/api/v1/neighbourhoods/oost/challenges/{challenge_id}/objections"
    client.log_in(hood.carla)
    assert "Bezwaar maken" in words(client.get(here))
    wrong = client.post(f"{here}/bezwaar-maken", {"interest": "", "words": ""})
    assert wrong.status_code == 400
    sent = client.post(f"{here}/bezwaar-maken", {"interest": "Ik woon ernaast.", "words": "Het park wordt lelijk."})
    assert "Je bezwaar is vandaag ontvangen." in words(client.get(sent.headers["location"]))
    assert "Iemand maakt bezwaar tegen deze beslissing." in words(client.get(f"{PAGES}/{challenge_id}"))
    client.log_in(hood.anna)
    assert "Het park wordt lelijk." not in words(client.get(here))
    assert client.get(f"{here}/gemeente/volgen").status_code == 200
    client.log_in(hood.other_decider)
    assert "Het park wordt lelijk." in words(client.get(f"{here}/gemeente/volgen"))
    objection_id = client.get(api).json()["objections"][0]["id"]
    answer = {
        "answers.0.objection_id": objection_id,
        "answers.0.outcome": "founded",
        "answers.0.bar": "",
        "no_hearing": "followed",
        "reason": "Carla heeft gelijk.",
    }
    unfit = client.post(f"{here}/gemeente/afwijzen", answer)
    assert (unfit.status_code, "als een bezwaar gegrond is" in words(unfit)) == (400, True)
    done = client.post(f"{here}/gemeente/volgen", answer)
    assert "De gemeente beslist opnieuw." in words(client.get(done.headers["location"]))


def test_pages_of_time_are_for_who_may(client, hood):
    challenge_id = hood.submitted()
    here = f"{PAGES}/{challenge_id}"
    client.log_in(hood.staff[Role.OFFICIAL])
    client.get(f"{here}/tijd/uitstellen")
    late = client.post(f"{here}/tijd/uitstellen", {"decide_on": "2026-04-01", "reason": "Vol."})
    assert (late.status_code, "Kies een dag na 28 april 2026" in words(late)) == (400, True)
    client.post(f"{here}/tijd/stilzetten", {"cause": "group", "last_on": "2026-03-20", "reason": "Anna is weg."})
    hood.clock.forward(days=1)
    client.log_in(hood.staff[Role.OFFICIAL])
    assert "De tijd staat stil tot en met 20 maart 2026." in words(client.get(here))
    assert "De tijd weer laten lopen" in words(client.get(here))
    assert "18 mei 2026" in words(client.get(f"{PAGES}/zaken"))
    file = client.get(f"{here}/kalender")
    assert file.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Laatste dag voor de gemeente om te beslissen: Wij maaien zelf" in file.text.replace("\r\n ", "")
    hood.clock.forward(days=80)
    client.log_in(hood.anna)
    assert "De gemeente is te laat" in words(client.get(here))
    assert "stellen wij de gemeente in gebreke" in words(client.get(f"{here}/tijd/groep/te-laat"))
    client.post(f"{here}/tijd/groep/te-laat", {"reason": ""})
    assert "Dwangsom tot nu toe € 0,00" in words(client.get(here))

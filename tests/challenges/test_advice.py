# SPDX-License-Identifier: EUPL-1.2
"""Procurement, state aid and the advice of the council: what they say, who may say it, and the proof of it."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests.challenges.conftest import refused, run
from tests.challenges.histories import brought
from tests.challenges.histories_advice import ASSESSED, advice, advise, assess
from wijkbudget.challenges.advice import queries, service
from wijkbudget.challenges.advice.rules import council
from wijkbudget.challenges.advice.rules.council import Advice
from wijkbudget.challenges.advice.rules.procurement import ThresholdOutcome
from wijkbudget.challenges.advice.rules.state_aid import AidOutcome
from wijkbudget.challenges.advice.schemas import DeclareAid
from wijkbudget.challenges.rules.bids import ChallengeNotFound
from wijkbudget.challenges.rules.officials import NotYourCase, OwnBid
from wijkbudget.challenges.rules.states import Move
from wijkbudget.council import queries as decisions
from wijkbudget.council.rules import InterestNotRecused
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import GUEST, SYSTEM, Role, may
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import Look, NotYours, question

DAY = date(2026, 3, 2)


@question(may(Role.SYSTEM), municipal=True)
def faults(look: Look) -> list[str]:
    """Return what the proof of advice finds."""
    return [str(fault) for fault in queries.check(look)]


def seen(hood, challenge_id, actor=Role.OFFICIAL):
    return hood.by(actor).ask(queries.sheet, "oost", challenge_id)


class TestTheSheet:
    def test_says_what_the_whole_time_is_worth(self, hood):
        case = brought(hood, Move.TAKE_ON)
        empty = seen(hood, case.id)
        assert (empty.whole_cents, empty.procurement, empty.aid.outcome) == (800_000, None, None)
        assert (empty.may_assess, empty.may_declare) == (True, False)
        hood.by(Role.OFFICIAL).act(service.assess_procurement, "oost", case.id, ASSESSED)
        sheet = seen(hood, case.id)
        found = sheet.procurement
        assert (found.total_cents, found.threshold_cents, found.outcome) == (
            2_400_000,
            21_600_000,
            ThresholdOutcome.BELOW,
        )
        assert (found.is_below_bid, found.assessed_on) == (False, DAY)
        assert str(found.says) == "The whole value is €24,000.00. That is below the threshold of €216,000.00."
        assert sheet.aid.outcome is AidOutcome.NOT_DECLARED

    def test_notes_a_value_that_is_split_and_keeps_what_stood_before(self, hood):
        case = brought(hood, Move.TAKE_ON)
        for cents in (799_999, 800_000):
            command = ASSESSED.model_copy(update={"base_cents": cents, "options_cents": 0})
            hood.by(Role.OFFICIAL).act(service.assess_procurement, "oost", case.id, command)
            assert seen(hood, case.id).procurement.is_below_bid is (cents < 800_000)
        assert hood.recorded().count("challenges.ProcurementAssessed") == 2
        with pytest.raises(IntegrityError, match="append-only"):
            hood.desk.by(SYSTEM).act(run, "oost", "DELETE FROM procurement_assessment")

    def test_is_written_by_the_case_worker_until_the_bid_is_ready(self, hood):
        case = brought(hood, Move.TAKE_ON)
        refused(hood, NotYourCase, hood.other_official, service.assess_procurement, case.id, ASSESSED)
        refused(hood, DoorClosed, hood.anna, service.assess_procurement, case.id, ASSESSED)
        both = people.grant(hood.desk, "oost", hood.bart, Role.OFFICIAL)
        refused(hood, OwnBid, both, service.assess_procurement, case.id, ASSESSED)
        waiting = hood.submitted()
        refused(hood, WrongState, Role.OFFICIAL, service.assess_procurement, waiting, ASSESSED)

    def test_is_read_by_its_group_officials_and_auditors(self, hood):
        case = brought(hood, Move.TAKE_ON)
        assert seen(hood, case.id, hood.bart).may_declare is True
        assert seen(hood, case.id, Role.AUDITOR).may_assess is False
        with pytest.raises(NotYours):
            seen(hood, case.id, hood.carla)
        with pytest.raises(DoorClosed):
            seen(hood, case.id, GUEST)
        with pytest.raises(ChallengeNotFound):
            seen(hood, hood.concept())


class TestDeclaringAid:
    def test_counts_the_last_three_years_and_refuses_nothing(self, hood):
        case = brought(hood, Move.TAKE_ON)
        assess(hood, case.id, hood.staff[Role.OFFICIAL])
        lines = [
            {"giver": "Gemeente", "amount_cents": 29_000_000, "granted_on": date(2023, 3, 2)},
            {"giver": "Fonds", "amount_cents": 99_000_000, "granted_on": date(2023, 3, 1)},
        ]
        hood.by(hood.bart).act(service.declare_aid, "oost", case.id, DeclareAid(received=lines))
        aid = seen(hood, case.id, hood.anna).aid
        assert [(line.giver, line.is_counted) for line in aid.received] == [("Gemeente", True), ("Fonds", False)]
        assert [(each.total_cents, each.is_over) for each in aid.sums] == [(31_400_000, True)]
        assert (aid.outcome, aid.declared_on) == (AidOutcome.OVER, DAY)
        hood.by(hood.anna).act(service.declare_aid, "oost", case.id, DeclareAid(received=[]))
        later = seen(hood, case.id).aid
        assert (later.received, later.outcome) == ([], AidOutcome.WITHIN)

    def test_is_for_the_group_until_the_decision(self, hood):
        challenge_id = hood.submitted()
        refused(hood, NotYours, hood.carla, service.declare_aid, challenge_id, DeclareAid())
        refused(hood, DoorClosed, Role.OFFICIAL, service.declare_aid, challenge_id, DeclareAid())
        hood.by(hood.anna).act(service.declare_aid, "oost", challenge_id, DeclareAid())
        case = brought(hood, Move.WITHDRAW)
        refused(hood, WrongState, hood.anna, service.declare_aid, case.id, DeclareAid())


class TestTheCouncil:
    def test_is_asked_by_the_move_and_waited_for(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET)
        assert hood.desk.by(GUEST).ask(queries.council_advice, "oost", case.id) is None
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE)
        (line,) = hood.by(Role.COUNCIL).ask(queries.waiting_advice, "oost")
        assert (line.challenge_id, line.is_late) == (case.id, False)
        assert line.last_on == line.asked_on + timedelta(days=21)
        hood.clock.forward(days=22)
        (line,) = hood.by(Role.CHAIR).ask(queries.waiting_advice, "oost")
        assert line.is_late is True
        with pytest.raises(DoorClosed):
            hood.by(hood.carla).ask(queries.waiting_advice, "oost")

    def test_advises_by_a_decision_once(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE)
        advise(hood, case.id, stance=Advice.WITH_CONDITIONS, conditions="Maai om de bloemen heen.")
        given = hood.desk.by(GUEST).ask(queries.council_advice, "oost", case.id)
        assert (given.stance, given.conditions) == (Advice.WITH_CONDITIONS, "Maai om de bloemen heen.")
        assert (given.motivation, given.is_late, given.may_advise) == ("Goed voor de wijk.", False, False)
        decided = hood.desk.by(GUEST).ask(decisions.decision, "oost", given.decision_id)
        assert (decided.kind, decided.title, decided.about) == (
            "advice", "Gras maaien in het Lindenpark", [str(case.id)],
        )  # fmt: skip
        assert hood.by(Role.CHAIR).ask(queries.waiting_advice, "oost") == []
        refused(hood, council.AdvisedBefore, Role.CHAIR, service.give_advice, case.id, advice(hood))
        assert hood.desk.by(SYSTEM).ask(faults) == []

    def test_lets_who_has_an_interest_step_aside(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE)
        anna = people.grant(hood.desk, "oost", hood.anna, Role.COUNCIL)
        seen_by = hood.by(Role.CHAIR).ask(queries.advising, "oost", case.id)
        assert {member.id for member in seen_by.members if member.is_interested} == {anna.id}
        refused(hood, InterestNotRecused, Role.CHAIR, service.give_advice, case.id, advice(hood))
        advise(hood, case.id, recused=[anna.id])
        assert hood.desk.by(GUEST).ask(queries.council_advice, "oost", case.id).stance is Advice.POSITIVE

    def test_names_conditions_with_them_and_none_without(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE)
        for wrong in (
            advice(hood, stance=Advice.WITH_CONDITIONS),
            advice(hood, stance=Advice.NEGATIVE, conditions="Als het regent."),
        ):
            refused(hood, council.ConditionsMissing, Role.CHAIR, service.give_advice, case.id, wrong)

    def test_says_nothing_about_what_it_was_not_asked(self, hood):
        case = brought(hood, Move.TAKE_ON)
        refused(hood, WrongState, Role.CHAIR, service.give_advice, case.id, advice(hood))
        refused(hood, DoorClosed, hood.carla, service.give_advice, case.id, advice(hood))
        with pytest.raises(council.NotAsked):
            hood.by(Role.CHAIR).ask(queries.advising, "oost", case.id)


class TestTheProof:
    def test_finds_advice_that_was_asked_before_the_facts(self, hood):
        brought(hood, Move.TAKE_ON)
        asked = (
            "INSERT INTO challenge_move SELECT challenge_id, 99, place, 'ask_advice', from_state, to_state, actor,"
            " moved_at, base, reason FROM challenge_move WHERE move = 'take_on'"
        )
        hood.desk.by(SYSTEM).act(run, "oost", asked)
        assert ["not assessed" in fault for fault in hood.desk.by(SYSTEM).ask(faults)] == [True]

    def test_finds_somebody_of_the_group_who_advised(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE)
        advise(hood, case.id)
        chair = hood.staff[Role.CHAIR].id
        hood.desk.by(SYSTEM).act(
            run, "oost", f"UPDATE group_member SET person = '{chair}' WHERE person = '{hood.bart.id}'"
        )
        assert ["of its group advised" in fault for fault in hood.desk.by(SYSTEM).ask(faults)] == [True]

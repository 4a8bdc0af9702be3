# SPDX-License-Identifier: EUPL-1.2
"""Which voice people have and why, what is shown to whom, and that tampering shows."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlmodel import text

from tests import worlds
from tests.reciprocity.conftest import PLACE, look
from tests.stores import statements
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.neighbourhoods.rules import RULES
from wijkbudget.neighbourhoods.schemas import read_policy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity import queries, service
from wijkbudget.reciprocity.rules import entries as rules
from wijkbudget.reciprocity.schemas import DisputeTime, GrantExemption
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours

POLICY = read_policy(demo_toml(PLACE)).reciprocity
DISPUTED_BY_HAND = (
    "INSERT INTO time_dispute (entry_id, place, raised_by, raised_on, reason)"
    " SELECT id, place, confirmed_by, '2026-03-02', 'x' FROM time_entry"
)


def weights(tuin, on):
    """Return the voices of everybody who may vote that day, before classes are merged."""
    voters = [who.person_id for who in look(tuin.desk, identity.residents, PLACE, on, 12)]
    return look(tuin.desk, queries.voices, PLACE, voters, on, POLICY).weights


def faults(desk):
    return [str(fault) for fault in look(desk, lambda look: list(queries.check(look)))]


def tamper(desk, statement):
    desk.database.submit(lambda session: session.execute(text(statement)) and None).result()


class TestVoices:
    def test_count_what_is_settled_on_the_day(self, tuin, clock):
        tuin.confirmed(minutes=600)
        clock.forward(days=14)
        assert weights(tuin, date(2026, 3, 16))[tuin.giver.id] == 100
        tuin.desk.act(service.settle, PLACE)
        assert weights(tuin, date(2026, 3, 15))[tuin.giver.id] == 100
        assert weights(tuin, date(2026, 3, 16))[tuin.giver.id] == 150
        assert set(weights(tuin, date(2026, 3, 16)).values()) == {100, 150}

    def test_count_a_year_back(self, tuin, clock):
        tuin.confirmed(minutes=600)
        clock.forward(days=14)
        tuin.desk.act(service.settle, PLACE)
        assert weights(tuin, date(2027, 3, 1))[tuin.giver.id] == 150
        assert weights(tuin, date(2027, 3, 2))[tuin.giver.id] == 100

    @pytest.mark.parametrize("rule", RULES)
    def test_of_a_crowd_take_as_few_questions_as_one(self, tuin, rule):
        policy = replace(POLICY, rule=rule, parameters={each.name: each.default for each in RULES[rule]})
        tuin.confirmed(minutes=600)
        voters = [who.person_id for who in look(tuin.desk, identity.residents, PLACE, date(2026, 3, 2), 0)]
        asked = []
        for some in (voters[:1], voters):
            with statements() as noted:
                found = look(tuin.desk, queries.voices, PLACE, some, date(2026, 3, 2), policy)
            asked.append(noted)
            assert len(found.weights) == len(some)
        assert asked[0] == asked[1]
        assert len(asked[0]) <= 3

    def test_name_the_rule_and_its_parameters(self, tuin):
        found = look(tuin.desk, queries.voices, PLACE, [tuin.giver.id], date(2026, 3, 2), POLICY)
        assert (found.rule, found.parameters["per_hour_hundredths"], found.notes) == ("bonus", 5, [])

    def test_give_somebody_exempt_what_is_usual_until_the_day(self, tuin, clock):
        tuin.confirmed(minutes=600)
        clock.forward(days=14)
        tuin.desk.act(service.settle, PLACE)
        command = GrantExemption(person_id=UUID(tuin.stranger.id), until_on=date(2026, 4, 1))
        tuin.desk.by(tuin.staff[Role.GUIDE]).act(service.exempt, PLACE, command)
        assert weights(tuin, date(2026, 3, 15))[tuin.stranger.id] == 100
        assert weights(tuin, date(2026, 3, 31))[tuin.stranger.id] == 150
        assert weights(tuin, date(2026, 4, 1))[tuin.stranger.id] == 100


class TestVoiceOf:
    def test_says_why_and_that_a_small_class_merges(self, tuin, clock):
        tuin.confirmed(minutes=600)
        clock.forward(days=14)
        tuin.desk.act(service.settle, PLACE)
        voice = tuin.desk.by(tuin.giver).ask(queries.voice_of, PLACE, tuin.giver.id)
        assert (voice.weight_hundredths, voice.counted_minutes, voice.is_exempt) == (100, 600, False)
        assert (voice.counts_from, voice.counts_until) == (date(2025, 3, 16), date(2026, 3, 16))
        assert [str(step) for step in voice.steps] == [
            "Everybody who may vote has a voice of 1.00.",
            "You gave 10:00 hours. Every hour adds 0.05 to your voice: 0.50 extra.",
            "Voices go up in steps, and are rounded down. Yours is 1.50.",
            (
                "Too few voters have a voice of 1.50: 1, and 80 are needed. "
                "To keep their votes secret they get a voice of 1.00."
            ),
        ]

    def test_is_shown_to_nobody_else(self, tuin):
        with pytest.raises(NotYours):
            tuin.desk.by(tuin.neighbour).ask(queries.voice_of, PLACE, tuin.giver.id)
        for who in (tuin.staff[Role.AUDITOR], tuin.staff[Role.OFFICIAL], GUEST):
            with pytest.raises(DoorClosed):
                tuin.desk.by(who).ask(queries.voice_of, PLACE, tuin.giver.id)

    def test_is_for_who_may_vote_here(self, tuin):
        child = next(
            who for who in look(tuin.desk, identity.residents, PLACE, date(2026, 3, 2), 0) if 2026 - who.birth_year < 12
        )
        actor = tuin.desk.ask(identity.actor, UUID(child.person_id))
        as_resident = type(actor)(id=actor.id, roles=tuin.giver.roles)
        with pytest.raises(rules.NoVoiceYet) as refused:
            tuin.desk.by(as_resident).ask(queries.voice_of, PLACE, actor.id)
        assert refused.value.article == "Verordening wijkbudgetten Meerwijk 2024, art. 7"


class TestExempt:
    def test_keeps_yes_and_until_when_and_never_why(self, tuin):
        command = GrantExemption(person_id=UUID(tuin.stranger.id), until_on=date(2026, 12, 31))
        exemption = tuin.desk.by(tuin.staff[Role.OFFICIAL]).act(service.exempt, PLACE, command)
        assert exemption.until_on == date(2026, 12, 31)
        assert [view.id for view in tuin.desk.by(tuin.staff[Role.AUDITOR]).ask(queries.exemptions, PLACE)] == [
            exemption.id
        ]

    def test_is_for_residents_of_the_neighbourhood(self, tuin):
        official = tuin.staff[Role.OFFICIAL]
        command = GrantExemption(person_id=UUID(tuin.staff[Role.CASHIER].id), until_on=date(2026, 12, 31))
        with pytest.raises(rules.PersonNotHere):
            tuin.desk.by(official).act(service.exempt, PLACE, command)
        assert tuin.desk.by(official).ask(queries.exemptions, PLACE) == []

    def test_is_seen_by_nobody_else(self, tuin):
        with pytest.raises(DoorClosed):
            tuin.desk.by(tuin.stranger).ask(queries.exemptions, PLACE)


class TestNames:
    def test_are_hidden_from_guests(self, tuin):
        tuin.log()
        task = tuin.desk.by(GUEST).ask(queries.task, PLACE, tuin.task_id)
        assert (task.confirmers, task.entries, task.to_confirm_count, task.may_log) == ([], [], 0, False)

    def test_are_hidden_from_residents_who_do_not_confirm(self, tuin):
        tuin.log()
        entry = tuin.confirmed()
        seen = tuin.desk.by(tuin.stranger).ask(queries.task, PLACE, tuin.task_id).entries
        assert [(view.id, view.person_name) for view in seen] == [(entry.id, None)]

    def test_are_seen_by_who_needs_them(self, tuin):
        tuin.log()
        name = look(tuin.desk, identity.names, [tuin.giver.id])[tuin.giver.id]
        for who in (tuin.neighbour, tuin.giver, tuin.staff[Role.CHAIR], tuin.staff[Role.AUDITOR]):
            seen = tuin.desk.by(who).ask(queries.task, PLACE, tuin.task_id).entries
            assert [view.person_name for view in seen] == [name]

    def test_and_reasons_are_hidden_from_others_in_a_dispute(self, tuin):
        entry = tuin.confirmed()
        tuin.desk.by(tuin.neighbour).act(service.dispute, PLACE, entry.id, DisputeTime(reason="Ali was er niet."))
        assert tuin.desk.by(tuin.stranger).ask(queries.entry, PLACE, entry.id).dispute is None
        assert tuin.desk.by(tuin.giver).ask(queries.entry, PLACE, entry.id).dispute.reason == "Ali was er niet."

    def test_of_tasks_stay_in_their_neighbourhood(self, tuin):
        assert tuin.desk.by(GUEST).ask(queries.tasks, "west") == []
        guest_elsewhere = worlds.somebody(Role.OFFICIAL, "west")
        with pytest.raises(DoorClosed):
            tuin.desk.by(guest_elsewhere).ask(queries.candidates, PLACE)


class TestWhatWaits:
    @pytest.mark.parametrize(("who", "count"), [("neighbour", 1), ("giver", 0), ("stranger", 0)])
    def test_is_counted_for_whoever_can_confirm_it(self, tuin, who, count):
        tuin.log()
        at = tuin.desk.by(getattr(tuin, who))
        assert [task.to_confirm_count for task in at.ask(queries.tasks, PLACE)] == [count]


class TestCheck:
    def test_finds_nothing_wrong_in_what_the_verbs_made(self, tuin, clock):
        tuin.confirmed()
        disputed = tuin.confirmed()
        tuin.desk.by(tuin.stranger).act(service.dispute, PLACE, disputed.id, DisputeTime(reason="Nee."))
        clock.forward(days=14)
        tuin.desk.act(service.settle, PLACE)
        assert faults(tuin.desk) == []

    @pytest.mark.parametrize(
        ("statement", "shows"),
        [
            ("UPDATE time_entry SET minutes = 75", "holds 60 minutes, its settled entries say 75"),
            (
                "UPDATE time_entry SET state = 'confirmed', settled_on = NULL",
                "holds 60 minutes, its settled entries say 0",
            ),
            ("UPDATE time_entry SET state = 'rejected', settled_on = NULL", "its dispute says otherwise"),
            (
                "UPDATE time_entry SET confirmed_by = (SELECT id FROM person WHERE name = 'Ruben de Graaf')",
                "was confirmed by somebody who may not confirm it",
            ),
            (
                DISPUTED_BY_HAND,
                "is settled, its dispute says otherwise",
            ),
        ],
    )
    def test_shows_what_was_tampered_with(self, tuin, clock, statement, shows):
        tuin.confirmed()
        clock.forward(days=14)
        tuin.desk.act(service.settle, PLACE)
        tamper(tuin.desk, statement)
        assert any(shows in fault for fault in faults(tuin.desk))

    def test_shows_a_day_of_more_than_a_day(self, tuin, clock):
        tuin.confirmed(minutes=720)
        for weeks in (1, 2):
            tuin.confirmed(minutes=720, given_on=date(2026, 3, 1) - timedelta(weeks=weeks))
        clock.forward(days=14)
        tuin.desk.act(service.settle, PLACE)
        tamper(tuin.desk, "UPDATE time_entry SET given_on = '2026-03-01'")
        assert faults(tuin.desk) == ["reciprocity: time on 2026-03-01: 3 entries of one person hold 2160 minutes"]

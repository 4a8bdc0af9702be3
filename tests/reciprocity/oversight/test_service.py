# SPDX-License-Identifier: EUPL-1.2
"""The audit committee sees who confirms whom, draws lots once, and says what it found; time itself stays as it is."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from litestar.testing import TestClient

from tests.conftest import ORIGIN
from tests.reciprocity.conftest import PLACE, look
from tests.reciprocity.test_voices import faults, tamper
from tools import draw_time
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.reciprocity import queries as time
from wijkbudget.reciprocity import service as giving
from wijkbudget.reciprocity.oversight import queries, rules, service
from wijkbudget.reciprocity.oversight.schemas import DrawSample, NoteFinding, NoteRing
from wijkbudget.reciprocity.rules.periods import NoSuchPeriod, PeriodNotOver
from wijkbudget.trail import sealing
from wijkbudget.trail.desk import DoorClosed

DRAW = DrawSample(period="2026-Q1", value="3 8 11 19 30 44")
RIGHT = NoteFinding(finding=rules.Finding.RIGHT, reason="Gevraagd op zaterdag.")


def auditor(tuin):
    return tuin.desk.by(tuin.staff[Role.AUDITOR])


def confirm_each_other(tuin, times=2):
    """Let the giver and the neighbour, who live apart, confirm each other's time."""
    for _time in range(times):
        tuin.confirmed()
        other = tuin.log(giver=tuin.neighbour)
        tuin.desk.by(tuin.giver).act(giving.confirm, PLACE, other.id)


class TestRings:
    def test_are_shown_with_their_numbers_and_entries(self, tuin):
        confirm_each_other(tuin)
        [found] = auditor(tuin).ask(queries.rings, PLACE).rings
        assert (found.inside_count, found.entry_count, found.inside_minutes) == (4, 4, 240)
        assert len(found.names) == 2
        assert not found.is_looked_at
        ring = auditor(tuin).ask(queries.ring, PLACE, found.key)
        assert len(ring.entries) == 4
        assert {entry.giver_name for entry in ring.entries} == set(ring.names)
        assert ring.may_note

    def test_are_not_shown_where_a_guide_confirms(self, tuin):
        for _time in range(5):
            tuin.desk.by(tuin.staff[Role.GUIDE]).act(giving.confirm, PLACE, tuin.log().id)
        assert auditor(tuin).ask(queries.rings, PLACE).rings == []

    def test_change_nothing_by_being_looked_at(self, tuin):
        confirm_each_other(tuin)
        before = tuin.desk.by(tuin.giver).ask(time.entries_of, PLACE, tuin.giver.id)
        key = auditor(tuin).ask(queries.rings, PLACE).rings[0].key
        ring = auditor(tuin).act(service.note_ring, PLACE, key, NoteRing(reason="Zij tuinieren samen."))
        assert [(note.reason, note.entry_count) for note in ring.notes] == [("Zij tuinieren samen.", 4)]
        assert ring.is_looked_at
        assert tuin.desk.by(tuin.giver).ask(time.entries_of, PLACE, tuin.giver.id) == before

    def test_ask_for_another_look_after_another_entry(self, tuin):
        confirm_each_other(tuin)
        key = auditor(tuin).ask(queries.rings, PLACE).rings[0].key
        auditor(tuin).act(service.note_ring, PLACE, key, NoteRing(reason="Zij tuinieren samen."))
        confirm_each_other(tuin, times=1)
        [found] = auditor(tuin).ask(queries.rings, PLACE).rings
        assert (found.key, found.is_looked_at) == (key, False)

    def test_are_judged_by_nobody_in_them(self, tuin):
        confirm_each_other(tuin)
        key = auditor(tuin).ask(queries.rings, PLACE).rings[0].key
        inside = replace(tuin.giver, roles=tuin.giver.roles | {(Role.AUDITOR, PLACE)})
        assert not tuin.desk.by(inside).ask(queries.ring, PLACE, key).may_note
        with pytest.raises(rules.OwnPart):
            tuin.desk.by(inside).act(service.note_ring, PLACE, key, NoteRing(reason="Niets aan de hand."))
        assert auditor(tuin).ask(queries.ring, PLACE, key).notes == []

    def test_that_are_not_there_are_not_found(self, tuin):
        with pytest.raises(rules.RingNotFound):
            auditor(tuin).ask(queries.ring, PLACE, "0" * 16)

    def test_are_seen_by_nobody_else(self, tuin):
        for role in set(Role) - {Role.AUDITOR, Role.SYSTEM}:
            who = {Role.GUEST: GUEST, Role.RESIDENT: tuin.giver}.get(role) or tuin.staff[role]
            with pytest.raises(DoorClosed):
                tuin.desk.by(who).ask(queries.rings, PLACE)


class TestASample:
    def test_is_drawn_once_from_the_announced_value(self, settled):
        sample = auditor(settled).act(service.draw_sample, PLACE, DRAW)
        assert (sample.entry_count, sample.drawn_count, len(sample.checks)) == (21, 2, 2)
        with pytest.raises(rules.DrawnBefore):
            auditor(settled).act(service.draw_sample, PLACE, DrawSample(period="2026-Q1", value="1 2 3 4 5 6"))
        assert auditor(settled).ask(queries.sample, PLACE, "2026-Q1") == sample
        assert faults(settled.desk) == []
        assert look(settled.desk, lambda look: list(queries.check(look))) == []

    def test_is_drawn_again_by_anybody_from_the_public_record(self, settled, front, tmp_path):
        sample = auditor(settled).act(service.draw_sample, PLACE, DRAW)
        while settled.desk.act(sealing.seal):
            pass
        with TestClient(front.before(settled.desk), base_url=ORIGIN) as client:
            (tmp_path / "trail.json").write_bytes(client.get(f"/api/v1/neighbourhoods/{PLACE}/exports/trail").content)
        said = []
        assert draw_time.main([str(tmp_path / "trail.json"), "2026-Q1", DRAW.value], said.append) == 0
        assert said[0] == f"seed {sample.seed}"
        assert set(said[1:]) == {str(check.entry.id) for check in sample.checks}
        assert draw_time.main([str(tmp_path / "trail.json"), "2026-Q1", "1 2 3 4 5 6"], said.append) == 1
        assert said[-1] == f"WRONG: the record says that the seed was {sample.seed}"

    def test_tells_the_public_how_and_not_who(self, settled):
        auditor(settled).act(service.draw_sample, PLACE, DRAW)
        told = settled.desk.by(GUEST).ask(queries.samples, PLACE).samples[0]
        assert (told.value, told.entry_count, told.drawn_count) == (DRAW.value, 21, 2)
        assert "checks" not in told.model_dump()

    def test_is_of_a_quarter_that_is_over_and_has_time(self, settled):
        for period, refusal in {"2026-Q2": PeriodNotOver, "2025-Q4": rules.NothingSettled, "Q1": NoSuchPeriod}.items():
            with pytest.raises(refusal):
                auditor(settled).act(service.draw_sample, PLACE, DrawSample(period=period, value="1 2 3 4 5 6"))
        assert auditor(settled).ask(queries.samples, PLACE).samples == []

    def test_is_due_until_it_is_drawn(self, settled):
        assert settled.desk.by(GUEST).ask(queries.samples, PLACE).due == ["2026-Q1"]
        auditor(settled).act(service.draw_sample, PLACE, DRAW)
        assert settled.desk.by(GUEST).ask(queries.samples, PLACE).due == []

    def test_takes_a_rule(self, settled):
        with pytest.raises(DoorClosed):
            auditor(settled).act(service.draw_sample, "west", DRAW)
        elsewhere = replace(settled.staff[Role.AUDITOR], roles=frozenset({(Role.AUDITOR, "west")}))
        with pytest.raises(rules.NoTimeChecks):
            settled.desk.by(elsewhere).act(service.draw_sample, "west", DRAW)

    def test_is_judged_and_judged_anew_without_changing_time(self, settled):
        entry = auditor(settled).act(service.draw_sample, PLACE, DRAW).checks[0].entry
        found = auditor(settled).act(service.note_finding, PLACE, "2026-Q1", entry.id, RIGHT)
        assert (found.finding, found.reason, found.found_on) == ("right", RIGHT.reason, date(2026, 4, 1))
        wrong = NoteFinding(finding=rules.Finding.NOT_RIGHT, reason="Hij was met vakantie.")
        auditor(settled).act(service.note_finding, PLACE, "2026-Q1", entry.id, wrong)
        told = settled.desk.by(GUEST).ask(queries.samples, PLACE).samples[0]
        assert (told.right_count, told.not_right_count) == (0, 1)
        seen = settled.desk.by(settled.staff[Role.CHAIR]).ask(queries.drawn_time, PLACE, "2026-Q1", entry.id)
        assert (seen.finding, seen.may_note, seen.entry.state) == ("not_right", False, "settled")

    def test_is_judged_by_nobody_who_confirmed_it(self, settled):
        entry = auditor(settled).act(service.draw_sample, PLACE, DRAW).checks[0].entry
        confirmer = replace(settled.staff[Role.GUIDE], roles=frozenset({(Role.AUDITOR, PLACE)}))
        with pytest.raises(rules.OwnPart):
            settled.desk.by(confirmer).act(service.note_finding, PLACE, "2026-Q1", entry.id, RIGHT)

    def test_holds_nothing_that_was_not_drawn(self, settled):
        with pytest.raises(rules.SampleNotFound):
            auditor(settled).ask(queries.sample, PLACE, "2026-Q1")
        auditor(settled).act(service.draw_sample, PLACE, DRAW)
        with pytest.raises(rules.NotDrawn):
            auditor(settled).act(service.note_finding, PLACE, "2026-Q1", UUID(int=1), RIGHT)

    def test_shows_names_to_nobody_who_does_not_correct(self, settled):
        for who in (GUEST, settled.giver, settled.staff[Role.GUIDE], settled.staff[Role.COUNCIL]):
            with pytest.raises(DoorClosed):
                settled.desk.by(who).ask(queries.sample, PLACE, "2026-Q1")

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM time_check WHERE entry_id = (SELECT entry_id FROM time_check ORDER BY entry_id LIMIT 1)",
            "UPDATE time_entry SET settled_on = '2025-12-31' WHERE id IN (SELECT id FROM time_entry LIMIT 1)",
        ],
    )
    def test_that_was_changed_is_found(self, settled, statement):
        auditor(settled).act(service.draw_sample, PLACE, DRAW)
        tamper(settled.desk, statement)
        shown = look(settled.desk, lambda look: [str(fault) for fault in queries.check(look)])
        assert shown == ["reciprocity: sample oost 2026-Q1: is not what its seed draws"]

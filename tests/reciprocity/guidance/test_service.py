# SPDX-License-Identifier: EUPL-1.2
"""The contract of a young person with a guide: both sign, a parent agrees, either ends it, and then all is gone."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.reciprocity.guidance.conftest import PLACE, faults, kept
from tests.stores import beside, url_of
from tests.vouchers.conftest import state
from wijkbudget.app.due import advance_all
from wijkbudget.kit.actor import Role
from wijkbudget.reciprocity.guidance import queries, rules, service
from wijkbudget.reciprocity.guidance.rules import Consent
from wijkbudget.reciprocity.guidance.schemas import TellConsent, WriteNote
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours


class TestSigning:
    def test_makes_it_hold(self, young):
        made = young.propose("p-2")
        assert (made.is_running, made.is_guide, made.may_sign, made.needs_consent) == (False, True, False, False)
        sem = young.desk.by(young.who("p-2"))
        signed = sem.act(service.sign_guidance, PLACE, made.id)
        assert (signed.is_running, signed.signed_on) == (True, date(2026, 3, 2))
        with pytest.raises(rules.WrongState):
            sem.act(service.sign_guidance, PLACE, made.id)

    def test_takes_the_consent_of_a_parent_under_sixteen(self, young):
        made = young.propose("p-1")
        tess = young.desk.by(young.who("p-1"))
        for consent in (None, Consent.REFUSED):
            if consent:
                young.guide.act(service.tell_consent, PLACE, made.id, TellConsent(consent=consent))
            with pytest.raises(rules.ConsentMissing, match="parent"):
                tess.act(service.sign_guidance, PLACE, made.id)
        young.guide.act(service.tell_consent, PLACE, made.id, TellConsent(consent=Consent.GIVEN))
        assert tess.act(service.sign_guidance, PLACE, made.id).is_running
        taken_back = young.guide.act(service.tell_consent, PLACE, made.id, TellConsent(consent=Consent.REFUSED))
        assert (taken_back.is_running, young.desk.ask(faults)) == (False, [])

    def test_is_for_the_young_person_alone(self, young):
        made = young.propose("p-2")
        with pytest.raises(NotYours):
            young.desk.by(young.who("p-4")).act(service.sign_guidance, PLACE, made.id)
        with pytest.raises(DoorClosed):
            young.guide.act(service.sign_guidance, PLACE, made.id)


class TestProposing:
    def test_is_refused_and_changes_nothing(self, young):
        young.propose("p-2")
        before = young.desk.ask(state)
        for pseudonym, changed, refusal in (
            ("p-3", {}, rules.NotYoung),
            ("p-4", {}, rules.NotYoung),
            ("p-2", {}, rules.GuidanceThere),
            ("p-1", {"until_on": date(2026, 3, 2)}, rules.TooLong),
            ("p-1", {"until_on": date(2027, 3, 4)}, rules.TooLong),
        ):
            with pytest.raises(refusal):
                young.propose(pseudonym, **changed)
        assert young.desk.ask(state) == before

    def test_is_not_for_somebody_of_the_own_household(self):
        with pytest.raises(rules.OwnHousehold):
            rules.demand_apart(same_household=True)


class TestReading:
    def test_is_for_the_two_and_an_official_sees_only_that_it_is_there(self, young):
        made = young.agreed()
        for reader in (young.guide, young.desk.by(young.who("p-2"))):
            assert reader.ask(queries.guidance, PLACE, made.id).tasks == "Boodschappen doen."
            assert [each.id for each in reader.ask(queries.own_guidance, PLACE)] == [made.id]
        official = young.desk.by(young.staff[Role.OFFICIAL])
        (card,) = official.ask(queries.all_guidance, PLACE)
        assert (card.young_name, card.is_running, "tasks" in type(card).model_fields) == ("Sem Kaya", True, False)
        stranger = young.desk.by(young.who("p-1"))
        assert stranger.ask(queries.own_guidance, PLACE) == []
        for nobody in (official, young.desk.by(young.staff[Role.CHAIR])):
            with pytest.raises(DoorClosed):
                nobody.ask(queries.guidance, PLACE, made.id)
        with pytest.raises(NotYours):
            stranger.ask(queries.guidance, PLACE, made.id)


class TestNotes:
    def test_are_for_both_and_either_erases_one(self, young):
        made = young.agreed()
        for note in ("Ging goed.", "Kwam te laat."):
            shown = young.guide.act(service.write_note, PLACE, made.id, WriteNote(note=note))
        sem = young.desk.by(young.who("p-2"))
        late = next(note.id for note in shown.notes if note.note == "Kwam te laat.")
        left = sem.act(service.erase_note, PLACE, made.id, late)
        assert [note.note for note in left.notes] == ["Ging goed."]
        assert "laat" not in young.desk.ask(kept)
        with pytest.raises(rules.WrongState):
            young.guide.act(service.erase_note, PLACE, made.id, late)
        with pytest.raises(rules.NoteNotFound):
            young.guide.act(service.erase_note, PLACE, made.id, made.id)


class TestEnding:
    @pytest.mark.parametrize("by", ["guide", "young", "official"])
    def test_erases_all_that_was_said_whoever_does_it(self, young, by):
        made = young.agreed()
        young.guide.act(service.write_note, PLACE, made.id, WriteNote(note="Geheim."))
        actors = {"guide": young.staff[Role.GUIDE], "young": young.who("p-2"), "official": young.staff[Role.OFFICIAL]}
        young.desk.by(actors[by]).act(service.end_guidance, PLACE, made.id)
        assert not any(word in young.desk.ask(kept) for word in ("Geheim", "Boodschappen", "bel"))
        assert young.desk.by(young.staff[Role.OFFICIAL]).ask(queries.all_guidance, PLACE) == []
        with pytest.raises(rules.Ended):
            young.guide.act(service.write_note, PLACE, made.id, WriteNote(note="Nog iets."))
        assert young.agreed().is_running
        assert young.desk.ask(faults) == []

    def test_comes_by_itself_after_the_last_day(self, young, clock):
        made = young.agreed()
        clock.forward(days=120)
        advance_all(young.desk, PLACE)
        assert young.guide.ask(queries.guidance, PLACE, made.id).is_running
        clock.forward(days=1)
        advance_all(young.desk, PLACE)
        ended = young.guide.ask(queries.guidance, PLACE, made.id)
        assert (ended.is_running, ended.tasks, ended.ended_on) == (False, "", date(2026, 7, 1))


class TestTheProof:
    @pytest.mark.parametrize(
        "statement", ["UPDATE guidance SET has_consent = false", "UPDATE guidance_note SET note = 'x'"]
    )
    def test_finds_what_was_altered(self, young, statement):
        made = young.agreed()
        young.guide.act(service.write_note, PLACE, made.id, WriteNote(note="Geheim."))
        young.guide.act(service.end_guidance, PLACE, made.id)
        young.agreed()
        assert young.desk.ask(faults) == []
        with beside(url_of(young.desk), is_tampering=True) as connection:
            connection.execute(text(statement))
        assert len(young.desk.ask(faults)) > 0

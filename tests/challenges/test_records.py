# SPDX-License-Identifier: EUPL-1.2
"""A bid as others take it along: as a case of the standard, as a row, and as the entries of the public record."""

from pathlib import Path

import pytest

from tests.challenges.histories import brought
from wijkbudget.challenges.decisions.rules import OUTCOMES
from wijkbudget.challenges.records import queries
from wijkbudget.challenges.records.rules import BODIES, RESULTS, STATUS_TYPES, last_result, shortened
from wijkbudget.challenges.records.schemas import CaseFile
from wijkbudget.challenges.rules.bids import ChallengeNotFound
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.rules.tasks import Decider
from wijkbudget.kit.actor import GUEST, SYSTEM, Role
from wijkbudget.kit.fields import View
from wijkbudget.reports import queries as reports
from wijkbudget.reports.cases import queries as cases
from wijkbudget.trail.sealing import seal

PAGE = Path(__file__).parents[2] / "docs" / "zgw.md"


class TestTheNames:
    def test_stand_for_every_state_body_and_decision(self):
        assert set(STATUS_TYPES) == set(State)
        assert set(BODIES) == set(Decider)
        assert set(OUTCOMES) <= set(RESULTS)

    def test_are_told_one_by_one(self):
        told = PAGE.read_text()
        assert [alias for alias in _aliases(CaseFile) if f"`{alias}`" not in told] == []

    @pytest.mark.parametrize(
        ("moves", "found"),
        [
            ([Move.START, Move.SUBMIT], None),
            ([Move.START, Move.WITHDRAW], (1, "Ingetrokken")),
            ([Move.AWARD, Move.DRAFT], (0, "Toegewezen")),
            ([Move.REFUSE, Move.OBJECT, Move.REVISE], None),
            ([Move.REFUSE, Move.REVISE, Move.AWARD_PARTLY], (2, "Deels toegewezen")),
        ],
    )
    def test_of_a_result_follow_from_the_last_decision(self, moves, found):
        assert last_result(moves) == found

    def test_are_cut_off_where_the_standard_ends(self):
        assert shortened("a" * 80, 80) == "a" * 80
        assert shortened("a" * 79 + " b", 80) == "a" * 79 + "…"


class TestTheCaseFile:
    def test_tells_everybody_what_the_page_does(self, hood):
        case = brought(hood, Move.ASK_TO_COMPLETE)
        hood.clock.forward(days=1)
        told = hood.desk.by(GUEST).ask(queries.case_file, "oost", case.id).model_dump(mode="json", by_alias=True)
        assert (told["identificatie"], told["omschrijving"], told["zaaktype"]) == (
            str(case.id), "Wij maaien zelf", "Uitdaagrecht",
        )  # fmt: skip
        assert (told["registratiedatum"], told["einddatum"], told["resultaat"]) == ("2026-03-02", None, None)
        assert told["opschorting"] == {"indicatie": True, "reden": "Wie let op het verkeer?"}
        assert [each["statustype"] for each in told["statussen"]] == ["Ontvangen", "Onvolledig"]
        assert [(each["omschrijvingGeneriek"], each["naam"]) for each in told["rollen"]] == [
            ("initiator", None), ("initiator", None), ("behandelaar", None),
        ]  # fmt: skip

    def test_names_people_for_who_keeps_or_checks_it(self, hood):
        case = brought(hood, Move.TAKE_ON, Move.WITHDRAW)
        for actor in (hood.other_official, hood.staff[Role.AUDITOR]):
            told = hood.by(actor).ask(queries.case_file, "oost", case.id)
            assert all(role.name for role in told.roles)
        told = hood.by(hood.anna).ask(queries.case_file, "oost", case.id)
        assert {role.name for role in told.roles} == {None}
        assert (told.result.kind, told.result.reason) == ("Ingetrokken", "Wij hebben geen tijd.")
        assert told.ended_on == told.statuses[-1].set_at.date()

    def test_is_there_for_what_was_sent_in(self, hood):
        concept = hood.concept()
        with pytest.raises(ChallengeNotFound):
            hood.by(hood.anna).ask(queries.case_file, "oost", concept)


class TestTheRecord:
    def test_tells_each_step_with_its_proof(self, hood):
        case = brought(hood, Move.TAKE_ON)
        before = hood.desk.by(GUEST).ask(cases.recorded_case, "oost", case.id)
        assert {entry.is_sealed for entry in before.entries} == {False}
        hood.desk.by(SYSTEM).act(seal)
        told = hood.desk.by(GUEST).ask(cases.recorded_case, "oost", case.id)
        assert {entry.is_sealed for entry in told.entries} == {True}
        assert "A bid on a task was begun." in {str(entry.sentence) for entry in told.entries}
        proof = hood.desk.by(GUEST).ask(reports.line, "oost", told.entries[-1].id)
        assert proof.line.sentence == told.entries[-1].sentence
        (line,) = hood.desk.by(GUEST).ask(cases.recorded_cases, "oost").cases
        assert (line.entry_count, line.sealed_count) == (len(told.entries), len(told.entries))


class TestTheRows:
    def test_are_the_bids_that_were_sent_in(self, hood):
        hood.concept()
        challenge_id = hood.submitted()
        (row,) = hood.desk.by(GUEST).rows(reports.export, "oost", "challenges", None)
        assert (row.challenge_id, row.state, row.left_days) == (challenge_id, State.SUBMITTED, 57)


def _aliases(view: type[View]) -> list[str]:
    """Return every name that a view and those in it have in JSON."""
    schema = view.model_json_schema(by_alias=True, mode="serialization")
    parts = [schema, *schema.get("$defs", {}).values()]
    return [name for part in parts for name in part.get("properties", {})]

# SPDX-License-Identifier: EUPL-1.2
"""Nobody sees a code and a vote, nobody reads what somebody else entered, and nothing of it is left."""

import json
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError

from tests.stores import beside, url_of
from tests.voting.conftest import break_in
from wijkbudget.app.tables import METADATA
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.trail.events import kinds
from wijkbudget.voting.paper import queries
from wijkbudget.voting.paper.schemas import NextBallot, ProgressView

from .conftest import FIRST, RECEIVER, SECOND, THIRD, guide

PAPER = {name: table for name, table in METADATA.tables.items() if name.startswith("voting_paper_")}
AUDITOR = Actor(id="auditor", roles=frozenset({(Role.AUDITOR, None)}))
ENTRY = PAPER["voting_paper_entry"]


class TestTheTables:
    def test_join_an_entry_with_no_code_and_an_envelope_with_no_number(self):
        assert set(ENTRY.columns.keys()) == {
            "round_id",
            "voice_hundredths",
            "number",
            "seat",
            "place",
            "person",
            "marks",
            "spoiled",
        }
        assert set(PAPER["voting_paper_envelope"].columns.keys()) == {
            "code_hash",
            "round_id",
            "place",
            "voice_hundredths",
            "is_accepted",
        }

    def test_keep_no_moment(self):
        kept = [str(column.type) for table in PAPER.values() for column in table.columns]
        assert not [kind for kind in kept if "DATE" in kind or "TIME" in kind]

    @pytest.mark.parametrize("name", ["voting_paper_entry", "voting_paper_envelope"])
    def test_keep_no_order(self, name):
        assert METADATA.tables[name].dialect_options["sqlite"]["with_rowid"] is False

    def test_let_nobody_enter_a_ballot_twice_under_another_seat(self, vote):
        vote.ready_to_enter(1)
        vote.enter(FIRST, 1, "1")
        again = "INSERT INTO voting_paper_entry SELECT round_id, voice_hundredths, number, 'second', place, person,"
        with pytest.raises(IntegrityError):
            vote.desk.act(break_in, f"{again} marks, spoiled FROM voting_paper_entry")
        with pytest.raises(IntegrityError):
            vote.desk.act(
                break_in,
                "INSERT INTO voting_paper_worker SELECT round_id, person, place, 'second' FROM"
                " voting_paper_worker WHERE person = 'frans'",
            )


class TestWhoEnters:
    def asked(self, vote, person):
        """Return everything that somebody can be told about the paper before the seal, as one text."""
        ask = vote.desk.by(person).ask
        said = [ask(queries.paper_progress, "oost", vote.id), ask(queries.printed_ballot, "oost", vote.id)]
        if person is not AUDITOR:
            said.append(ask(queries.next_paper, "oost", vote.id, 100))
        return json.dumps([view.model_dump(mode="json") for view in said])

    def test_is_told_the_same_whatever_others_entered(self, vote):
        vote.ready_to_enter(3)
        for person in (RECEIVER, FIRST, SECOND, THIRD, guide("somebody"), AUDITOR):
            told = []
            for line in ("1 2", "4", "G"):
                vote.enter(SECOND if person is FIRST else FIRST, 1, line)
                told.append(self.asked(vote, person))
                vote.desk.act(break_in, "DELETE FROM voting_paper_entry")
            assert told == [told[0]] * 3

    def test_gets_views_without_marks(self):
        assert "marks" not in set(NextBallot.model_fields) | set(ProgressView.model_fields)

    def test_is_in_the_trail_by_seat_and_never_by_ballot(self):
        facts = {
            name
            for kind, event in kinds().items()
            if kind.startswith(("voting.Paper", "voting.Envelopes"))
            for name in event.__annotations__
        }
        assert facts == {"sentence", "seat", "returned", "accepted", "aside", "entered", "spoiled"}


class TestWhatIsLeft:
    def is_kept(self, vote):
        """Return whether a file holds what somebody entered by mistake; on PostgreSQL, anything that was entered."""
        url = make_url(url_of(vote.desk))
        vote.desk.database.wipe()
        if url.get_backend_name() == "sqlite":
            file = Path(url.database)
            return any(b'{"1":1,"2":1,"4":1}' in part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
        return vote.rows("SELECT pg_relation_size('voting_paper_entry')") != [(0,)]

    def test_is_no_entry_in_the_file_once_the_box_is_sealed(self, vote):
        vote.ready_to_enter(2)
        vote.both_enter(1, "1 2")
        vote.enter(FIRST, 2, "1 2 4")
        vote.enter(SECOND, 2, "3 4")
        vote.enter(THIRD, 2, "3 4")
        assert self.is_kept(vote)
        vote.balance()
        vote.close()
        assert not self.is_kept(vote)

    def test_is_no_code_once_the_envelopes_are_counted(self, vote):
        vote.everybody_takes_a_seat()
        vote.voting_ends()
        code = vote.letters()[0].code
        vote.receive(code)
        vote.end_receiving(1)
        assert vote.rows("SELECT count(*) FROM voting_paper_envelope") == [(0,)]

    def test_is_a_sheet_that_nobody_changes(self, vote):
        vote.ready_to_enter(0)
        vote.balance()
        for table in ("sheet", "return"):
            with pytest.raises(IntegrityError, match="append-only"):
                vote.desk.act(break_in, f"UPDATE voting_paper_{table} SET place = 'west'")


class TestTheProof:
    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            ("DELETE FROM voting_box WHERE marks LIKE '%3%'", "the box does not hold the ballots"),
            ("DELETE FROM voting_paper_sheet", "sealed without a sheet"),
            ("UPDATE voting_paper_return SET returned = 9", "does not hold the envelopes"),
            ("UPDATE voting_round SET with_paper = false", "on paper is not what was frozen"),
        ],
    )
    def test_finds_what_was_changed_behind_the_desk(self, vote, statement, fault):
        vote.ready_to_enter(2)
        vote.both_enter(1, "1 2")
        vote.both_enter(2, "3")
        vote.balance()
        vote.close()
        vote.count()
        assert vote.faults() == []
        with beside(url_of(vote.desk), is_tampering=True) as connection:
            connection.execute(text(statement))
        assert fault in " ".join(vote.faults())

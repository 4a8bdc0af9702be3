# SPDX-License-Identifier: EUPL-1.2
"""Nothing that is kept joins a resident with a ballot, or tells when a ballot came."""

import sqlite3
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import make_url, text

from tests.stores import beside, url_of
from wijkbudget.app.tables import METADATA
from wijkbudget.trail.events import kinds
from wijkbudget.trail.work import door_of
from wijkbudget.voting import seed, service
from wijkbudget.voting.schemas import CastBallot

from .conftest import CLOSES

BOX, REGISTER = METADATA.tables["voting_box"], METADATA.tables["voting_register"]


def everything(desk):
    """Return every row of every table as text, but the letters that still wait for the post."""
    with desk.database.read() as session:
        connection = session.connection()
        return {
            name: [
                tuple(value.hex if isinstance(value, UUID) else str(value) for value in row)
                for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')
            ]
            for name in METADATA.tables
            if name != "errand"
        }


def pages(file):
    """Return how ballots lie in a file of SQLite: how often each key is in it, and at which offset first."""
    with sqlite3.connect(file) as opened:
        keys = [key for (key,) in opened.execute("SELECT ballot_key FROM voting_box")]
    content = file.read_bytes()
    return [content.count(key.encode()) for key in keys], [content.find(key.encode()) for key in keys]


class TestTheSchema:
    def test_gives_the_box_only_what_a_tally_needs(self):
        assert set(BOX.columns.keys()) == {"ballot_key", "round_id", "voice_hundredths", "marks", "turn"}

    def test_gives_the_register_no_mark_and_no_moment(self):
        assert set(REGISTER.columns.keys()) == {
            "code_hash",
            "round_id",
            "place",
            "person",
            "voice_hundredths",
            "voted_on",
        }

    @pytest.mark.parametrize("table", [BOX, REGISTER], ids=["box", "register"])
    def test_keeps_no_order_of_rows(self, sqlite_store, table):
        with beside(sqlite_store.make()) as connection, pytest.raises(Exception, match="no such column: rowid"):
            connection.exec_driver_sql(f"SELECT rowid FROM {table.name}")

    def test_joins_box_and_register_by_nothing_but_round_and_voice(self, desk, vote):
        seed.vote(desk, vote.letters(), [seed.Choice(count=20, voice_hundredths=100, options=["1"])])
        kept = everything(desk)
        ballots = {value for row in kept["voting_box"] for value in row}
        voters = {value for row in kept["voting_register"] for value in row}
        assert ballots & voters == {vote.id.hex, "100"}


class TestCasting:
    def test_is_the_only_act_about_a_round_without_an_entry(self):
        # What a domain above calls in an act of its own has no door.
        verbs = set(service.__all__) - {"add_option", "succeed"}
        silent = {verb for verb in verbs if door_of(getattr(service, verb)).silent}
        assert silent == {"cast"}

    def test_needs_no_idempotency_key_and_keeps_no_answer(self, desk, vote):
        before = everything(desk)
        vote.cast(vote.letters()[0].code, "1")
        after = everything(desk)
        changed = {name for name, rows in after.items() if rows != before[name]}
        assert changed == {"voting_box", "voting_register"}

    def test_has_no_event(self):
        facts = {
            name for kind, event in kinds().items() if kind.startswith("voting.") for name in event.__annotations__
        }
        assert not facts & {"code", "marks", "receipt", "ballot_key", "voted_on"}

    def test_leaves_no_code_anywhere(self, desk, vote):
        code = vote.letters()[0].code
        vote.cast(code, "1")
        kept = str(everything(desk))
        assert code not in kept
        assert code.replace("-", "") not in kept


class TestTheBox:
    def cast_in(self, vote, order):
        codes = sorted(letter.code for letter in vote.letters())[:30]
        ballots = [CastBallot(code=codes[number], marks={str(1 + number % 4): 1}) for number in order]
        for ballot in ballots:
            seed.cast(vote.desk, [ballot])

    def test_lies_in_the_order_of_keys_after_the_close_and_nowhere_else(self, desk, vote):
        self.cast_in(vote, range(30))
        vote.close()
        desk.database.wipe()
        url = url_of(desk)
        if make_url(url).get_backend_name() == "sqlite":
            copies, offsets = pages(Path(make_url(url).database))
            # Cells are laid from the end of a page, so a sorted rewrite lies in falling order; the order of casting
            # would lie otherwise.
            assert set(copies) == {1}
            assert offsets == sorted(offsets) or offsets == sorted(offsets, reverse=True)
            return
        with beside(url) as connection:
            lying = connection.execute(text("SELECT ballot_key, xmin::text FROM voting_box ORDER BY ctid")).all()
        keys = [key for key, _act in lying]
        assert (len(keys), keys) == (30, sorted(keys))
        assert len({act for _key, act in lying}) == 1

    def test_publishes_the_same_whatever_the_order_of_voting(self, desk, vote):
        self.cast_in(vote, reversed(range(30)))
        vote.close()
        receipts = [ballot.receipt for ballot in vote.published().ballots]
        assert receipts == sorted(receipts)
        assert vote.faults() == []

    def test_tells_the_day_to_the_register_only(self, desk, vote):
        self.cast_in(vote, range(3))
        assert not [row for row in everything(desk)["voting_box"] if CLOSES.isoformat()[:4] in row[3]]

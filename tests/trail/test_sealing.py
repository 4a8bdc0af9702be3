# SPDX-License-Identifier: EUPL-1.2
"""Sealing and proof: every entry gets a place, and any edit shows."""

import threading

import pytest
from sqlalchemy import text

from tests.conftest import NOW
from tests.ledger.test_ledger import POT, post, transfer
from tests.stores import beside, url_of
from tools import check_entry
from wijkbudget.kit.actor import Role, may
from wijkbudget.ledger import chart
from wijkbudget.trail import merkle, queries, sealing
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.keyring import is_signed
from wijkbudget.trail.work import Look, question


@question(may(Role.SYSTEM), municipal=True)
def faults(look: Look) -> list[str]:
    return [str(fault) for fault in queries.check(look)]


_INTRUDER = (
    "INSERT INTO trail_entry"
    " SELECT '00000000000000000000000000000001', at, kind, place, subject, facts, hidden, salt, hidden_hash"
    " FROM trail_entry LIMIT 1"
)


def deposits(desk: Desk, *numbers: int) -> None:
    for number in numbers:
        desk.act(post, "oost", transfer(chart.MUNICIPALITY, POT, 100 + number, f"grant {number}"))


class TestSeal:
    def test_gives_each_entry_one_position_and_signs_the_root(self, desk: Desk) -> None:
        deposits(desk, 1, 2, 3)
        assert desk.act(sealing.seal) == 3
        assert desk.act(sealing.seal) == 0
        deposits(desk, 4, 5)
        assert desk.act(sealing.seal) == 2
        newest = desk.ask(queries.checkpoint)
        assert newest is not None
        assert newest.size == 5
        note = sealing.note(5, bytes.fromhex(newest.root), NOW)
        assert is_signed(note, bytes.fromhex(newest.signature), newest.public_key)
        assert not is_signed(note + b" ", bytes.fromhex(newest.signature), newest.public_key)
        assert [entry.position for entry in desk.ask(queries.entries, "oost")] == [4, 3, 2, 1, 0]
        assert desk.ask(faults) == []

    def test_proves_that_an_entry_stands_in_the_log(self, desk: Desk) -> None:
        deposits(desk, *range(7))
        desk.act(sealing.seal)
        for entry in desk.ask(queries.entries, "oost"):
            shown = desk.ask(queries.proof, "oost", entry.id)
            assert shown.entry.position is not None
            assert merkle.leaf_hash(shown.text.encode()).hex() == shown.leaf
            assert check_entry.is_included(
                bytes.fromhex(shown.leaf),
                shown.entry.position,
                shown.checkpoint.size,
                [bytes.fromhex(step) for step in shown.proof],
                bytes.fromhex(shown.checkpoint.root),
            )

    def test_shows_nothing_of_another_neighbourhood(self, desk: Desk) -> None:
        deposits(desk, 1)
        desk.act(sealing.seal)
        entry = desk.ask(queries.entries, "oost")[0]
        assert desk.ask(queries.entries, "west") == []
        with pytest.raises(queries.EntryNotFound):
            desk.ask(queries.proof, "west", entry.id)

    def test_skips_nothing_that_was_committed_while_another_act_was_open(self, desk: Desk) -> None:
        gate = threading.Event()
        held = desk.database.submit(lambda _session: gate.wait(10))
        late = [desk.submit(post, "oost", transfer(chart.MUNICIPALITY, POT, 1, f"late {n}")) for n in range(3)]
        sealed = desk.submit(sealing.seal)
        gate.set()
        assert held.result()
        assert [future.result() for future in late] == [None, None, None]
        assert sealed.result() + desk.act(sealing.seal) == 3
        assert len(desk.ask(queries.entries, "oost")) == 3


class TestCheck:
    @pytest.mark.parametrize(
        ("tampering", "fault"),
        [
            ("UPDATE trail_entry SET facts = replace(facts, '101', '901')", "is not what was sealed"),
            ("UPDATE trail_entry SET hidden = '{}'", "is not what was sealed"),
            ("UPDATE trail_entry SET hidden_hash = 'ab'", "is not what was sealed"),
            ("DELETE FROM trail_leaf WHERE position = 1", "is missing"),
            ("UPDATE trail_checkpoint SET at = '2020-01-01 00:00:00'", "its signature is not ours"),
            ("UPDATE trail_checkpoint SET root = frontier", "its root is not the root of the entries"),
            ("DELETE FROM trail_checkpoint", "have no checkpoint"),
            (_INTRUDER, "some have no position"),
        ],
    )
    def test_names_what_was_tampered_with(self, desk: Desk, tampering: str, fault: str) -> None:
        deposits(desk, 1, 2, 3)
        desk.act(sealing.seal)
        with beside(url_of(desk), is_tampering=True) as connection:
            connection.execute(text(tampering))
        assert fault in desk.ask(faults)[0]

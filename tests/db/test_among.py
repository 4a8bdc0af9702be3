# SPDX-License-Identifier: EUPL-1.2
"""One statement for however many texts, on the engine the tests run on."""

import pytest
from sqlmodel import Session, col, select

from tests.stores import CHOSEN, statements
from wijkbudget.db.among import Among
from wijkbudget.db.prepared import Prepared
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.models import WrongTry

TRIED = Prepared(select(col(WrongTry.peer)).where(Among(col(WrongTry.peer), "peers"), col(WrongTry.count) == 1))


class TestAmong:
    @pytest.mark.parametrize(
        ("peers", "found"), [([], []), (["b"], ["b"]), (["c", "a", "none", "a"], ["a", "c"]), (['"', "b, c"], ['"'])]
    )
    def test_finds_those_that_are_there(self, desk: Desk, peers: list[str], found: list[str]) -> None:
        def job(session: Session) -> None:
            session.add_all([WrongTry(peer=peer, window_number=1, count=1) for peer in ("a", "b", "c", '"')])

        desk.database.submit(job).result()
        with desk.database.read() as session:
            assert sorted(peer for (peer,) in TRIED.all(session, peers=peers)) == found

    @pytest.mark.skipif(CHOSEN != "sqlite", reason="asks SQLite how it will look")
    def test_looks_in_the_index(self, desk: Desk) -> None:
        with desk.database.read() as session:
            with statements() as asked:
                TRIED.all(session, peers=["a"])
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[-1]}", ('["a"]', 1)).all()
        assert plan[0][3].startswith("SEARCH wrong_try USING INDEX")

# SPDX-License-Identifier: EUPL-1.2
"""Statements that are compiled once: they say and give back what Core would, on the engine the tests run on."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, insert, select, text

from wijkbudget.db import changes
from wijkbudget.db.prepared import Prepared
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.models import Errand

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WRITE = Prepared(insert(Errand))
READ = Prepared(select(col(Errand.id), col(Errand.made_at), col(Errand.done_at)).order_by(col(Errand.kind)))
READ_LISTS = Prepared(select(col(Errand.id), col(Errand.payload)).order_by(col(Errand.kind)))
READ_ONE = Prepared(select(col(Errand.kind)).where(col(Errand.id) == bindparam("id"), col(Errand.payload) == "{}"))
FORGET = Prepared(text("UPDATE errand SET payload = '' WHERE kind = :kind"))


def errand(number: int) -> dict[str, object]:
    return {"id": UUID(int=number), "kind": f"kind {number}", "payload": "{}", "made_at": AT, "done_at": None}


class TestPrepared:
    def test_takes_values_in_and_gives_them_back_as_their_types_say(self, desk: Desk) -> None:
        desk.database.submit(lambda session: WRITE.change(session, errand(1))).result()
        with desk.database.read() as session:
            assert READ.all(session) == [(UUID(int=1), AT, None)]
            assert session.exec(select(Errand.made_at)).all() == [AT]

    def test_knows_the_constants_of_its_statement(self, desk: Desk) -> None:
        desk.database.submit(lambda session: WRITE.change(session, errand(1))).result()
        with desk.database.read() as session:
            assert READ_ONE.first(session, id=UUID(int=1)) == ("kind 1",)
            assert READ_ONE.first(session, id=UUID(int=2)) is None

    def test_counts_the_rows_it_changed(self, desk: Desk) -> None:
        def job(session: Session) -> tuple[int, int, int]:
            written = WRITE.change(session, errand(1), errand(2), errand(3))
            return written, FORGET.change(session, {"kind": "kind 2"}), FORGET.change(session, {"kind": "none"})

        assert desk.database.submit(job).result() == (3, 1, 0)

    def test_tells_that_it_changed_something(self, desk: Desk) -> None:
        def job(session: Session) -> tuple[bool, bool]:
            READ.all(session)
            before = changes.has_changed(session.connection())
            WRITE.change(session, errand(1))
            return before, changes.has_changed(session.connection())

        assert desk.database.submit(job).result() == (False, True)

    def test_makes_something_of_a_row_once_and_anew_when_the_row_changed(self, desk: Desk) -> None:
        desk.database.submit(lambda session: WRITE.change(session, errand(1), errand(2))).result()
        with desk.database.read() as session:
            before, again = READ_LISTS.each(session, list), READ_LISTS.each(session, list)
        assert before == [[UUID(int=1), "{}"], [UUID(int=2), "{}"]]
        assert [one is other for one, other in zip(before, again, strict=True)] == [True, True]
        desk.database.submit(lambda session: FORGET.change(session, {"kind": "kind 2"})).result()
        with desk.database.read() as session:
            after = READ_LISTS.each(session, list)
        assert after == [[UUID(int=1), "{}"], [UUID(int=2), ""]]
        assert after[0] is before[0]

    def test_is_refused_in_the_words_of_sqlalchemy(self, desk: Desk) -> None:
        with pytest.raises(IntegrityError):
            desk.database.submit(lambda session: WRITE.change(session, errand(1), errand(1))).result()
        with desk.database.read() as session:
            assert READ.all(session) == []

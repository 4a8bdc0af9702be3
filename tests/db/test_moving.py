# SPDX-License-Identifier: EUPL-1.2
"""A row is changed only while it is as it was read."""

from uuid import UUID

import pytest
from sqlmodel import Session

from tests.conftest import NOW
from wijkbudget.db.moving import ChangedMeanwhile, move
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.models import Errand


def errand(session: Session) -> Errand:
    row = Errand(id=UUID(int=1), kind="letter", payload="{}", made_at=NOW)
    session.add(row)
    session.flush()
    return row


class TestMove:
    def test_changes_what_is_still_as_it_was_read(self, desk: Desk) -> None:
        def job(session: Session) -> str:
            row = errand(session)
            move(session, row, ("kind",), payload="[]")
            session.refresh(row)
            return row.payload

        assert desk.database.submit(job).result() == "[]"

    def test_is_refused_when_somebody_else_was_first(self, desk: Desk) -> None:
        def job(session: Session) -> str:
            row = errand(session)
            session.connection().exec_driver_sql("UPDATE errand SET kind = 'other'")
            with pytest.raises(ChangedMeanwhile):
                move(session, row, ("kind",), payload="[]")
            session.refresh(row)
            return row.payload

        assert desk.database.submit(job).result() == "{}"

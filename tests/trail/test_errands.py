# SPDX-License-Identifier: EUPL-1.2
"""Errands: left in the act, many at once, run after it and emptied."""

from wijkbudget.kit.actor import Role, may
from wijkbudget.trail import errands
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Work, verb


@verb(may(Role.SYSTEM), municipal=True, silent="a test leaves errands")
def leave(work: Work, count: int) -> None:
    work.leave(work.errand_rows("letter", ({"code": str(number)} for number in range(count))))


class TestErrands:
    def test_wait_until_they_are_run_and_carry_nothing_after(self, desk: Desk) -> None:
        desk.act(leave, 1_200)
        waiting = desk.ask(errands.waiting, 5_000)
        assert sorted(int(errand.payload["code"]) for errand in waiting) == list(range(1_200))
        desk.act(errands.finish, [errand.id for errand in waiting])
        assert desk.ask(errands.waiting) == []
        with desk.database.read() as session:
            payloads = session.connection().exec_driver_sql("SELECT DISTINCT payload FROM errand").scalars().all()
        assert payloads == ["{}"]

    def test_may_be_none(self, desk: Desk) -> None:
        desk.act(leave, 0)
        assert desk.ask(errands.waiting) == []

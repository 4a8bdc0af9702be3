# SPDX-License-Identifier: EUPL-1.2
"""Empties what the desk kept to answer repeats; nobody repeats a command after days, and answers hold names."""

from datetime import timedelta
from typing import cast

from sqlalchemy import CursorResult
from sqlmodel import col, delete

from wijkbudget.kit.actor import Role, may
from wijkbudget.trail.models import KeptAnswer, WrongTry
from wijkbudget.trail.tries import WINDOWS_KEPT, current_window
from wijkbudget.trail.work import Work, verb

KEPT = timedelta(days=2)
"""Choice: ours; a browser or a machine that lost an answer asks again within hours."""


@verb(may(Role.SYSTEM), municipal=True, silent="what was answered stands in the trail already")
def forget(work: Work) -> int:
    """Forget answers that nobody will ask for again, and tries of more than an hour ago; return how many."""
    old = (
        delete(KeptAnswer).where(col(KeptAnswer.at) < work.now - KEPT),
        delete(WrongTry).where(col(WrongTry.window_number) <= current_window(work) - WINDOWS_KEPT),
    )
    connection = work.session.connection()
    return sum(cast("CursorResult[tuple[()]]", connection.execute(statement)).rowcount for statement in old)

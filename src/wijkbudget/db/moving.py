# SPDX-License-Identifier: EUPL-1.2
"""Changes one row, and only while it is as it was read."""

from typing import Any

from sqlmodel import Session, update

from wijkbudget.db.types import Table
from wijkbudget.kit.errors import Conflict
from wijkbudget.kit.text import _


class ChangedMeanwhile(Conflict):
    """Something else happened to it at the same moment."""


def move(session: Session, row: Table, as_read: tuple[str, ...], **values: Any) -> None:
    """Change a row, if these columns are still what was read. Raises ChangedMeanwhile if they are not."""
    table = type(row)
    same = [getattr(table, name) == getattr(row, name) for name in ("id", *as_read)]
    if session.exec(update(table).where(*same).values(**values)).rowcount != 1:
        raise ChangedMeanwhile(_("Something just changed here. Look at it once more."))

# SPDX-License-Identifier: EUPL-1.2
"""The table of mandates."""

from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from wijkbudget.db.types import Table, id_column


class Mandate(Table, table=True):
    """Somebody votes for another; who they are is forgotten with who voted."""

    __tablename__ = "voting_mandate"
    __table_args__ = (
        UniqueConstraint("round_id", "giver"),
        # The limit for each proxy holds in the database too, whoever writes at the same time.
        UniqueConstraint("round_id", "proxy", "seat"),
        CheckConstraint("seat BETWEEN 1 AND 2", name="few"),
        CheckConstraint("giver <> proxy", name="another"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"giver", "proxy"})

    id: UUID = Field(sa_column=id_column())
    round_id: UUID = Field(foreign_key="voting_round.id")
    place: str
    giver: str | None = None
    proxy: str | None = None
    seat: int
    """Which of the proxy's mandates it is."""

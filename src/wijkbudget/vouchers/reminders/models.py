# SPDX-License-Identifier: EUPL-1.2
"""The table of reminders: each letter by which a group was asked to account for its money."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, moment


class AccountReminder(Table, table=True):
    """A letter that asks a group to account for its money; a later one gives it more time."""

    __tablename__ = "account_reminder"
    __table_args__ = (CheckConstraint("until > due_on", name="gives_time"),)
    personal: ClassVar[frozenset[str]] = frozenset({"reminded_by"})

    voucher_id: UUID = Field(foreign_key="voucher.id", primary_key=True)
    until: date = Field(primary_key=True)
    due_on: date
    reminded_by: str
    reminded_at: datetime = Field(sa_column=moment())


append_only(AccountReminder)

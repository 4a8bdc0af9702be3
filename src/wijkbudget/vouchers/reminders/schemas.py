# SPDX-License-Identifier: EUPL-1.2
"""What reminders are asked and answer."""

from datetime import date
from uuid import UUID

from wijkbudget.kit.fields import Command, Day, View


class RemindGroup(Command):
    """Ask a group by letter to account for its money, until a day."""

    until: Day
    """The last day on which it can do so before the money is settled without it."""


class ReminderView(View):
    """What a group was asked by letter."""

    voucher_id: UUID
    due_on: date
    """The day on which it should have accounted for its money."""
    until: date
    reminded_on: date

# SPDX-License-Identifier: EUPL-1.2
"""Who may reach the books themselves; all else goes through the verbs of the domains above."""

from wijkbudget.kit.actor import Role, may

EXPIRE = may(Role.SYSTEM)
"""Reservations end by the calendar."""

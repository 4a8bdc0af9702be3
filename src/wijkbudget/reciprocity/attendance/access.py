# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with the list at the door."""

from wijkbudget.kit.actor import Role, may

LOOK = may(Role.GUEST)
"""Whoever has the code stands at the door, or knows somebody who does; it shows nobody's name."""

KEEP = may(own=(Role.RESIDENT, Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL))
"""The list is kept by those who may confirm time on the task, whatever else they are."""

BE_THERE = may(Role.RESIDENT)
"""People sign in and out themselves, with their own login."""

# SPDX-License-Identifier: EUPL-1.2
"""Who may see how much time a neighbourhood gives."""

from wijkbudget.kit.actor import Role, may

LOOK = may(Role.GUEST)
"""No number in it is about few people, so everybody sees what the council and the auditor see."""

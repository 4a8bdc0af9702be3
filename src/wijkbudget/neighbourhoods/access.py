# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with the municipality, its policy and its grants."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""What was decided and granted is public."""

FOUND = may(Role.SYSTEM, Role.ADMINISTRATOR)
"""Once, by whoever keeps the house."""

ADOPT_POLICY = may(Role.ADMINISTRATOR, Role.SYSTEM)
"""The administrator enters what the council or municipality decided, and cites the decision; or by the command line."""

GRANT = may(Role.OFFICIAL)
"""The municipality gives the money."""

CARRY_OVER = may(Role.OFFICIAL, Role.CHAIR)
"""Which of the two, the policy of the neighbourhood says."""

HAND_BACK = may(Role.CASHIER)
"""Whoever pays also pays back."""

# SPDX-License-Identifier: EUPL-1.2
"""Who may see which shares; nobody may give, take or hand on any (invariant SH4)."""

from wijkbudget.kit.actor import Role, may

GRANT = may(Role.SYSTEM)
"""Who gets a share follows from the register and the policy; nobody chooses. So do years and lapses."""

SEE_TOTALS = may(Role.GUEST)
"""How many there are is public."""

SEE_OWN = may(Role.RESIDENT)
"""Everybody sees their own, with the reasons."""

SEE_REGISTER = may(Role.COUNCIL, Role.CHAIR, Role.AUDITOR)
"""A list of names, and of how long people live here, is for those who answer for it."""

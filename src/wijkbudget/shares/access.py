# SPDX-License-Identifier: EUPL-1.2
"""Who may see which shares and decide about them; nobody may sell, buy or hand on any (invariant SH4)."""

from wijkbudget.kit.actor import Role, may

GRANT = may(Role.SYSTEM)
"""Who gets a share follows from the register and the policy; nobody chooses. So do years and lapses."""

SEE_TOTALS = may(Role.GUEST)
"""How many there are is public."""

SEE_OWN = may(Role.RESIDENT)
"""Everybody sees their own, with the reasons."""

SEE_REGISTER = may(Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, Role.AUDITOR)
"""A list of names, and of how long people live here, is for those who answer for it."""

HAND_BACK = may(Role.RESIDENT)
"""Only the holder, and only to the neighbourhood."""

REVIEW = may(Role.OFFICIAL)
"""Who looks into it when something seems wrong; the rules keep them away from shares of their own household."""

CARRY_OUT = may(Role.CHAIR)
"""The chair carries out what the council decided by the neighbourhood contract."""

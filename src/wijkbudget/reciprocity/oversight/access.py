# SPDX-License-Identifier: EUPL-1.2
"""Who may look at rings and samples, and who draws and judges."""

from wijkbudget.kit.actor import Role, may

LOOK_CLOSER = may(Role.AUDITOR)
"""Who confirms whom says much about people, so only the audit committee sees rings, and says what it made of them."""

DRAW = may(Role.AUDITOR)
"""The audit committee draws and judges, and changes no time itself."""

SEE_SAMPLE = may(Role.AUDITOR, Role.CHAIR, Role.OFFICIAL)
"""The chair and officials correct time that was found not right, so they see what was found."""

LOOK = may(Role.GUEST)
"""How the lots were drawn is public, and whose time was drawn is not."""

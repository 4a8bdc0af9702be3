# SPDX-License-Identifier: EUPL-1.2
"""Who reads an agreement, who writes it, and who signs it for each side."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""An agreement that holds is public; before that the queries keep it for its two sides and the auditor."""

WRITE = may(Role.OFFICIAL)
"""The case worker writes it; the group says what it thinks of it and signs it or not."""

SIGN = may(own=(Role.RESIDENT,))
"""For the group: one of those who stand behind the bid."""

ENTER_INTO = may(Role.OFFICIAL)
"""For the municipality: the official who decides, never the case worker."""

SEES_DRAFTS = frozenset({Role.OFFICIAL, Role.AUDITOR})
"""Who reads an agreement that nobody signed yet, besides the group."""

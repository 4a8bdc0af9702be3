# SPDX-License-Identifier: EUPL-1.2
"""Who tells how the work of a bid goes, who answers about it, and who decides how it goes on."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""How a task of everybody is done is public; nobody is named."""

REPORT = may(own=(Role.RESIDENT,))
"""Reporting and giving the task back: whoever stands behind the bid."""

TELL = may(Role.OFFICIAL, own=(Role.RESIDENT,))
"""What both sides do, each for itself: the group, and the case worker for the municipality."""

ANSWER = may(Role.RESIDENT)
"""Whoever lives here answers for themselves; the rules keep the group itself away."""

HANDLE = may(Role.OFFICIAL)
"""Officials; the rules tell the case worker from who decides."""

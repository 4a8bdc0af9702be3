# SPDX-License-Identifier: EUPL-1.2
"""Who may sign, add papers to a bid, read them and count what stands on them."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""How many are for it and against it; never who."""

SIGN = may(Role.RESIDENT)
"""Who lives here."""

ATTACH = may(own=(Role.RESIDENT,))
"""Whoever stands behind the bid."""

PAPERS = may(Role.OFFICIAL, Role.GUIDE, Role.AUDITOR, own=(Role.RESIDENT,))
"""Names can stand on them: who works on it, who counts them, and the group that showed them."""

COUNT = may(Role.OFFICIAL, Role.GUIDE)
"""Two people, who see nothing of what the other counted."""

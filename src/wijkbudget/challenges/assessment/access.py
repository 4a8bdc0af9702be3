# SPDX-License-Identifier: EUPL-1.2
"""Who looks into a bid, who answers what is found, and who reads it."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""Everybody reads how far it is; what was said and found is for the group, officials and auditors."""

ASSESS = may(Role.OFFICIAL)
"""The case worker; the rules keep everybody else away."""

SEND_BACK = may(Role.OFFICIAL)
"""Who decides; the rules keep away who ever worked on it."""

GROUP = may(own=(Role.RESIDENT,))
"""Agreeing that the time stands still, and answering: whoever stands behind the bid."""

SEES = frozenset({Role.OFFICIAL, Role.AUDITOR})
"""Who reads the checklist, and all that was said, without being of the group."""

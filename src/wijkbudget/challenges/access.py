# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with tasks of the municipality and bids on them."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""The list of tasks and every bid that was sent in are public; the queries keep a concept for its group."""

LIST = may(Role.OFFICIAL)
"""The municipality says which of its tasks can be challenged."""

START = may(Role.RESIDENT)
"""Bids come from who lives here."""

GROUP = may(own=(Role.RESIDENT,))
"""Writing, inviting, sending in and taking back: whoever stands behind the bid."""

ANSWER = may(Role.RESIDENT)
"""The link of an invitation says to which bid; a resident answers for themselves."""

HANDLE = may(Role.OFFICIAL)
"""Officials; the rules keep away who has an interest."""

CASES = may(Role.OFFICIAL, Role.AUDITOR)
"""What the municipality still has to answer, and by when."""

DUE = may(Role.SYSTEM)
"""What the clock of the house does by itself."""

OBJECT = may(Role.RESIDENT)
"""Whoever a decision touches; the rules look at the interest."""

# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with decisions about bids."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""What was decided about a bid, by which body and why, is public; who wrote it down is not told."""

DECIDE = may(Role.OFFICIAL)
"""An official who acts for the body that decides; the rules keep away who worked on the bid or has an interest."""

MAKE_KNOWN = may(Role.OFFICIAL)
"""Who has letters sent says on which day they went out."""

COLLECT = may(own=(Role.RESIDENT,))
"""Only whom a decision is for can take it."""

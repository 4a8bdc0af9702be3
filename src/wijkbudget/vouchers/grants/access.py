# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with decisions about money."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, Role.CASHIER, Role.AUDITOR, own=(Role.RESIDENT,))
"""A decision is a letter: whom it is for reads it, and who decides, pays or checks. The trail says that it is there."""

LIST = may(Role.GUEST)
"""Everybody gets those that they may read: for a guest that is none."""

MAKE_KNOWN = may(Role.OFFICIAL, Role.CHAIR)
"""Who has letters sent says on which day they went out."""

COLLECT = may(own=(Role.RESIDENT,))
"""Only whom a decision is for can take it."""

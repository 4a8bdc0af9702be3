# SPDX-License-Identifier: EUPL-1.2
"""Who may read and do what with paper ballots."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""The ballot to print is for everybody, for only a code lets it count; so is the sheet, after the count."""

WORK = may(Role.OFFICIAL, Role.GUIDE)
"""Choice: members of the neighbourhood council take no part, because they decide on the outcome."""

FOLLOW = may(Role.OFFICIAL, Role.GUIDE, Role.AUDITOR)
"""How far it is, in numbers; nobody reads what somebody entered."""

BALANCE = may(Role.OFFICIAL)
"""The paper goes into the box."""

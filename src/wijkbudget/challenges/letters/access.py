# SPDX-License-Identifier: EUPL-1.2
"""Who may read letters about bids."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.OFFICIAL, Role.AUDITOR, own=(Role.RESIDENT,))
"""A letter is for the group; who works on the bid, decides about it or checks that reads it too."""

SEND = may(Role.SYSTEM)
"""The house itself lays letters down for the post room."""

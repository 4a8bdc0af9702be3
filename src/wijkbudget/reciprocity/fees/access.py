# SPDX-License-Identifier: EUPL-1.2
"""Who sees what somebody received for their time, and who tells of what came from elsewhere."""

from wijkbudget.kit.actor import Role, may

SEE = may(Role.OFFICIAL, Role.CASHIER, own=(Role.RESIDENT,))
"""It is income of one person: they see it, and whoever pays; not the council, and not the neighbours."""

TELL = may(Role.OFFICIAL, own=(Role.RESIDENT,))
"""Only the person knows what another organisation gave; an official writes it down for who asks at the desk."""

# SPDX-License-Identifier: EUPL-1.2
"""Who writes a neighbourhood contract, who agrees to it, and who says what became of it."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""What parties promise a neighbourhood is public; it names organisations and no persons."""

WRITE = may(Role.CHAIR, Role.OFFICIAL)
"""The council and the municipality write the text; nothing in it holds before every party agreed."""

ACT = may(own=(Role.RESIDENT, Role.CHAIR, Role.OFFICIAL))
"""For a party: the chair for the council, an official for the municipality, members for their organisation."""

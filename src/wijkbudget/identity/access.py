# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with people, roles, logins and organisations."""

from wijkbudget.kit.actor import Role, may

EVERYBODY = may(Role.GUEST)
"""Logging in, logging out, asking for a letter; and organisations, which are public."""

IMPORT = may(Role.ADMINISTRATOR, Role.SYSTEM)
"""The register covers every neighbourhood, so this takes the role in the whole municipality."""

COUNTS = may(Role.OFFICIAL, Role.ADMINISTRATOR, Role.GUIDE, Role.AUDITOR, Role.SYSTEM)
"""How many people live where; no names."""

SEARCH = may(Role.OFFICIAL, Role.ADMINISTRATOR, Role.GUIDE)
"""Finding somebody takes the whole address, so that nobody can leaf through the register. An auditor has no need."""

PROVE = may(Role.OFFICIAL, Role.ADMINISTRATOR, Role.SYSTEM)
"""Who meets people at the desk; the rules keep the codes and second steps of role holders for an administrator."""

SEND_CODE = may(Role.OFFICIAL, Role.ADMINISTRATOR, Role.GUIDE)
"""A guide helps people who have no computer; the letter goes to the registered address whoever asks."""

GIVE_ROLES = may(Role.ADMINISTRATOR, Role.SYSTEM)
"""Roles in one neighbourhood; the house gives the first ones."""

READ_ROLES = may(Role.ADMINISTRATOR, Role.AUDITOR, Role.SYSTEM)
"""Who held which role when; the members of the council are public, on the page of the council."""

HOUSE = may(Role.SYSTEM)
"""Only the house: domains above ask inside their own acts, seeds and the command line ask by itself."""

ORGANISE = may(Role.RESIDENT)
"""A guest reads; starting, joining and leaving take a proved resident."""

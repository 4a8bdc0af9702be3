# SPDX-License-Identifier: EUPL-1.2
"""Who may hold, read and vote in rounds."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""Rounds, sealed ballots and outcomes are public."""

PREPARE = may(Role.OFFICIAL, Role.SYSTEM)
"""An official sets the days; options come from the domains above."""

MOVE = may(Role.OFFICIAL, Role.SYSTEM)
"""The calendar moves a round; an official may do so by hand on the same days. Nobody can do it on another day."""

IMPORT = may(Role.OFFICIAL, Role.ADMINISTRATOR, Role.SYSTEM)
"""A vote that was held elsewhere, for the record."""

REPLACE = may(Role.OFFICIAL, own=(Role.RESIDENT,))
"""A lost letter; the new code goes to the registered address, never to whoever asks."""

OWN_VOTE = may(own=(Role.RESIDENT,))
"""Whether a vote was cast in somebody's name is for that person alone; not even an auditor reads it."""

CAST = may(Role.GUEST)
"""The voting code opens the ballot and nothing else; who is asking is never looked at."""

# SPDX-License-Identifier: EUPL-1.2
"""Who may hold, read and vote in rounds."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""Rounds, sealed ballots and outcomes are public."""

PREPARE = may(Role.OFFICIAL, Role.SYSTEM)
"""An official sets the days; options come from the domains above."""

LIMIT = may(Role.OFFICIAL, Role.CHAIR)
"""An official sees which plans stand in each other's way; what a theme may cost is a choice of the council."""

MOVE = may(Role.OFFICIAL, Role.SYSTEM)
"""The calendar moves a round; an official may do so by hand on the same days. Nobody can do it on another day."""

DRAW = may(Role.OFFICIAL)
"""What came out of the announced draw; everybody could see it, so everybody can see whether it was filled in right."""

ASK_VOTERS = may(Role.AUDITOR)
"""A few voters by lot, and never somebody who is chosen; whoever holds the vote does not ask about it. Each look stands
in the public record."""

IMPORT = may(Role.OFFICIAL, Role.ADMINISTRATOR, Role.SYSTEM)
"""A vote that was held elsewhere, for the record."""

REPLACE = may(Role.OFFICIAL, own=(Role.RESIDENT,))
"""A lost letter; the new code goes to the registered address, never to whoever asks."""

LETTERS = may(Role.OFFICIAL)
"""Files of letters hold addresses and codes: who prints and sends them, and nobody else, not the house either."""

HAND = may(Role.OFFICIAL)
"""Who meets people at the desk, and saw an identity document."""

MANDATE = may(Role.OFFICIAL)
"""Who meets both people at the desk, and saw their identity documents."""

REPORT_STOLEN = may(Role.OFFICIAL, own=(Role.RESIDENT,))
"""Somebody else voted with a code: its owner says so, alone or at the desk."""

OWN_VOTE = may(own=(Role.RESIDENT,))
"""Whether a vote was cast in somebody's name is for that person alone; not even an auditor reads it."""

MAIL = may(Role.RESIDENT)
"""Your own code, to an address that you proved to be yours; there is no way to ask for somebody else's."""

CAST = may(Role.GUEST)
"""The voting code opens the ballot and nothing else; who is asking is never looked at."""

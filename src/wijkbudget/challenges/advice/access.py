# SPDX-License-Identifier: EUPL-1.2
"""Who looks at procurement and state aid, and who advises about a bid."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""What a council advises is public, as every decision of it is."""

ASSESS = may(Role.OFFICIAL)
"""The case worker; the rules keep away who has an interest, and every other official."""

DECLARE = may(own=(Role.RESIDENT,))
"""Only the group knows what it received."""

READ_SHEET = may(Role.OFFICIAL, Role.AUDITOR, own=(Role.RESIDENT,))
"""What a group received, and what an official thinks of it, are of those two until there is a decision."""

WAITING = may(Role.CHAIR, Role.COUNCIL, Role.OFFICIAL, Role.AUDITOR)
"""What waits for the council."""

ADVISE = may(Role.CHAIR)
"""The chair says what the council advised; the members named can see it at once."""

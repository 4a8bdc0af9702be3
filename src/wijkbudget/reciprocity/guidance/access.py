# SPDX-License-Identifier: EUPL-1.2
"""Who makes a contract with a young person, and who reads it: the two of them, and nobody else."""

from wijkbudget.kit.actor import Role, may

PROPOSE = may(Role.GUIDE)
"""A guide knows the young person; proposing it is the guide's signature."""

SIGN = may(own=(Role.RESIDENT,))
"""Only the young person, logged in."""

READ = may(own=(Role.RESIDENT, Role.GUIDE))
"""What they agreed, and the notes of the guide, are of those two."""

HELP = may(own=(Role.GUIDE,))
"""What a guide writes down: notes, and whether a parent agrees."""

OWN = may(Role.RESIDENT, Role.GUIDE)
"""Each sees only their own."""

KNOW = may(Role.OFFICIAL)
"""An official sees that there is a contract, because rewards ask for one, and nothing of what it says."""

END = may(Role.OFFICIAL, own=(Role.RESIDENT, Role.GUIDE))
"""Either ends it at any time; an official can, where the guide is there no more."""

LAPSE = may(Role.SYSTEM)
"""Its last day passes by itself."""

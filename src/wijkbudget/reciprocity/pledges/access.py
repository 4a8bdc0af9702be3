# SPDX-License-Identifier: EUPL-1.2
"""Who pledges time, who sees what was pledged, and who can lift what an unkept pledge brings."""

from wijkbudget.kit.actor import Role, may

LOOK = may(Role.GUEST)
"""How much is pledged to a task is public; by whom is not."""

SEE_NAMES = may(Role.GUIDE, Role.CHAIR, Role.OFFICIAL)
"""Whoever can be asked to lift something sees whose it is; those who confirm see who comes to help."""

PLEDGE = may(Role.RESIDENT)
"""People pledge their own time."""

WITHDRAW = may(own=(Role.RESIDENT,))
"""Only who pledged takes it back."""

SEE_OWN = may(Role.AUDITOR, own=(Role.RESIDENT,))
"""What somebody pledged, and whether they kept it, is theirs; the auditor checks it."""

LIFT = may(Role.GUIDE, Role.CHAIR, Role.OFFICIAL)
"""They speak with the person; nobody keeps why. Source: AVG art. 22 (a person looks at what a machine decided)."""

JUDGE = may(Role.SYSTEM)
"""A day that passes is not a decision."""

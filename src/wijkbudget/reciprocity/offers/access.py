# SPDX-License-Identifier: EUPL-1.2
"""Who offers time, who sees it, and who may bring a task and a helper together."""

from wijkbudget.kit.actor import Role, may

LOOK = may(Role.GUEST)
"""Everybody may open the page of a task; who helps with it is for both sides only."""

SEE = may(Role.RESIDENT, Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL)
"""Who lives or serves here sees what is offered by a first name; what is for the guides only they see."""

SEE_ALL = may(Role.GUIDE)
"""A guide also sees what is offered to guides only."""

OFFER = may(Role.RESIDENT)
"""People offer their own time, and say themselves that they want to help."""

WITHDRAW = may(own=(Role.RESIDENT,))
"""Only who offered it takes it back."""

SIDES = may(own=(Role.RESIDENT, Role.GUIDE, Role.COUNCIL, Role.CHAIR, Role.OFFICIAL))
"""Only the two sides: who helps, and who asks for the help. What they write is nobody else's business."""

INVITE = SIDES
"""Only those who answer for a task ask somebody to help with it."""

FORGET = may(Role.SYSTEM)
"""A day that passes is not a decision."""

# SPDX-License-Identifier: EUPL-1.2
"""Who offers rewards, who chooses them, and who gives them."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""What is offered is public; who chose what is not."""

OFFER = may(Role.CHAIR, Role.OFFICIAL, Role.CASHIER)
"""It sets money of the pot apart by a decision that it cites; whoever does so never pays it out."""

CHOOSE = may(Role.RESIDENT)
"""Residents choose for themselves, by the tasks that they finished."""

REDEEM = may(Role.GUIDE, Role.OFFICIAL, Role.CASHIER, own=(Role.RESIDENT,))
"""A desk of the neighbourhood for every reward; members of an organisation for what it gives."""

UNDO = may(Role.GUIDE, Role.OFFICIAL, Role.CASHIER)
"""A desk of the neighbourhood, and somebody else than who booked it; not the organisation that gives it."""

LAPSE = may(Role.SYSTEM)
"""A day that passes is not a decision."""

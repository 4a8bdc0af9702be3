# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with vouchers."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""Everybody sees where the money goes: amounts, days and states. Names, account numbers and receipts need DETAILS."""

DETAILS = may(Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, Role.CASHIER, Role.AUDITOR, own=(Role.RESIDENT,))
"""A receipt names people, so only its group and who approves, pays or checks sees it."""

CLAIM = may(own=(Role.RESIDENT,))
"""Only the group itself asks for its money, whatever else its members are."""

DECIDE = may(Role.COUNCIL, Role.CHAIR, Role.OFFICIAL)
"""Who approves, refuses and settles; the rules keep them away from money of their own group."""

CARD = may(Role.OFFICIAL, own=(Role.RESIDENT,))
"""The group prints its card, or somebody at the desk for it; either gets a new code when a card is lost."""

TAKE_BACK = may(Role.CASHIER)
"""The cashier sees on the account of the municipality that money came back."""

EXPIRE = may(Role.SYSTEM)
"""A day that passes is not a decision."""

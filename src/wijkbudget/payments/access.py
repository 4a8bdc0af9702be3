# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with payouts."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.CASHIER, Role.OFFICIAL, Role.AUDITOR)
"""A payout names somebody and an account, so only who pays or checks sees it; amounts are public elsewhere."""

PAY = may(Role.CASHIER)
"""Only the cashier has a hand on the bank, and never decides what is paid."""

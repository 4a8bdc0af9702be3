# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with payouts."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.CASHIER, Role.OFFICIAL, Role.AUDITOR)
"""A payout names somebody and an account, so only who pays or checks sees it; amounts are public elsewhere."""

PAY = may(Role.CASHIER)
"""Only the cashier has a hand on the bank, and never decides what is paid."""

BATCH = may(Role.CASHIER)
"""The cashier of the whole municipality puts payments together, has the file, and reads what the bank says of it."""

RELEASE = may(Role.CASHIER, Role.OFFICIAL)
"""A second cashier or an official; the rules keep away whoever had a hand in a payment."""

READ_BATCHES = may(Role.CASHIER, Role.OFFICIAL, Role.AUDITOR)
"""A batch names people and accounts of every neighbourhood."""

READ_ACCOUNT = may(Role.CASHIER, Role.OFFICIAL, Role.AUDITOR, Role.ADMINISTRATOR)
"""Which account pays is for whoever works with it, and for who entered it."""

NAME_ACCOUNT = may(Role.ADMINISTRATOR, Role.SYSTEM)
"""The administrator enters what the municipality decided, and cites the decision; whoever pays does not."""

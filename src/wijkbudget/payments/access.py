# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with payouts."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.CASHIER, Role.OFFICIAL, Role.AUDITOR)
"""A payout names somebody and an account, so only who pays or checks sees it; amounts are public elsewhere."""

PAY = may(Role.CASHIER)
"""Only the cashier has a hand on the bank, and never decides what is paid."""

REVERSE = may(Role.CASHIER, Role.OFFICIAL)
"""Another cashier or an official undoes a mistake; the rules keep away whoever had a hand in the payment."""

RECOVER = may(Role.CASHIER)
"""The cashier sees on the account of the municipality that money came back."""

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

READ_COLLECTIONS = may(Role.GUEST)
"""What one can give to, and what was given together, is public; who gave is so only if they want it."""

GIVE = may(Role.GUEST)
"""Everybody can give: a neighbour, a firm, somebody far away; it opens no other door and earns no voice."""

READ_GIFT = may(Role.GUEST)
"""Whoever has the code of a gift."""

OPEN_POT = may(Role.OFFICIAL)
"""The municipality says whether its pot takes gifts."""

HEAR = may(Role.GUEST)
"""Whoever brings news that the provider signed; the signature is checked before anything is asked here."""

PERFORM = may(Role.SYSTEM)
"""The house itself, when it runs an errand."""

READ_GIFTS = may(Role.CASHIER, Role.OFFICIAL, Role.AUDITOR)
"""Whoever pays or checks sees what is on its way; not who gave."""

SETTLE_REFUND = may(Role.CASHIER)
"""Only the cashier has a hand on the bank."""

# SPDX-License-Identifier: EUPL-1.2
"""Who issues resident vouchers, who pledges them, and who helps at the desk."""

from wijkbudget.kit.actor import Role, may

READ = may(Role.GUEST)
"""What was issued and what came of it is public; what one of them was pledged to is not."""

ISSUE = may(Role.OFFICIAL)
"""It takes money out of the pot for everybody at once, by a decision that it cites."""

PLEDGE = may(Role.GUEST)
"""The code on the card finds the voucher, so nobody needs an account."""

OWN = may(Role.RESIDENT)
"""Somebody's own voucher, without the code."""

CARDS = may(Role.OFFICIAL)
"""Files of cards hold addresses and codes: who prints and sends them, and nobody else."""

HAND = may(Role.OFFICIAL)
"""Who meets people at the desk, and saw an identity document."""

CLOSE = may(Role.SYSTEM)
"""A day that passes is not a decision."""

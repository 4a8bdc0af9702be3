# SPDX-License-Identifier: EUPL-1.2
"""Reads shares: the totals for everybody, their own for each, the register for a few; and proves them."""

from wijkbudget.shares.queries.holdings import is_due
from wijkbudget.shares.queries.proof import check
from wijkbudget.shares.queries.views import own, register, totals

__all__ = ["check", "is_due", "own", "register", "totals"]

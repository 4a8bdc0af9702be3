# SPDX-License-Identifier: EUPL-1.2
"""Reads shares: the totals for everybody, their own for each, the register and each holder for a few; proves them."""

from wijkbudget.shares.queries.holders import handed_back_by, holder, stop_of
from wijkbudget.shares.queries.holdings import is_due
from wijkbudget.shares.queries.proof import check
from wijkbudget.shares.queries.views import own, register, totals

__all__ = ["check", "handed_back_by", "holder", "is_due", "own", "register", "stop_of", "totals"]

# SPDX-License-Identifier: EUPL-1.2
"""Reads what residents offer, what fits, and who was brought together with what."""

from wijkbudget.reciprocity.offers.queries.offers import offers
from wijkbudget.reciprocity.offers.queries.pairings import help_on, own_help, pairing, pairing_counts
from wijkbudget.reciprocity.offers.queries.proof import check

__all__ = ["check", "help_on", "offers", "own_help", "pairing", "pairing_counts"]

# SPDX-License-Identifier: EUPL-1.2
"""Reads collections and gifts, and proves them."""

from wijkbudget.payments.contributions.queries.book import check, gift_book
from wijkbudget.payments.contributions.queries.errands import to_pay, to_refund
from wijkbudget.payments.contributions.queries.giving import collection, collections, contribution, of_plan
from wijkbudget.payments.contributions.queries.rows import shared_cents, told_of

__all__ = [
    "check",
    "collection",
    "collections",
    "contribution",
    "gift_book",
    "of_plan",
    "shared_cents",
    "to_pay",
    "to_refund",
    "told_of",
]

# SPDX-License-Identifier: EUPL-1.2
"""Answers about the neighbourhood contract: those of a neighbourhood, one, one promise, and the proof of them."""

from wijkbudget.council.contracts.queries.proof import check
from wijkbudget.council.contracts.queries.rows import has_agreed_contract
from wijkbudget.council.contracts.queries.views import contract, contracts, promise

__all__ = ["check", "contract", "contracts", "has_agreed_contract", "promise"]

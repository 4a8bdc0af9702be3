# SPDX-License-Identifier: EUPL-1.2
"""The pages of the council: its members and decisions, and the neighbourhood contract."""

from wijkbudget.council.pages.contracts import ContractPages
from wijkbudget.council.pages.decisions import CouncilPages
from wijkbudget.council.pages.promises import PromisePages

__all__ = ["ContractPages", "CouncilPages", "PromisePages"]

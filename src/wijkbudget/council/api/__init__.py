# SPDX-License-Identifier: EUPL-1.2
"""The API of the council: its members and decisions, and the neighbourhood contract."""

from wijkbudget.council.api.contracts import ContractApi
from wijkbudget.council.api.decisions import CouncilApi
from wijkbudget.council.api.promises import PromiseApi

__all__ = ["ContractApi", "CouncilApi", "PromiseApi"]

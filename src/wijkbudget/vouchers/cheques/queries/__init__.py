# SPDX-License-Identifier: EUPL-1.2
"""Answers about resident vouchers: what was issued, one's own, their cards, and the proof of them."""

from wijkbudget.vouchers.cheques.queries.printing import card_files_kept, cards, cards_asked, cards_wait, locked_cards
from wijkbudget.vouchers.cheques.queries.proof import check
from wijkbudget.vouchers.cheques.queries.views import cheque_by_code, cheques, own_cheque

__all__ = [
    "card_files_kept",
    "cards",
    "cards_asked",
    "cards_wait",
    "check",
    "cheque_by_code",
    "cheques",
    "locked_cards",
    "own_cheque",
]

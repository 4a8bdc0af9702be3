# SPDX-License-Identifier: EUPL-1.2
"""Issues resident vouchers, divides them over plans, hands out and stops them, makes cards, and closes."""

from wijkbudget.vouchers.cheques.service.cards import discard_cards, fetch_cards, keep_cards, order_cards, wipe_cards
from wijkbudget.vouchers.cheques.service.closing import close_cheques
from wijkbudget.vouchers.cheques.service.handing import deactivate_cheque, hand_cheque
from wijkbudget.vouchers.cheques.service.hoping import hope, refuse, voucher_id_of
from wijkbudget.vouchers.cheques.service.issuing import issue_cheques
from wijkbudget.vouchers.cheques.service.pledging import pledge_by_code, pledge_own

__all__ = [
    "close_cheques",
    "deactivate_cheque",
    "discard_cards",
    "fetch_cards",
    "hand_cheque",
    "hope",
    "issue_cheques",
    "keep_cards",
    "order_cards",
    "pledge_by_code",
    "pledge_own",
    "refuse",
    "voucher_id_of",
    "wipe_cards",
]

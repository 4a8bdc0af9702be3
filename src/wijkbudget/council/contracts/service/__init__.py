# SPDX-License-Identifier: EUPL-1.2
"""Writes a neighbourhood contract, lets parties agree to it, and keeps what became of each promise."""

from wijkbudget.council.contracts.service.agreeing import agree, open_change, withdraw_change
from wijkbudget.council.contracts.service.keeping import answer_hours, answer_report, log_hours, report_promise
from wijkbudget.council.contracts.service.reviewing import close_contract, review_contract
from wijkbudget.council.contracts.service.writing import add_party, add_promise, draft_contract, drop_promise

__all__ = [
    "add_party",
    "add_promise",
    "agree",
    "answer_hours",
    "answer_report",
    "close_contract",
    "draft_contract",
    "drop_promise",
    "log_hours",
    "open_change",
    "report_promise",
    "review_contract",
    "withdraw_change",
]

# SPDX-License-Identifier: EUPL-1.2
"""What people do with time: open a task, log, confirm, dispute, rule, correct, withdraw, exempt; and how it settles."""

from wijkbudget.reciprocity.service.corrections import correct, object_to_correction, rule_on_correction
from wijkbudget.reciprocity.service.disputes import dispute, rule_on
from wijkbudget.reciprocity.service.entries import confirm, log, log_for, settle, withdraw
from wijkbudget.reciprocity.service.exemptions import exempt
from wijkbudget.reciprocity.service.tasks import ask_for_help, end_for, end_passed, end_task, open_for, open_task

__all__ = [
    "ask_for_help",
    "confirm",
    "correct",
    "dispute",
    "end_for",
    "end_passed",
    "end_task",
    "exempt",
    "log",
    "log_for",
    "object_to_correction",
    "open_for",
    "open_task",
    "rule_on",
    "rule_on_correction",
    "settle",
    "withdraw",
]

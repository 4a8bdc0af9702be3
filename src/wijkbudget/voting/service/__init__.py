# SPDX-License-Identifier: EUPL-1.2
"""Prepares, opens, closes and counts rounds, and puts ballots in the box."""

from wijkbudget.voting.service.casting import drop, mark_voted
from wijkbudget.voting.service.closing import close, count, finish
from wijkbudget.voting.service.importing import import_pabulib
from wijkbudget.voting.service.opening import open_, replace_code
from wijkbudget.voting.service.preparing import add_option, prepare
from wijkbudget.voting.service.turning import advance

__all__ = [
    "add_option",
    "advance",
    "close",
    "count",
    "drop",
    "finish",
    "import_pabulib",
    "mark_voted",
    "open_",
    "prepare",
    "replace_code",
]

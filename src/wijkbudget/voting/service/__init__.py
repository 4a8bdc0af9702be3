# SPDX-License-Identifier: EUPL-1.2
"""Prepares, opens, closes and counts rounds, and puts ballots in the box."""

from wijkbudget.voting.letters.service import (
    discard_letters,
    fetch_addresses,
    fetch_letters,
    hand_voting_code,
    keep,
    mail_voting_code,
    replace_code,
    report_stolen,
    wipe,
    write_letterhead,
)
from wijkbudget.voting.mandates.service import give_mandate, take_back_mandate
from wijkbudget.voting.service.casting import cast
from wijkbudget.voting.service.closing import close, count, finish
from wijkbudget.voting.service.drawing import draw_lots, draw_voters, fetch_asked, note_answers
from wijkbudget.voting.service.importing import import_pabulib
from wijkbudget.voting.service.limiting import add_limit, withdraw_limit
from wijkbudget.voting.service.opening import open_
from wijkbudget.voting.service.preparing import add_option, prepare
from wijkbudget.voting.service.succeeding import succeed
from wijkbudget.voting.service.turning import advance

__all__ = [
    "add_limit",
    "add_option",
    "advance",
    "cast",
    "close",
    "count",
    "discard_letters",
    "draw_lots",
    "draw_voters",
    "fetch_addresses",
    "fetch_asked",
    "fetch_letters",
    "finish",
    "give_mandate",
    "hand_voting_code",
    "import_pabulib",
    "keep",
    "mail_voting_code",
    "note_answers",
    "open_",
    "prepare",
    "replace_code",
    "report_stolen",
    "succeed",
    "take_back_mandate",
    "wipe",
    "withdraw_limit",
    "write_letterhead",
]

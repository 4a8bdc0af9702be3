# SPDX-License-Identifier: EUPL-1.2
"""Sends, hands out and replaces voting codes, keeps files of letters and throws them away."""

from wijkbudget.voting.letters.service.filing import discard_letters, fetch_addresses, fetch_letters, keep, wipe
from wijkbudget.voting.letters.service.handing import hand_voting_code, mail_voting_code, replace_code
from wijkbudget.voting.letters.service.sending import Mailing, draft_mailing, leave, write_letterhead
from wijkbudget.voting.letters.service.stealing import forget_reports, report_stolen

__all__ = [
    "Mailing",
    "discard_letters",
    "draft_mailing",
    "fetch_addresses",
    "fetch_letters",
    "forget_reports",
    "hand_voting_code",
    "keep",
    "leave",
    "mail_voting_code",
    "replace_code",
    "report_stolen",
    "wipe",
    "write_letterhead",
]

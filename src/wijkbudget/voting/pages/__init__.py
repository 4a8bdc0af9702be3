# SPDX-License-Identifier: EUPL-1.2
"""The pages of voting: the ballot that a code opens, codes and letters, and the rounds of a neighbourhood."""

from wijkbudget.voting.pages.casting import BallotPages
from wijkbudget.voting.pages.comparing import ComparingPages
from wijkbudget.voting.pages.handing import CodePages
from wijkbudget.voting.pages.letters import LetterPages
from wijkbudget.voting.pages.limits import LimitPages
from wijkbudget.voting.pages.mandates import MandatePages
from wijkbudget.voting.pages.paper import PaperPages
from wijkbudget.voting.pages.proofs import DrawPages, ProofPages
from wijkbudget.voting.pages.replays import ReplayPages
from wijkbudget.voting.pages.rounds import RoundPages

__all__ = [
    "BallotPages",
    "CodePages",
    "ComparingPages",
    "DrawPages",
    "LetterPages",
    "LimitPages",
    "MandatePages",
    "PaperPages",
    "ProofPages",
    "ReplayPages",
    "RoundPages",
]

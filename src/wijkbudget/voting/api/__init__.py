# SPDX-License-Identifier: EUPL-1.2
"""The API of rounds, of mandates, of paper, and of the ballots that a voting code opens."""

from wijkbudget.voting.api.casting import BallotApi
from wijkbudget.voting.api.comparing import ComparingApi
from wijkbudget.voting.api.mandates import MandateApi
from wijkbudget.voting.api.paper import PaperApi
from wijkbudget.voting.api.proofs import ProofApi, RecountApi
from wijkbudget.voting.api.replays import ReplayApi
from wijkbudget.voting.api.rounds import RoundApi

__all__ = ["BallotApi", "ComparingApi", "MandateApi", "PaperApi", "ProofApi", "RecountApi", "ReplayApi", "RoundApi"]

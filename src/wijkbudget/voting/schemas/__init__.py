# SPDX-License-Identifier: EUPL-1.2
"""What voting is asked to do, and what it answers."""

from wijkbudget.voting.schemas.commands import (
    CastBallot,
    DrawLots,
    FindBallot,
    ImportElection,
    OpenBallot,
    OptionDraft,
    PrepareRound,
    ReplaceCode,
    VotingCode,
)
from wijkbudget.voting.schemas.outcomes import (
    CountView,
    EnoughView,
    OptionResult,
    OutcomeView,
    PublishedView,
    ReserveLine,
    ReserveView,
    SideBySideView,
    TallyColumn,
)
from wijkbudget.voting.schemas.papers import (
    CheckedView,
    MarkedOption,
    MarksView,
    PaperOption,
    PaperView,
    ReceiptView,
    WasCastView,
)
from wijkbudget.voting.schemas.rounds import (
    MovedView,
    OptionView,
    RoundLine,
    RoundView,
    RulesView,
)

__all__ = [
    "CastBallot",
    "CheckedView",
    "CountView",
    "DrawLots",
    "EnoughView",
    "FindBallot",
    "ImportElection",
    "MarkedOption",
    "MarksView",
    "MovedView",
    "OpenBallot",
    "OptionDraft",
    "OptionResult",
    "OptionView",
    "OutcomeView",
    "PaperOption",
    "PaperView",
    "PrepareRound",
    "PublishedView",
    "ReceiptView",
    "ReplaceCode",
    "ReserveLine",
    "ReserveView",
    "RoundLine",
    "RoundView",
    "RulesView",
    "SideBySideView",
    "TallyColumn",
    "VotingCode",
    "WasCastView",
]

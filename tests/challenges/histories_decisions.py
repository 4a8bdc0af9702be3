# SPDX-License-Identifier: EUPL-1.2
"""How a bid is decided as it should be, for histories that chance writes."""

from datetime import timedelta

from wijkbudget.challenges.assessment import queries as assessment
from wijkbudget.challenges.decisions import service
from wijkbudget.challenges.decisions.schemas import Award, AwardPartly, Refuse
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.challenges.rules.states import Move

YES = Award(reason="Het plan is goed en goedkoper.")
PARTLY = AwardPartly(
    reason="De vijver blijft bij de gemeente.", part="Alleen het gras", granted_cents=500_000, grounds=[Ground.W07]
)
NO = Refuse(reason="Het is duurder en niet beter.", grounds=[Ground.W06])


def award(case):
    """Say yes."""
    case.act(Move.AWARD, service.award, YES)


def award_partly(case):
    """Say yes to part of it."""
    case.act(Move.AWARD_PARTLY, service.award_partly, PARTLY)


def refuse(case):
    """Say no, once the group had its time to answer."""
    told = case.hood.by(case.hood.decider).ask(assessment.assessment, "oost", case.id).intention
    if told and not told.answer:
        case.wait_until(told.answer_until + timedelta(days=1))
    case.act(Move.REFUSE, service.refuse, NO)

# SPDX-License-Identifier: EUPL-1.2
"""Reads what the voters said who were drawn by lot to be asked whether they voted."""

from collections import Counter
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.trail.work import Look, question
from wijkbudget.voting import access
from wijkbudget.voting.models import RegisterRow, VoterAnswer
from wijkbudget.voting.queries.rounds import row_of
from wijkbudget.voting.turnout import Answer, InquiryView


@question(access.READ)
def inquiry(look: Look, place: str, round_id: UUID) -> InquiryView | None:
    """Return how many voters said what, or None if nobody was asked. Raises RoundNotFound."""
    row_of(look, place, round_id)
    told = Counter(answers_of(look, place, round_id).values())
    if not told:
        return None
    return InquiryView(
        asked=told.total(),
        voted=told[Answer.VOTED],
        did_not_vote=told[Answer.DID_NOT_VOTE],
        no_answer=told[Answer.NO_ANSWER],
    )


def answers_of(look: Look, place: str, round_id: UUID) -> dict[int, Answer]:
    """Return what was noted, by the place in the draw."""
    rows = select(VoterAnswer.number, VoterAnswer.answer).where(
        col(VoterAnswer.round_id) == round_id, col(VoterAnswer.place) == place
    )
    return {number: Answer(answer) for number, answer in look.session.exec(rows).all()}


def marked_of(look: Look, place: str, round_id: UUID) -> list[str]:
    """Return everybody who is marked as having voted."""
    voted = select(RegisterRow.person).where(col(RegisterRow.round_id) == round_id, col(RegisterRow.place) == place)
    return list(look.session.exec(voted.where(col(RegisterRow.voted_on).is_not(None))).all())

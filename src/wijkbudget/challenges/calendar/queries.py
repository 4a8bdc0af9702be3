# SPDX-License-Identifier: EUPL-1.2
"""Gathers the days of a bid from the rooms that know them."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from wijkbudget.challenges import access
from wijkbudget.challenges.assessment.queries import last_intention
from wijkbudget.challenges.calendar.schemas import CalendarView, CaseDay, Mark
from wijkbudget.challenges.decisions.queries import objectable_until
from wijkbudget.challenges.queries import challenge
from wijkbudget.challenges.rules.states import State
from wijkbudget.challenges.schemas import ChallengeView
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look, question

_SAYS = {
    Mark.COMPLETE: _("Last day to send what is missing"),
    Mark.DECIDE: _("Last day for the municipality to decide"),
    Mark.ANSWER: _("Last day to answer the municipality"),
    Mark.OBJECT: _("Last day to object"),
    Mark.PENALTY: _("From this day each day costs the municipality money"),
}


@question(access.READ)
def calendar(look: Look, place: str, challenge_id: UUID) -> CalendarView:
    """Return the days that matter in a case. Raises ChallengeNotFound."""
    bid = challenge(look, place, challenge_id)
    days = [CaseDay(mark=mark, on=on, says=_SAYS[mark]) for mark, on in _days(look, bid) if on]
    return CalendarView(title=bid.title, made_at=look.now, days=sorted(days, key=lambda day: (day.on, day.mark)))


def _days(look: Look, bid: ChallengeView) -> Iterator[tuple[Mark, date | None]]:
    """Yield what is on which day, as far as it is known."""
    if bid.state is State.INCOMPLETE and bid.completion:
        yield Mark.COMPLETE, bid.completion.last_on
    if bid.clock:
        yield Mark.DECIDE, bid.clock.decide_on
    intention = last_intention(look, bid.id) if bid.state is State.INTENDED_REFUSAL else None
    if intention:
        yield Mark.ANSWER, intention.answer_until
    yield Mark.OBJECT, objectable_until(look, bid.id)
    if bid.penalty:
        yield Mark.PENALTY, bid.penalty.first_on

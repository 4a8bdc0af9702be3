# SPDX-License-Identifier: EUPL-1.2
"""How somebody objects, and how that is decided, as it should be, for histories that chance writes."""

from wijkbudget.challenges.objections import queries, service
from wijkbudget.challenges.objections.rules import NoHearing, ObjectionOutcome
from wijkbudget.challenges.objections.schemas import DecideObjections, FileObjection, ObjectionAnswer
from wijkbudget.challenges.rules.states import Move

NO = FileObjection(interest="Ik woon ernaast.", words="Het park wordt lelijk.", why_late="Ik was ziek.")


def answered(hood, challenge_id, outcome, reason="Wij keken opnieuw."):
    """Return the same answer to every open objection."""
    seen = hood.by(hood.other_decider).ask(queries.objections, "oost", challenge_id)
    answers = [ObjectionAnswer(objection_id=each.id, outcome=outcome) for each in seen.objections if not each.outcome]
    return DecideObjections(answers=answers, no_hearing=NoHearing.CLEAR, reason=reason)


def object_to(case):
    """Object as a neighbour."""
    case.act(Move.OBJECT, service.object_to, NO)


def uphold(case):
    """Stay with the decision."""
    _decide(case, service.uphold, ObjectionOutcome.UNFOUNDED)


def revise(case):
    """Follow every objection."""
    _decide(case, service.revise, ObjectionOutcome.FOUNDED)


def _decide(case, verb, outcome):
    command = answered(case.hood, case.id, outcome)
    case.hood.by(case.wrong or case.hood.other_decider).act(verb, "oost", case.id, command)

# SPDX-License-Identifier: EUPL-1.2
"""Decides about an outcome in the name of the executive, where the council of the neighbourhood only advises."""

from uuid import UUID

from wijkbudget.initiatives import access, by_law, queries, rules
from wijkbudget.initiatives.events import AdviceDecided
from wijkbudget.initiatives.queries import rounds, rows
from wijkbudget.initiatives.rules import State
from wijkbudget.initiatives.schemas import AwardingView, AwardOutcome
from wijkbudget.initiatives.service.collecting import return_gifts
from wijkbudget.initiatives.service.rounds import Outcome, Refused, carry_out, move_all, refuse
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import queries as voting
from wijkbudget.vouchers.grants.queries import decided_by
from wijkbudget.vouchers.grants.rules import Ground


@verb(access.AWARD, once=True)
def award(work: Work, place: str, round_id: UUID, command: AwardOutcome) -> AwardingView:
    """Give the plans that won their money as the council advised, or say for a plan why not.

    Source: Awb art. 3:50 (who does otherwise than was advised says why) and 2:4 (whose own plan it is decides nothing).

    Raises RoundNotFound, NotThere, CouncilDecides, NoAdvice, AwardedBefore, NotAWinner, OwnPlan or NotEnough.
    """
    round_ = voting.round_(work, place, round_id)
    power = rounds.power_of(work, place, round_)
    won, lost = rounds.split(work, place, round_id)
    adopted = rows.adoption_of(work, place, round_id)
    was_awarded = any(row.state != State.ON_BALLOT for row in (*won, *lost))
    by_law.demand_advised(power, was_advised=adopted is not None, was_awarded=was_awarded)
    assert adopted, "it was just seen"
    rules.demand_others_plan(work.actor.id, rounds.interested(work, [*won, *lost]))
    reasons = {str(each.initiative_id): each.reason for each in command.refused}
    by_law.demand_won(reasons.keys(), {str(row.id) for row in won})
    by = decided_by(power)
    kept = [row for row in won if str(row.id) not in reasons]
    refused = [row for row in won if str(row.id) in reasons]
    for row in refused:
        return_gifts(work, row)
        why = Refused(Ground.ADVICE_NOT_FOLLOWED, reasons[str(row.id)], by, adopted.decision_id)
        refuse(work, row, why)
    move_all(work, [row.id for row in refused], State.ON_BALLOT, State.NOT_CHOSEN)
    carry_out(work, round_, Outcome(kept, lost, adopted.decision_id, by, command.motivation))
    work.record(AdviceDecided(place=place, subject=str(round_id), refused_ids=sorted(reasons)))
    return queries.awarding(work, place, round_id)

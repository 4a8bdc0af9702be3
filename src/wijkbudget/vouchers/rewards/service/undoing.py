# SPDX-License-Identifier: EUPL-1.2
"""Undoes that a reward was given, where that was booked by mistake: it waits for whoever chose it again."""

from wijkbudget.db.moving import move
from wijkbudget.identity import queries as identity
from wijkbudget.ledger import service as ledger
from wijkbudget.payments import service as payments
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.rewards import access, rules
from wijkbudget.vouchers.rewards.events import RedemptionUndone
from wijkbudget.vouchers.rewards.models import RewardUndoing
from wijkbudget.vouchers.rewards.queries import rows, views
from wijkbudget.vouchers.rewards.rules import Payer, RewardState
from wijkbudget.vouchers.rewards.schemas import FoundRewardView, UndoRedemption


@verb(access.UNDO, once=True)
def undo_redemption(work: Work, place: str, command: UndoRedemption) -> FoundRewardView:
    """Say that a reward was not given after all; whoever would be paid for it is not.

    Choice: after its last day it lapses then, and its money goes back; what was paid is undone as a payment first.

    Raises WrongRewardCode, NotGiven, OwnReward, GaveIt, AlreadyPaid, InABatch or ChangedMeanwhile.
    """
    offer, row = rows.coded(work, place, command.code)
    rules.demand_given(RewardState(row.state))
    rules.demand_other_hands(work.actor.id, identity.housemates(work, {row.person}) | {row.person})
    rules.demand_other_giver(work.actor.id, row.redeemed_by)
    assert row.redeemed_by is not None
    assert row.redeemed_on is not None
    undone = rows.undone_count(work, row.id)
    work.session.add(
        RewardUndoing(
            reward_id=row.id,
            turn=undone + 1,
            place=place,
            reason=command.reason,
            redeemed_by=row.redeemed_by,
            redeemed_on=row.redeemed_on,
            undone_by=work.actor.id,
            undone_on=work.today,
        )
    )
    work.session.flush()
    nobody = {"redeemed_on": None, "redeemed_by": None}
    move(work.session, row, ("state", "redeemed_by"), state=RewardState.CHOSEN, **nobody)
    work.session.refresh(row)
    if offer.payer == Payer.POT:
        payments.withdraw(work, place, str(row.id))
    else:
        flow, *turn = rules.giving(undone)
        ledger.reverse(work, place, flow.reference_of(row.id, *turn))
    said = RedemptionUndone(place=place, subject=str(offer.id), reward_id=str(row.id), value_cents=row.value_cents)
    work.record(said)
    return views.found_view(work, offer, row)

# SPDX-License-Identifier: EUPL-1.2
"""What is due in each neighbourhood: verbs that the clock of the house runs, safe to run twice."""

from functools import partial

from wijkbudget.app.jobs import run_all
from wijkbudget.challenges import service as challenges
from wijkbudget.ledger import service as ledger
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments.contributions import service as contributions
from wijkbudget.reciprocity import service as reciprocity
from wijkbudget.reciprocity.guidance import service as guidance
from wijkbudget.reciprocity.offers import service as offers
from wijkbudget.reciprocity.pledges import service as pledges
from wijkbudget.shares import queries as holdings
from wijkbudget.shares import service as shares
from wijkbudget.trail import alarms
from wijkbudget.trail.desk import Desk
from wijkbudget.voting import service as voting
from wijkbudget.voting.codes import CODE_TRIES
from wijkbudget.vouchers import service as vouchers
from wijkbudget.vouchers.cheques import service as cheques
from wijkbudget.vouchers.rewards import service as rewards


def everywhere(desk: Desk) -> None:
    """Do what is due in every neighbourhood, and raise the alarm if codes are being guessed.

    Raises what went wrong, after all the others had their turn.
    """
    desk.act(alarms.raise_alarm, CODE_TRIES)
    places = [neighbourhood.slug for neighbourhood in desk.ask(neighbourhoods.neighbourhoods)]
    run_all(partial(advance_all, desk, place) for place in places)


def advance_all(desk: Desk, place: str) -> None:
    """Do what has come due: time and pledges, shares, rounds, letters and cards, cheques, rewards, and what expires."""
    while desk.act(reciprocity.settle, place).entry_count:
        pass
    desk.act(reciprocity.end_passed, place)
    while desk.act(pledges.judge_pledges, place).pledge_count:
        pass
    desk.act(offers.forget_help, place)
    review_shares(desk, place)
    while desk.act(voting.advance, place).moved:
        desk.database.wipe()
    desk.act(voting.wipe, place)
    desk.act(cheques.wipe_cards, place)
    desk.act(cheques.close_cheques, place)
    while desk.act(rewards.lapse_rewards, place):
        pass
    while desk.act(guidance.end_overdue, place):
        pass
    while desk.act(challenges.expire_concepts, place):
        pass
    desk.act(vouchers.expire, place)
    desk.act(ledger.expire_reserved, place)
    desk.act(contributions.forget_givers, place)


def review_shares(desk: Desk, place: str) -> None:
    """Let everybody's shares be what they must be today: a part in each act, and the day is noted when all is done."""
    if not desk.ask(holdings.is_due, place):
        return
    for verb in (shares.lapse, shares.grant_first, shares.accrue, shares.reckon_effort):
        while not desk.act(verb, place).is_done:
            pass
    desk.act(shares.review, place)

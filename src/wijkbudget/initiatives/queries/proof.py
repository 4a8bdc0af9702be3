# SPDX-License-Identifier: EUPL-1.2
"""Proves plans: support is what was given, and every granted plan has its decision, its reserve and its voucher."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.council import queries as council
from wijkbudget.initiatives.flows import RESERVE
from wijkbudget.initiatives.models import Assessment, CostLine, Initiative, Support
from wijkbudget.initiatives.queries import rounds, rows, stops
from wijkbudget.initiatives.rules import State, Verdict
from wijkbudget.initiatives.schemas import StoppedView
from wijkbudget.kit.faults import Fault
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.trail.work import Look
from wijkbudget.voting import queries as voting
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.grants import queries as grants
from wijkbudget.vouchers.grants.rules import Ground

_ASSESSED = {State.FEASIBLE, State.INFEASIBLE, State.ON_BALLOT, State.NOT_CHOSEN, State.GRANTED}


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every plan that its support, costs, assessment, round, decision or money does not bear out."""
    supports = dict(
        look.session.exec(select(Support.initiative_id, func.count()).group_by(col(Support.initiative_id))).all()
    )
    costs = dict(
        look.session.exec(
            select(CostLine.initiative_id, func.sum(CostLine.amount_cents)).group_by(col(CostLine.initiative_id))
        ).all()
    )
    verdicts = dict(look.session.exec(select(Assessment.initiative_id, Assessment.verdict)).all())
    winners: dict[UUID, dict[str, int]] = {}
    ordered = select(Initiative).order_by(col(Initiative.place), col(Initiative.proposed_at), col(Initiative.id))
    for row in look.session.exec(ordered).all():
        about = f"initiative {row.id}"
        if row.support_count != supports.get(row.id, 0):
            yield Fault(
                "initiatives", about, f"says {row.support_count} supporters, there are {supports.get(row.id, 0)}"
            )
        if row.asked_cents != costs.get(row.id, 0):
            yield Fault("initiatives", about, f"asks {row.asked_cents} cents, its lines say {costs.get(row.id, 0)}")
        for shows in _assessed(row, verdicts.get(row.id)):
            yield Fault("initiatives", about, shows)
        for shows in _granted(look, row, winners):
            yield Fault("initiatives", about, shows)


def _assessed(row: Initiative, verdict: str | None) -> Iterator[str]:
    """Yield how the state of a plan is not what the official found."""
    if row.state == State.INFEASIBLE and verdict != Verdict.INFEASIBLE:
        yield "cannot be done, and nobody said so"
    if row.state in _ASSESSED - {State.INFEASIBLE} and verdict != Verdict.FEASIBLE:
        yield "went on without being found feasible"
    if row.state in {State.PROPOSED, State.SUPPORTED} and verdict is not None:
        yield "was assessed and did not move"


def _granted(look: Look, row: Initiative, winners: dict[UUID, dict[str, int]]) -> Iterator[str]:
    """Yield how a plan's round, decision, reserve and voucher do not agree; `winners` keeps outcomes read before."""
    voucher = vouchers.of_initiative(look, row.place, str(row.id))
    transfers = ledger.transfers(look, row.place, chart.reserved(row.place, row.year, row.pot))
    set_apart = sum(transfer.amount for transfer in transfers if transfer.reference == RESERVE.reference_of(row.id))
    adopted = rows.adoption_of(look, row.place, row.round_id) if row.round_id else None
    stopped, moved_up = stops.stopped_of(look, row), stops.moved_up_of(look, row)
    if row.state not in {State.GRANTED, State.NOT_CHOSEN}:
        may_wait = row.state == State.ON_BALLOT and (stopped or rounds.is_advice(look, row))
        if voucher or set_apart or ((adopted or stopped) and not may_wait):
            yield "has money or a decision and was not granted"
        yield from _stopped_before(look, row, stopped)
        return
    if adopted is None or row.round_id is None:
        yield "was decided about without a decision"
        return
    decision = council.decision(look, row.place, adopted.decision_id)
    if row.round_id not in winners:
        winners[row.round_id] = rounds.granted_cents(look, row.place, row.round_id)
    won = str(row.id) in winners[row.round_id]
    refused = won and str(row.id) in grants.refusals_of(look, [str(row.id)], Ground.ADVICE_NOT_FOLLOWED)
    gets_money = (won or moved_up is not None) and not refused
    was_decided = moved_up is not None or won is (str(row.id) in decision.about)
    if gets_money is not (row.state == State.GRANTED) or not was_decided:
        yield "its state, the outcome and the decision differ"
    won_cents = 0 if refused else winners[row.round_id].get(str(row.id), 0)
    granted = moved_up.granted_cents if moved_up and not refused else won_cents
    value = voucher.value_cents - voucher.topped_up_cents if voucher else 0
    if (set_apart, value) != (granted, granted):
        yield f"was granted {granted} cents, {set_apart} were set apart, its voucher says {value}"
    if voucher and voucher.decision_id != adopted.decision_id:
        yield "its voucher names another decision"
    ended = (voucher.value_cents - voucher.returned_cents, voucher.returned_cents) if voucher else (0, 0)
    if stopped and (stopped.kept_cents, stopped.freed_cents) != ended:
        yield f"stopped with {stopped.kept_cents} cents spent and {stopped.freed_cents} left, unlike its voucher"
    if (stopped is not None) is not (voucher is not None and voucher.stopped_on is not None):
        yield "its voucher ended, and nobody stopped it, or the other way round"


def _stopped_before(look: Look, row: Initiative, stopped: StoppedView | None) -> Iterator[str]:
    """Yield how a plan that stopped before the decision left more or less than it was to get."""
    if stopped is None or row.round_id is None:
        return
    won = voting.outcome(look, row.place, row.round_id).winners
    promised_cents = next((option.paid_cents for option in won if option.about == str(row.id)), 0)
    if moved_up := stops.moved_up_of(look, row):
        promised_cents = moved_up.granted_cents
    if stopped.freed_cents != promised_cents:
        yield f"left {stopped.freed_cents} cents to others, and was to get {promised_cents}"

# SPDX-License-Identifier: EUPL-1.2
"""Answers about plans that stop after they won or moved up: what becomes of their money, and which plans move up."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from wijkbudget.council import queries as council
from wijkbudget.initiatives import access
from wijkbudget.initiatives.models import Initiative, StoppedInitiative
from wijkbudget.initiatives.queries import rounds, rows
from wijkbudget.initiatives.rules import Side, State, demand_next, state_now, wrong_state
from wijkbudget.initiatives.schemas import AdopterView, MovedUpView, StoppedView, StoppingView, WinnerView
from wijkbudget.kit.period import day_of
from wijkbudget.payments.contributions import queries as contributions
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import queries as voting
from wijkbudget.voting.schemas import OptionView
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.rules import rest_reference
from wijkbudget.vouchers.schemas import VoucherView


class Holding(NamedTuple):
    """What a plan that can stop now has of the money of its round."""

    left_cents: int
    spent_cents: int = 0
    voucher: VoucherView | None = None
    """None before the council decided, when the plan is only to get its money."""


@question(access.GIVE_UP)
def giving_up(look: Look, place: str, initiative_id: UUID) -> StoppingView:
    """Return what happens if an own plan stops now. Raises InitiativeNotFound, NotYours or WrongState."""
    row = rows.initiative_row(look, place, initiative_id)
    look.demand_own(rows.initiators_of(look, row))
    return _stopping(look, row)


@question(access.REVOKE)
def revoking(look: Look, place: str, initiative_id: UUID) -> StoppingView:
    """Return what happens if the council stops a plan now. Raises InitiativeNotFound or WrongState."""
    return _stopping(look, row_with_money(look, place, initiative_id))


@question(access.WITHDRAW_GRANT)
def withdrawing(look: Look, place: str, initiative_id: UUID) -> StoppingView:
    """Return what happens if the municipality takes money back. Raises InitiativeNotFound or WrongState."""
    return _stopping(look, row_with_money(look, place, initiative_id))


def _stopping(look: Look, row: Initiative) -> StoppingView:
    holding = held(look, row)
    voucher = holding.voucher
    moving = following(look, row, voting.turns(look, row.place, round_of(row)))
    barred = rounds.interested(look, [row, *plans_of(look, row, moving)])
    return StoppingView(
        id=row.id,
        title=row.title,
        voucher_id=voucher.id if voucher else None,
        is_open=voucher is not None and voucher.waiting_count + voucher.unpaid_count > 0,
        left_cents=holding.left_cents,
        promoted=[WinnerView(id=UUID(each.about), title=each.title, cost_cents=each.cost_cents) for each in moving],
        members=[
            AdopterView(id=member.id, name=member.name, is_interested=member.id in barred)
            for member in council.members(look, row.place)
        ],
    )


def stopped_of(look: Look, row: Initiative) -> StoppedView | None:
    """Return who stopped a plan, why, and what moved up; None for any other plan."""
    kept = look.session.get(StoppedInitiative, row.id)
    if kept is None:
        return None
    move = next(each for each in voting.successions(look, row.place, round_of(row)) if each.about == str(row.id))
    voucher = vouchers.of_initiative(look, row.place, str(row.id))
    return StoppedView(
        stopped_by=Side(kept.stopped_by),
        reason=kept.reason,
        stopped_on=day_of(kept.stopped_at),
        decision_id=kept.decision_id,
        kept_cents=move.kept_cents,
        freed_cents=move.freed_cents,
        given_back_cents=contributions.shared_cents(look, rest_reference(voucher.id)) if voucher else 0,
        promoted=[
            WinnerView(id=UUID(each.about), title=each.title, cost_cents=each.granted_cents) for each in move.promoted
        ],
    )


def moved_up_of(look: Look, row: Initiative) -> MovedUpView | None:
    """Return which plan stopped before this one moved up; None for any other plan."""
    if row.round_id is None:
        return None
    for move in voting.successions(look, row.place, row.round_id):
        for each in move.promoted:
            if each.about == str(row.id):
                return MovedUpView(
                    after_id=UUID(move.about),
                    after_title=move.title,
                    moved_on=move.stopped_on,
                    granted_cents=each.granted_cents,
                )
    return None


def row_with_money(look: Look, place: str, initiative_id: UUID) -> Initiative:
    """Return the row of a plan that got its money. Raises InitiativeNotFound or WrongState."""
    row = rows.initiative_row(look, place, initiative_id)
    if row.state != State.GRANTED:
        raise wrong_state(State(row.state))
    return row


def held(look: Look, row: Initiative) -> Holding:
    """Return what a plan that can stop now has, or is to get. Raises WrongState."""
    voucher = vouchers.of_initiative(look, row.place, str(row.id)) if row.state == State.GRANTED else None
    now = state_now(State(row.state), voucher.state if voucher else None, was_stopped=rows.was_stopped(look, row))
    demand_next(now, State.STOPPED)
    if voucher:
        return Holding(voucher.left_cents, voucher.value_cents - voucher.left_cents, voucher)
    promised_cents = rounds.promised_cents(look, row)
    if not promised_cents:
        raise wrong_state(now)
    return Holding(promised_cents)


def round_of(row: Initiative) -> UUID:
    """Return the round of a plan that stood on a ballot."""
    assert row.round_id, "it was just seen"
    return row.round_id


def following(look: Look, row: Initiative, order: Sequence[str]) -> list[OptionView]:
    """Return what moves up if a plan stops now, in order; what it spent stays spent. Raises WrongState."""
    leaving = {str(row.id): held(look, row).spent_cents}
    return voting.next_up(look, row.place, round_of(row), order, leaving)


def plans_of(look: Look, row: Initiative, options: Sequence[OptionView]) -> list[Initiative]:
    """Return the plans behind these options of the round of a plan, in the same order."""
    stood = {str(each.id): each for each in rows.of_round(look, row.place, round_of(row))}
    return [stood[option.about] for option in options]

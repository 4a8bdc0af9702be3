# SPDX-License-Identifier: EUPL-1.2
"""Answers about plans that stop when they have money: what becomes of it, and which plans move up."""

from collections.abc import Sequence
from uuid import UUID

from wijkbudget.council import queries as council
from wijkbudget.initiatives import access
from wijkbudget.initiatives.models import Initiative, StoppedInitiative
from wijkbudget.initiatives.queries import rounds, rows
from wijkbudget.initiatives.rules import Side, State, demand_next, state_now
from wijkbudget.initiatives.schemas import AdopterView, MovedUpView, StoppedView, StoppingView, WinnerView
from wijkbudget.kit.period import day_of
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import queries as voting
from wijkbudget.voting.schemas import OptionView
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.schemas import VoucherView


@question(access.GIVE_UP)
def giving_up(look: Look, place: str, initiative_id: UUID) -> StoppingView:
    """Return what happens if an own plan stops now. Raises InitiativeNotFound, NotYours or WrongState."""
    row = rows.initiative_row(look, place, initiative_id)
    look.demand_own(rows.initiators_of(look, row))
    return _stopping(look, row)


@question(access.REVOKE)
def revoking(look: Look, place: str, initiative_id: UUID) -> StoppingView:
    """Return what happens if the council stops a plan now. Raises InitiativeNotFound or WrongState."""
    return _stopping(look, rows.initiative_row(look, place, initiative_id))


@question(access.WITHDRAW_GRANT)
def withdrawing(look: Look, place: str, initiative_id: UUID) -> StoppingView:
    """Return what happens if the municipality takes money back. Raises InitiativeNotFound or WrongState."""
    return _stopping(look, rows.initiative_row(look, place, initiative_id))


def _stopping(look: Look, row: Initiative) -> StoppingView:
    voucher = stoppable(look, row)
    moving = following(look, row, voting.turns(look, row.place, round_of(row)))
    barred = rounds.interested(look, [row, *plans_of(look, row, moving)])
    return StoppingView(
        id=row.id,
        title=row.title,
        voucher_id=voucher.id,
        is_open=voucher.waiting_count + voucher.unpaid_count > 0,
        left_cents=voucher.left_cents,
        promoted=[WinnerView(id=UUID(each.about), title=each.title, cost_cents=each.cost_cents) for each in moving],
        members=[
            AdopterView(id=member.id, name=member.name, is_interested=member.id in barred)
            for member in council.members(look, row.place)
        ],
    )


def stopped_of(look: Look, row: Initiative) -> StoppedView | None:
    """Return who stopped a plan that had money, why, and what moved up; None for any other plan."""
    kept = look.session.get(StoppedInitiative, row.id)
    if kept is None:
        return None
    move = next(each for each in voting.successions(look, row.place, round_of(row)) if each.about == str(row.id))
    return StoppedView(
        stopped_by=Side(kept.stopped_by),
        reason=kept.reason,
        stopped_on=day_of(kept.stopped_at),
        decision_id=kept.decision_id,
        kept_cents=move.kept_cents,
        freed_cents=move.freed_cents,
        promoted=[
            WinnerView(id=UUID(each.about), title=each.title, cost_cents=each.granted_cents) for each in move.promoted
        ],
    )


def moved_up_of(look: Look, row: Initiative) -> MovedUpView | None:
    """Return which plan stopped before this one moved up; None for any other plan."""
    if row.round_id is None or row.state != State.GRANTED:
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


def stoppable(look: Look, row: Initiative) -> VoucherView:
    """Return the voucher of a plan that can stop now. Raises WrongState."""
    voucher = vouchers.of_initiative(look, row.place, str(row.id)) if row.state == State.GRANTED else None
    was_stopped = look.session.get(StoppedInitiative, row.id) is not None
    demand_next(state_now(State(row.state), voucher.state if voucher else None, was_stopped=was_stopped), State.STOPPED)
    assert voucher, "what has money has a voucher"
    return voucher


def round_of(row: Initiative) -> UUID:
    """Return the round in which a plan got its money. Raises WrongState if it has none."""
    demand_next(State(row.state), State.STOPPED)
    assert row.round_id, "the table says so"
    return row.round_id


def following(look: Look, row: Initiative, order: Sequence[str]) -> list[OptionView]:
    """Return what moves up if a plan stops now, in order; what it spent stays spent. Raises WrongState."""
    voucher = stoppable(look, row)
    leaving = {str(row.id): voucher.value_cents - voucher.left_cents}
    return voting.next_up(look, row.place, round_of(row), order, leaving)


def plans_of(look: Look, row: Initiative, options: Sequence[OptionView]) -> list[Initiative]:
    """Return the plans behind these options of the round of a plan, in the same order."""
    stood = {str(each.id): each for each in rows.of_round(look, row.place, round_of(row))}
    return [stood[option.about] for option in options]

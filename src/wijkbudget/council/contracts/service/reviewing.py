# SPDX-License-Identifier: EUPL-1.2
"""Keeps what the parties found when they looked together at how far they are, and closes a contract."""

from uuid import UUID

from wijkbudget.council.contracts import access, rules
from wijkbudget.council.contracts.events import ContractClosed, ContractReviewed
from wijkbudget.council.contracts.models import ContractReview
from wijkbudget.council.contracts.queries import rows, said, views
from wijkbudget.council.contracts.rules import ContractState, PromiseState, VersionState
from wijkbudget.council.contracts.schemas import ContractView, ReviewContract
from wijkbudget.db.moving import move
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb


@verb(access.WRITE)
def review_contract(work: Work, place: str, contract_id: UUID, command: ReviewContract) -> ContractView:
    """Write down what the parties found together, and when they meet again.

    Raises ContractNotFound, WrongState or WrongDay.
    """
    row = rows.contract_row(work, place, contract_id)
    if row.state != ContractState.IN_FORCE:
        raise WrongState(_("Parties look together at a contract that holds."))
    rules.demand_passed("held_on", command.held_on, work.today)
    move(work.session, row, ("state", "review_on"), review_on=command.next_on)
    work.session.add(
        ContractReview(
            id=work.new_id(),
            contract_id=row.id,
            place=place,
            held_on=command.held_on,
            report=command.report,
            told_by=work.actor.id,
        )
    )
    work.session.flush()
    work.session.refresh(row)
    next_on = command.next_on.isoformat() if command.next_on else None
    work.record(
        ContractReviewed(place=place, subject=str(row.id), held_on=command.held_on.isoformat(), next_on=next_on)
    )
    return views.contract(work, place, row.id)


@verb(access.WRITE)
def close_contract(work: Work, place: str, contract_id: UUID) -> ContractView:
    """Close a contract: all that held and is not settled by now was not shown to be kept.

    Raises ContractNotFound, WrongState, YearNotOver, NotReviewed or ChangedMeanwhile.
    """
    row = rows.contract_row(work, place, contract_id)
    is_changing = any(version.state == VersionState.OPEN for version in rows.versions(work, row.id))
    if row.state != ContractState.IN_FORCE or is_changing:
        raise WrongState(_("Only a contract that holds, and that is not being changed, can be closed."))
    waiting = [each for each in rows.promises(work, row.id) if each.state == PromiseState.PROMISED]
    reviewed = said.review_count(work, row.id)
    rules.demand_closable(row.year, work.today, all_settled=not waiting, review_count=reviewed)
    move(work.session, row, ("state",), state=ContractState.CLOSED, closed_on=work.today, review_on=None)
    work.session.refresh(row)
    count = views.count_of(work, row)
    work.record(
        ContractClosed(place=place, subject=str(row.id), kept_count=count.kept_count, due_count=count.due_count)
    )
    return views.contract(work, place, row.id)

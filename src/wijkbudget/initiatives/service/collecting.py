# SPDX-License-Identifier: EUPL-1.2
"""Lets people give and pledge to a plan while it stands on a ballot, and brings that to its voucher, or back."""

from uuid import UUID

from wijkbudget.initiatives import access, queries, rules
from wijkbudget.initiatives.models import Initiative
from wijkbudget.initiatives.queries import rows
from wijkbudget.initiatives.rules import State, state_now
from wijkbudget.initiatives.schemas import InitiativeView
from wijkbudget.ledger import chart
from wijkbudget.payments.contributions import service as contributions
from wijkbudget.payments.contributions.schemas import OpenCollection
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import booking, holders
from wijkbudget.vouchers.cheques import service as cheques
from wijkbudget.vouchers.schemas import VoucherView


@verb(access.COLLECT)
def collect(work: Work, place: str, initiative_id: UUID) -> InitiativeView:
    """Let people give to an own plan that is voted on.

    Choice: on the ballot a plan no longer changes, and its year and pot are known. What is given comes on top of what
    the plan asks, so it changes nothing of the vote.

    Raises InitiativeNotFound, NotYours, WrongState, NoGifts or CollectionOpen.
    """
    row = rows.initiative_row(work, place, initiative_id)
    work.demand_own(rows.initiators_of(work, row))
    rules.demand_on_ballot(state_now(State(row.state), None, was_stopped=rows.was_stopped(work, row)))
    asked = OpenCollection(about=str(row.id), year=row.year, theme=row.pot, title=row.title)
    contributions.open_for(work, place, asked)
    return queries.initiative(work, place, initiative_id)


def bring_gifts(work: Work, row: Initiative, voucher: VoucherView) -> None:
    """Let what was given to a plan come into its voucher."""
    target = chart.voucher(row.place, voucher.year, voucher.id, row.pot)
    if transfer := contributions.pass_on(work, row.place, str(row.id), target):
        booking.top_up(work, holders.voucher_row(work, row.place, voucher.id), transfer)


def return_gifts(work: Work, row: Initiative) -> None:
    """Let everybody who gave or pledged to a plan that gets no money get theirs back.

    Choice: at once, even if the plan could still move up from the reserve list; nobody's money waits for that.
    """
    contributions.give_back(work, row.place, str(row.id))
    cheques.refuse(work, row.place, str(row.id))

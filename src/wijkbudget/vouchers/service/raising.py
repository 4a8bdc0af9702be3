# SPDX-License-Identifier: EUPL-1.2
"""Puts more money on a voucher, with the letter that says so."""

from uuid import UUID

from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger.rules import NotEnough
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work
from wijkbudget.vouchers import booking, holders, queries, rules
from wijkbudget.vouchers.grants import service as grants
from wijkbudget.vouchers.grants.rules import DecisionKind
from wijkbudget.vouchers.grants.schemas import DecideGrant
from wijkbudget.vouchers.rules import VoucherState
from wijkbudget.vouchers.schemas import RaiseVoucher, VoucherView


def raise_value(work: Work, place: str, voucher_id: UUID, command: RaiseVoucher) -> VoucherView:
    """Put more money of its pot on a voucher that is in use, for the verb that decided so.

    Raises VoucherNotFound, WrongState, VoucherOver or NotEnough.
    """
    row = holders.voucher_row(work, place, voucher_id)
    article = neighbourhoods.policy(work, place, row.issued_on).rules.vouchers.article
    rules.demand_claimable(VoucherState(row.state), row.valid_until, work.today, article)
    source, target = chart.pot(place, row.year, row.theme), chart.voucher(place, row.year, row.id, row.theme)
    worth_cents = row.value_cents + command.amount_cents
    try:
        booking.top_up(work, row, rules.MORE.transfer(source, target, command.amount_cents, row.id, worth_cents))
    except NotEnough:
        sentence = _("The pot of %(year)s does not hold so much. Choose a lower amount.", year=row.year)
        raise NotEnough(sentence) from None
    increase = DecideGrant(
        kind=DecisionKind.INCREASE,
        about=row.about,
        title=row.title,
        voucher_id=row.id,
        decision_id=command.decision_id,
        by=command.decided,
        motivation=command.motivation,
        amount_cents=command.amount_cents,
        receivers=sorted(holders.holders_of(work, row.id)),
    )
    grants.decide(work, place, increase)
    return queries.voucher(work, place, voucher_id)

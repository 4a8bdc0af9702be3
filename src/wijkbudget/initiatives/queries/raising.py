# SPDX-License-Identifier: EUPL-1.2
"""Answers what more money for a plan would take."""

from uuid import UUID

from wijkbudget.council import queries as council
from wijkbudget.initiatives import access
from wijkbudget.initiatives.queries import rounds, stops
from wijkbudget.initiatives.rules import State, is_binding, wrong_state
from wijkbudget.initiatives.schemas import AdopterView, RaisingView
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import queries as voting
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.rules import VoucherState


@question(access.RAISE)
def raising(look: Look, place: str, initiative_id: UUID) -> RaisingView:
    """Return what more money for a plan would take. Raises InitiativeNotFound or WrongState."""
    row = stops.row_with_money(look, place, initiative_id)
    voucher = vouchers.of_initiative(look, place, str(row.id))
    if voucher is None:
        raise wrong_state(State(row.state))
    power = rounds.power_of(look, place, voting.round_(look, place, stops.round_of(row)))
    barred = rounds.interested(look, [row])
    return RaisingView(
        id=row.id,
        title=row.title,
        voucher_id=voucher.id,
        value_cents=voucher.value_cents,
        pot_cents=ledger.balance(look, chart.pot(place, voucher.year, voucher.theme)),
        article=power.article,
        is_in_use=voucher.state is VoucherState.ACTIVE and look.today < voucher.valid_until,
        is_binding=is_binding(power),
        members=[
            AdopterView(id=member.id, name=member.name, is_interested=member.id in barred)
            for member in council.members(look, place)
        ],
    )

# SPDX-License-Identifier: EUPL-1.2
"""Gives a plan that has money more, by a decision of who decides about its money."""

from dataclasses import replace
from uuid import UUID

from wijkbudget.council import service as council
from wijkbudget.initiatives import access, by_law, queries, rules
from wijkbudget.initiatives.models import Initiative
from wijkbudget.initiatives.queries import rounds, rows, stops
from wijkbudget.initiatives.queries.applications import application
from wijkbudget.initiatives.schemas import AwardMore, InitiativeView, RaiseGrant
from wijkbudget.initiatives.service.rounds import decided
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import PowerRule
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import queries as voting
from wijkbudget.voting.schemas import RoundView
from wijkbudget.vouchers import service as vouchers
from wijkbudget.vouchers.grants import queries as granting
from wijkbudget.vouchers.grants.queries import decided_by
from wijkbudget.vouchers.schemas import RaiseVoucher


@verb(access.RAISE_GRANT, once=True)
def raise_grant(work: Work, place: str, initiative_id: UUID, command: RaiseGrant) -> InitiativeView:
    """Give a plan more money because the council decided so. Whoever made the plan steps aside.

    Raises InitiativeNotFound, WrongState, VoucherOver, NotBinding, DecidedTooEarly, TooMuchAsked, ConditionNotMet,
    NotEnough, and what `council.decide` raises.
    """
    row, round_, power = _read(work, place, initiative_id)
    rules.demand_binding(power)
    record = decided(round_, row.title, command, power)
    about, interested = [str(round_.id), str(row.id)], rounds.interested(work, [row])
    decision = council.decide(work, place, record, about=about, interested=interested)
    raised = RaiseVoucher(
        amount_cents=command.amount_cents,
        decision_id=decision.id,
        decided=decided_by(power),
        motivation=command.motivation,
    )
    return _raise(work, row, raised)


@verb(access.AWARD_MORE, once=True)
def award_more(work: Work, place: str, initiative_id: UUID, command: AwardMore) -> InitiativeView:
    """Give a plan more money in the name of the executive, where the council only advises.

    Raises InitiativeNotFound, OwnPlan, WrongState, VoucherOver, CouncilDecides, TooMuchAsked, ConditionNotMet or
    NotEnough.
    """
    row, _round, power = _read(work, place, initiative_id)
    rules.demand_others_plan(work.actor.id, rows.initiators_of(work, row))
    by_law.demand_no_power(power)
    raised = RaiseVoucher(amount_cents=command.amount_cents, decided=decided_by(power), motivation=command.motivation)
    return _raise(work, row, raised)


def _read(work: Work, place: str, initiative_id: UUID) -> tuple[Initiative, RoundView, PowerRule]:
    """Return a plan that has money, its round, and who decides about that. Raises InitiativeNotFound or WrongState."""
    row = stops.row_with_money(work, place, initiative_id)
    round_ = voting.round_(work, place, stops.round_of(row))
    return row, round_, rounds.power_of(work, place, round_)


def _raise(work: Work, row: Initiative, command: RaiseVoucher) -> InitiativeView:
    """Put the money on the voucher of a plan, if the by-law allows it. Raises what the verbs raise.

    Choice: the by-law looks at what was granted and at what is added. Gifts and resident vouchers came on top of that.
    """
    voucher_id = queries.raising(work, row.place, row.id).voucher_id
    policy, before = neighbourhoods.policy(work, row.place).rules, application(work, row)
    asked_cents = granting.granted_cents(work, voucher_id) + command.amount_cents
    rules.demand_amount(asked_cents, policy.initiatives)
    by_law.demand_conditions(replace(before, asked_cents=asked_cents), policy, by_law.FOR_MORE)
    vouchers.raise_value(work, row.place, voucher_id, command)
    return queries.initiative(work, row.place, row.id)

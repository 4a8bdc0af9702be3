# SPDX-License-Identifier: EUPL-1.2
"""Resident vouchers in Oost: EUR 5 for everybody, which some give to plans that won."""

from collections.abc import Sequence
from datetime import date

from wijkbudget.app.demo.stage import Stage, below
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.vouchers.cheques import queries, service
from wijkbudget.vouchers.cheques.schemas import IssueCheques, Pledge, PledgeOwn

VALUE_CENTS = 500


def play(stage: Stage, place: str, year: int, holders: Sequence[Actor]) -> None:
    """Issue them, and let holders give theirs to one plan or to two."""
    stage.on(date(year, 6, 11))
    decision = f"De wijkraad, {date(year, 6, 9):%d-%m-%Y}"
    command = IssueCheques(value_cents=VALUE_CENTS, last_on=date(year, 6, 18), decision=decision)
    official = stage.desk.by(stage.staff[place][Role.OFFICIAL])
    official.once(f"seed resident vouchers {year}").act(service.issue_cheques, place, command)
    for holder in holders:
        desk = stage.desk.by(holder)
        plans = [plan.voucher_id for plan in desk.ask(queries.own_cheque, place).plans]
        first, second = (below(len(plans), holder.id, which) for which in ("first", "second"))
        given = {plans[first]: 300, plans[second]: 200} if first != second else {plans[first]: VALUE_CENTS}
        pledges = [Pledge(voucher_id=voucher_id, amount_cents=cents) for voucher_id, cents in given.items()]
        desk.act(service.pledge_own, place, PledgeOwn(pledges=pledges))

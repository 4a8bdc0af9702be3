# SPDX-License-Identifier: EUPL-1.2
"""Ends vouchers: settled as granted or for less, stopped or expired; and books what comes back after that."""

from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select, update

from wijkbudget.db.moving import move
from wijkbudget.ledger import chart
from wijkbudget.ledger.rules import Transfer
from wijkbudget.neighbourhoods.rules import Basis, Body
from wijkbudget.payments.contributions import service as contributions
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import access, holders, queries, rules
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.claims.queries import rows
from wijkbudget.vouchers.events import VoucherExpired, VoucherPaidBack, VoucherSettled, VoucherStopped
from wijkbudget.vouchers.grants import queries as granting
from wijkbudget.vouchers.grants import service as grants
from wijkbudget.vouchers.grants.rules import DecisionKind, Why, demand_changeable
from wijkbudget.vouchers.grants.schemas import DecideGrant, LowerVoucher
from wijkbudget.vouchers.models import Voucher
from wijkbudget.vouchers.reminders import queries as reminders
from wijkbudget.vouchers.reminders.rules import demand_term_over
from wijkbudget.vouchers.rules import AS_READ, VoucherState
from wijkbudget.vouchers.schemas import DecidedBy, TakeBack, VoucherView

_AS_GRANTED = "De bonnen kloppen met wat er betaald is. Het geld is gebruikt waarvoor het was."
"""Why a voucher is settled as it was granted, as its letter says it."""
_UNASKED = "Ook na onze brief is niet verteld wat er is gedaan. De bonnen kloppen met wat er betaald is."
"""The same, where the group did not account for it."""


class _Amounts(NamedTuple):
    """What was decided, and what the group pays back by it."""

    decided_cents: int
    owed_cents: int = 0


class _Settling(NamedTuple):
    """A voucher that can be settled."""

    row: Voucher
    paid_cents: int
    """What was spent of it, in money and in kind."""
    advanced_cents: int
    """How much of that was paid in advance and is not accounted for."""


@verb(access.DECIDE, once=True)
def settle(work: Work, place: str, voucher_id: UUID) -> VoucherView:
    """End a voucher as it was granted: all payments have their receipt, and the rest goes back to the pot.

    Source: Awb art. 4:46 lid 1; where its group did not account for it in the term of its letter, also 4:47 sub b.

    Raises VoucherNotFound, OwnMoney, WrongState, NotReminded, TermRuns, ClaimsOpen, NotAccountedFor or AdvanceOwed.
    """
    row, paid_cents, advanced_cents = _demand_settling(work, place, voucher_id)
    rules.demand_nothing_owed(advanced_cents)
    _settle(work, row, paid_cents)
    _decide(work, row, DecisionKind.SETTLEMENT, _Amounts(paid_cents), None)
    return queries.voucher(work, place, voucher_id)


@verb(access.DECIDE, once=True)
def settle_lower(work: Work, place: str, voucher_id: UUID, command: LowerVoucher) -> VoucherView:
    """End a voucher for less than was paid, on a ground of the law; the group pays the difference back.

    What is open of an advance is part of that: it is claimed back by the same letter.

    Source: Awb art. 4:46 lid 2 and 4:57; where its group did not account for it in the term of its letter, also 4:47
    sub b.

    Raises VoucherNotFound, OwnMoney, WrongState, NotReminded, TermRuns, ClaimsOpen, NotAccountedFor, GroundMissing or
    NotLower.
    """
    row, paid_cents, advanced_cents = _demand_settling(work, place, voucher_id)
    owed_cents = rules.demand_lower(command.settled_cents, paid_cents, advanced_cents)
    claiming.reclaim(work, row)
    _settle(work, row, paid_cents, owed_cents=owed_cents)
    why = Why(command.ground, command.motivation, command.heard)
    _decide(work, row, DecisionKind.SETTLEMENT, _Amounts(command.settled_cents, owed_cents), why)
    return queries.voucher(work, place, voucher_id)


@verb(access.DECIDE, once=True)
def lower_settlement(work: Work, place: str, voucher_id: UUID, command: LowerVoucher) -> VoucherView:
    """Change a settlement to less, on a ground of the law and within five years; the group pays the difference back.

    Source: Awb art. 4:49 and 4:57.

    Raises VoucherNotFound, OwnMoney, WrongState, TooLongAgo, GroundMissing or NotLower.
    """
    row = holders.voucher_row(work, place, voucher_id)
    rules.demand_other_eyes(work.actor.id, holders.interested_in(work, row))
    rules.demand_settled(VoucherState(row.state))
    settled = granting.settlement_of(work, voucher_id)
    demand_changeable(settled.known_on if settled else row.finished_on, work.today)
    more_cents = rules.demand_lower(command.settled_cents, row.claimed_cents - row.owed_cents)
    move(work.session, row, ("owed_cents",), owed_cents=row.owed_cents + more_cents)
    why = Why(command.ground, command.motivation, command.heard)
    _decide(work, row, DecisionKind.CHANGE, _Amounts(command.settled_cents, more_cents), why)
    work.session.refresh(row)
    return queries.voucher(work, place, voucher_id)


@verb(access.TAKE_BACK, once=True)
def take_back(work: Work, place: str, voucher_id: UUID, command: TakeBack) -> VoucherView:
    """Book money that a group paid back: it goes to the pot it came from.

    Source: Awb art. 4:57; invariant VC12. Raises VoucherNotFound or MoreThanOwed.
    """
    row = holders.voucher_row(work, place, voucher_id)
    paid_back = col(Voucher.paid_back_cents) + command.amount_cents
    fits = col(Voucher.id) == voucher_id, paid_back <= col(Voucher.owed_cents)
    if work.session.exec(update(Voucher).where(*fits).values(paid_back_cents=paid_back)).rowcount != 1:
        raise rules.more_than_owed(row.owed_cents - row.paid_back_cents)
    work.session.refresh(row)
    source, target = chart.reclaimed(place, row.year, row.id, row.theme), chart.pot(place, row.year, row.theme)
    transfer = rules.TAKE_BACK.transfer(source, target, command.amount_cents, row.id, row.paid_back_cents)
    contributions.bring_rest(work, place, row.about, transfer, holders.kept_cents(row))
    work.record(
        VoucherPaidBack(
            place=place,
            subject=str(voucher_id),
            amount_cents=command.amount_cents,
            owed_cents=row.owed_cents - row.paid_back_cents,
        )
    )
    return queries.voucher(work, place, voucher_id)


def stop(work: Work, place: str, voucher_id: UUID, why: Why) -> int:
    """Return how many cents went back from the voucher of a plan that stops, for the verb that stops it.

    Source: Awb art. 4:48 (before it is settled a grant can be withdrawn, on a ground that is named); invariant VC14.

    Raises VoucherNotFound, WrongState, GroundMissing, ClaimsOpen or NothingLeft.
    """
    row = holders.voucher_row(work, place, voucher_id)
    rules.demand_state(VoucherState(row.state), VoucherState.EXPIRED)
    rules.demand_nothing_open(rows.open_count(work, place, voucher_id))
    rules.demand_left(row.value_cents - row.claimed_cents - row.returned_cents)
    rest_cents = _give_back(work, row, VoucherState.EXPIRED, stopped_on=work.today)
    _decide(work, row, DecisionKind.WITHDRAWAL, _Amounts(rest_cents), why)
    work.record(VoucherStopped(place=place, subject=str(voucher_id), returned_cents=rest_cents))
    return rest_cents


@verb(access.EXPIRE)
def expire(work: Work, place: str) -> int:
    """Let the rest go back of each voucher whose time is over and on which nothing is open; return how many."""
    due = select(Voucher).where(
        col(Voucher.place) == place,
        col(Voucher.state) == VoucherState.ACTIVE,
        col(Voucher.valid_until) <= work.today,
    )
    over = [row for row in work.session.exec(due).all() if not rows.open_count(work, place, row.id)]
    for row in over:
        rest_cents = _give_back(work, row, VoucherState.EXPIRED)
        work.record(VoucherExpired(place=place, subject=str(row.id), returned_cents=rest_cents))
    return len(over)


def _demand_settling(work: Work, place: str, voucher_id: UUID) -> _Settling:
    """Return a voucher that can be settled.

    Raises VoucherNotFound, OwnMoney, WrongState, NotReminded, TermRuns, ClaimsOpen or NotAccountedFor.
    """
    row = holders.voucher_row(work, place, voucher_id)
    rules.demand_other_eyes(work.actor.id, holders.interested_in(work, row))
    rules.demand_state(VoucherState(row.state), VoucherState.SETTLED)
    if row.account is None:
        demand_term_over(reminders.terms_of(work, [voucher_id]).get(voucher_id), work.today)
    rules.demand_nothing_open(rows.open_count(work, place, voucher_id))
    advanced_cents = rows.spent_on(work, place, voucher_id).owed_cents
    paid_cents, shown_cents = rows.paid_and_shown(work, place, voucher_id)
    rules.demand_accounted(paid_cents - advanced_cents, shown_cents)
    return _Settling(row, row.claimed_cents, advanced_cents)


def _settle(work: Work, row: Voucher, paid_cents: int, **told: object) -> None:
    """End a voucher, and let the rest go back."""
    _give_back(work, row, VoucherState.SETTLED, **told)
    returned_cents = row.value_cents - paid_cents
    facts = VoucherSettled(place=row.place, subject=str(row.id), paid_cents=paid_cents, returned_cents=returned_cents)
    work.record(facts)


def _decide(work: Work, row: Voucher, kind: DecisionKind, amounts: _Amounts, why: Why | None) -> None:
    """Write a decision about a voucher. Raises GroundMissing.

    Choice: whoever granted the money also settles it and takes it back, as Awb title 4.2 speaks of one body.
    """
    grant = granting.grants_of(work, [row.id])[row.id]
    is_unasked = kind is DecisionKind.SETTLEMENT and row.account is None
    decision = DecideGrant(
        kind=kind,
        ground=why.ground if why else None,
        is_unasked=is_unasked,
        about=row.about,
        title=row.title,
        voucher_id=row.id,
        decision_id=row.decision_id,
        by=DecidedBy(
            body=Body(grant.body), basis=Basis(grant.basis) if grant.basis else None, article=grant.power_article
        ),
        motivation=why.motivation if why else _UNASKED if is_unasked else _AS_GRANTED,
        heard_on=why.heard.on if why and why.heard else None,
        heard_note=why.heard.note if why and why.heard else None,
        amount_cents=amounts.decided_cents,
        owed_cents=amounts.owed_cents,
        receivers=sorted(holders.holders_of(work, row.id)),
    )
    grants.decide(work, row.place, decision)


def _give_back(work: Work, row: Voucher, then: VoucherState, **told: object) -> int:
    """End the spending on a voucher, and return how many cents went back to the pot."""
    rest_cents = row.value_cents - row.claimed_cents - row.returned_cents
    move(work.session, row, AS_READ, state=then, returned_cents=row.returned_cents + rest_cents, **told)
    if rest_cents:
        transfer = Transfer(
            source=chart.voucher(row.place, row.year, row.id, row.theme),
            target=chart.pot(row.place, row.year, row.theme),
            amount=rest_cents,
            reference=rules.rest_reference(row.id),
        )
        contributions.bring_rest(work, row.place, row.about, transfer, holders.kept_cents(row))
    return rest_cents

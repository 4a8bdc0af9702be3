# SPDX-License-Identifier: EUPL-1.2
"""Issues vouchers with the decision that grants them, replaces their codes, and lets a group account for its own."""

from uuid import UUID

from wijkbudget.db.moving import move
from wijkbudget.kit.period import days_after
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import access, holders, queries, rules
from wijkbudget.vouchers.cheques import service as cheques
from wijkbudget.vouchers.claims.queries import rows
from wijkbudget.vouchers.events import VoucherAccounted, VoucherCodeReplaced, VoucherIssued
from wijkbudget.vouchers.grants import service as grants
from wijkbudget.vouchers.grants.rules import DecisionKind
from wijkbudget.vouchers.grants.schemas import DecideGrant
from wijkbudget.vouchers.kinds import INITIATIVE
from wijkbudget.vouchers.models import Voucher, VoucherHolder, VoucherInstalment
from wijkbudget.vouchers.queries import codes
from wijkbudget.vouchers.rules import AS_READ, VoucherState
from wijkbudget.vouchers.schemas import AccountFor, IssueVoucher, VoucherCardView, VoucherView


def issue(work: Work, place: str, command: IssueVoucher) -> VoucherView:
    """Put money that was set apart in the hands of a group, for the verb that decided so. Raises NotReserved."""
    parts_cents = [part.amount_cents for part in command.instalments]
    assert not parts_cents or sum(parts_cents) == command.value_cents
    valid_days = neighbourhoods.policy(work, place).rules.vouchers.valid_days
    voucher = _new(work, place, command, valid_days)
    work.session.add(voucher)
    work.session.flush()
    work.session.add_all(VoucherHolder(voucher_id=voucher.id, person=person) for person in sorted(set(command.holders)))
    work.session.add_all(
        VoucherInstalment(
            voucher_id=voucher.id, position=position, what=part.what, amount_cents=part.amount_cents, due_on=part.due_on
        )
        for position, part in enumerate(command.instalments, 1)
    )
    account = chart.voucher(place, command.year, voucher.id, command.theme)
    ledger.post_reserved(work, place, command.reservation, account, under=rules.issue_reference(voucher.id))
    grant = DecideGrant(
        kind=DecisionKind.GRANT,
        about=command.about,
        title=command.title,
        voucher_id=voucher.id,
        decision_id=command.decision_id,
        by=command.decided,
        motivation=command.motivation,
        amount_cents=command.value_cents,
        receivers=command.holders,
    )
    grants.decide(work, place, grant)
    work.record(
        VoucherIssued(
            place=place,
            subject=str(voucher.id),
            year=command.year,
            about=command.about,
            decision_id=str(command.decision_id) if command.decision_id else None,
            value_cents=command.value_cents,
            valid_until=voucher.valid_until.isoformat(),
        )
    )
    return queries.voucher(work, place, voucher.id)


@verb(access.CLAIM)
def account_for(work: Work, place: str, voucher_id: UUID, command: AccountFor) -> VoucherView:
    """Say what was done with the money, when nothing is open any more.

    Raises VoucherNotFound, NotYours, WrongState, ClaimsOpen or DayToCome.
    """
    row = holders.voucher_row(work, place, voucher_id)
    work.demand_own(holders.holders_of(work, voucher_id))
    rules.demand_state(VoucherState(row.state), VoucherState.ACCOUNTED)
    rules.demand_finished(command.finished_on, work.today)
    rules.demand_nothing_open(rows.open_count(work, place, voucher_id))
    told = {"account": command.done, "finished_on": command.finished_on}
    move(work.session, row, AS_READ, state=VoucherState.ACCOUNTED, **told)
    work.record(VoucherAccounted(place=place, subject=str(voucher_id), paid_cents=row.claimed_cents))
    return queries.voucher(work, place, voucher_id)


@verb(access.CARD)
def replace_code(work: Work, place: str, voucher_id: UUID) -> VoucherCardView:
    """Give a voucher a new code instead of a lost one; the old one finds nothing any more.

    Raises VoucherNotFound, NotYours or ChangedMeanwhile.
    """
    row = holders.voucher_row(work, place, voucher_id)
    work.demand_own(holders.holders_of(work, voucher_id))
    turn = row.turn + 1
    kept = codes.kept_hash(work, INITIATIVE, row.id, *codes.later(turn))
    move(work.session, row, ("turn",), turn=turn, code_hash=kept)
    work.record(VoucherCodeReplaced(place=place, subject=str(voucher_id), turn=turn))
    return queries.card(work, place, voucher_id)


def _new(work: Work, place: str, command: IssueVoucher, valid_days: int) -> Voucher:
    """Return the row of a new voucher."""
    voucher_id = cheques.voucher_id_of(work, place, command.about)
    return Voucher(
        id=voucher_id,
        place=place,
        year=command.year,
        theme=command.theme,
        plan_kind=command.plan_kind,
        about=command.about,
        title=command.title,
        decision_id=command.decision_id,
        organisation_id=command.organisation_id,
        turn=1,
        code_hash=codes.kept_hash(work, INITIATIVE, voucher_id),
        topped_up_cents=0,
        owed_cents=0,
        paid_back_cents=0,
        value_cents=command.value_cents,
        claimed_cents=0,
        returned_cents=0,
        state=VoucherState.ACTIVE,
        issued_on=work.today,
        valid_until=command.valid_until or days_after(work.today, valid_days),
    )

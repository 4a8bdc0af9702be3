# SPDX-License-Identifier: EUPL-1.2
"""Answers about vouchers, each reader what is theirs to see."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.codes import read_code
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers import access
from wijkbudget.vouchers.models import Voucher, VoucherHolder
from wijkbudget.vouchers.queries import rows
from wijkbudget.vouchers.rules import STATES, ClaimState, CostKind, VoucherNotFound, VoucherState
from wijkbudget.vouchers.schemas import ConditionsView, VoucherView


@question(access.READ)
def vouchers(look: Look, place: str) -> list[VoucherView]:
    """Return the vouchers of a neighbourhood, the newest year first, by title. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    here = select(Voucher).where(col(Voucher.place) == place)
    ordered = here.order_by(col(Voucher.year).desc(), col(Voucher.title), col(Voucher.id))
    return _views(look, place, look.session.exec(ordered).all())


@question(access.READ)
def voucher(look: Look, place: str, voucher_id: UUID) -> VoucherView:
    """Return one voucher. Raises VoucherNotFound."""
    return _views(look, place, [rows.voucher_row(look, place, voucher_id)])[0]


@question(access.READ)
def found_by_code(look: Look, place: str, code: str) -> VoucherView:
    """Return the voucher with a code, however it was typed. Raises VoucherNotFound."""
    kept = rows.code_hash(look, read_code(code) or "")
    row = look.session.exec(select(Voucher).where(col(Voucher.place) == place, col(Voucher.code_hash) == kept)).first()
    if row is None:
        raise VoucherNotFound(_("No voucher of this neighbourhood has this code. Look at the code once more."))
    return _views(look, place, [row])[0]


@question(access.READ)
def conditions(look: Look, place: str, voucher_id: UUID) -> ConditionsView:
    """Return what the policy asked when a voucher was issued. Raises VoucherNotFound."""
    row = rows.voucher_row(look, place, voucher_id)
    section = neighbourhoods.policy(look, place, row.issued_on).rules.vouchers
    return ConditionsView(
        article=section.article,
        payable=[kind for kind in CostKind if kind not in section.excluded_costs],
        account_within_days=section.account_within_days,
    )


def of_initiative(look: Look, place: str, about: str) -> VoucherView | None:
    """Return the voucher of a plan, or None if it has none."""
    row = look.session.exec(select(Voucher).where(col(Voucher.place) == place, col(Voucher.about) == about)).first()
    return _views(look, place, [row])[0] if row else None


def _views(look: Look, place: str, found: Collection[Voucher]) -> list[VoucherView]:
    """Return vouchers as whoever asks may see them."""
    ids = [row.id for row in found]
    holders = defaultdict[UUID, set[str]](set)
    for holder in look.session.exec(select(VoucherHolder).where(col(VoucherHolder.voucher_id).in_(ids))).all():
        holders[holder.voucher_id].add(holder.person)
    seen = {voucher_id for voucher_id in ids if rows.sees_details(look, holders[voucher_id])}
    names = identity.names(look, {person for voucher_id in seen for person in holders[voucher_id]})
    claims = rows.claims_of(look, place, ids)
    return [
        _view(
            look,
            row,
            claims.get(row.id, []),
            is_holder=look.actor.id in holders[row.id],
            names=sorted(names[person] for person in holders[row.id] if person in names),
        )
        for row in found
    ]


def _view(look: Look, row: Voucher, claims: list[rows.Paid], *, is_holder: bool, names: list[str]) -> VoucherView:
    """Return one voucher, with what whoever asks may do with it."""
    state = VoucherState(row.state)
    left_cents = row.value_cents - row.claimed_cents - row.returned_cents
    counts, cents = Counter[ClaimState](), Counter[ClaimState]()
    for claim, payout in claims:
        counts[rows.state_of(claim, payout)] += 1
        cents[rows.state_of(claim, payout)] += claim.amount_cents
    is_open = counts[ClaimState.FILED] + counts[ClaimState.APPROVED] > 0
    nothing_to_tell = row.stopped_on is not None and not row.claimed_cents
    may_ask = is_holder and access.CLAIM.allows(look.roles)
    decides = access.DECIDE.allows(look.roles) and look.actor.id not in rows.interested_in(look, row)
    return VoucherView(
        id=row.id,
        year=row.year,
        about=row.about,
        title=row.title,
        decision_id=row.decision_id,
        state=state,
        value_cents=row.value_cents,
        open_cents=cents[ClaimState.FILED] + cents[ClaimState.APPROVED],
        paid_cents=cents[ClaimState.PAID],
        returned_cents=row.returned_cents,
        left_cents=left_cents,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        last_day=row.valid_until - timedelta(days=1),
        stopped_on=row.stopped_on,
        account=row.account,
        finished_on=row.finished_on,
        waiting_count=counts[ClaimState.FILED],
        unpaid_count=counts[ClaimState.APPROVED],
        holders=names,
        code=rows.code_of(look, row.id) if is_holder else None,
        may_claim=may_ask and state is VoucherState.ACTIVE and look.today < row.valid_until and left_cents > 0,
        may_account=may_ask and VoucherState.ACCOUNTED in STATES[state] and not is_open and not nothing_to_tell,
        may_settle=decides and VoucherState.SETTLED in STATES[state],
    )

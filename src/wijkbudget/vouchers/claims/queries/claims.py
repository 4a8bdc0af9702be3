# SPDX-License-Identifier: EUPL-1.2
"""Answers about claims, each reader what is theirs to see."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import PersonView
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules.policy import Policy
from wijkbudget.payments import queries as payments
from wijkbudget.payments.rules import PayoutState
from wijkbudget.payments.schemas import PayoutView
from wijkbudget.reciprocity.fees import queries as fees
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers import access, holders
from wijkbudget.vouchers.claims.advances import advance_max_cents
from wijkbudget.vouchers.claims.kinds import KINDS
from wijkbudget.vouchers.claims.kinds.kind import Kind
from wijkbudget.vouchers.claims.models import Claim, ClaimLine
from wijkbudget.vouchers.claims.queries import interests, rows
from wijkbudget.vouchers.claims.rules import OPEN, ClaimNotFound, ClaimState, CostKind, is_reason_asked
from wijkbudget.vouchers.claims.schemas import ClaimDetails, ClaimView, ConditionsView, LineView, ReceiptView
from wijkbudget.vouchers.models import Voucher
from wijkbudget.vouchers.receipts import RECEIPTS


class _Mine(NamedTuple):
    """What whoever asks may do with a claim, as long as its state allows it."""

    to_decide: bool
    to_refuse: bool
    to_change: bool
    to_book: bool


@question(access.READ)
def claims(look: Look, place: str, voucher_id: UUID) -> list[ClaimView]:
    """Return the claims on a voucher, the oldest first. Raises VoucherNotFound."""
    voucher = holders.voucher_row(look, place, voucher_id)
    on_it = select(Claim).where(col(Claim.place) == place, col(Claim.voucher_id) == voucher_id)
    found = look.session.exec(on_it.order_by(col(Claim.filed_at), col(Claim.id))).all()
    return _views(look, found, voucher)


@question(access.READ)
def claim_view(look: Look, place: str, claim_id: UUID) -> ClaimView:
    """Return one claim. Raises ClaimNotFound."""
    row = rows.claim_row(look, place, claim_id)
    return _views(look, [row], holders.voucher_row(look, place, row.voucher_id))[0]


@question(access.DETAILS)
def receipt(look: Look, place: str, claim_id: UUID) -> ReceiptView:
    """Return the receipt of a claim. Raises ClaimNotFound or NotYours."""
    row = rows.claim_row(look, place, claim_id)
    look.demand_own(holders.holders_of(look, row.voucher_id))
    if row.receipt_kind is None or row.receipt_sha256 is None:
        raise ClaimNotFound(_("No receipt belongs to this claim."))
    content = look.files.read(row.receipt_sha256)
    if content is None:
        raise ClaimNotFound(_("The receipt of this claim is not here any more."))
    kind = RECEIPTS[row.receipt_kind]
    day, ending = row.bought_on or day_of(row.filed_at), kind.media_type.rpartition("/")[2]
    name = f"{day.isoformat()}-{row.receipt_sha256[:8]}.{ending}"
    return ReceiptView(name=name, media_type=kind.media_type, content=content)


def _views(look: Look, found: Collection[Claim], voucher: Voucher) -> list[ClaimView]:
    """Return claims on one voucher as whoever asks may see them."""
    me, group = look.actor.id, holders.holders_of(look, voucher.id)
    sees, claims_it = holders.sees_details(look, group), access.CLAIM.allows(look.roles) and me in group
    decides, books = access.DECIDE.allows(look.roles), access.TAKE_BACK.allows(look.roles)
    steps = neighbourhoods.policy(look, voucher.place, voucher.issued_on).rules.vouchers.approvals
    approvers = {row.id: rows.approvers_of(look, row) for row in found}
    people = {person for row in found for person in (row.claimant, *approvers[row.id])}
    names = identity.names(look, people) if sees else {}
    payouts = payments.payout_about(look, voucher.place, [str(row.id) for row in found])
    lines = rows.lines_of(look, [row.id for row in found])
    views = []
    for row in found:
        payout, is_mine = payouts.get(str(row.id)), me in interests.interested_in(look, row, voucher)
        mine = _Mine(
            to_decide=decides and not is_mine and me not in approvers[row.id] and not interests.is_payee(look, row),
            to_refuse=decides and not is_mine,
            to_change=claims_it,
            to_book=books and not is_mine,
        )
        details = _details(look, row, approvers[row.id], names) if sees else None
        view = _view(row, payout, len(approvers[row.id]), details, mine)
        told = {
            "lines": [_line(line, sees=sees) for line in lines[row.id]],
            "due_on": rows.due_on(look, row, payout, voucher.issued_on),
            "is_reason_asked": is_reason_asked(row.amount_cents, steps),
        }
        views.append(view.model_copy(update=told))
    return views


def _view(
    row: Claim, payout: PayoutView | None, approval_count: int, details: ClaimDetails | None, mine: _Mine
) -> ClaimView:
    state, open_cents = rows.state_of(row, payout), rows.owed_cents(row, payout)
    is_frozen = payout is not None and payout.state is not PayoutState.ORDERED
    return ClaimView(
        id=row.id,
        voucher_id=row.voucher_id,
        state=state,
        amount_cents=row.amount_cents,
        kind=row.kind,
        category=CostKind(row.category) if row.category else None,
        lines=[],
        covered_cents=row.covered_cents,
        to_pay_cents=rows.to_pay_cents(row),
        open_cents=open_cents,
        paid_back_cents=row.paid_back_cents,
        reclaimed_cents=row.reclaimed_cents,
        due_on=None,
        bought_on=row.bought_on,
        filed_on=day_of(row.filed_at),
        paid_on=day_of(payout.paid_at) if payout and payout.paid_at else None,
        approval_count=approval_count,
        approvals_needed=row.approvals_needed,
        is_reason_asked=False,
        receipt_sha256=row.receipt_sha256,
        turn=row.turn,
        sent_back=payout.sent_back if payout else None,
        details=details,
        may_change_account=mine.to_change and state in OPEN and rows.to_pay_cents(row) > 0 and not is_frozen,
        may_decide=mine.to_decide and state is ClaimState.FILED,
        may_refuse=mine.to_refuse and (state is ClaimState.FILED or (state is ClaimState.APPROVED and not is_frozen)),
        may_book_back=mine.to_book and open_cents > 0,
    )


def _line(line: ClaimLine, *, sees: bool) -> LineView:
    cost = rows.cost_of(line)
    return LineView(
        category=cost.category,
        amount_cents=cost.amount_cents,
        vat=cost.vat,
        vat_cents=cost.vat_cents,
        about=cost.about if sees else None,
    )


def _details(look: Look, row: Claim, approvers: list[str], names: dict[str, str]) -> ClaimDetails:
    return ClaimDetails(
        claimant=names.get(row.claimant, ""),
        purpose=row.purpose,
        volunteer=row.payee if row.volunteer_id else None,
        volunteer_id=row.volunteer_id,
        is_fee_near=_is_fee_near(look, row),
        supplier=row.supplier,
        number=row.number,
        payee=row.payee,
        iban=row.iban,
        approvers=[names[person] for person in approvers if person in names],
        approval_reasons=rows.reasons_of(look, row),
        reason=row.reason,
    )


def _is_fee_near(look: Look, row: Claim) -> bool:
    """Return whether a volunteer comes near what somebody can receive for their time, with this claim if it waits.

    Choice: they hear it themselves, and so does whoever approves and pays; not the rest of the group.
    """
    if row.volunteer_id is None or row.state == ClaimState.REFUSED:
        return False
    if access.DETAILS.only_own(look.roles) and look.actor.id != str(row.volunteer_id):
        return False
    waiting_cents = row.amount_cents if row.state == ClaimState.FILED else 0
    return fees.is_near_with(look, row.place, str(row.volunteer_id), look.today, waiting_cents)


@question(access.READ)
def conditions(look: Look, place: str, voucher_id: UUID) -> ConditionsView:
    """Return what the policy asked when a voucher was issued. Raises VoucherNotFound."""
    row = holders.voucher_row(look, place, voucher_id)
    policy = neighbourhoods.policy(look, place, row.issued_on).rules
    section, advance = policy.vouchers, policy.advances
    return ConditionsView(
        article=section.article,
        payable=[
            kind for kind in CostKind if kind not in section.excluded_costs and kind is not CostKind.VOLUNTEER_FEE
        ],
        account_within_days=section.account_within_days,
        kinds=[key for key, kind in KINDS.items() if _is_offered(look, place, kind, policy)],
        volunteers=_group(look, voucher_id),
        advance_max_cents=advance_max_cents(row.value_cents, advance.share_percent_max) if advance else None,
        advance_days=advance.account_within_days if advance else None,
    )


def _is_offered(look: Look, place: str, kind: Kind, policy: Policy) -> bool:
    """Return whether the policy has a rule for a kind of claim, where it needs one, and pays what it is for."""
    if kind.category:
        # The limits are those of today, whenever the voucher was issued.
        return fees.has_limits(look, place) and kind.category not in policy.vouchers.excluded_costs
    return bool(policy.advances) or not kind.is_advance


def _group(look: Look, voucher_id: UUID) -> list[PersonView]:
    """Return the members of a group by name, to themselves."""
    group = holders.holders_of(look, voucher_id)
    names = identity.names(look, group) if look.actor.id in group else {}
    return sorted((PersonView(id=id_, name=name) for id_, name in names.items()), key=lambda who: (who.name, who.id))

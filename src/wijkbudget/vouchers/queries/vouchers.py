# SPDX-License-Identifier: EUPL-1.2
"""Answers about vouchers, each reader what is theirs to see."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.codes import read_code
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers import access
from wijkbudget.vouchers import holders as groups
from wijkbudget.vouchers.claims.queries import rows
from wijkbudget.vouchers.claims.rules import ClaimState, filled
from wijkbudget.vouchers.grants import queries as grants
from wijkbudget.vouchers.grants.models import GrantDecision
from wijkbudget.vouchers.kinds import INITIATIVE
from wijkbudget.vouchers.models import Voucher, VoucherHolder, VoucherInstalment
from wijkbudget.vouchers.queries import codes
from wijkbudget.vouchers.reminders import queries as reminders
from wijkbudget.vouchers.rules import SHOWABLE, STATES, PlanKind, VoucherNotFound, VoucherState
from wijkbudget.vouchers.schemas import VoucherCardView, VoucherInstalmentView, VoucherView

_AS_KEPT = (
    "id", "year", "theme", "about", "title", "decision_id", "value_cents", "topped_up_cents", "returned_cents",
    "issued_on", "valid_until", "stopped_on", "account", "finished_on", "paid_back_cents",
)  # fmt: skip
"""What a view of a voucher says as it is kept."""


class _Found(NamedTuple):
    """What was found of a voucher: the claims on it, the decision that granted it, and until when to account for it."""

    claims: list[rows.Paid]
    instalments: list[VoucherInstalment]
    grant: GrantDecision | None
    due_on: date | None
    """By the policy, where it ended without an account."""
    account_until: date | None
    """By the last letter."""


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
    return _views(look, place, [groups.voucher_row(look, place, voucher_id)])[0]


@question(access.READ)
def found_by_code(look: Look, place: str, code: str) -> VoucherView:
    """Return the voucher with a code, however it was typed. Raises VoucherNotFound."""
    kept = codes.code_hash(look, INITIATIVE, read_code(code) or "")
    row = look.session.exec(select(Voucher).where(col(Voucher.place) == place, col(Voucher.code_hash) == kept)).first()
    if row is None:
        raise VoucherNotFound(_("No voucher of this neighbourhood has this code. Look at the code once more."))
    return _views(look, place, [row])[0]


@question(access.CARD)
def card(look: Look, place: str, voucher_id: UUID) -> VoucherCardView:
    """Return what stands on the card of a voucher. Raises VoucherNotFound or NotYours."""
    row = groups.voucher_row(look, place, voucher_id)
    look.demand_own(groups.holders_of(look, voucher_id))
    return VoucherCardView(
        id=row.id,
        title=row.title,
        neighbourhood=neighbourhoods.neighbourhood(look, place).name,
        value_cents=row.value_cents,
        last_day=row.valid_until - timedelta(days=1),
        code=codes.code_of(look, INITIATIVE, row.id, *codes.later(row.turn)),
    )


def of_initiative(look: Look, place: str, about: str) -> VoucherView | None:
    """Return the voucher of a plan or of a bid, or None if it has none."""
    row = look.session.exec(select(Voucher).where(col(Voucher.place) == place, col(Voucher.about) == about)).first()
    return _views(look, place, [row])[0] if row else None


def _views(look: Look, place: str, found: Collection[Voucher]) -> list[VoucherView]:
    """Return vouchers as whoever asks may see them."""
    ids = [row.id for row in found]
    holders = defaultdict[UUID, set[str]](set)
    for holder in look.session.exec(select(VoucherHolder).where(col(VoucherHolder.voucher_id).in_(ids))).all():
        holders[holder.voucher_id].add(holder.person)
    seen = {voucher_id for voucher_id in ids if groups.sees_details(look, holders[voucher_id])}
    names = identity.names(look, {person for voucher_id in seen for person in holders[voucher_id]})
    claims, decided = rows.claims_of(look, place, ids), grants.grants_of(look, ids)
    terms, parts = reminders.terms_of(look, ids), rows.instalments_of(look, ids)
    return [
        _view(
            look,
            row,
            _Found(
                claims.get(row.id, []),
                parts[row.id],
                decided.get(row.id),
                reminders.due_on(look, row),
                terms.get(row.id),
            ),
            is_holder=look.actor.id in holders[row.id],
            names=sorted(names[person] for person in holders[row.id] if person in names),
        )
        for row in found
    ]


def _view(look: Look, row: Voucher, found: _Found, *, is_holder: bool, names: list[str]) -> VoucherView:
    """Return one voucher, with what whoever asks may do with it."""
    state, grant, decides = VoucherState(row.state), found.grant, _deciding(look, row, found)
    left_cents = row.value_cents - row.claimed_cents - row.returned_cents
    (counts, cents), spent = _counted(found.claims), rows.spent(found.claims)
    may_ask, known_on = is_holder and access.CLAIM.allows(look.roles), grant.known_on if grant else None
    is_in_use = state is VoucherState.ACTIVE and look.today < row.valid_until
    return VoucherView(
        **{name: getattr(row, name) for name in _AS_KEPT},
        plan_kind=PlanKind(row.plan_kind),
        state=state,
        open_cents=cents[ClaimState.FILED] + cents[ClaimState.APPROVED],
        paid_cents=spent.paid_cents - spent.paid_back_cents,
        used_cents=spent.used_cents,
        advanced_cents=spent.owed_cents,
        left_cents=left_cents,
        last_day=row.valid_until - timedelta(days=1),
        account_due_on=found.due_on,
        account_until=found.account_until,
        instalments=_instalments(look, row, found.instalments, spent.paid_cents - spent.paid_back_cents),
        waiting_count=counts[ClaimState.FILED],
        unpaid_count=counts[ClaimState.APPROVED],
        holders=names,
        code=codes.code_of(look, INITIATIVE, row.id, *codes.later(row.turn)) if is_holder else None,
        grant_id=grant.id if grant and groups.sees_details(look, [look.actor.id] if is_holder else []) else None,
        owed_cents=row.owed_cents - row.paid_back_cents,
        may_print=access.CARD.allows(look.roles) and (is_holder or not access.CARD.only_own(look.roles)),
        may_settle_lower=decides.settles and row.claimed_cents > 0,
        may_lower=decides.lowers,
        may_take_back=access.TAKE_BACK.allows(look.roles) and row.owed_cents > row.paid_back_cents,
        known_on=known_on,
        may_collect=may_ask and grant is not None and known_on is None,
        may_claim=may_ask and known_on is not None and is_in_use and left_cents > 0,
        may_show=may_ask and spent.owed_cents > 0 and state in SHOWABLE,
        may_account=may_ask and _can_be_accounted(row, counts),
        may_settle=decides.settles and not spent.owed_cents,
        may_remind=decides.reminds,
    )


def _instalments(
    look: Look, row: Voucher, parts: list[VoucherInstalment], paid_cents: int
) -> list[VoucherInstalmentView]:
    """Return which part of a voucher can be asked from when, and how far each is."""
    parts_cents = [part.amount_cents for part in parts]
    asked, paid = filled(parts_cents, row.claimed_cents), filled(parts_cents, paid_cents)
    return [
        VoucherInstalmentView(
            what=part.what,
            amount_cents=part.amount_cents,
            due_on=part.due_on,
            is_due=look.today >= part.due_on,
            asked_cents=asked_cents,
            paid_cents=part_paid_cents,
        )
        for part, asked_cents, part_paid_cents in zip(parts, asked, paid, strict=True)
    ]


class _Deciding(NamedTuple):
    """What whoever asks can decide about a voucher."""

    settles: bool
    lowers: bool
    reminds: bool


def _deciding(look: Look, row: Voucher, found: _Found) -> _Deciding:
    """Return what whoever asks can decide about a voucher: nothing about money of their own group."""
    if not access.DECIDE.allows(look.roles) or look.actor.id in groups.interested_in(look, row):
        return _Deciding(settles=False, lowers=False, reminds=False)
    state, until = VoucherState(row.state), found.account_until
    is_told = row.account is not None or (until is not None and look.today > until)
    return _Deciding(
        settles=is_told and VoucherState.SETTLED in STATES[state],
        lowers=state is VoucherState.SETTLED and row.claimed_cents > row.owed_cents,
        reminds=found.due_on is not None and look.today > found.due_on,
    )


def _counted(claims: list[rows.Paid]) -> tuple[Counter[ClaimState], Counter[ClaimState]]:
    """Return how many claims are how far, and for how many cents."""
    counts, cents = Counter[ClaimState](), Counter[ClaimState]()
    for claim, payout in claims:
        counts[rows.state_of(claim, payout)] += 1
        cents[rows.state_of(claim, payout)] += claim.amount_cents - claim.covered_cents
    return counts, cents


def _can_be_accounted(row: Voucher, counts: Counter[ClaimState]) -> bool:
    """Return whether a group can account for its voucher now; a plan that stopped unspent has nothing to tell."""
    is_open = counts[ClaimState.FILED] + counts[ClaimState.APPROVED] > 0
    nothing_to_tell = row.stopped_on is not None and not row.claimed_cents
    return VoucherState.ACCOUNTED in STATES[VoucherState(row.state)] and not is_open and not nothing_to_tell

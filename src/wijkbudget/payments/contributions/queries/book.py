# SPDX-License-Identifier: EUPL-1.2
"""Answers what the cashier must look at, and proves that every cent on its way in or out is explained."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, or_, select

from wijkbudget.kit.faults import Fault
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.payments import access
from wijkbudget.payments.contributions import lives
from wijkbudget.payments.contributions.models import Contribution, ContributionRefund, GiftCollection, ProviderNotice
from wijkbudget.payments.contributions.queries import rows
from wijkbudget.payments.contributions.rules import CollectionState, RefundState
from wijkbudget.payments.contributions.schemas import (
    ClearingView,
    GiftBookView,
    GiftLineView,
    GiftRefundView,
    NoticeView,
)
from wijkbudget.payments.providers import PROVIDERS
from wijkbudget.payments.providers.port import Notice
from wijkbudget.trail.work import Look, question

NEWEST = 200
"""How many gifts the cashier's page shows."""
_ON_ITS_WAY = (RefundState.ORDERED, RefundState.FAILED)


@question(access.READ_GIFTS, municipal=True)
def gift_book(look: Look) -> GiftBookView:
    """Return all gifts of the municipality, and what needs somebody's eye first."""
    both = select(Contribution, GiftCollection).join(
        GiftCollection, col(GiftCollection.id) == col(Contribution.collection_id)
    )
    newest = both.order_by(col(Contribution.opened_at).desc(), col(Contribution.id))
    is_taken = or_(col(Contribution.taken_cents) > 0, col(Contribution.covered_cents) > 0)
    different = or_(is_taken, col(Contribution.waiting_cents) > 0)
    return GiftBookView(
        clearing=list(_clearing(look)),
        refunds=_refund_lines(look),
        differences=[_line(row, to) for row, to in look.session.exec(newest.where(different)).all()],
        strangers=_strangers(look),
        gifts=[_line(row, to) for row, to in look.session.exec(newest.limit(NEWEST)).all()],
    )


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for each gift that is not what was told of it, and money that no gift or refund explains."""
    for seen in _clearing(look):
        if seen.held_cents != seen.explained_cents:
            shows = f"holds {seen.held_cents} cents, gifts and refunds explain {seen.explained_cents}"
            yield Fault("money on its way is explained", seen.account, shows)
    yield from _check_lives(look)
    for row in look.session.exec(select(GiftCollection).order_by(col(GiftCollection.id))).all():
        is_kept = row.state == CollectionState.OPEN and not row.is_pot
        expected = rows.kept_cents(look, row.id) + row.matched_cents if is_kept else 0
        account = chart.gift(row.place, row.year, row.id, row.theme)
        held = ledger.balance(look, account)
        if held != expected:
            yield Fault("what was given is there", account.address, f"holds {held} cents, gifts say {expected}")


def _check_lives(look: Look) -> Iterator[Fault]:
    """Yield a fault for each gift whose row or transfers are not what follows from its news."""
    told, refunds = _all_news(look), defaultdict[UUID, dict[UUID, int]](dict)
    for refund in look.session.exec(select(ContributionRefund)).all():
        refunds[refund.contribution_id][refund.id] = refund.amount_cents
    for row in look.session.exec(select(Contribution).order_by(col(Contribution.id))).all():
        life = lives.read(row.id, row.amount_cents, told[row.id], refunds[row.id])
        says = (row.state, row.payment_id, row.taken_cents, row.waiting_cents)
        if says != (life.state, life.payment_id, life.taken_cents, life.waiting_cents):
            yield Fault("a gift is what the provider told", f"gift {row.id}", f"is {row.state}, news says {life.state}")
        expected = {step.reference: step.amount_cents for step in life.steps}
        if ledger.amounts_under(look, list(expected)) != expected:
            yield Fault("what was told is in the books", f"gift {row.id}", "a movement is missing or another amount")


def _all_news(look: Look) -> dict[UUID, list[Notice]]:
    """Return all news by the gift it is of."""
    every = rows.notices(look)
    payments = {one.payment_id: one.contribution_id for one in every if one.payment_id and one.contribution_id}
    found = defaultdict[UUID, list[Notice]](list)
    for one in every:
        gift_id = one.contribution_id or payments.get(one.payment_id or "")
        if gift_id:
            found[gift_id].append(one)
    return found


def _clearing(look: Look) -> Iterator[ClearingView]:
    """Yield each clearing account with what gifts and refunds say it holds."""
    waiting = select(col(Contribution.place), func.sum(col(Contribution.waiting_cents)))
    back = select(col(ContributionRefund.place), func.sum(col(ContributionRefund.amount_cents)))
    on_its_way = back.where(col(ContributionRefund.state).in_(_ON_ITS_WAY))
    explained: dict[str, int] = defaultdict(int)
    for query in (
        waiting.group_by(col(Contribution.place)),
        on_its_way.group_by(col(ContributionRefund.place)),
    ):
        for place, cents in look.session.exec(query).all():
            explained[place] += int(cents)
    for key in PROVIDERS:
        for address, held_cents in sorted(ledger.balances(look, f"clearing:{key}:").items()):
            place = address.rpartition(":")[2]
            yield ClearingView(account=address, place=place, held_cents=held_cents, explained_cents=explained[place])


def _line(row: Contribution, to: GiftCollection) -> GiftLineView:
    return GiftLineView(
        contribution_id=row.id,
        place=row.place,
        title=to.title,
        amount_cents=row.amount_cents,
        state=rows.state_of(row),
        opened_at=row.opened_at,
        paid_at=row.paid_at,
        refunded_cents=row.refunded_cents,
        taken_cents=row.taken_cents,
        waiting_cents=row.waiting_cents,
    )


def _refund_lines(look: Look) -> list[GiftRefundView]:
    """Return the refunds that are on their way or did not arrive, the oldest first."""
    waiting = (
        select(ContributionRefund, Contribution, GiftCollection)
        .join(Contribution, col(Contribution.id) == col(ContributionRefund.contribution_id))
        .join(GiftCollection, col(GiftCollection.id) == col(Contribution.collection_id))
        .where(col(ContributionRefund.state).in_(_ON_ITS_WAY))
        .order_by(col(ContributionRefund.ordered_at), col(ContributionRefund.id))
    )
    settles = access.SETTLE_REFUND.allows(look.roles)
    return [
        GiftRefundView(
            id=refund.id,
            amount_cents=refund.amount_cents,
            state=RefundState(refund.state),
            ordered_at=refund.ordered_at,
            contribution_id=row.id,
            place=row.place,
            title=to.title,
            payment_id=row.payment_id,
            may_settle=settles and refund.state == RefundState.FAILED,
        )
        for refund, row, to in look.session.exec(waiting).all()
    ]


def _strangers(look: Look) -> list[NoticeView]:
    """Return news that is of no gift we know."""
    ours = select(Contribution.id)
    known = select(ProviderNotice.payment_id).where(
        col(ProviderNotice.contribution_id).in_(ours), col(ProviderNotice.payment_id).is_not(None)
    )
    is_named = col(ProviderNotice.contribution_id).is_not(None) & col(ProviderNotice.contribution_id).in_(ours)
    is_paid = col(ProviderNotice.payment_id).is_not(None) & col(ProviderNotice.payment_id).in_(known)
    others = select(ProviderNotice).where(~is_named, ~is_paid).order_by(col(ProviderNotice.heard_at).desc())
    return [
        NoticeView(
            event_id=row.event_id,
            news=row.news,
            payment_id=row.payment_id,
            amount_cents=row.amount_cents,
            heard_at=row.heard_at,
        )
        for row in look.session.exec(others).all()
    ]

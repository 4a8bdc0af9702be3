# SPDX-License-Identifier: EUPL-1.2
"""Finds the rows of collections and gifts, and what is known of each gift; for the verbs and the other queries."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, or_, select

from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code, read_code
from wijkbudget.kit.text import _
from wijkbudget.ledger import queries as ledger
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import GiftsPolicy
from wijkbudget.payments.contributions import flows, lives, rules
from wijkbudget.payments.contributions.models import Contribution, ContributionRefund, GiftCollection, ProviderNotice
from wijkbudget.payments.contributions.rules import ContributionState
from wijkbudget.payments.providers.port import News, Notice
from wijkbudget.trail.work import Look


def row_about(look: Look, place: str, about: str) -> GiftCollection | None:
    """Return the row of the collection for a thing, for the verbs."""
    found = select(GiftCollection).where(col(GiftCollection.place) == place, col(GiftCollection.about) == about)
    return look.session.exec(found).first()


def collection_row(look: Look, place: str, collection_id: UUID) -> GiftCollection:
    """Return the row of a collection of this neighbourhood, for the verbs. Raises CollectionNotFound."""
    row = look.session.get(GiftCollection, collection_id)
    if row is None or row.place != place:
        raise rules.CollectionNotFound(_("Nobody collects gifts for this here."))
    return row


def row_by_code(look: Look, code: str) -> Contribution:
    """Return the row of a gift by its code. Raises ContributionNotFound."""
    symbols = read_code(code)
    found = select(Contribution).where(col(Contribution.code_hash) == _code_hash(look, symbols or ""))
    row = look.session.exec(found).first() if symbols else None
    if row is None:
        raise rules.ContributionNotFound(_("We know no gift with this code. Look at it once more."))
    return row


def contribution_row(look: Look, contribution_id: UUID) -> Contribution:
    """Return the row of a gift, for the verbs. Raises ContributionNotFound."""
    row = look.session.get(Contribution, contribution_id)
    if row is None:
        raise rules.ContributionNotFound(_("There is no such gift."))
    return row


def refund_row(look: Look, refund_id: UUID) -> ContributionRefund:
    """Return the row of a refund, for the verbs. Raises RefundNotFound."""
    row = look.session.get(ContributionRefund, refund_id)
    if row is None:
        raise rules.RefundNotFound(_("There is no such refund."))
    return row


def code_of(look: Look, contribution_id: UUID) -> str:
    """Return the code of a gift; it is made again from the keys of the house each time, and kept nowhere."""
    made = look.keys.keyed_hash("gift code", str(contribution_id))
    return new_code(bytes.fromhex(made)[:CODE_RANDOM_BYTES])


def kept_hash(look: Look, contribution_id: UUID) -> str:
    """Return the keyed hash under which a gift is kept, made of its code."""
    return _code_hash(look, read_code(code_of(look, contribution_id)) or "")


def opened_count(look: Look, collection_id: UUID) -> int:
    """Return how many gifts to this wait for payment."""
    waits = col(Contribution.collection_id) == collection_id, col(Contribution.state) == ContributionState.OPENED
    return look.session.exec(select(func.count()).select_from(Contribution).where(*waits)).one()


def kept_cents(look: Look, collection_id: UUID) -> int:
    """Return what of all gifts is still with a collection."""
    left = col(Contribution.amount_cents) - col(Contribution.refunded_cents) - col(Contribution.covered_cents)
    paid = col(Contribution.collection_id) == collection_id, col(Contribution.state) == ContributionState.PAID
    return int(look.session.exec(select(func.sum(left)).where(*paid)).one() or 0)


def kept(look: Look, collection_id: UUID) -> dict[UUID, int]:
    """Return what of each paid gift is still with a collection."""
    paid = col(Contribution.collection_id) == collection_id, col(Contribution.state) == ContributionState.PAID
    found = look.session.exec(select(Contribution).where(*paid).order_by(col(Contribution.id))).all()
    return {row.id: kept_of(row) for row in found if kept_of(row)}


def left(look: Look, collection_id: UUID) -> dict[UUID, int]:
    """Return what each giver to a collection could still get back: not what they left to the pot or took back."""
    asked = col(Contribution.state) == ContributionState.PAID, col(Contribution.may_go_to_pot).is_(False)
    mine = select(Contribution).where(col(Contribution.collection_id) == collection_id, *asked)
    found = look.session.exec(mine.order_by(col(Contribution.id))).all()
    # What was taken back while it was with the plan is not with it again when that comes back.
    now = {row.id: min(kept_of(row), left_of(row)) for row in found}
    return {gift_id: cents for gift_id, cents in now.items() if cents}


def refunds_of(look: Look, contribution_id: UUID) -> Sequence[ContributionRefund]:
    """Return the refunds of a gift, in the order they were ordered."""
    rows = select(ContributionRefund).where(col(ContributionRefund.contribution_id) == contribution_id)
    return look.session.exec(rows.order_by(col(ContributionRefund.ordered_at), col(ContributionRefund.id))).all()


def notices_of(look: Look, contribution_id: UUID) -> list[Notice]:
    """Return all news of a gift: what names it, and what names a payment of it."""
    named = col(ProviderNotice.contribution_id) == contribution_id
    payments = select(ProviderNotice.payment_id).where(named, col(ProviderNotice.payment_id).is_not(None))
    rows = select(ProviderNotice).where(or_(named, col(ProviderNotice.payment_id).in_(payments)))
    return [notice_of(row) for row in look.session.exec(rows).all()]


def whose(look: Look, notice: Notice) -> UUID | None:
    """Return the gift that news is of: the one it names, or the one of its payment; None if we know neither."""
    if notice.contribution_id is None and notice.payment_id:
        named = col(ProviderNotice.payment_id) == notice.payment_id, col(ProviderNotice.contribution_id).is_not(None)
        found = look.session.exec(select(ProviderNotice.contribution_id).where(*named)).first()
    else:
        found = notice.contribution_id
    return found if found and look.session.get(Contribution, found) else None


def told_of(look: Look, object_ids: Collection[str]) -> dict[tuple[News, str], tuple[int, str | None]]:
    """Return what was told of these payments, refunds and disputes: how much, and where the gift is of, if we know."""
    told = look.session.exec(select(ProviderNotice).where(col(ProviderNotice.object_id).in_(object_ids))).all()
    named = select(ProviderNotice.payment_id, ProviderNotice.contribution_id).where(
        col(ProviderNotice.payment_id).in_({row.payment_id for row in told if row.contribution_id is None}),
        col(ProviderNotice.contribution_id).is_not(None),
    )
    by_payment = {payment_id: gift_id for payment_id, gift_id in look.session.exec(named).all()}  # noqa: C416 - mypy does not know a row as a pair
    gifts = {row.event_id: row.contribution_id or by_payment.get(row.payment_id) for row in told}
    known = select(Contribution.id, Contribution.place).where(col(Contribution.id).in_(set(gifts.values()) - {None}))
    places = {gift_id: place for gift_id, place in look.session.exec(known).all()}  # noqa: C416 - the same
    return {
        (News(row.news), row.object_id): (row.amount_cents, places.get(gift_id) if gift_id else None)
        for row in told
        for gift_id in [gifts[row.event_id]]
    }


def shared_cents(look: Look, rest_reference: str) -> int:
    """Return what went back to who gave, of the rest of a plan that came into the pot under a reference."""
    return sum(ledger.amounts_under(look, [flows.REST.reference_of(rest_reference)]).values())


def policy_of(look: Look, place: str) -> GiftsPolicy | None:
    """Return what the policy says of gifts today."""
    return neighbourhoods.policy(look, place).rules.gifts


def life_of(look: Look, row: Contribution) -> lives.Life:
    """Return what is known of a gift, from all the news of it."""
    refunds = {refund.id: refund.amount_cents for refund in refunds_of(look, row.id)}
    return lives.read(row.id, row.amount_cents, notices_of(look, row.id), refunds)


def kept_of(row: Contribution) -> int:
    """Return what of a gift is with its collection, or went on from there."""
    if row.state != ContributionState.PAID:
        return 0
    return row.amount_cents - row.refunded_cents - row.covered_cents


def left_of(row: Contribution) -> int:
    """Return what the giver did not get back in any way."""
    if row.state != ContributionState.PAID:
        return 0
    return max(0, row.amount_cents - row.refunded_cents - row.taken_cents)


def state_of(row: Contribution) -> ContributionState:
    """Return the state of a gift, with what went back."""
    if row.state != ContributionState.PAID or left_of(row) == row.amount_cents:
        return ContributionState(row.state)
    return ContributionState.PART_REFUNDED if left_of(row) else ContributionState.REFUNDED


def notice_of(row: ProviderNotice) -> Notice:
    """Return news as it was told."""
    return Notice(
        event_id=row.event_id,
        news=News(row.news),
        contribution_id=row.contribution_id,
        payment_id=row.payment_id,
        object_id=row.object_id,
        refund_id=row.refund_id,
        amount_cents=row.amount_cents,
    )


def _code_hash(look: Look, symbols: str) -> str:
    return look.keys.keyed_hash("gift code, kept", symbols)

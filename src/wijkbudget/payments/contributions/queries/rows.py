# SPDX-License-Identifier: EUPL-1.2
"""Finds the rows of collections and gifts, and what is known of each gift; for the verbs and the other queries."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Update, Uuid, bindparam, case, func
from sqlmodel import and_, col, or_, select, update

from wijkbudget.db.prepared import Prepared
from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code, read_code
from wijkbudget.kit.text import _
from wijkbudget.ledger import queries as ledger
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import GiftsPolicy
from wijkbudget.payments.contributions import flows, rules
from wijkbudget.payments.contributions.models import Contribution, ContributionRefund, GiftCollection, ProviderNotice
from wijkbudget.payments.contributions.rules import ContributionState
from wijkbudget.payments.providers.port import News, Notice
from wijkbudget.trail.work import Look

_TOLD = tuple(field.name for field in fields(Notice))
_EVERY = select(*(col(getattr(ProviderNotice, name)) for name in _TOLD))
_NAMED = col(ProviderNotice.contribution_id) == bindparam("gift", type_=Uuid())
_PAYMENTS = select(ProviderNotice.payment_id).where(_NAMED, col(ProviderNotice.payment_id).is_not(None))
# Prepared, because every piece of news asks these.
_NEWS = Prepared(_EVERY)
_NEWS_OF = Prepared(_EVERY.where(or_(_NAMED, col(ProviderNotice.payment_id).in_(_PAYMENTS))))
_HEARD = Prepared(select(ProviderNotice.event_id).where(col(ProviderNotice.event_id) == bindparam("event")))
_KEPT = Prepared(
    select(
        func.sum(col(Contribution.amount_cents) - col(Contribution.refunded_cents) - col(Contribution.covered_cents))
    ).where(
        col(Contribution.collection_id) == bindparam("collection", type_=Uuid()),
        col(Contribution.state) == ContributionState.PAID.value,
    )
)


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
    row = _KEPT.first(look.session, collection=collection_id)
    return int(row[0] or 0) if row else 0


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


def notices(look: Look) -> list[Notice]:
    """Return all news of all gifts."""
    return [_notice(row) for row in _NEWS.all(look.session)]


def notices_of(look: Look, contribution_id: UUID) -> list[Notice]:
    """Return all news of a gift: what names it, and what names a payment of it."""
    return [_notice(row) for row in _NEWS_OF.all(look.session, gift=contribution_id)]


def was_heard(look: Look, event_id: str) -> bool:
    """Return whether a piece of news was told before."""
    return _HEARD.first(look.session, event=event_id) is not None


def whose(look: Look, notice: Notice) -> Contribution | None:
    """Return the gift that news is of: the one it names, or the one of its payment; None if we know neither."""
    if notice.contribution_id is None and notice.payment_id:
        named = col(ProviderNotice.payment_id) == notice.payment_id, col(ProviderNotice.contribution_id).is_not(None)
        found = look.session.exec(select(ProviderNotice.contribution_id).where(*named)).first()
    else:
        found = notice.contribution_id
    return look.session.get(Contribution, found) if found else None


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


def to_forget(place: str, now: datetime) -> tuple[Update, Update]:
    """Return the two changes by which givers are forgotten: how to reach them, and who they are."""
    here, paid_at = col(Contribution.place) == place, col(Contribution.paid_at)
    since = func.coalesce(paid_at, col(Contribution.opened_at))
    is_hidden = or_(col(Contribution.is_name_shown).is_(False), paid_at.is_(None))
    is_waiting = col(Contribution.state) == ContributionState.OPENED
    held = or_(
        col(Contribution.email_address).is_not(None),
        and_(~is_waiting, col(Contribution.checkout_url).is_not(None)),
        and_(is_hidden, col(Contribution.name).is_not(None)),
    )
    contact = update(Contribution).where(here, held, since <= now - timedelta(days=rules.CONTACT_KEPT_DAYS))
    year_ago = now - timedelta(days=rules.NAME_KEPT_DAYS)
    decided = select(GiftCollection.id).where(
        or_(col(GiftCollection.is_pot), col(GiftCollection.closed_at) <= year_ago)
    )
    shown = update(Contribution).where(
        here,
        col(Contribution.is_name_shown),
        paid_at <= year_ago,
        col(Contribution.collection_id).in_(decided),
    )
    nameless = {"name": None, "is_name_shown": False}
    kept = {name: case((is_hidden, then), else_=col(getattr(Contribution, name))) for name, then in nameless.items()}
    url = case((is_waiting, col(Contribution.checkout_url)), else_=None)
    return contact.values(email_address=None, checkout_url=url, **kept), shown.values(**nameless)


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


def _notice(row: tuple[Any, ...]) -> Notice:
    """Return news as it was told."""
    told = dict(zip(_TOLD, row, strict=True))
    return Notice(**told | {"news": News(told["news"])})


def _code_hash(look: Look, symbols: str) -> str:
    return look.keys.keyed_hash("gift code, kept", symbols)

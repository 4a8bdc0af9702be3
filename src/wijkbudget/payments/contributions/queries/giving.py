# SPDX-License-Identifier: EUPL-1.2
"""Answers what one can give to, and what became of a gift."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments import access
from wijkbudget.payments.contributions.models import Contribution, GiftCollection
from wijkbudget.payments.contributions.queries import rows
from wijkbudget.payments.contributions.rules import (
    CONTACT_KEPT_DAYS,
    CollectionState,
    ContributionState,
    RefundState,
)
from wijkbudget.payments.contributions.schemas import CollectionView, ContributionView, GiftRulesView, RefundView
from wijkbudget.trail.work import Look, question


@question(access.READ_COLLECTIONS)
def collections(look: Look, place: str) -> list[CollectionView]:
    """Return what people can give to, or could, the newest first. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    found = select(GiftCollection).where(col(GiftCollection.place) == place)
    newest = col(GiftCollection.opened_at).desc(), col(GiftCollection.id)
    return [_collection_view(look, row) for row in look.session.exec(found.order_by(*newest)).all()]


@question(access.READ_COLLECTIONS)
def collection(look: Look, place: str, collection_id: UUID) -> CollectionView:
    """Return one collection. Raises CollectionNotFound."""
    return _collection_view(look, rows.collection_row(look, place, collection_id))


@question(access.READ_GIFT, municipal=True)
def contribution(look: Look, code: str) -> ContributionView:
    """Return what became of a gift, for who has its code. Raises ContributionNotFound."""
    row = rows.row_by_code(look, code)
    to = look.session.get_one(GiftCollection, row.collection_id)
    waits = row.state == ContributionState.OPENED
    return ContributionView(
        id=row.id,
        code=rows.code_of(look, row.id),
        place=row.place,
        collection_id=to.id,
        about=None if to.is_pot else to.about,
        title=to.title,
        amount_cents=row.amount_cents,
        state=rows.state_of(row),
        name=row.name,
        is_name_shown=row.is_name_shown,
        may_go_to_pot=row.may_go_to_pot,
        checkout_url=row.checkout_url if waits else None,
        opened_at=row.opened_at,
        paid_at=row.paid_at,
        collection=CollectionState(to.state),
        closed_at=to.closed_at,
        given_cents=rows.kept_cents(look, to.id),
        matched_cents=to.matched_cents,
        kept_cents=rows.left_of(row),
        refunds=[
            RefundView(
                id=refund.id,
                amount_cents=refund.amount_cents,
                state=RefundState(refund.state),
                ordered_at=refund.ordered_at,
            )
            for refund in rows.refunds_of(look, row.id)
        ],
        taken_cents=row.taken_cents,
    )


def of_plan(look: Look, place: str, about: str) -> CollectionView | None:
    """Return the collection for a plan, for the domain that knows the plan; None if there is none."""
    row = rows.row_about(look, place, about)
    return _collection_view(look, row) if row else None


def _collection_view(look: Look, row: GiftCollection) -> CollectionView:
    policy = rows.policy_of(look, row.place)
    given = rows.kept(look, row.id)
    is_open = row.state == CollectionState.OPEN
    return CollectionView(
        id=row.id,
        place=row.place,
        year=row.year,
        about=None if row.is_pot else row.about,
        title=row.title,
        state=CollectionState(row.state),
        given_cents=sum(given.values()),
        matched_cents=row.matched_cents,
        gift_count=len(given),
        names=_names(look, given),
        rules=GiftRulesView.model_validate(policy, from_attributes=True) if policy else None,
        may_give=is_open and policy is not None,
        contact_kept_days=CONTACT_KEPT_DAYS,
    )


def _names(look: Look, ids: Collection[UUID]) -> list[str]:
    """Return who of these givers wants to be named."""
    shown = col(Contribution.is_name_shown).is_(True), col(Contribution.id).in_(list(ids))
    names = look.session.exec(select(Contribution.name).where(*shown)).all()
    return sorted({name for name in names if name})

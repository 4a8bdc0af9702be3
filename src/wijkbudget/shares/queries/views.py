# SPDX-License-Identifier: EUPL-1.2
"""Reads shares for people: the totals, their own, and a page of the register."""

from collections import Counter
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import PersonView
from wijkbudget.shares import access
from wijkbudget.shares.models import Share
from wijkbudget.shares.queries.holdings import held, holdings, rules_of
from wijkbudget.shares.rules import HOLDERS_PER_NUMBER_MIN, Reason, shown_numbers
from wijkbudget.shares.schemas import (
    HolderView,
    NumberTotalView,
    OwnSharesView,
    ReasonTotalView,
    RegisterView,
    ShareView,
    TotalsView,
)
from wijkbudget.trail.work import Look, question

PAGE_LENGTH = 50


@question(access.SEE_TOTALS)
def totals(look: Look, place: str) -> TotalsView:
    """Return how many people hold how many shares, and why. Raises NeighbourhoodNotFound."""
    found = rules_of(look, place)
    counts = [holding.share_count for holding in holdings(look, place).values()]
    rows = held(select(col(Share.reason), func.count()), place).group_by(col(Share.reason))
    by_reason = {row[0]: row[1] for row in look.session.connection().execute(rows)}
    return TotalsView(
        rules=found[1] if found else None,
        holder_count=len(counts),
        share_count=sum(counts),
        by_reason=[ReasonTotalView(reason=reason, share_count=by_reason.get(reason, 0)) for reason in Reason],
        by_number=[
            NumberTotalView(share_count=number, holder_count=count) for number, count in shown_numbers(Counter(counts))
        ],
        holders_per_number_min=HOLDERS_PER_NUMBER_MIN,
    )


@question(access.SEE_OWN)
def own(look: Look, place: str) -> OwnSharesView:
    """Return the reader's own shares, with the reason of each. Raises NeighbourhoodNotFound."""
    found = rules_of(look, place)
    me = UUID(look.actor.id)
    return OwnSharesView(rules=found[1] if found else None, shares=_shares(look, place, [me]).get(me, []))


@question(access.SEE_REGISTER)
def register(look: Look, place: str, page: int = 1) -> RegisterView:
    """Return a page of who holds which shares, by name; past the last page is the last. Raises NeighbourhoodNotFound.

    Everybody is put in order by name here, because names belong to identity.
    """
    rules_of(look, place)
    counts = {str(person_id): holding.share_count for person_id, holding in holdings(look, place).items()}
    names = identity.names(look, counts)
    ordered = sorted(counts, key=lambda person_id: (names.get(person_id, ""), person_id))
    page_count = max(1, -(-len(ordered) // PAGE_LENGTH))
    page = min(max(1, page), page_count)
    on_page = ordered[(page - 1) * PAGE_LENGTH : page * PAGE_LENGTH]
    shares = _shares(look, place, [UUID(person_id) for person_id in on_page])
    return RegisterView(
        page=page,
        page_count=page_count,
        holder_count=len(counts),
        share_count=sum(counts.values()),
        holders=[
            HolderView(person=PersonView(id=person_id, name=names.get(person_id, "")), shares=shares[UUID(person_id)])
            for person_id in on_page
        ],
    )


def _shares(look: Look, place: str, person_ids: list[UUID]) -> dict[UUID, list[ShareView]]:
    """Return the shares of each of these people, the first one first."""
    columns = (
        col(Share.person_id),
        col(Share.reason),
        col(Share.year),
        col(Share.granted_on),
        col(Share.policy_version),
    )
    rows = held(select(*columns), place).where(col(Share.person_id).in_(person_ids))
    found: dict[UUID, list[ShareView]] = {}
    for person_id, reason, year, granted_on, version in look.session.connection().execute(
        rows.order_by(col(Share.year))
    ):
        share = ShareView(reason=Reason(reason), year=year, granted_on=granted_on, policy_version=version)
        found.setdefault(person_id, []).append(share)
    return found

# SPDX-License-Identifier: EUPL-1.2
"""Reads shares for people: the totals, their own, and a page of the register."""

from collections import Counter
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import PersonView
from wijkbudget.payments import queries as payments
from wijkbudget.payments.rules import PayoutState
from wijkbudget.shares import access
from wijkbudget.shares.models import Share, ShareHandBack
from wijkbudget.shares.queries.holders import (
    is_hand_back_closed,
    is_suspended,
    open_suspension,
    past_shares,
    years_held,
)
from wijkbudget.shares.queries.holdings import held, holdings, rules_of, suspended
from wijkbudget.shares.rules import HOLDERS_PER_NUMBER_MIN, Ending, Reason, shown_numbers
from wijkbudget.shares.schemas import (
    HandBackView,
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
    found, holders = rules_of(look, place), holdings(look, place)
    counts = [holding.share_count for holding in holders.values()]
    rows = held(select(col(Share.reason), func.count()), place).group_by(col(Share.reason))
    by_reason = {row[0]: row[1] for row in look.session.connection().execute(rows)}
    return TotalsView(
        rules=found[1] if found else None,
        holder_count=len(counts),
        share_count=sum(counts),
        suspended_share_count=sum(holders[person_id].share_count for person_id in suspended(look, place, holders)),
        by_reason=[
            ReasonTotalView(reason=reason, share_count=by_reason[reason]) for reason in Reason if reason in by_reason
        ],
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
    review, is_barred = open_suspension(look, place, me), is_suspended(look, place, me)
    rules, shares = found[1] if found else None, _shares(look, place, [me]).get(me, [])
    return OwnSharesView(
        rules=rules,
        shares=shares,
        is_suspended=is_barred and bool(shares),
        suspended_because=review.reason if review else None,
        corrected=[past for past in past_shares(look, place, me) if past.ending is Ending.CORRECTED],
        hand_back_max=len(years_held(look, place, me)) if rules and rules.hand_back and not is_barred else 0,
        is_hand_back_closed=is_hand_back_closed(look, place),
        handed_back=_handed_back(look, place, me),
    )


def _handed_back(look: Look, place: str, person_id: UUID) -> list[HandBackView]:
    """Return what somebody handed back, newest first, each with how far its payment is."""
    mine = col(ShareHandBack.place) == place, col(ShareHandBack.person_id) == person_id
    rows = select(ShareHandBack).where(*mine).order_by(col(ShareHandBack.handed_back_on).desc(), col(ShareHandBack.id))
    found = list(look.session.scalars(rows))
    payouts = payments.payout_about(look, place, [str(row.id) for row in found])
    return [
        HandBackView(
            id=row.id,
            share_count=row.share_count,
            amount_cents=payout.amount_cents,
            handed_back_on=row.handed_back_on,
            state=payout.state,
            sent_back=payout.sent_back,
            may_change_account=payout.state is PayoutState.ORDERED,
        )
        for row in found
        for payout in [payouts[str(row.id)]]
    ]


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
    barred = suspended(look, place, shares)
    return RegisterView(
        page=page,
        page_count=page_count,
        holder_count=len(counts),
        share_count=sum(counts.values()),
        holders=[
            HolderView(
                person=PersonView(id=person_id, name=names.get(person_id, "")),
                shares=shares[UUID(person_id)],
                is_suspended=UUID(person_id) in barred,
            )
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
        col(Share.decision_id),
    )
    rows = held(select(*columns), place).where(col(Share.person_id).in_(person_ids))
    found: dict[UUID, list[ShareView]] = {}
    # The number of a year of residence is smaller than any calendar year, so this is the order of the reasons too.
    ordered = rows.order_by(col(Share.year), col(Share.reason))
    for person_id, reason, year, granted_on, version, decision_id in look.session.connection().execute(ordered):
        share = ShareView(
            reason=Reason(reason), year=year, granted_on=granted_on, policy_version=version, decision_id=decision_id
        )
        found.setdefault(person_id, []).append(share)
    return found

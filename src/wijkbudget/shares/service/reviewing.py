# SPDX-License-Identifier: EUPL-1.2
"""What the house does with shares, on its own: grants the first and what years and time earn, and lets them lapse."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert

from wijkbudget.kit.period import day_of
from wijkbudget.ledger import service as ledger
from wijkbudget.shares import access, rules
from wijkbudget.shares.events import SharesGranted, SharesLapsed, SharesReviewed
from wijkbudget.shares.models import Share, ShareLapse, ShareReview
from wijkbudget.shares.queries.due import GrantsDue, efforts_due, first_shares_due, lapses_due, years_due_now
from wijkbudget.shares.queries.holdings import counts, holdings, rules_of
from wijkbudget.shares.rules import Grant, LapseReason
from wijkbudget.shares.schemas import MovedView
from wijkbudget.trail.work import Work, verb

ALL_DONE = MovedView(share_count=0, is_done=True)


@verb(access.GRANT, prepare=lapses_due)
def lapse(work: Work, place: str) -> MovedView:
    """Take back the shares of people who left too long ago; run twice, it does nothing more.

    At most 1,000 people at once: whoever runs it goes on until it is done. Raises NeighbourhoodNotFound.
    """
    due = work.prepared(lapses_due)
    if not due:
        return ALL_DONE
    held_now = holdings(work, place, due)
    lapses = [
        (work.new_id(), person_id, holding) for person_id, holding in due.items() if held_now.get(person_id) == holding
    ]
    if not lapses:
        return MovedView(share_count=0, is_done=False)
    rows = [
        {
            "id": lapse_id,
            "place": place,
            "person_id": person_id,
            "spell": holding.spell,
            "share_count": holding.share_count,
            "reason": LapseReason.LEFT,
            "lapsed_on": work.today,
        }
        for lapse_id, person_id, holding in lapses
    ]
    work.session.connection().execute(insert(ShareLapse), rows)
    ledger.post_shares(work, place, [rules.lapsed(place, *lapse) for lapse in lapses])
    share_count = sum(holding.share_count for _lapse_id, _person_id, holding in lapses)
    work.record(
        SharesLapsed(
            place=place,
            subject=place,
            lapse_ids=[str(lapse_id) for lapse_id, _person_id, _holding in lapses],
            person_ids=[str(person_id) for _lapse_id, person_id, _holding in lapses],
            reason=LapseReason.LEFT,
            share_count=share_count,
        )
    )
    return MovedView(share_count=share_count, is_done=False)


@verb(access.GRANT, prepare=first_shares_due)
def grant_first(work: Work, place: str) -> MovedView:
    """Give everybody who is eligible their first share; run twice, it does nothing more.

    At most 1,000 at once: whoever runs it goes on until it is done. Raises NeighbourhoodNotFound.

    Source: wijkaandelen Minervaplein, Delft, 2001 to 2005 (every resident of 12 or older, given and not sold).
    """
    return _grant(work, place, work.prepared(first_shares_due))


@verb(access.GRANT, prepare=years_due_now)
def accrue(work: Work, place: str) -> MovedView:
    """Give holders who live here one more share for each full year, up to the cap; run twice, it does nothing more.

    At most 1,000 shares at once: whoever runs it goes on until it is done. Raises NeighbourhoodNotFound.
    """
    return _grant(work, place, work.prepared(years_due_now))


@verb(access.GRANT, prepare=efforts_due)
def reckon_effort(work: Work, place: str) -> MovedView:
    """Give holders who gave enough time last year one share for it, within the cap; run twice, it does nothing more.

    At most 1,000 shares at once: whoever runs it goes on until it is done. Raises NeighbourhoodNotFound.
    """
    return _grant(work, place, work.prepared(efforts_due))


@verb(access.GRANT)
def review(work: Work, place: str) -> MovedView:
    """Write down that everybody got what was due today, once a day. Raises NeighbourhoodNotFound.

    It comes last, so that a day that broke off half way is done again.
    """
    found = rules_of(work, place)
    last = work.session.get(ShareReview, place)
    if found is None or (last and day_of(last.reviewed_at) == work.today):
        return ALL_DONE
    holder_count, share_count = counts(work, place)
    work.session.merge(ShareReview(place=place, reviewed_at=work.now, policy_version=found[0]))
    work.record(
        SharesReviewed(
            place=place,
            subject=place,
            policy_version=found[0],
            holder_count=holder_count,
            share_count=share_count,
        )
    )
    return ALL_DONE


def _grant(work: Work, place: str, due: GrantsDue | None) -> MovedView:
    """Grant what is still due of what was worked out before the act."""
    if due is None:
        return ALL_DONE
    held_now = holdings(work, place, {grant.person_id for grant in due.grants})
    grants = [grant for grant in due.grants if rules.is_still_due(grant, held_now.get(grant.person_id))]
    if grants:
        write_grants(work, place, grants, due.policy_version)
    return MovedView(share_count=len(grants), is_done=False)


def write_grants(
    work: Work, place: str, grants: Sequence[Grant], policy_version: int, decision_id: UUID | None = None
) -> None:
    """Write shares of one kind of reason, their transfers and what the trail says."""
    ids = [work.new_id() for _each in grants]
    rows = [
        {
            "id": share_id,
            "place": place,
            "person_id": grant.person_id,
            "spell": grant.spell,
            "year": grant.year,
            "reason": grant.reason,
            "decision_id": decision_id,
            "granted_on": work.today,
            "policy_version": policy_version,
        }
        for share_id, grant in zip(ids, grants, strict=True)
    ]
    # Core, because everybody in a neighbourhood can get a share on the same day.
    work.session.connection().execute(insert(Share), rows)
    transfers = [rules.granted(place, share_id, grant.person_id) for share_id, grant in zip(ids, grants, strict=True)]
    ledger.post_shares(work, place, transfers)
    work.record(
        SharesGranted(
            place=place,
            subject=place,
            share_ids=[str(share_id) for share_id in ids],
            person_ids=[str(grant.person_id) for grant in grants],
            reason=grants[0].reason,
            policy_version=policy_version,
            share_count=len(grants),
            decision_id=str(decision_id) if decision_id else None,
        )
    )

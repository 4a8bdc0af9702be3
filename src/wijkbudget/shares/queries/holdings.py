# SPDX-License-Identifier: EUPL-1.2
"""Reads who holds how many shares, which of them count, by which policy, and whether a review is due."""

from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlmodel import col

from wijkbudget.identity import queries as identity
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import PolicyNotFound, SharesPolicy
from wijkbudget.shares import access
from wijkbudget.shares.models import Share, ShareEnding, ShareLapse, ShareReview, ShareSuspension
from wijkbudget.shares.rules import Ending, Holding, Reason
from wijkbudget.trail.work import Look, question

Rows = TypeVar("Rows", bound=Select[*tuple[Any, ...]])


@question(access.GRANT)
def is_due(look: Look, place: str) -> bool:
    """Return whether the shares of a neighbourhood were not reviewed yet today. Raises NeighbourhoodNotFound."""
    last = look.session.get(ShareReview, place)
    return (last is None or day_of(last.reviewed_at) < look.today) and rules_of(look, place) is not None


def rules_of(look: Look, place: str) -> tuple[int, SharesPolicy] | None:
    """Return what today's policy says about shares, with its version; None if there is none, or it says nothing.

    Raises NeighbourhoodNotFound.
    """
    with suppress(PolicyNotFound):
        policy = neighbourhoods.policy(look, place)
        if policy.rules.shares:
            return policy.version, policy.rules.shares
    return None


def holdings(look: Look, place: str, person_ids: Collection[UUID] | None = None) -> dict[UUID, Holding]:
    """Return what everybody holds in a neighbourhood, or what some people do."""
    rows = _granted(
        select(
            col(Share.person_id),
            col(Share.spell),
            col(Share.reason),
            func.sum(case((col(ShareEnding.share_id).is_(None), 1), else_=0)),
            func.sum(case((col(ShareEnding.ending) == Ending.CORRECTED, 0), else_=1)),
            func.max(col(Share.year)),
        ),
        place,
    )
    if person_ids is not None:
        rows = rows.where(col(Share.person_id).in_(person_ids))
    # Core rows, because everybody holds shares.
    found = look.session.connection().execute(
        rows.group_by(col(Share.person_id), col(Share.spell), col(Share.reason)).order_by(col(Share.person_id))
    )
    years = _calendar_years(look, place, person_ids)
    return {
        person_id: _holding(list(group), years.get(person_id, []))
        for person_id, group in groupby(found, key=lambda row: row.person_id)
    }


def _holding(rows: list[Any], years: list[tuple[str, int]]) -> Holding:
    """Return what one person holds, from a row for each reason."""
    return Holding(
        spell=rows[0].spell,
        share_count=sum(row[3] for row in rows),
        counted=sum(row[4] for row in rows),
        year_count=sum(row[5] for row in rows if row.reason == Reason.YEAR_OF_RESIDENCE),
        efforts=frozenset(year for reason, year in years if reason == Reason.EFFORT),
        contracts=frozenset(year for reason, year in years if reason == Reason.NEIGHBOURHOOD_CONTRACT),
    )


def _calendar_years(look: Look, place: str, person_ids: Collection[UUID] | None) -> dict[UUID, list[tuple[str, int]]]:
    """Return for which calendar years each person got a share; there are far fewer than shares."""
    rows = _granted(select(col(Share.person_id), col(Share.reason), col(Share.year)), place).where(
        col(Share.reason).in_((Reason.EFFORT, Reason.NEIGHBOURHOOD_CONTRACT))
    )
    if person_ids is not None:
        rows = rows.where(col(Share.person_id).in_(person_ids))
    found = defaultdict[UUID, list[tuple[str, int]]](list)
    for person_id, reason, year in look.session.connection().execute(rows):
        found[person_id].append((reason, year))
    return found


def counts(look: Look, place: str) -> tuple[int, int]:
    """Return how many people hold shares in a neighbourhood, and how many shares."""
    rows = held(select(func.count(func.distinct(col(Share.person_id))), func.count()), place)
    holder_count, share_count = look.session.connection().execute(rows).one()
    return holder_count, share_count


def held(rows: Rows, place: str) -> Rows:
    """Return a question about shares as one about those of a neighbourhood that nobody lost."""
    return _granted(rows, place).where(col(ShareEnding.share_id).is_(None))


def _granted(rows: Rows, place: str) -> Rows:
    """Return a question about shares, joined with their endings, as one about spells that are not over."""
    over = (
        (col(ShareLapse.place) == col(Share.place))
        & (col(ShareLapse.person_id) == col(Share.person_id))
        & (col(ShareLapse.spell) == col(Share.spell))
    )
    joined = rows.select_from(Share).outerjoin(ShareLapse, over)
    joined = joined.outerjoin(ShareEnding, col(ShareEnding.share_id) == col(Share.id))
    return joined.where(col(Share.place) == place, col(ShareLapse.id).is_(None))


def suspended(look: Look, place: str, holders: Collection[UUID]) -> frozenset[UUID]:
    """Return those of these holders whose shares do not count: they left, or their shares are looked into.

    Choice: who left is read from the register of residents and kept nowhere else, so that whoever is back counts again
    at once.
    """
    gone = {UUID(person_id) for person_id in identity.left(look, place)}
    open_ones = select(col(ShareSuspension.person_id)).where(
        col(ShareSuspension.place) == place, col(ShareSuspension.lifted_on).is_(None)
    )
    return frozenset(holders) & (gone | set(look.session.connection().execute(open_ones).scalars()))


def ended_spells(look: Look, place: str) -> dict[UUID, int]:
    """Return the last spell of everybody whose shares in a neighbourhood ever lapsed."""
    rows = select(col(ShareLapse.person_id), func.max(col(ShareLapse.spell))).where(col(ShareLapse.place) == place)
    found = look.session.connection().execute(rows.group_by(col(ShareLapse.person_id)))
    return {row[0]: row[1] for row in found}

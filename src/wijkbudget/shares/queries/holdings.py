# SPDX-License-Identifier: EUPL-1.2
"""Reads who holds how many shares, by which policy, and whether a review is due."""

from collections.abc import Collection
from contextlib import suppress
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlmodel import col

from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import PolicyNotFound, SharesPolicy
from wijkbudget.shares import access
from wijkbudget.shares.models import Share, ShareLapse, ShareReview
from wijkbudget.shares.rules import Holding
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
    rows = held(select(col(Share.person_id), col(Share.spell), func.count()), place)
    if person_ids is not None:
        rows = rows.where(col(Share.person_id).in_(person_ids))
    grouped = rows.group_by(col(Share.person_id), col(Share.spell))
    # Core rows, because everybody holds shares.
    found = look.session.connection().execute(grouped)
    return {person_id: Holding(spell=spell, share_count=count) for person_id, spell, count in found}


def counts(look: Look, place: str) -> tuple[int, int]:
    """Return how many people hold shares in a neighbourhood, and how many shares."""
    rows = held(select(func.count(func.distinct(col(Share.person_id))), func.count()), place)
    holder_count, share_count = look.session.connection().execute(rows).one()
    return holder_count, share_count


def held(rows: Rows, place: str) -> Rows:
    """Return a question about shares as one about those of a neighbourhood that did not lapse."""
    ended = (
        (col(ShareLapse.place) == col(Share.place))
        & (col(ShareLapse.person_id) == col(Share.person_id))
        & (col(ShareLapse.spell) == col(Share.spell))
    )
    joined = rows.select_from(Share).outerjoin(ShareLapse, ended)
    return joined.where(col(Share.place) == place, col(ShareLapse.id).is_(None))


def ended_spells(look: Look, place: str) -> dict[UUID, int]:
    """Return the last spell of everybody whose shares in a neighbourhood ever lapsed."""
    rows = select(col(ShareLapse.person_id), func.max(col(ShareLapse.spell))).where(col(ShareLapse.place) == place)
    found = look.session.connection().execute(rows.group_by(col(ShareLapse.person_id)))
    return {row[0]: row[1] for row in found}

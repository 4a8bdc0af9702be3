# SPDX-License-Identifier: EUPL-1.2
"""Reads how many people vote by mandate, and for the verbs who for whom."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import access
from wijkbudget.voting.mandates.models import Mandate
from wijkbudget.voting.mandates.schemas import MandatesView
from wijkbudget.voting.queries.rounds import row_of


@question(access.READ)
def mandates(look: Look, place: str, round_id: UUID) -> MandatesView:
    """Return how many people vote by mandate. Raises RoundNotFound."""
    row = row_of(look, place, round_id)
    counted = select(func.count()).where(col(Mandate.round_id) == round_id, col(Mandate.place) == place)
    most = None if row.is_imported else neighbourhoods.policy(look, place, row.opens_on).rules.voting.mandates_max
    return MandatesView(round_id=round_id, given_count=look.session.exec(counted).one(), per_proxy_max=most)


def given(look: Look, place: str, round_id: UUID) -> dict[str, tuple[str, int]]:
    """Return who votes for whom, and which of the proxy's mandates that is."""
    rows = select(Mandate.giver, Mandate.proxy, Mandate.seat).where(
        col(Mandate.round_id) == round_id, col(Mandate.place) == place
    )
    return {giver: (proxy, seat) for giver, proxy, seat in look.session.exec(rows).all() if giver and proxy}

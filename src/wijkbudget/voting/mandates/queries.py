# SPDX-License-Identifier: EUPL-1.2
"""Reads how many people vote by mandate, and for the verbs who for whom."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import access
from wijkbudget.voting.mandates.models import Mandate
from wijkbudget.voting.mandates.schemas import MandatesView, OwnMandatesView
from wijkbudget.voting.queries.rounds import row_of


@question(access.READ)
def mandates(look: Look, place: str, round_id: UUID) -> MandatesView:
    """Return how many people vote by mandate. Raises RoundNotFound."""
    row = row_of(look, place, round_id)
    counted = select(func.count()).where(col(Mandate.round_id) == round_id, col(Mandate.place) == place)
    most = None if row.is_imported else neighbourhoods.policy(look, place, row.opens_on).rules.voting.mandates_max
    return MandatesView(round_id=round_id, given_count=look.session.exec(counted).one(), per_proxy_max=most)


@question(access.OWN_VOTE)
def own_mandates(look: Look, place: str, round_id: UUID, person_id: str) -> OwnMandatesView:
    """Return who votes for somebody in a round, and for whom they vote. Raises NotYours or RoundNotFound."""
    look.demand_own({person_id})
    row_of(look, place, round_id)
    found = {giver: proxy for giver, (proxy, _seat) in given(look, place, round_id).items()}
    proxy, givers = found.get(person_id), [giver for giver, each in found.items() if each == person_id]
    names = identity.names(look, [*givers, *([proxy] if proxy else [])])
    return OwnMandatesView(proxy=names.get(proxy) if proxy else None, givers=sorted(names[giver] for giver in givers))


def given(look: Look, place: str, round_id: UUID) -> dict[str, tuple[str, int]]:
    """Return who votes for whom, and which of the proxy's mandates that is."""
    rows = select(Mandate.giver, Mandate.proxy, Mandate.seat).where(
        col(Mandate.round_id) == round_id, col(Mandate.place) == place
    )
    return {giver: (proxy, seat) for giver, proxy, seat in look.session.exec(rows).all() if giver and proxy}

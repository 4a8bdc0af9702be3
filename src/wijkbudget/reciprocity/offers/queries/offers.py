# SPDX-License-Identifier: EUPL-1.2
"""Reads what residents offer: by a first name, and to whom each of them chose."""

import json
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.reciprocity.offers import access, rules
from wijkbudget.reciprocity.offers.models import TimeOffer
from wijkbudget.reciprocity.offers.rules import Audience, Offered, OfferNotFound, Weekday
from wijkbudget.reciprocity.offers.schemas import OfferView
from wijkbudget.trail.work import Look, question


@question(access.SEE)
def offers(look: Look, place: str) -> list[OfferView]:
    """Return what is offered today that the reader may see, the newest first. Raises NeighbourhoodNotFound."""
    return views_of(look, place, open_rows(look, place))


def open_rows(look: Look, place: str, person_id: UUID | None = None) -> Sequence[TimeOffer]:
    """Return the rows of what is offered today, of one person or all that the reader may see; the newest first."""
    found = select(TimeOffer).where(
        col(TimeOffer.place) == place, col(TimeOffer.withdrawn_on).is_(None), col(TimeOffer.last_on) >= look.today
    )
    if person_id is not None:
        found = found.where(col(TimeOffer.person_id) == person_id)
    rows = look.session.exec(found.order_by(col(TimeOffer.offered_on).desc(), col(TimeOffer.id))).all()
    return [row for row in rows if _is_shown(look, row)]


def offer_row(look: Look, place: str, offer_id: UUID) -> TimeOffer:
    """Return the row of an offer that the reader may see, ended or not. Raises OfferNotFound."""
    found = select(TimeOffer).where(col(TimeOffer.id) == offer_id, col(TimeOffer.place) == place)
    row = look.session.exec(found).first()
    if row is None or not _is_shown(look, row):
        raise OfferNotFound(_("There is no such offer here, or it is not for you to see."))
    return row


def offered_by(row: TimeOffer) -> Offered:
    """Return what of an offer says whether a task fits."""
    return Offered(
        themes=frozenset(json.loads(row.themes)),
        quarter=row.quarter,
        weekdays=frozenset(Weekday(day) for day in json.loads(row.weekdays)),
        on_day=row.on_day,
        last_on=row.last_on,
    )


def views_of(look: Look, place: str, rows: Sequence[TimeOffer]) -> list[OfferView]:
    """Return offers as people see them, in the order given. Raises NeighbourhoodNotFound."""
    quarters = {quarter.code: quarter for quarter in neighbourhoods.neighbourhood(look, place).quarters}
    names = identity.names(look, {str(row.person_id) for row in rows})
    return [
        OfferView(
            id=row.id,
            first_name=rules.first_name(names.get(str(row.person_id), "")),
            talents=row.talents,
            themes=json.loads(row.themes),
            quarter=quarters.get(row.quarter or ""),
            weekdays=json.loads(row.weekdays),
            on_day=row.on_day,
            last_on=row.last_on,
            audience=Audience(row.audience),
            is_own=str(row.person_id) == look.actor.id,
        )
        for row in rows
    ]


def _is_shown(look: Look, row: TimeOffer) -> bool:
    """Return whether the reader may see an offer: their own, what is for all, and for guides the rest."""
    is_for_all = row.audience == Audience.RESIDENTS
    return is_for_all or str(row.person_id) == look.actor.id or access.SEE_ALL.allows(look.roles)

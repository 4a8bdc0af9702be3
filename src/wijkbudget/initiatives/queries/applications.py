# SPDX-License-Identifier: EUPL-1.2
"""Gathers what the by-law looks at when a plan asks for money."""

from collections.abc import Sequence

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.initiatives.by_law import Application
from wijkbudget.initiatives.models import Initiative
from wijkbudget.initiatives.rules import State
from wijkbudget.kit.period import day_of
from wijkbudget.trail.work import Look
from wijkbudget.vouchers import queries as vouchers

_WAITING = frozenset({State.PROPOSED, State.SUPPORTED, State.FEASIBLE, State.ON_BALLOT})
"""A plan that can still get money counts for what it asks, whichever year it came in."""


def application(look: Look, row: Initiative) -> Application:
    """Return what the by-law looks at of a plan, with the other plans of the same applicant.

    Choice: the applicant is the organisation in whose name a plan was made, and else whoever made it; what somebody
    asks for a group is the group's, not theirs.
    """
    others = _of_applicant(look, row)
    same = [other.year for other in others if other.state == State.GRANTED and _name(other) == _name(row)]
    return Application(
        asked_cents=row.asked_cents,
        own_cents=row.own_cents,
        own_minutes=row.own_minutes,
        is_legal_person=_is_legal_person(look, row),
        others_cents=sum(_counted_cents(look, other, row.year) for other in others),
        last_year=max(same, default=None),
        starts_on=row.starts_on,
        proposed_on=day_of(row.proposed_at),
    )


def _of_applicant(look: Look, row: Initiative) -> Sequence[Initiative]:
    """Return the other plans of the applicant of a plan, in its neighbourhood."""
    mine = (
        (col(Initiative.organisation_id) == row.organisation_id,)
        if row.organisation_id
        else (col(Initiative.organisation_id).is_(None), col(Initiative.proposer) == row.proposer)
    )
    here = (col(Initiative.place) == row.place, col(Initiative.id) != row.id)
    return look.session.exec(select(Initiative).where(*here, *mine)).all()


def _counted_cents(look: Look, other: Initiative, year: int) -> int:
    """Return what another plan counts for: what it asks while it waits, and what it kept once it had money."""
    if other.state in _WAITING:
        return other.asked_cents
    if other.state != State.GRANTED or other.year != year:
        return 0
    voucher = vouchers.of_initiative(look, other.place, str(other.id))
    return voucher.value_cents - voucher.returned_cents if voucher else 0


def _is_legal_person(look: Look, row: Initiative) -> bool:
    if row.organisation_id is None:
        return False
    return identity.organisation(look, row.place, row.organisation_id).legal_form is not LegalForm.GROUP


def _name(row: Initiative) -> str:
    """Return the name of a plan however it was typed."""
    return "".join(sign for sign in row.title.casefold() if sign.isalnum())

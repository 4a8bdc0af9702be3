# SPDX-License-Identifier: EUPL-1.2
"""Finds the rows that questions and verbs begin with, always within one neighbourhood."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.initiatives.models import Adoption, Assessment, CostLine, Initiative, StoppedInitiative, Support
from wijkbudget.initiatives.rules import CAN_HAVE_ENDED, InitiativeNotFound, State, state_now
from wijkbudget.initiatives.schemas import InitiativeLine
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.rules import VoucherState

_LINES_MAX = 5_000
"""How many lines of lists are kept, of about a kilobyte each."""


class ListedRow(NamedTuple):
    """What a list needs of a row."""

    id: UUID
    year: int
    title: str
    theme: str
    quarter: str
    state: str
    asked_cents: int
    support_count: int
    support_min: int
    proposed_at: datetime
    round_id: UUID | None


def initiative_row(look: Look, place: str, initiative_id: UUID) -> Initiative:
    """Return the row of a plan of this neighbourhood. Raises InitiativeNotFound."""
    here = (col(Initiative.id) == initiative_id, col(Initiative.place) == place)
    row = look.session.exec(select(Initiative).where(*here)).first()
    if row is None:
        raise InitiativeNotFound(_("There is no such plan in this neighbourhood."))
    return row


def initiators_of(look: Look, row: Initiative) -> frozenset[str]:
    """Return who proposed a plan: one person, and the members of the organisation in whose name it was."""
    if row.organisation_id is None:
        return frozenset({row.proposer})
    return frozenset({row.proposer, *identity.organisation(look, row.place, row.organisation_id).members})


def cost_lines_of(look: Look, row: Initiative) -> Sequence[CostLine]:
    """Return what a plan costs, line by line."""
    lines = select(CostLine).where(col(CostLine.initiative_id) == row.id).order_by(col(CostLine.position))
    return look.session.exec(lines).all()


def has_supported(look: Look, row: Initiative, person_id: str) -> bool:
    """Return whether somebody supports a plan."""
    return look.session.get(Support, (row.id, person_id)) is not None


def assessment_of(look: Look, row: Initiative) -> Assessment | None:
    """Return what an official found of a plan, or None before that."""
    return look.session.get(Assessment, row.id)


def adoption_of(look: Look, place: str, round_id: UUID) -> Adoption | None:
    """Return how the outcome of a round was adopted, or None before that."""
    here = (col(Adoption.round_id) == round_id, col(Adoption.place) == place)
    return look.session.exec(select(Adoption).where(*here)).first()


def adopted_rounds(look: Look, place: str) -> list[UUID]:
    """Return the rounds of a neighbourhood about which its council decided or advised."""
    return list(look.session.exec(select(Adoption.round_id).where(col(Adoption.place) == place)).all())


def waiting(look: Look, place: str, year: int) -> Sequence[Initiative]:
    """Return the plans that wait for a vote, of a year or older, the oldest first.

    Choice: a plan that was just too late for the last round goes along with the next one.
    """
    rows = select(Initiative).where(
        col(Initiative.place) == place, col(Initiative.state) == State.FEASIBLE, col(Initiative.year) <= year
    )
    return look.session.exec(rows.order_by(col(Initiative.proposed_at), col(Initiative.id))).all()


def of_round(look: Look, place: str, round_id: UUID) -> Sequence[Initiative]:
    """Return the plans that were put on the ballot of a round, the oldest first."""
    rows = select(Initiative).where(col(Initiative.place) == place, col(Initiative.round_id) == round_id)
    return look.session.exec(rows.order_by(col(Initiative.proposed_at), col(Initiative.id))).all()


def lines(look: Look, place: str, rows: Collection[Initiative | ListedRow]) -> list[InitiativeLine]:
    """Return plans as they stand in a list. Raises NeighbourhoodNotFound."""
    quarters = {quarter.code: quarter.name for quarter in neighbourhoods.neighbourhood(look, place).quarters}
    granted = any(row.state == State.GRANTED for row in rows)
    states = {voucher.about: voucher.state for voucher in vouchers.vouchers(look, place)} if granted else {}
    stopped = stopped_ids(look, place) if any(row.state in CAN_HAVE_ENDED for row in rows) else frozenset()
    return [
        _line(_listed(row), quarters[row.quarter], states.get(str(row.id)), was_stopped=row.id in stopped)
        for row in rows
    ]


def stopped_ids(look: Look, place: str) -> frozenset[UUID]:
    """Return the plans of a neighbourhood that were stopped after they won or moved up."""
    ids = select(StoppedInitiative.initiative_id).where(col(StoppedInitiative.place) == place)
    return frozenset(look.session.exec(ids).all())


def was_stopped(look: Look, row: Initiative) -> bool:
    """Return whether a plan was stopped after it won or moved up."""
    return look.session.get(StoppedInitiative, row.id) is not None


def gone_before(look: Look, place: str, round_id: UUID) -> frozenset[str]:
    """Return the plans of a round that were stopped before the council decided about their money."""
    stopped = stopped_ids(look, place)
    rows = of_round(look, place, round_id) if stopped else []
    return frozenset(str(row.id) for row in rows if row.id in stopped and row.state == State.ON_BALLOT)


def _listed(row: Initiative | ListedRow) -> ListedRow:
    return row if isinstance(row, ListedRow) else ListedRow(*(getattr(row, name) for name in ListedRow._fields))


@lru_cache(maxsize=_LINES_MAX)
def _line(row: ListedRow, quarter: str, voucher: VoucherState | None, *, was_stopped: bool) -> InitiativeLine:
    """Return the line of a row; the same row gives the very same line, whose card is then quickly found again."""
    return InitiativeLine(
        id=row.id,
        year=row.year,
        title=row.title,
        theme=row.theme,
        quarter=quarter,
        state=state_now(State(row.state), voucher, was_stopped=was_stopped),
        asked_cents=row.asked_cents,
        support_count=row.support_count,
        support_min=row.support_min,
        proposed_on=day_of(row.proposed_at),
        round_id=row.round_id,
    )

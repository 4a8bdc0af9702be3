# SPDX-License-Identifier: EUPL-1.2
"""Reads what was said about promises: reports and their answers, hours that were given, and what reviews found."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.council.contracts.models import (
    ContractParty,
    ContractPromise,
    ContractReview,
    PromiseReport,
    PromiseTime,
)
from wijkbudget.council.contracts.rules import Answer, Says
from wijkbudget.council.contracts.schemas import HoursView, ReportView, ReviewView
from wijkbudget.kit.period import day_of
from wijkbudget.trail.work import Look


def reports(look: Look, promise_ids: Sequence[UUID]) -> defaultdict[UUID, list[ReportView]]:
    """Return what was said of promises, the newest first."""
    found = (
        select(PromiseReport, ContractParty.name)
        .outerjoin(ContractParty, col(ContractParty.id) == col(PromiseReport.answering_party_id))
        .where(col(PromiseReport.promise_id).in_(promise_ids))
        .order_by(col(PromiseReport.told_at).desc(), col(PromiseReport.id))
    )
    told = defaultdict[UUID, list[ReportView]](list)
    for row, name in look.session.exec(found).all():
        view = ReportView(
            says=Says(row.says),
            explanation=row.explanation,
            told_on=day_of(row.told_at),
            answer=Answer(row.answer) if row.answer else None,
            answering_party=name,
            answer_reason=row.answer_reason,
        )
        told[row.promise_id].append(view)
    return told


def given(look: Look, contract_id: UUID) -> dict[UUID, int]:
    """Return how much time was given for each promise, as another party says too."""
    found = (
        select(col(PromiseTime.promise_id), func.sum(col(PromiseTime.given_minutes)))
        .join(ContractPromise, col(ContractPromise.id) == col(PromiseTime.promise_id))
        .where(col(ContractPromise.contract_id) == contract_id, col(PromiseTime.answer) == Answer.AGREES)
        .group_by(col(PromiseTime.promise_id))
    )
    return {promise_id: int(minutes) for promise_id, minutes in look.session.exec(found).all()}


def hours(look: Look, promise_id: UUID) -> list[HoursView]:
    """Return the hours of a promise, the newest first."""
    found = (
        select(PromiseTime, ContractParty.name)
        .outerjoin(ContractParty, col(ContractParty.id) == col(PromiseTime.answering_party_id))
        .where(col(PromiseTime.promise_id) == promise_id)
        .order_by(col(PromiseTime.given_on).desc(), col(PromiseTime.id))
    )
    return [
        HoursView(
            id=row.id,
            given_on=row.given_on,
            given_minutes=row.given_minutes,
            answer=Answer(row.answer) if row.answer else None,
            answering_party=name,
        )
        for row, name in look.session.exec(found).all()
    ]


def reviews(look: Look, contract_id: UUID) -> list[ReviewView]:
    """Return what the parties of a contract found, the newest first."""
    found = select(ContractReview).where(col(ContractReview.contract_id) == contract_id)
    newest_first = found.order_by(col(ContractReview.held_on).desc(), col(ContractReview.id))
    return [ReviewView(held_on=row.held_on, report=row.report) for row in look.session.exec(newest_first).all()]


def review_count(look: Look, contract_id: UUID) -> int:
    """Return how often the parties of a contract looked together at how far they are."""
    held = select(func.count()).select_from(ContractReview).where(col(ContractReview.contract_id) == contract_id)
    return look.session.exec(held).one()

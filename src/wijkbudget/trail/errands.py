# SPDX-License-Identifier: EUPL-1.2
"""Errands that verbs left: what is to be done outside the house, and that it was."""

import json
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.fields import View
from wijkbudget.trail.models import Errand
from wijkbudget.trail.work import Look, Work, question, verb

_HOUSE = may(Role.SYSTEM)


class ErrandView(View):
    """An errand that waits."""

    id: UUID
    kind: str
    payload: dict[str, Any]


@question(_HOUSE, municipal=True)
def waiting(look: Look, count_max: int = 500, but: frozenset[str] = frozenset()) -> list[ErrandView]:
    """Return errands that wait, but those of some kinds, oldest first."""
    rows = (
        select(Errand)
        .where(col(Errand.done_at).is_(None), col(Errand.kind).not_in(but))
        .order_by(col(Errand.made_at))
        .limit(count_max)
    )
    return [
        ErrandView(id=row.id, kind=row.kind, payload=json.loads(row.payload)) for row in look.session.exec(rows).all()
    ]


@verb(_HOUSE, municipal=True, silent="the errand's own act said what happened")
def finish(work: Work, errand_ids: list[UUID]) -> None:
    """Mark errands as done and empty what they carried."""
    for errand in work.session.exec(select(Errand).where(col(Errand.id).in_(errand_ids))).all():
        errand.done_at = work.now
        errand.payload = "{}"

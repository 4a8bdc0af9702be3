# SPDX-License-Identifier: EUPL-1.2
"""Keeps which option stopped after it won and what moved up, for the domain that moves the money."""

from collections.abc import Sequence
from uuid import UUID

from wijkbudget.trail.work import Work
from wijkbudget.voting.models import Promotion, Stopped
from wijkbudget.voting.queries.rounds import options_of


def succeed(  # noqa: PLR0913 - each says one thing of what stopped
    work: Work, place: str, round_id: UUID, *, about: str, kept_cents: int, freed_cents: int, promoted: Sequence[str]
) -> None:
    """Keep that something stopped and what moved up instead, by `about` and in order; it gets all it costs."""
    options = {option.about: option for option in options_of(work, place, round_id)}
    stopped = options[about]
    work.session.add(
        Stopped(
            round_id=round_id,
            key=stopped.key,
            place=place,
            kept_cents=kept_cents,
            freed_cents=freed_cents,
            stopped_at=work.now,
        )
    )
    work.session.flush()
    work.session.add_all(
        Promotion(
            round_id=round_id,
            key=options[each].key,
            place=place,
            after_key=stopped.key,
            turn=turn,
            granted_cents=options[each].cost_cents,
        )
        for turn, each in enumerate(promoted, 1)
    )
    work.session.flush()

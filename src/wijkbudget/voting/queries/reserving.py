# SPDX-License-Identifier: EUPL-1.2
"""The reserve list as it stands now: which plans stopped, what moved up, and who is next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import Text
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import access
from wijkbudget.voting.models import Promotion, Stopped
from wijkbudget.voting.phases import FrozenRound
from wijkbudget.voting.queries.comparing import Counted, counted_of, once, outcome_hash_of
from wijkbudget.voting.queries.outcomes import outcome
from wijkbudget.voting.queries.rounds import frozen_of, options_of
from wijkbudget.voting.rules import Ballots, Election, ties_by_id
from wijkbudget.voting.schemas import OptionView, PromotedView, ReserveLine, ReserveView, SuccessionView
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.points import in_words_of
from wijkbudget.voting.tallies.reserves import Standing, ends_at_too_dear, moving_up, order_of, reserves


class _Listed(NamedTuple):
    """The list right after the count, which never changes; how it stands follows from what happened since."""

    order: tuple[str, ...]
    why: dict[str, Text]
    """Of all options that lost."""


@question(access.READ)
def reserve(look: Look, place: str, round_id: UUID) -> ReserveView:
    """Return who is next now, in order. Raises RoundNotFound, or NotThere before the count."""
    listed = _listed_of(look, place, round_id)
    frozen, now = frozen_of(look, place, round_id), standing(look, place, round_id)
    options = {option.key: option for option in frozen.options}
    following = reserves(listed.order, _election(frozen), now)

    def line(key: str, lacking_cents: int | None, limit: str | None) -> ReserveLine:
        option = options[key]
        return ReserveLine(
            key=key,
            title=option.title,
            cost_cents=option.cost_cents,
            lacking_cents=lacking_cents,
            limit=limit,
            why=listed.why[key],
        )

    return ReserveView(
        title=frozen.title,
        left_cents=frozen.budget_cents - now.held_cents,
        lines=[line(each.id, each.lacking_cents, each.limit) for each in following],
        others=[line(key, None, None) for key in listed.why if key not in listed.order],
        successions=successions(look, place, round_id),
    )


def turns(look: Look, place: str, round_id: UUID) -> tuple[str, ...]:
    """Return the keys on the reserve list, in order; this counts again, so ask before an act, never in it.

    Raises RoundNotFound, or NotThere before the count.
    """
    return _listed_of(look, place, round_id).order


def next_up(
    look: Look, place: str, round_id: UUID, order: Sequence[str], leaving: Mapping[str, int]
) -> list[OptionView]:
    """Return what moves up, in order, if something that holds money of a round stops now.

    `leaving` says by `about` what each that stops keeps, because it was spent.

    Raises RoundNotFound, or NotThere before the count.
    """
    frozen, before = frozen_of(look, place, round_id), standing(look, place, round_id)
    options = {option.key: option for option in options_of(look, place, round_id)}
    kept = {
        option.key: min(before.cents[option.key], leaving[option.about])
        for option in options.values()
        if option.about in leaving
    }
    now = Standing(cents={**before.cents, **kept}, stopped=before.stopped | kept.keys())
    ends = ends_at_too_dear(frozen.tally, frozen.tally_parameters)
    return [options[each.id] for each in moving_up(order, _election(frozen), now, ends=ends)]


def standing(look: Look, place: str, round_id: UUID) -> Standing:
    """Return which options hold money of a round now. Raises RoundNotFound, or NotThere before the count."""
    cents = {option.key: option.paid_cents for option in outcome(look, place, round_id).winners}
    moves = successions(look, place, round_id)
    cents |= {each.key: each.granted_cents for move in moves for each in move.promoted}
    # It can have spent more than the round gave it: gifts and resident vouchers came on top.
    cents |= {move.key: min(cents[move.key], move.kept_cents) for move in moves}
    return Standing(cents=cents, stopped=frozenset(move.key for move in moves))


@question(access.READ)
def successions(look: Look, place: str, round_id: UUID) -> list[SuccessionView]:
    """Return which options stopped after they got money, and what moved up for each, the oldest first."""
    of_round = (col(Stopped.round_id) == round_id, col(Stopped.place) == place)
    stopped = look.session.exec(
        select(Stopped).where(*of_round).order_by(col(Stopped.stopped_at), col(Stopped.key))
    ).all()
    if not stopped:
        return []
    options = {option.key: option for option in options_of(look, place, round_id)}
    promoted = defaultdict[str, list[PromotedView]](list)
    here = (col(Promotion.round_id) == round_id, col(Promotion.place) == place)
    for row in look.session.exec(select(Promotion).where(*here).order_by(col(Promotion.turn))).all():
        option = options[row.key]
        promoted[row.after_key].append(
            PromotedView(key=row.key, about=option.about, title=option.title, granted_cents=row.granted_cents)
        )
    return [
        SuccessionView(
            key=row.key,
            about=options[row.key].about,
            title=options[row.key].title,
            stopped_on=day_of(row.stopped_at),
            kept_cents=row.kept_cents,
            freed_cents=row.freed_cents,
            promoted=promoted[row.key],
        )
        for row in stopped
    ]


def _listed_of(look: Look, place: str, round_id: UUID) -> _Listed:
    outcome_hash = outcome_hash_of(look, place, round_id)
    return once(outcome_hash, "reserve", lambda: _listed(counted_of(look, place, round_id)))


def _listed(counted: Counted) -> _Listed:
    tally = TALLIES[counted.frozen.tally]
    found = tally.tally(counted.poll, counted.parameters)
    return _Listed(
        order=order_of(tally, counted.poll, found),
        why={
            option.id: in_words_of(counted.frozen.ballot_limits.marking, option.reason)
            for option in found.options
            if not option.won
        },
    )


def _election(frozen: FrozenRound) -> Election:
    """Return what decides who fits: options, budget and limits; the order was found before."""
    return Election(
        options=frozen.option_list,
        ballots=Ballots.of(()),
        budget_cents=frozen.budget_cents,
        ties=ties_by_id(option.key for option in frozen.options),
        limits=frozen.limit_list,
    )

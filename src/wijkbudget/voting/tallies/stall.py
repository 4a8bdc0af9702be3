# SPDX-License-Identifier: EUPL-1.2
"""What can be bought with equal shares in a poll, and who would pay for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from wijkbudget.voting.tallies.limits import Room
from wijkbudget.voting.tallies.loops.machine import Market
from wijkbudget.voting.tallies.poll import Column, Poll, blocks_of

_NO_LIMIT = 2**62


@dataclass(frozen=True, kw_only=True)
class Stall:
    """What can be bought in a poll, and the room that limits leave."""

    poll: Poll
    market: Market
    payable: tuple[int, ...]
    """The options that take part, those first that cost least for their worth if all their supporters pay alike."""


def open_stall(poll: Poll, payable: Sequence[int], utility: str, room: Room) -> Stall:
    """Return what can be bought in a poll; `room` is what limits leave of it."""
    option_count = len(poll.options)
    marks = poll.supporter_marks if utility != "cardinality" else np.ones_like(poll.supporter_marks)
    powers = poll.powers if utility != "cardinality" else poll.backing
    worths = poll.costs if utility == "cost" else np.ones_like(poll.costs)
    ordered = tuple(_ordered(payable, poll.costs.tolist(), powers.tolist(), is_worth_its_cost=utility == "cost"))
    keys = np.full(option_count, option_count, np.int64)
    keys[list(ordered)] = np.arange(len(ordered))
    block_starts, firsts = blocks_of(poll.option_starts, marks) if utility == "cardinality" else poll.blocks
    limits = limit_columns(poll, room)
    market = Market(
        costs=poll.costs,
        takes_part=keys < option_count,
        worths=worths.astype(np.float64),
        powers=powers,
        keys=keys,
        block_starts=block_starts,
        block_marks=marks[firsts].astype(np.int64),
        supporter_starts=np.append(firsts, len(marks)),
        supporters=poll.supporters.view(np.uint32),
        reach=poll.backing,
        voices=poll.voices,
        group_starts=poll.group_starts,
        group_options=poll.group_options,
        group_marks=poll.group_marks if utility != "cardinality" else np.ones_like(poll.group_marks),
        limit_starts=limits.starts,
        limit_of=limits.of,
        limit_cents=limits.cents,
        limit_wins=limits.wins,
    )
    return Stall(poll=poll, market=market, payable=ordered)


class Limits(NamedTuple):
    """Under which limits each option falls, and what each of these leaves."""

    starts: Column
    of: Column
    cents: Column
    wins: Column


def limit_columns(poll: Poll, room: Room) -> Limits:
    """Return the room that limits leave, in columns."""
    limits = poll.election.limits
    falls = [[number for number, limit in enumerate(limits) if each.id in limit.ids] for each in poll.options if limits]
    cents, wins = [room.cents_left(limit) for limit in limits], [room.wins_left(limit) for limit in limits]
    return Limits(
        starts=np.cumsum([0, *map(len, falls)]) if limits else np.zeros(len(poll.options) + 1, np.int64),
        of=np.array([limit for each in falls for limit in each], np.int64),
        cents=np.array([_NO_LIMIT if left is None else left for left in cents], np.int64),
        wins=np.array([_NO_LIMIT if left is None else left for left in wins], np.int64),
    )


def _ordered(payable: Sequence[int], costs: list[int], powers: list[int], *, is_worth_its_cost: bool) -> list[int]:
    """Return options by what they cost for their worth if all supporters pay alike; equals by their place."""
    if is_worth_its_cost:
        return sorted(payable, key=lambda option: (-powers[option], option))
    # Two fractions that differ do so in fewer bits than this.
    return sorted(payable, key=lambda option: ((costs[option] << 128) // powers[option], option))

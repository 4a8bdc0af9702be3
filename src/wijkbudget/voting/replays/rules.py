# SPDX-License-Identifier: EUPL-1.2
"""What a vote would have come to had people had other voices; ballots and people cannot be joined, so lots are drawn.

A ballot tells which voice it counted with, and of the people with that voice it is known which voices they would have
had; not who of them cast which ballot. So their new voices are dealt over the ballots by lot, again and again, and it
is told in how many of the draws each option wins. The lots follow from a seed, so asking again answers the same.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from wijkbudget.reciprocity.rules import merge_classes
from wijkbudget.reciprocity.rules.limits import ENTRY_MINUTES_MAX, STEP_MINUTES
from wijkbudget.reciprocity.rules.voices import Given, Giver
from wijkbudget.voting.rules import Parameters
from wijkbudget.voting.tallies import Tally
from wijkbudget.voting.tallies.poll import Column, Poll

DRAWS = 100
"""Choice: ours; enough to tell a sure outcome from a doubtful one, and some seconds of counting."""

DAYS = 365
"""Over how many days imagined time is spread."""


def chance_of(*parts: str) -> np.random.Generator:
    """Return lots that follow from these words and nothing else."""
    seed = int.from_bytes(sha256("|".join(parts).encode()).digest())
    return np.random.Generator(np.random.PCG64(seed))


def winners_by_lot(
    poll: Poll,
    voices: Mapping[int, Sequence[int]],
    count: tuple[Tally, Parameters],
    ballots_per_class_min: int,
    chance: np.random.Generator,
) -> list[tuple[str, ...]]:
    """Return who wins in each draw; one draw where all people with one voice would have had the same one again.

    `voices` gives, by the voice that ballots counted with, the new voice of everybody who had it, voted or not.
    """
    (tally, parameters), cast_with = count, poll.election.ballots.counts
    ballots = {int(voice * 100): np.repeat(np.arange(len(sizes)), sizes) for voice, sizes in cast_with.items()}
    is_sure = all(len(set(voices[voice])) == 1 for voice in ballots)
    pools = {voice: np.array(voices[voice], np.int64) for voice in ballots}
    found = []
    for _draw in range(1 if is_sure else DRAWS):
        dealt = {voice: chance.choice(pools[voice], len(cast), replace=False) for voice, cast in ballots.items()}
        kept = _merged(dealt, ballots_per_class_min)
        weighed = np.zeros(len(poll.voices), np.int64)
        for voice, cast in ballots.items():
            np.add.at(weighed, cast, kept[voice])
        found.append(tally.choose(poll.with_voices(weighed, Fraction(1, 100)), parameters))
    return found


def imagined_givers(voters: int, giving_percent: int, hours_mean: int, chance: np.random.Generator) -> Iterator[Giver]:
    """Yield voters of whom some gave time: most of them little, a few much, on any day of the year.

    Choice: ours. Time given is spread exponentially round its mean, as in many counts of volunteers.
    """
    gives = chance.random(voters) * 100 < giving_percent
    quarters = np.ceil(chance.exponential(hours_mean * 60 / STEP_MINUTES, voters)).astype(int)
    most = ENTRY_MINUTES_MAX // STEP_MINUTES * DAYS
    ages = chance.integers(0, DAYS, voters)
    for number in range(voters):
        minutes = min(int(quarters[number]), most) * STEP_MINUTES
        given = Given(minutes_by_age=((int(ages[number]), minutes),)) if gives[number] else Given()
        yield Giver(person_id=str(number), given=given)


def _merged(dealt: Mapping[int, Column], ballots_per_class_min: int) -> dict[int, NDArray[np.int64]]:
    """Return voices as they would have been counted: too few ballots of one voice take the next lower one."""
    sizes = Counter(voice for new in dealt.values() for voice in new.tolist())
    mapping = merge_classes(sizes, ballots_per_class_min).mapping
    known = np.array(sorted(mapping), np.int64)
    counted = np.array([mapping[voice] for voice in sorted(mapping)], np.int64)
    return {voice: counted[np.searchsorted(known, new)] for voice, new in dealt.items()}

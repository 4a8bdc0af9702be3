# SPDX-License-Identifier: EUPL-1.2
"""Lets many act at the same moment, on real threads, and says what came of each."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from wijkbudget.kit.errors import Refusal

PATIENCE_SECONDS = 120


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of these at the same moment, each in a thread, and return what came of each: an answer or a refusal."""
    return race(1, len(acts), lambda _heat, racer: acts[racer]())[0]


def race(heats: int, racers: int, act: Callable[[int, int], Any], *, tracks: int = 1) -> list[list[Any]]:
    """Run heat after heat, on so many tracks beside each other, and return for each what came of its racers.

    The racers of a heat start at the same moment, each in a thread; `act` is given the heat and the racer.
    """
    starts = [Barrier(racers, timeout=PATIENCE_SECONDS) for _track in range(tracks)]
    came: list[list[Any]] = [[None] * racers for _heat in range(heats)]

    def run(track: int, racer: int) -> None:
        try:
            for heat in range(track, heats, tracks):
                starts[track].wait()
                came[heat][racer] = _outcome(partial(act, heat, racer))
        except BaseException:
            starts[track].abort()
            raise

    with ThreadPoolExecutor(tracks * racers) as pool:
        running = [pool.submit(run, track, racer) for track in range(tracks) for racer in range(racers)]
    # What broke a race is told by the one it happened to; the others only say that their start was called off.
    failures = [failure for done in running if (failure := done.exception())]
    for failure in sorted(failures, key=lambda each: type(each).__name__ == "BrokenBarrierError"):
        raise failure
    return came


def _outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Refusal as refusal:
        return type(refusal).__name__

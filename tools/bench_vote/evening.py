# SPDX-License-Identifier: EUPL-1.2
"""What people come for on the evening of a vote: to read, to vote, or all at once; and what they were told."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from random import Random

from tools.bench import clients, town
from tools.bench.results import Result
from tools.bench.server import PORT
from tools.bench_vote import crowd
from tools.bench_vote.crowd import Knock, Told

VOTES, READS = 25, 750
RUSH = 200
"""Votes a second: on an ordinary evening, with so many pages read beside them, and on the busiest."""
RUSH_SECONDS, TOO_MANY_SECONDS, NORMAL_SECONDS = 60, 10, 10
TOO_MANY = 5
"""How many times the rush comes at once."""
BACK_SECONDS = 10
"""After how long a house that was asked too much must be as before."""

_SEED = 2026
_PLACE = f"/wijken/{town.PLACE}"
_PAGES = (
    "/",
    "/uitleg",
    _PLACE,
    f"{_PLACE}/initiatieven",
    f"{_PLACE}/initiatieven",
    f"{_PLACE}/stemrondes",
    "/stemmen",
)
"""What strangers read; a tenth of them opens the page that asks for the code, which is made for each of them anew."""


@dataclass(frozen=True)
class Evening:
    """So many votes and readings a second, for so long."""

    seconds: int
    votes: int
    reads: int

    @property
    def codes(self) -> int:
        """Return how many voting codes are enough for it."""
        return int(self.seconds * self.votes * 1.1) + 100


def marks_of(number: int) -> dict[str, int]:
    """Return what the voter with this number ticks: three options."""
    return {str(1 + (number + step) % town.OPTIONS): 1 for step in (0, 3, 6)}


def spend(evening: Evening, codes: Sequence[str], first: int, pages: Sequence[str]) -> list[Told]:
    """Let an evening pass in which the voters from this number on vote, and return what everybody was told."""
    return crowd.come(PORT, _knocks(evening, codes, first, pages))


def pages(plans: Sequence[str], round_id: str) -> list[str]:
    """Return what is read, as often as it is: also each plan, and the round."""
    each = [f"{_PLACE}/initiatieven/{plan}" for plan in plans]
    often = [*_PAGES, f"{_PLACE}/stemrondes/{round_id}"]
    return each + often * (len(each) // len(often))


def waiting(told: Sequence[Told], *, is_vote: bool, share: float = 0.99) -> float:
    """Return how long all but a hundredth waited at most."""
    seconds = sorted(each.seconds for each in told if each.knock.is_vote == is_vote)
    return seconds[min(int(len(seconds) * share), len(seconds) - 1)] if seconds else 0.0


def stood(what: str, told: Sequence[Told], *, p99: float, missing: int) -> Result:
    """Return whether everybody was answered well and in time, and every ballot that was answered is in the box."""
    votes, reads = waiting(told, is_vote=True), waiting(told, is_vote=False)
    refused = sum(each.status != HTTPStatus.OK for each in told)
    beside = [f"{votes:.3f} s a vote", *([f"{reads:.3f} s a page"] if reads else [])]
    return Result(
        what=what,
        measured=f"{len(told):,} answers",
        against=", ".join(beside),
        ratio=f"{missing} lost, {refused} refused",
        goal=f"p99 under {p99} s, none lost",
        met=max(votes, reads) < p99 and missing == 0 and refused == 0,
    )


def bore(what: str, told: Sequence[Told], *, missing: int) -> Result:
    """Return whether everybody who came too many was either answered well or asked to come back."""
    well = sum(each.status == HTTPStatus.OK for each in told)
    back = sum(each.status == HTTPStatus.SERVICE_UNAVAILABLE and each.may_retry for each in told)
    others = Counter(each.status for each in told if each.status != HTTPStatus.OK and not each.may_retry)
    return Result(
        what=what,
        measured=f"{well:,} of {len(told):,} well",
        against=f"{waiting(told, is_vote=True):.3f} s a vote",
        ratio=f"{missing} lost, {back:,} asked to come back" + "".join(f", {n} told {s}" for s, n in others.items()),
        goal="nothing else, none lost",
        met=well + back == len(told) and missing == 0,
    )


def _knocks(evening: Evening, codes: Sequence[str], first: int, read: Sequence[str]) -> Iterator[Knock]:
    """Yield who comes: each by chance, as people do, so many a second on average."""
    random = Random(_SEED)  # noqa: S311 (it must be the same everywhere)
    rate, at = evening.votes + evening.reads, 0.0
    requests = [clients.get(PORT, path) for path in read]
    voters = iter(islice(enumerate(codes), first, None))
    while (at := at + random.expovariate(rate)) < evening.seconds:
        if random.random() * rate < evening.votes:
            number, code = next(voters)
            body = json.dumps({"code": code, "marks": marks_of(number)}).encode()
            yield Knock(at, clients.post(PORT, "/api/v1/ballots", body), number, is_vote=True)
        else:
            yield Knock(at, random.choice(requests), 0, is_vote=False)

# SPDX-License-Identifier: EUPL-1.2
"""Counts wrong codes, each in an act of its own, so that too many tries wait."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import col, select, text

from wijkbudget.db.among import Among
from wijkbudget.db.prepared import Prepared
from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.errors import TooMany
from wijkbudget.kit.text import _
from wijkbudget.trail.models import WrongTry
from wijkbudget.trail.work import Look, Work, question, verb

WINDOW_SECONDS = 600
TRIES_MAX = 10
"""Choice: ten wrong codes in ten minutes from one peer."""

WINDOWS_KEPT = 6
"""An hour, so that it can be told how many there were."""

TRIED = Prepared(select(col(WrongTry.peer), col(WrongTry.count)).where(Among(col(WrongTry.peer), "peers")))
"""How often peers tried in this window, by `buckets_of` them; a verb may ask it on a trip with more."""
_EVERYBODY = may(Role.GUEST)


@question(_EVERYBODY, municipal=True)
def demand_patience(look: Look, kind: str, peer: str) -> None:
    """Do nothing, or raise TooMany if this peer must wait."""
    if impatient(look, kind, [peer]):
        raise too_many(look)


@verb(_EVERYBODY, municipal=True, silent="a wrong try changes nothing of the neighbourhood")
def count(work: Work, kind: str, peer: str) -> None:
    """Count one wrong try of a peer in this window, and of all peers together."""
    window_number = current_window(work)
    work.session.connection().execute(
        text(
            "INSERT INTO wrong_try (peer, window_number, count) VALUES (:peer, :window_number, 1)"
            " ON CONFLICT (peer) DO UPDATE SET count = wrong_try.count + 1"
        ),
        [
            {"peer": bucket, "window_number": window_number}
            for bucket in (_bucket(work, kind, peer), _everybody(work, kind, window_number))
        ],
    )


def impatient(look: Look, kind: str, peers: Iterable[str]) -> set[str]:
    """Return which of these peers must wait."""
    buckets = buckets_of(look, kind, peers)
    return impatient_of(buckets, TRIED.all(look.session, peers=list(buckets)) if buckets else [])


def buckets_of(look: Look, kind: str, peers: Iterable[str]) -> dict[str, str]:
    """Return each of these peers by what its tries in this window are counted under."""
    return {_bucket(look, kind, peer): peer for peer in set(peers)}


def impatient_of(buckets: Mapping[str, str], tried: Iterable[tuple[Any, ...]]) -> set[str]:
    """Return which of the peers in these buckets must wait, by how often each tried."""
    return {buckets[bucket] for bucket, count_ in tried if count_ >= TRIES_MAX}


def too_many(look: Look) -> TooMany:
    """Return the refusal of a peer that must wait, with how long."""
    wait = WINDOW_SECONDS - int(look.now.timestamp()) % WINDOW_SECONDS
    return TooMany(_("You tried too often. Wait ten minutes and try again."), wait_seconds=wait)


def in_last_hour(look: Look, kind: str) -> int:
    """Return how many wrong tries there were in this window and the five before it, from all peers together."""
    now = current_window(look)
    buckets = [_everybody(look, kind, number) for number in range(now - WINDOWS_KEPT + 1, now + 1)]
    return sum(count_ for _bucket, count_ in TRIED.all(look.session, peers=buckets))


def current_window(look: Look) -> int:
    """Return the number of the ten minutes it is now."""
    return int(look.now.timestamp()) // WINDOW_SECONDS


def _everybody(look: Look, kind: str, window_number: int) -> str:
    """Return what the tries of all peers in a window are counted under; no peer has an empty name."""
    return look.keys.keyed_hash("wrong tries", kind, "", str(window_number))


def _bucket(look: Look, kind: str, peer: str) -> str:
    """Return a keyed hash of the peer in this window; it cannot be joined with anything else."""
    return look.keys.keyed_hash("wrong tries", kind, peer, str(current_window(look)))

# SPDX-License-Identifier: EUPL-1.2
"""Gives committed entries their position in the Merkle log, and signs how far it has come."""

import base64
import hashlib
from datetime import datetime

from sqlmodel import col, delete, select

from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.canonical import canonical
from wijkbudget.trail import merkle
from wijkbudget.trail.models import TrailCheckpoint, TrailEntry, TrailLeaf, TrailUnsealed
from wijkbudget.trail.work import Work, verb

ORIGIN = "wijkbudget/trail"
HASH_BYTES = 32
SALT_BYTES = 16
SEALED_TOGETHER_MAX = 5_000


def hidden_hash(salt: str, hidden: str) -> str:
    """Return the hash under which the hidden part of an entry is sealed; it says nothing without the salt."""
    return hashlib.sha256(f"{salt}{hidden}".encode()).hexdigest()


def entry_text(entry: TrailEntry) -> str:
    """Return what is hashed of an entry: everything that is public, and the hash of what is hidden."""
    public = [entry.at.isoformat(), entry.kind, entry.place, entry.subject, entry.facts]
    return canonical([str(entry.id), *public, entry.hidden_hash]).decode()


def entry_hash(entry: TrailEntry) -> bytes:
    """Return the leaf of an entry in the log."""
    return merkle.leaf_hash(entry_text(entry).encode())


def note(size: int, root: bytes, at: datetime) -> bytes:
    """Return the text that is signed: origin, size, root and time, each on a line."""
    return f"{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n{at.isoformat()}\n".encode()


@verb(may(Role.SYSTEM), municipal=True, silent="the seal is about the trail, not in it")
def seal(work: Work) -> int:
    """Seal what is not sealed yet, at most a few thousand entries, and return how many were."""
    session = work.session
    waiting = select(TrailEntry).join(TrailUnsealed, col(TrailUnsealed.entry_id) == col(TrailEntry.id))
    entries = session.exec(waiting.order_by(col(TrailEntry.at), col(TrailEntry.id)).limit(SEALED_TOGETHER_MAX)).all()
    if not entries:
        return 0
    last = session.exec(select(TrailCheckpoint).order_by(col(TrailCheckpoint.size).desc()).limit(1)).first()
    size, packed = (last.size, last.frontier) if last else (0, b"")
    leaves = [entry_hash(entry) for entry in entries]
    peaks = [packed[i : i + HASH_BYTES] for i in range(0, len(packed), HASH_BYTES)]
    peaks = merkle.frontier(peaks, size, leaves)
    session.add_all(
        TrailLeaf(position=position, entry_id=entry.id, hash=leaf)
        for position, (entry, leaf) in enumerate(zip(entries, leaves, strict=True), size)
    )
    session.exec(delete(TrailUnsealed).where(col(TrailUnsealed.entry_id).in_([entry.id for entry in entries])))
    size, root = size + len(leaves), merkle.bag(peaks)
    signature = work.keys.sign(note(size, root, work.now))
    session.add(TrailCheckpoint(size=size, root=root, at=work.now, signature=signature, frontier=b"".join(peaks)))
    return len(leaves)

"""Gives committed entries their position in the Merkle log, and signs how far it has come."""

import base64
from datetime import datetime

from sqlmodel import col, delete, select

from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.canonical import canonical
from wijkbudget.trail import merkle
from wijkbudget.trail.models import TrailCheckpoint, TrailEntry, TrailLeaf, TrailUnsealed
from wijkbudget.trail.work import Work, verb

ORIGIN = "wijkbudget/trail"
HASH_BYTES = 32
SEALED_TOGETHER_MAX = 5_000


def entry_bytes(entry: TrailEntry) -> bytes:
    """Return what is hashed of an entry: everything it says."""
    return canonical(
        [str(entry.id), entry.at.isoformat(), entry.actor, entry.kind, entry.place, entry.subject, entry.facts]
    )


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
    leaves = [merkle.leaf_hash(entry_bytes(entry)) for entry in entries]
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

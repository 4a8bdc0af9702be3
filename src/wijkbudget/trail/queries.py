# SPDX-License-Identifier: EUPL-1.2
"""Reads the trail: what happened, where it stands in the log, and whether it is whole."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.errors import NotFound
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import _
from wijkbudget.kit.units import AMOUNT_MAX
from wijkbudget.trail import merkle
from wijkbudget.trail.keyring import is_signed
from wijkbudget.trail.models import TrailCheckpoint, TrailEntry, TrailLeaf, TrailUnsealed
from wijkbudget.trail.sealing import entry_hash, entry_text, hidden_hash, note
from wijkbudget.trail.work import Look, question

PAGE_LENGTH = 50
TOGETHER = 500
"""How many rows of a long table are in hand at once."""
_EVERYBODY = may(Role.GUEST)


class EntryNotFound(NotFound):
    """No entry with this id in this neighbourhood."""


class CheckpointNotFound(NotFound):
    """No checkpoint has this size."""


class EntryView(View):
    """One entry of the trail, without what points at a person."""

    id: UUID
    at: datetime
    kind: str
    place: str | None
    subject: str
    facts: dict[str, Any]
    position: int | None


class SealedView(EntryView):
    """One entry with what its leaf in the log is made of, so that anybody can make it again."""

    position: int
    hidden_hash: str
    """The salted hash of what points at a person."""
    leaf: str
    """SHA-256 of a zero byte and the text of the entry."""


class CheckpointView(View):
    """How far the log is sealed, signed."""

    size: int
    root: str
    at: datetime
    note: str
    """The very text that is signed."""
    signature: str
    public_key: str


class ProofView(View):
    """Shows that one entry stands in the log that a checkpoint signed."""

    entry: EntryView
    text: str
    """The very text of the entry in the log: what is public, and a hash of what is hidden."""
    leaf: str
    """SHA-256 of a zero byte and the text."""
    proof: list[str]
    checkpoint: CheckpointView


class ConsistencyView(View):
    """Shows that the log of a later checkpoint begins with the log of an earlier one."""

    earlier: CheckpointView
    later: CheckpointView
    proof: list[str]


@question(_EVERYBODY)
def entries(look: Look, place: str, before: int | None = None) -> list[EntryView]:
    """Return a page of the sealed entries of a neighbourhood, newest first, below a position."""
    rows = _placed().where(col(TrailEntry.place) == place)
    if before is not None:
        rows = rows.where(col(TrailLeaf.position) < before)
    return [_view(*row) for row in look.session.exec(rows.order_by(col(TrailLeaf.position).desc()).limit(PAGE_LENGTH))]


def sealed(look: Look, place: str) -> Iterator[list[SealedView]]:
    """Yield every sealed entry of a neighbourhood in the order of the log, a few at a time."""
    rows = select(TrailEntry, TrailLeaf).join(TrailLeaf, col(TrailLeaf.entry_id) == col(TrailEntry.id))
    ordered = rows.where(col(TrailEntry.place) == place).order_by(col(TrailLeaf.position))
    with look.session.exec(ordered.execution_options(yield_per=TOGETHER)) as found:
        for some in found.partitions():
            yield [
                SealedView(**dict(_view(entry, leaf.position)), hidden_hash=entry.hidden_hash, leaf=leaf.hash.hex())
                for entry, leaf in some
            ]


def entries_about(look: Look, place: str, subjects: list[str]) -> list[EntryView]:
    """Return what happened to these things, oldest first, sealed or not."""
    rows = (
        select(TrailEntry, TrailLeaf.position)
        .outerjoin(TrailLeaf, col(TrailLeaf.entry_id) == col(TrailEntry.id))
        .where(col(TrailEntry.place) == place, col(TrailEntry.subject).in_(subjects))
        .order_by(col(TrailEntry.at), col(TrailEntry.id))
    )
    return [_view(*row) for row in look.session.exec(rows).all()]


def last_at(look: Look, kind: str) -> datetime | None:
    """Return when something of a kind last happened, sealed or not; None if it never did."""
    return look.session.exec(select(func.max(col(TrailEntry.at))).where(col(TrailEntry.kind) == kind)).one()


@question(_EVERYBODY)
def proof(look: Look, place: str, entry_id: UUID) -> ProofView:
    """Return the proof that an entry stands in the newest signed log. Raises EntryNotFound."""
    found = look.session.exec(_placed().where(col(TrailEntry.id) == entry_id, col(TrailEntry.place) == place)).first()
    newest = checkpoint(look)
    if found is None or newest is None:
        raise EntryNotFound(_("There is no such entry in the public record."))
    entry = _view(*found)
    assert entry.position is not None
    leaves = list(look.session.exec(select(TrailLeaf.hash).order_by(col(TrailLeaf.position)).limit(newest.size)))
    steps = merkle.inclusion_proof(leaves, entry.position)
    return ProofView(
        entry=entry,
        text=entry_text(found[0]),
        leaf=leaves[entry.position].hex(),
        proof=[step.hex() for step in steps],
        checkpoint=newest,
    )


@question(_EVERYBODY, municipal=True)
def checkpoint(look: Look) -> CheckpointView | None:
    """Return the newest checkpoint, or None before the first seal."""
    row = look.session.exec(select(TrailCheckpoint).order_by(col(TrailCheckpoint.size).desc()).limit(1)).first()
    return _seal(look, row) if row else None


@question(_EVERYBODY, municipal=True)
def consistency(look: Look, earlier: int, later: int) -> ConsistencyView:
    """Return the proof that nothing before an earlier checkpoint changed until a later one.

    Raises CheckpointNotFound for sizes that are no checkpoint, and if the first comes after the second.
    """
    sizes = [size for size in (earlier, later) if 0 < size <= AMOUNT_MAX]
    found = look.session.exec(select(TrailCheckpoint).where(col(TrailCheckpoint.size).in_(sizes))).all()
    seals = {row.size: _seal(look, row) for row in found}
    if earlier not in seals or later not in seals or earlier > later:
        raise CheckpointNotFound(_("Name the sizes of two checkpoints, the earlier one first."))
    leaves = list(look.session.exec(select(TrailLeaf.hash).order_by(col(TrailLeaf.position)).limit(later)))
    steps = merkle.consistency_proof(leaves, earlier)
    return ConsistencyView(earlier=seals[earlier], later=seals[later], proof=[step.hex() for step in steps])


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every entry, leaf or checkpoint that is not what was sealed."""
    session = look.session
    leaves: list[bytes] = []
    rows = select(TrailLeaf, TrailEntry).outerjoin(TrailEntry, col(TrailEntry.id) == col(TrailLeaf.entry_id))
    with session.exec(rows.order_by(col(TrailLeaf.position)).execution_options(yield_per=TOGETHER)) as found:
        for leaf, entry in found:
            if leaf.position != len(leaves):
                yield Fault("trail", f"position {len(leaves)}", "is missing")
                return
            if (
                entry is None
                or entry_hash(entry) != leaf.hash
                or hidden_hash(entry.salt, entry.hidden) != entry.hidden_hash
            ):
                yield Fault("trail", f"entry {leaf.entry_id}", "is not what was sealed")
            leaves.append(leaf.hash)
    public_key, peaks, size = look.keys.public_key(), list[bytes](), 0
    for row in session.exec(select(TrailCheckpoint).order_by(col(TrailCheckpoint.size))).all():
        peaks, size = merkle.frontier(peaks, size, leaves[size : row.size]), row.size
        if row.size > len(leaves) or merkle.bag(peaks) != row.root:
            yield Fault("trail", f"checkpoint {row.size}", "its root is not the root of the entries")
            return
        if not is_signed(note(row.size, row.root, row.at), row.signature, public_key):
            yield Fault("trail", f"checkpoint {row.size}", "its signature is not ours")
    if size != len(leaves):
        yield Fault("trail", f"leaves from {size}", "have no checkpoint")
    if session.exec(select(func.count()).select_from(TrailEntry)).one() != len(leaves) + _unsealed(look):
        yield Fault("trail", "entries", "some have no position and do not wait for one")


def _unsealed(look: Look) -> int:
    return look.session.exec(select(func.count()).select_from(TrailUnsealed)).one()


def _seal(look: Look, row: TrailCheckpoint) -> CheckpointView:
    """Return a checkpoint with the text that is signed."""
    return CheckpointView(
        size=row.size,
        root=row.root.hex(),
        at=row.at,
        note=note(row.size, row.root, row.at).decode(),
        signature=row.signature.hex(),
        public_key=look.keys.public_key(),
    )


def _placed() -> Any:
    """Return the entries with their position in the log."""
    return select(TrailEntry, TrailLeaf.position).join(TrailLeaf, col(TrailLeaf.entry_id) == col(TrailEntry.id))


def _view(entry: TrailEntry, position: int | None) -> EntryView:
    """Return the public part of an entry."""
    return EntryView(
        id=entry.id,
        at=entry.at,
        kind=entry.kind,
        place=entry.place,
        subject=entry.subject,
        facts=json.loads(entry.facts),
        position=position,
    )

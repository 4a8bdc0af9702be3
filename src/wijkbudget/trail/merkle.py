# SPDX-License-Identifier: EUPL-1.2
"""One Merkle log of all entries, as certificate transparency keeps it.

Source: RFC 6962, section 2.1 (tree hash, audit paths and consistency proofs, SHA-256).
"""

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()
"""The root of a log without leaves."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one leaf; the first byte keeps leaves and nodes apart."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node above two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    return bag(frontier([], 0, leaves))


def frontier(before: Sequence[bytes], size: int, added: Sequence[bytes]) -> list[bytes]:
    """Return the roots of the full subtrees, largest first, after leaf hashes were added to a log of `size`."""
    peaks = list(before)
    assert len(peaks) == size.bit_count()
    for position, leaf in enumerate(added, size):
        peaks.append(leaf)
        # Every trailing one in the old size is a full subtree that the new leaf completes.
        ones = (~position & (position + 1)).bit_length() - 1
        for _step in range(ones):
            right = peaks.pop()
            peaks.append(node_hash(peaks.pop(), right))
    return peaks


def bag(peaks: Sequence[bytes]) -> bytes:
    """Return the root over a frontier."""
    if not peaks:
        return EMPTY
    value = peaks[-1]
    for peak in reversed(peaks[:-1]):
        value = node_hash(peak, value)
    return value


def inclusion_proof(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """Return the hashes that lead from one leaf to the root, lowest first."""
    assert 0 <= position < len(leaves)
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if position < split:
        return [*inclusion_proof(leaves[:split], position), root(leaves[split:])]
    return [*inclusion_proof(leaves[split:], position - split), root(leaves[:split])]


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """Return the hashes that show that the log of `earlier` leaves is the beginning of this one."""
    assert 0 < earlier <= len(leaves)
    return _subproof(leaves, earlier, whole=True)


def _subproof(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [root(leaves)]
    split = _split(len(leaves))
    if earlier <= split:
        return [*_subproof(leaves[:split], earlier, whole=whole), root(leaves[split:])]
    return [*_subproof(leaves[split:], earlier - split, whole=False), root(leaves[:split])]


def _split(size: int) -> int:
    """Return the largest power of two below a size of two or more."""
    return 1 << ((size - 1).bit_length() - 1)

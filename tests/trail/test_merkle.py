# SPDX-License-Identifier: EUPL-1.2
"""The Merkle log, against the definition of RFC 6962 written out."""

import hashlib

import pytest

from tools import check_entry
from wijkbudget.trail import merkle

LEAVES = [merkle.leaf_hash(bytes([number])) for number in range(40)]


def defined_root(leaves: list[bytes]) -> bytes:
    """Return the tree hash as section 2.1 defines it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = max(1 << power for power in range(8) if 1 << power < len(leaves))
    return hashlib.sha256(b"\x01" + defined_root(leaves[:split]) + defined_root(leaves[split:])).digest()


@pytest.mark.parametrize("size", range(len(LEAVES) + 1))
class TestEverySize:
    def test_has_the_root_that_the_definition_gives(self, size: int) -> None:
        assert merkle.root(LEAVES[:size]) == defined_root(LEAVES[:size])

    def test_goes_on_from_a_frontier_to_the_same_root(self, size: int) -> None:
        for begun in range(size + 1):
            peaks = merkle.frontier(merkle.frontier([], 0, LEAVES[:begun]), begun, LEAVES[begun:size])
            assert merkle.bag(peaks) == defined_root(LEAVES[:size])

    def test_proves_every_leaf_and_no_other(self, size: int) -> None:
        leaves = LEAVES[:size]
        for position, leaf in enumerate(leaves):
            proof = merkle.inclusion_proof(leaves, position)
            assert check_entry.is_included(leaf, position, size, proof, defined_root(leaves))
            assert not check_entry.is_included(merkle.leaf_hash(b"x"), position, size, proof, defined_root(leaves))
            assert not check_entry.is_included(leaf, position + size, size, proof, defined_root(leaves))

    def test_proves_that_it_begins_with_every_smaller_log(self, size: int) -> None:
        leaves = LEAVES[:size]
        for earlier in range(1, size + 1):
            proof = merkle.consistency_proof(leaves, earlier)
            begun, whole = defined_root(leaves[:earlier]), defined_root(leaves)
            assert check_entry.is_consistent(earlier, size, proof, begun, whole)
            assert not check_entry.is_consistent(earlier, size, proof, hashlib.sha256(b"x").digest(), whole)


def test_knows_the_published_root_of_an_empty_log() -> None:
    assert merkle.EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

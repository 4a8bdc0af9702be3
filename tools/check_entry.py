# SPDX-License-Identifier: EUPL-1.2
"""Checks a downloaded proof of the public record without trusting the house that made it.

Give it the answer of `/api/v1/neighbourhoods/<place>/trail/<entry>/proof` or of `/api/v1/consistency-proofs`, as a
file. It needs Python and nothing else; with the package `cryptography` it checks the signature too.

Source: RFC 9162, sections 2.1.3.2 (inclusion) and 2.1.4.2 (consistency).
"""

import base64
import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None  # type: ignore[assignment,misc] # the signature is then left to the reader


_SHOWN = ("id", "kind", "subject", "facts")
"""What a line shows of the text that was sealed."""


class Fault(Exception):
    """The first thing that is wrong with a proof."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry in the log."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node above two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def is_included(leaf: bytes, position: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether a proof leads from a leaf at a position to the root of a log of this size."""
    if not 0 <= position < size:
        return False
    value, low, last = leaf, position, size - 1
    for step in proof:
        if last == 0:
            return False
        if low & 1 or low == last:
            value = node_hash(step, value)
            low, last = _up(low, last)
        else:
            value = node_hash(value, step)
        low, last = low >> 1, last >> 1
    return last == 0 and value == root


def is_consistent(earlier: int, later: int, proof: Sequence[bytes], earlier_root: bytes, later_root: bytes) -> bool:
    """Return whether a proof shows that a later log begins with the earlier one."""
    if not 0 < earlier <= later:
        return False
    if earlier == later:
        return not proof and earlier_root == later_root
    path = [earlier_root, *proof] if earlier.bit_count() == 1 else list(proof)
    if not path:
        return False
    low, last = earlier - 1, later - 1
    while low & 1:
        low, last = low >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if low & 1 or low == last:
            first, second = node_hash(step, first), node_hash(step, second)
            low, last = _up(low, last)
        else:
            second = node_hash(second, step)
        low, last = low >> 1, last >> 1
    return last == 0 and first == earlier_root and second == later_root


def check(told: dict[str, Any]) -> list[str]:
    """Return in sentences what was found right. Raises Fault with the first thing that is wrong."""
    return _check_line(told) if "line" in told else _check_growth(told)


def main(arguments: Sequence[str], say: Callable[[str], object] = print) -> int:
    """Check the file that is named, and return 0 if it is right and 1 if it is not."""
    try:
        [name] = arguments
        found = check(json.loads(Path(name).read_text(encoding="utf-8")))
    except Fault as fault:
        say(f"WRONG: {fault}")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        say("WRONG: give the name of one file that holds a proof in JSON")
        return 1
    for sentence in found:
        say(sentence)
    return 0


def _check_line(told: dict[str, Any]) -> list[str]:
    line, text, seal = told["line"], told["text"], told["checkpoint"]
    entry_id, _at, kind, _place, subject, facts, _hidden = json.loads(text)
    sealed, shown = [entry_id, kind, subject, json.loads(facts)], [line[name] for name in _SHOWN]
    _demand("the line that is shown is not the text that was sealed", holds=sealed == shown)
    leaf = leaf_hash(text.encode())
    _demand("the leaf is not the hash of the text", holds=leaf.hex() == told["leaf"])
    signed = _check_seal(seal)
    leads = is_included(leaf, line["position"], seal["size"], _steps(told), bytes.fromhex(seal["root"]))
    _demand("the proof does not lead from the leaf to the root", holds=leads)
    return [f"Entry {entry_id} stands at position {line['position']} of a log of {seal['size']}.", signed]


def _check_growth(told: dict[str, Any]) -> list[str]:
    earlier, later = told["earlier"], told["later"]
    signed = [_check_seal(earlier), _check_seal(later)]
    _demand("the two checkpoints have different keys", holds=earlier["publicKey"] == later["publicKey"])
    roots = bytes.fromhex(earlier["root"]), bytes.fromhex(later["root"])
    begins = is_consistent(earlier["size"], later["size"], _steps(told), *roots)
    _demand("the later log does not begin with the earlier one", holds=begins)
    return [f"The log of {later['size']} begins with the log of {earlier['size']}.", *signed]


def _check_seal(seal: dict[str, Any]) -> str:
    """Return who signed a checkpoint. Raises Fault if its note or signature is not right."""
    _origin, size, root, *_time = seal["note"].splitlines()
    named = (int(size), base64.b64decode(root).hex())
    _demand("the note that is signed names another size or root", holds=named == (seal["size"], seal["root"]))
    key = seal["publicKey"]
    if Ed25519PublicKey is None:
        return f"The signature was NOT checked: install `cryptography`, or check it against {key} yourself."
    is_ours = _is_signed(seal["note"].encode(), bytes.fromhex(seal["signature"]), base64.b64decode(key))
    _demand("the signature is not of this note and key", holds=is_ours)
    return f"The checkpoint of {size} is signed by {key}; compare that with the key you know."


def _is_signed(note: bytes, signature: bytes, key: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, note)
    except InvalidSignature:
        return False
    return True


def _demand(fault: str, *, holds: bool) -> None:
    if not holds:
        raise Fault(fault)


def _steps(told: dict[str, Any]) -> list[bytes]:
    return [bytes.fromhex(step) for step in told["proof"]]


def _up(low: int, last: int) -> tuple[int, int]:
    """Return the place in the first level above where a node has a left neighbour."""
    while not low & 1 and low:
        low, last = low >> 1, last >> 1
    return low, last


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

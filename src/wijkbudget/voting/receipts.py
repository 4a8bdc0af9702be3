# SPDX-License-Identifier: EUPL-1.2
"""The receipt of a ballot: how its voter knows it in the sealed box, and what the house signed for it."""

import base64
import hashlib
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from wijkbudget.kit.canonical import canonical
from wijkbudget.kit.fields import View
from wijkbudget.trail import merkle

BALLOT, BOX = "wijkbudget/ballot", "wijkbudget/box"
"""The first line of what is signed says what it is, so that no signature can be held for another."""

RECEIPT_LENGTH, GROUP = 12, 4
NONCE_LENGTH = 32


class Leaf(NamedTuple):
    """A ballot as it stands in the sealed box, which is a Merkle log."""

    receipt: str
    voice_hundredths: int
    marks: Mapping[str, int]
    turn: int
    nonce: str

    @property
    def entry(self) -> list[object]:
        """Return what is hashed, as JSON holds it; a ballot without a turn has no signed receipt, and no nonce."""
        known: list[object] = [self.receipt, self.voice_hundredths, dict(self.marks)]
        return [*known, self.turn, self.nonce] if self.turn else known

    @property
    def hash(self) -> bytes:
        """Return the hash of the leaf. Source: RFC 6962, section 2.1."""
        return merkle.leaf_hash(canonical(self.entry))


class SignedReceipt(View):
    """What a voter keeps: with it anybody can see whether this ballot was dropped, changed or given another voice."""

    round_id: UUID
    frozen_hash: str
    receipt: str
    voice_hundredths: int
    marks: dict[str, int]
    turn: int
    """The ballot in the box may have a higher one: then other marks took the place of these."""
    nonce: str
    note: str
    """The very text that is signed; it tells nothing about the marks to whoever does not know the nonce."""
    signature: str
    """Ed25519, in hexadecimal."""
    public_key: str
    """In base64; the same as on the page of the round."""


class BoxSeal(View):
    """How many ballots a sealed box has, under which root, and how many voted; signed once, at the close."""

    size: int
    root: str
    note: str
    """The very text that is signed."""
    signature: str
    public_key: str


def receipt(ballot_key: str) -> str:
    """Return the receipt of a ballot: 60 bits of its key, the same each time; `ABCD-EFGH-IJKL`."""
    # Ten bytes are sixteen symbols, so no more of the key is written out.
    symbols = base64.b32encode(bytes.fromhex(ballot_key)[:10]).decode()[:RECEIPT_LENGTH]
    return "-".join(symbols[i : i + GROUP] for i in range(0, RECEIPT_LENGTH, GROUP))


def typed_receipt(typed: object) -> object:
    """Return a receipt as it is published, from what somebody typed; anything else as it is."""
    if not isinstance(typed, str):
        return typed
    symbols = "".join(symbol for symbol in typed.upper() if symbol.isalnum())
    if len(symbols) != RECEIPT_LENGTH:
        return typed.strip()
    return "-".join(symbols[i : i + GROUP] for i in range(0, RECEIPT_LENGTH, GROUP))


def nonce(ballot_key: str, turn: int) -> str:
    """Return what hides the marks behind a signed receipt until the box is published.

    Choice: it follows from the key of the ballot, of which the receipt tells 60 of 256 bits; so it needs no column and
    no secret, and a receipt that is asked for again is the same.
    """
    return hashlib.sha256(f"{ballot_key}|{turn}".encode()).hexdigest()[:NONCE_LENGTH] if turn else ""


def leaf_of(ballot_key: str, voice_hundredths: int, marks: Mapping[str, int], turn: int) -> Leaf:
    """Return a ballot from the box as it is published with this voice."""
    return Leaf(receipt(ballot_key), voice_hundredths, marks, turn, nonce(ballot_key, turn))


def ballot_note(round_id: str, frozen_hash: str, leaf: Leaf) -> bytes:
    """Return what is signed of a ballot: the round, its rules, the receipt, the turn and the leaf, each on a line."""
    return f"{BALLOT}\n{round_id}\n{frozen_hash}\n{leaf.receipt}\n{leaf.turn}\n{leaf.hash.hex()}\n".encode()


def box_note(round_id: str, size: int, root: str, numbers: Mapping[str, object]) -> bytes:
    """Return what is signed of a sealed box: the round, how many ballots there are, their root, all other numbers."""
    return f"{BOX}\n{round_id}\n{size}\n{root}\n{canonical(dict(numbers)).decode()}\n".encode()

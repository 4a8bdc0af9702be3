# SPDX-License-Identifier: EUPL-1.2
"""Reads the sealed box ballot by ballot, with its proofs, and as one file from which anybody can count again."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.kit.canonical import canonical
from wijkbudget.kit.errors import NotFound
from wijkbudget.kit.text import Text, _
from wijkbudget.trail import merkle
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import access
from wijkbudget.voting.models import Sealed
from wijkbudget.voting.phases import NotThere
from wijkbudget.voting.queries.outcomes import outcome_row, sealed_of
from wijkbudget.voting.queries.rounds import drawn_of, frozen_of, frozen_text_of, row_of, turnout_of
from wijkbudget.voting.receipts import BoxSeal, Leaf
from wijkbudget.voting.schemas import FindBallot
from wijkbudget.voting.sealed import BallotsView, FoundView, SealedBallot, certified, named, per_class

FORMAT = "wijkbudget/count/1"
PAGE_LENGTH = 100
HASH_BYTES = 32

_HASHED: dict[str, bytes] = {}
"""The leaf hashes of a few boxes by their root, which never means another; every proof asks for all of them."""
_HASHED_MAX = 8
_CERTIFIED: dict[str, dict[str, object] | None] = {}
"""The certificates of a few outcomes by their hash; making one is counting again."""
_CERTIFIED_MAX = 4


class BallotNotFound(NotFound):
    """No ballot in the sealed box has this receipt."""


class _Box(NamedTuple):
    """A sealed box as it was kept; its ballots are not made into views, for there can be a hundred thousand."""

    root: str
    merged: Sequence[Text]
    counted_as: dict[str, int]
    ballots: Sequence[dict[str, Any]]
    seal: BoxSeal

    def leaf(self, position: int) -> Leaf:
        """Return one ballot as the log holds it."""
        kept = self.ballots[position]
        return Leaf(
            kept["receipt"], kept["voice_hundredths"], kept["marks"], kept.get("turn", 0), kept.get("nonce", "")
        )

    def hashes(self) -> list[bytes]:
        """Return the hashes of all leaves."""
        if self.root not in _HASHED:
            if len(_HASHED) == _HASHED_MAX:
                _HASHED.clear()
            _HASHED[self.root] = b"".join(self.leaf(position).hash for position in range(len(self.ballots)))
        packed = _HASHED[self.root]
        return [packed[i : i + HASH_BYTES] for i in range(0, len(packed), HASH_BYTES)]


@question(access.READ)
def ballots(look: Look, place: str, round_id: UUID, page: int = 1) -> BallotsView:
    """Return a page of the sealed ballots, by receipt. Raises RoundNotFound, or NotThere before the close."""
    box = _kept(look, place, round_id)
    pages = max(1, -(-len(box.ballots) // PAGE_LENGTH))
    number = min(max(page, 1), pages)
    shown = box.ballots[(number - 1) * PAGE_LENGTH : number * PAGE_LENGTH]
    return BallotsView(
        ballots=[SealedBallot.model_validate(each) for each in shown],
        page=number,
        pages=pages,
        merged=list(box.merged),
        seal=box.seal,
    )


@question(access.READ)
def ballot(look: Look, place: str, round_id: UUID, command: FindBallot) -> FoundView:
    """Return the ballot of a receipt, with the proof that it is in the sealed box.

    Raises RoundNotFound, NotThere before the close, or BallotNotFound.
    """
    box = _kept(look, place, round_id)
    position = next((at for at, each in enumerate(box.ballots) if each["receipt"] == command.receipt), None)
    if position is None:
        raise BallotNotFound(_("No ballot in the sealed box has this receipt."))
    hashes = box.hashes()
    return FoundView(
        ballot=SealedBallot.model_validate(box.ballots[position]),
        position=position,
        leaf=hashes[position].hex(),
        proof=[step.hex() for step in merkle.inclusion_proof(hashes, position)],
        seal=box.seal,
    )


@question(access.READ)
def rules_file(look: Look, place: str, round_id: UUID) -> str:
    """Return the very text that was hashed at the opening. Raises RoundNotFound, or NotThere before that."""
    if row_of(look, place, round_id).frozen_hash is None:
        raise NotThere(_("The rules of this round are fixed when it opens."))
    return frozen_text_of(look, place, round_id)


@question(access.READ)
def count_file(look: Look, place: str, round_id: UUID) -> Iterator[str]:
    """Yield the file of a round, from which anybody can count again; each ballot is the text that was hashed.

    Raises RoundNotFound, or NotThere before the close.
    """
    row, box = row_of(look, place, round_id), _kept(look, place, round_id)
    kept, turnout = outcome_row(look, place, round_id), turnout_of(look, place, round_id)
    told = {
        "format": FORMAT,
        "round": str(round_id),
        "frozen": frozen_text_of(look, place, round_id),
        "frozen_hash": row.frozen_hash,
        "seal": box.seal.model_dump(by_alias=False),
        "sizes": named(per_class(each["voice_hundredths"] for each in box.ballots)),
        "counted_as": box.counted_as,
        "turnout": None if turnout is None else turnout.model_dump(mode="json", by_alias=False),
        "drawn": drawn_of(look, place, round_id),
        "outcome": kept and kept.document,
        "certificate": kept and _certificate(look, place, round_id, kept.outcome_hash),
        "outcome_hash": kept and kept.outcome_hash,
    }
    yield canonical(told).decode()[:-1] + ',"ballots":['
    for position in range(len(box.ballots)):
        yield f"{',' if position else ''}\n{canonical(box.leaf(position).entry).decode()}"
    yield "\n]}\n"


def _certificate(look: Look, place: str, round_id: UUID, outcome_hash: str) -> dict[str, object] | None:
    """Return who-less payments that show the count that decides to be right, where its tally can give them."""
    if outcome_hash not in _CERTIFIED:
        if len(_CERTIFIED) == _CERTIFIED_MAX:
            _CERTIFIED.clear()
        box = sealed_of(look, place, round_id)
        assert box is not None, "what is counted was sealed"
        _CERTIFIED[outcome_hash] = certified(
            frozen_of(look, place, round_id),
            str(row_of(look, place, round_id).frozen_hash),
            box,
            drawn_of(look, place, round_id),
        )
    return _CERTIFIED[outcome_hash]


def _kept(look: Look, place: str, round_id: UUID) -> _Box:
    """Return the sealed box of a round. Raises RoundNotFound, or NotThere before the close."""
    row_of(look, place, round_id)
    rows = select(Sealed.document, Sealed.seal).where(col(Sealed.round_id) == round_id, col(Sealed.place) == place)
    found = look.session.exec(rows).first()
    if found is None:
        raise NotThere(_("The ballots are published when the round is closed."))
    told, seal = json.loads(found[0]), BoxSeal.model_validate_json(found[1])
    merged = [Text(each["msgid"], each["values"]) for each in told["merged"]]
    return _Box(told["root"], merged, told.get("counted_as", {}), told["ballots"], seal)

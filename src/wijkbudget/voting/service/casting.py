# SPDX-License-Identifier: EUPL-1.2
"""Casts ballots: the register learns a day and the box learns the marks, both or neither.

Casting is silent: an entry in the trail would tell when somebody voted, and an idempotency row would too. The ballot
key makes it idempotent, and the receipt is the same each time. All ballots that wait run as one act, by a few
statements on many rows, so that a crowd on the last evening costs little more than one voter.
"""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple
from typing import cast as as_type
from uuid import UUID

from sqlalchemy import Uuid, bindparam
from sqlmodel import col, text, update

from wijkbudget.db.among import Among
from wijkbudget.db.prepared import Prepared, run_together
from wijkbudget.kit.canonical import canonical
from wijkbudget.kit.errors import Refusal
from wijkbudget.trail import tries
from wijkbudget.trail.work import Work, alone, verb
from wijkbudget.voting import access
from wijkbudget.voting.codes import CODE_TRIES, wrong_code
from wijkbudget.voting.models import RegisterRow
from wijkbudget.voting.queries.rounds import ADMITTED, BOX, REGISTER, Admitted, admitted_of
from wijkbudget.voting.receipts import Leaf, SignedReceipt, ballot_note, leaf_of
from wijkbudget.voting.schemas import CastBallot, ReceiptView

Call = tuple[CastBallot, str | None]
"""A ballot, and the machine that sent it where it is known."""

_MARK = Prepared(
    update(RegisterRow)
    .where(Among(col(RegisterRow.code_hash), "code_hashes"), col(RegisterRow.voted_on).is_(None))
    .values(voted_on=bindparam("today"))
)
_PUT = Prepared(
    text(
        "INSERT INTO voting_box (round_id, ballot_key, voice_hundredths, marks, turn)"
        " SELECT :round_id, key, CAST(value ->> 0 AS INTEGER), value ->> 1, 1 FROM json_each(:ballots) WHERE true"
        " ON CONFLICT (round_id, ballot_key) DO UPDATE SET marks = excluded.marks, turn = voting_box.turn + CASE"
        " WHEN voting_box.marks = excluded.marks AND voting_box.turn > 0 THEN 0 ELSE 1 END"
        " RETURNING ballot_key, turn"
    ).bindparams(bindparam("round_id", type_=Uuid()))
)
"""One statement for all ballots of a round: to a server each statement costs more than a ballot does."""


class _Ready(NamedTuple):
    """A ballot that the box takes."""

    code_hash: str
    admitted: Admitted
    ballot_key: str
    marks: dict[str, int]


def _cast_together(work: Work, calls: Sequence[Call]) -> list[ReceiptView | Refusal]:
    """Cast each ballot that is right, and return its receipt, or what is wrong with it."""
    told: dict[int, ReceiptView | Refusal] = {}
    waiting: dict[int, _Ready] = {}
    for place, checked in enumerate(_checked(work, calls)):
        if isinstance(checked, Refusal):
            told[place] = checked
        else:
            waiting[place] = checked
    while waiting:
        # One ballot of each code at a time: whoever casts twice gets a receipt of each.
        places = {ready.ballot_key: place for place, ready in reversed(waiting.items())}.values()
        told.update(zip(places, _put(work, [waiting.pop(place) for place in places]), strict=True))
    return [told[place] for place in range(len(calls))]


@verb(
    access.CAST,
    municipal=True,
    silent="an entry would tell when somebody voted; the ballot key makes it idempotent",
    together=_cast_together,
)
def cast(work: Work, command: CastBallot, peer: str | None) -> ReceiptView:
    """Put a ballot in the box, or replace the one that this code put there; the register keeps the day of the first.

    A machine that sends it must not have tried too many wrong codes; looking here saves a question of its own.
    Raises TooMany, WrongCode, whatever is wrong with the code, or UnknownOption or another RuleBroken of the ballot.
    """
    return as_type("ReceiptView", alone(_cast_together(work, [(command, peer)])))


def _checked(work: Work, calls: Sequence[Call]) -> list[_Ready | Refusal]:
    """Return each ballot as the box takes it, or why it does not."""
    peers = tries.buckets_of(work, CODE_TRIES, [peer for _command, peer in calls if peer])
    hashes = [work.keys.keyed_hash(REGISTER, command.code) for command, _peer in calls]
    asked = {"code_hashes": hashes, "today": work.today}
    tried, opened = run_together(work.session, (tries.TRIED, [{"peers": list(peers)}]), (ADMITTED, [asked]))
    impatient, admitted = tries.impatient_of(peers, tried), admitted_of(work, opened)
    checked: list[_Ready | Refusal] = []
    for (command, peer), code_hash in zip(calls, hashes, strict=True):
        found = admitted.get(code_hash)
        if peer in impatient:
            checked.append(tries.too_many(work))
        elif found is None:
            checked.append(wrong_code())
        else:
            checked.append(_ready(work, command, code_hash, found))
    return checked


def _ready(work: Work, command: CastBallot, code_hash: str, found: Admitted) -> _Ready | Refusal:
    try:
        marks = found.frozen.check(command.marks)
    except Refusal as refusal:
        return refusal
    return _Ready(code_hash, found, work.keys.keyed_hash(BOX, found.frozen.id, command.code), marks)


def _put(work: Work, ready: Sequence[_Ready]) -> list[ReceiptView]:
    """Keep the day for who votes first, put the ballots in the box and return their receipts; each code comes once."""
    first = [each.code_hash for each in ready if not each.admitted.is_marked]
    marked = [{"code_hashes": first, "today": work.today}] if first else []
    rounds: dict[str, dict[str, list[object]]] = {}
    for each in ready:
        kept = [each.admitted.voice_hundredths, canonical(each.marks).decode()]
        rounds.setdefault(each.admitted.frozen.id, {})[each.ballot_key] = kept
    put = [(_PUT, [{"round_id": UUID(id_), "ballots": canonical(ballots).decode()}]) for id_, ballots in rounds.items()]
    turns = dict(chain.from_iterable(run_together(work.session, (_MARK, marked), *put)))
    return [_receipt(work, each, turns[each.ballot_key]) for each in ready]


def _receipt(work: Work, ready: _Ready, turn: int) -> ReceiptView:
    frozen, voice_hundredths = ready.admitted.frozen, ready.admitted.voice_hundredths
    signed = _signed(work, ready.admitted, leaf_of(ready.ballot_key, voice_hundredths, ready.marks, turn))
    return ReceiptView(
        receipt=signed.receipt, place=frozen.place, title=frozen.title, closes_on=frozen.closes_on, signed=signed
    )


def _signed(work: Work, found: Admitted, leaf: Leaf) -> SignedReceipt:
    """Return what the house signs for a ballot; the same each time, because Ed25519 draws nothing."""
    note = ballot_note(found.frozen.id, found.frozen_hash, leaf)
    return SignedReceipt(
        round_id=UUID(found.frozen.id),
        frozen_hash=found.frozen_hash,
        receipt=leaf.receipt,
        voice_hundredths=leaf.voice_hundredths,
        marks=dict(leaf.marks),
        turn=leaf.turn,
        nonce=leaf.nonce,
        note=note.decode(),
        signature=work.keys.sign(note).hex(),
        public_key=work.keys.public_key(),
    )

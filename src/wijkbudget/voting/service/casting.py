# SPDX-License-Identifier: EUPL-1.2
"""Casts a ballot, in two acts that nothing joins: the register learns a day, the box learns the marks.

Both are silent: an entry in the trail would tell when somebody voted, and an idempotency row would too. The ballot key
makes casting idempotent, and casting again heals what a crash between the two acts left.
"""

from uuid import UUID

from sqlalchemy import Uuid, bindparam
from sqlmodel import col, text, update

from wijkbudget.db.prepared import Prepared
from wijkbudget.kit.canonical import canonical
from wijkbudget.trail import tries
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import access
from wijkbudget.voting.models import RegisterRow
from wijkbudget.voting.phases import CODE_TRIES, wrong_code
from wijkbudget.voting.queries.rounds import REGISTER, admitted
from wijkbudget.voting.schemas import CastBallot, ReceiptView
from wijkbudget.voting.sealed import receipt

BOX = "voting box"
"""The purpose of the key over codes in the box; without it no one joins box and register."""

_MARK = Prepared(
    update(RegisterRow)
    .where(col(RegisterRow.code_hash) == bindparam("of_code"), col(RegisterRow.voted_on).is_(None))
    .values(voted_on=bindparam("today"))
)
_PUT = Prepared(
    text(
        "INSERT INTO voting_box (ballot_key, round_id, voice_hundredths, marks)"
        " VALUES (:ballot_key, :round_id, :voice_hundredths, :marks)"
        " ON CONFLICT (ballot_key) DO UPDATE SET marks = excluded.marks"
    ).bindparams(bindparam("round_id", type_=Uuid()))
)


@verb(access.CAST, municipal=True, silent="an entry would tell when somebody voted; the register keeps the day")
def mark_voted(work: Work, command: CastBallot, peer: str | None = None) -> None:
    """Keep the day on which a code voted, once, if the ballot is one that the box would take.

    A machine that sends it must not have tried too many wrong codes; looking here saves a question of its own.
    Raises TooMany, WrongCode, whatever is wrong with the code, or UnknownOption or another RuleBroken of the ballot.
    """
    if peer:
        tries.demand_patience(work, CODE_TRIES, peer)
    found = admitted(work, command.code)
    found.frozen.check(command.marks)
    if not found.is_marked:
        of_code = work.keys.keyed_hash(REGISTER, command.code)
        _MARK.change(work.session, {"of_code": of_code, "today": work.today})


@verb(access.CAST, municipal=True, silent="an entry would tell when a ballot came; the ballot key makes it idempotent")
def drop(work: Work, command: CastBallot) -> ReceiptView:
    """Put a ballot in the box, or replace the one that this code put there.

    Raises WrongCode, also if the register was not marked first, or UnknownOption or another RuleBroken of the ballot.
    """
    found = admitted(work, command.code)
    marks = found.frozen.check(command.marks)
    if not found.is_marked:
        raise wrong_code()
    key = work.keys.keyed_hash(BOX, found.frozen.id, command.code)
    ballot = {
        "ballot_key": key,
        "round_id": UUID(found.frozen.id),
        "voice_hundredths": found.voice_hundredths,
        "marks": canonical(marks).decode(),
    }
    _PUT.change(work.session, ballot)
    return ReceiptView(receipt=receipt(key), title=found.frozen.title, closes_on=found.frozen.closes_on)

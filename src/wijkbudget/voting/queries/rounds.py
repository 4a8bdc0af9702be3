# SPDX-License-Identifier: EUPL-1.2
"""Reads rounds, the register and what a code opens."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy
from sqlalchemy import bindparam
from sqlmodel import col, or_, select

from wijkbudget.db.among import Among
from wijkbudget.db.prepared import Prepared
from wijkbudget.kit.codes import read_code
from wijkbudget.kit.text import Text, _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import words_of
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import access
from wijkbudget.voting.codes import wrong_code
from wijkbudget.voting.models import Draw, Frozen, HeldUp, RegisterRow, Round, RoundLimit, RoundOption, Sealed
from wijkbudget.voting.phases import FrozenRound, NotOnRegister, Phase, RoundNotFound, demand_phase, read_frozen
from wijkbudget.voting.schemas import (
    LimitView,
    MarksView,
    OptionView,
    RoundLine,
    RoundView,
    RulesView,
    WasCastView,
)
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.turnout import Turnout

REGISTER = "voting register"
"""The purpose of the key over codes in the register; the box has another, so that the two cannot be joined."""
BOX = "voting box"
"""The purpose of the key over codes in the box; without it no one joins box and register."""

ADMITTED = Prepared(
    sqlalchemy.select(
        col(RegisterRow.code_hash),
        col(RegisterRow.round_id),
        col(Round.frozen_hash),
        col(RegisterRow.voice_hundredths),
        col(RegisterRow.voted_on),
    )
    .join(Round, col(Round.id) == col(RegisterRow.round_id))
    .where(
        Among(col(RegisterRow.code_hash), "code_hashes"),
        col(Round.phase) == Phase.OPEN,
        col(Round.opens_on) <= bindparam("today"),
        col(Round.closes_on) >= bindparam("today"),
    )
)
"""The database itself leaves out a code of a round that is not open, so that it takes as long as one nobody has."""

_KNOWN: dict[str, FrozenRound] = {}
"""Frozen rounds by their hash, which never means another."""
_KNOWN_MAX = 64


class Held(NamedTuple):
    """A round that could not go on by itself: from which phase, when that was tried, and why."""

    phase: Phase
    tried_on: date
    reason: Text


class Admitted(NamedTuple):
    """What a voting code opens: a round, a voice, and nothing about a person."""

    frozen: FrozenRound
    frozen_hash: str
    voice_hundredths: int
    is_marked: bool
    """The register says that this code has voted."""


@question(access.READ)
def rounds(look: Look, place: str) -> list[RoundLine]:
    """Return the rounds of a neighbourhood, newest first. Raises NeighbourhoodNotFound."""
    rows = select(Round).where(col(Round.place) == place)
    ordered = rows.order_by(col(Round.opens_on).desc(), col(Round.title), col(Round.id))
    held_up = held_up_of(look, place)
    found = [_line(look, row, held_up) for row in look.session.exec(ordered).all()]
    if not found:
        neighbourhoods.neighbourhood(look, place)
    return found


@question(access.READ)
def round_(look: Look, place: str, round_id: UUID) -> RoundView:
    """Return a round with its options and, once they are frozen, its rules. Raises RoundNotFound."""
    row = row_of(look, place, round_id)
    return RoundView(
        **_line(look, row, held_up_of(look, place)).model_dump(by_alias=False),
        place=place,
        reference_on=row.reference_on,
        objections_until=row.objections_until,
        is_imported=row.is_imported,
        with_paper=row.with_paper,
        hand_in_at=row.hand_in_at,
        hand_in_until=row.hand_in_until or row.closes_on,
        lots_from=row.lots_from,
        drawn=drawn_of(look, place, round_id) or None,
        turnout=turnout_of(look, place, round_id),
        options=options_of(look, place, round_id),
        limits=limits_of(look, place, round_id),
        rules=None if row.frozen_hash is None else _rules(frozen_of(look, place, round_id), row.frozen_hash),
    )


@question(access.OWN_VOTE)
def was_cast(look: Look, place: str, round_id: UUID, person_id: str) -> WasCastView:
    """Return whether a vote was cast in somebody's name. Raises NotYours, RoundNotFound or WrongState."""
    look.demand_own({person_id})
    row = row_of(look, place, round_id)
    demand_phase(Phase(row.phase), Phase.OPEN, Phase.CLOSED, Phase.COUNTED, Phase.FINAL)
    mine = select(col(RegisterRow.voted_on)).where(
        col(RegisterRow.round_id) == round_id,
        col(RegisterRow.place) == place,
        col(RegisterRow.person) == person_id,
    )
    found = look.session.exec(mine).all()
    return WasCastView(
        round_id=round_id,
        is_voter=bool(found),
        voted_on=found[0] if found else None,
        is_forgotten=row.phase == Phase.FINAL,
    )


def due(look: Look, place: str) -> list[UUID]:
    """Return the rounds whose day for the next phase has come."""
    today = look.today
    rows = select(Round.id).where(
        col(Round.place) == place,
        or_(
            (col(Round.phase) == Phase.PREPARED) & (col(Round.opens_on) <= today) & (col(Round.closes_on) >= today),
            (col(Round.phase) == Phase.OPEN) & (col(Round.closes_on) < today),
            col(Round.phase) == Phase.CLOSED,
            (col(Round.phase) == Phase.COUNTED) & (col(Round.objections_until) <= today),
        ),
    )
    return list(look.session.exec(rows.order_by(col(Round.opens_on), col(Round.id))).all())


def held_up_of(look: Look, place: str) -> dict[UUID, Held]:
    """Return the rounds of a neighbourhood that could not go on by themselves."""
    rows = look.session.exec(select(HeldUp).where(col(HeldUp.place) == place)).all()
    return {row.round_id: Held(Phase(row.phase), row.tried_on, Text(**json.loads(row.reason))) for row in rows}


def row_of(look: Look, place: str, round_id: UUID) -> Round:
    """Return the row of a round. Raises RoundNotFound."""
    row = look.session.exec(select(Round).where(col(Round.id) == round_id, col(Round.place) == place)).first()
    if row is None:
        raise RoundNotFound(_("There is no such voting round in this neighbourhood."))
    return row


def options_of(look: Look, place: str, round_id: UUID) -> list[OptionView]:
    """Return the options in the order of the ballot."""
    rows = select(RoundOption).where(col(RoundOption.round_id) == round_id, col(RoundOption.place) == place)
    found = [OptionView.model_validate(row, from_attributes=True) for row in look.session.exec(rows).all()]
    return sorted(found, key=lambda option: (len(option.key), option.key))


def limits_of(look: Look, place: str, round_id: UUID) -> list[LimitView]:
    """Return the limits of a round by name."""
    rows = select(RoundLimit).where(col(RoundLimit.round_id) == round_id, col(RoundLimit.place) == place)
    return [
        LimitView(
            id=row.id,
            name=row.name,
            keys=json.loads(row.keys),
            wins_max=row.wins_max,
            spent_cents_max=row.spent_cents_max,
        )
        for row in look.session.exec(rows.order_by(col(RoundLimit.name), col(RoundLimit.id))).all()
    ]


def drawn_of(look: Look, place: str, round_id: UUID) -> str:
    """Return what came out of the announced draw; empty if there was none yet, or none is needed."""
    kept = select(Draw.value).where(col(Draw.round_id) == round_id, col(Draw.place) == place)
    return look.session.exec(kept).first() or ""


def turnout_of(look: Look, place: str, round_id: UUID) -> Turnout | None:
    """Return how many voted, or None before the close."""
    kept = select(Sealed.turnout).where(col(Sealed.round_id) == round_id, col(Sealed.place) == place)
    document = look.session.exec(kept).first()
    return None if document is None else Turnout.model_validate_json(document)


def frozen_of(look: Look, place: str, round_id: UUID) -> FrozenRound:
    """Return what was frozen at the opening of a round that is past it."""
    return read_frozen(frozen_text_of(look, place, round_id))


def frozen_text_of(look: Look, place: str, round_id: UUID) -> str:
    """Return the very text that was hashed."""
    kept = select(Frozen.document).where(col(Frozen.round_id) == round_id, col(Frozen.place) == place)
    return look.session.exec(kept).one()


def admitted(look: Look, code: str) -> Admitted:
    """Return what a code opens today, by the same statements whatever the answer. Raises WrongCode."""
    asked = {"code_hashes": [look.keys.keyed_hash(REGISTER, code)], "today": look.today}
    found = admitted_of(look, ADMITTED.all(look.session, **asked))
    if not found:
        raise wrong_code()
    (mine,) = found.values()
    return mine


def admitted_of(look: Look, found: Iterable[tuple[Any, ...]]) -> dict[str, Admitted]:
    """Return what codes open, by what the register keeps of each; those that open nothing are not there."""
    return {
        hash_: Admitted(_frozen(look, round_id, frozen_hash), frozen_hash, voice, voted_on is not None)
        for hash_, round_id, frozen_hash, voice, voted_on in found
    }


def code_hash(look: Look, code: str) -> str:
    """Return what the register keeps of a new code; the code alone, so that looking it up needs no round."""
    return look.keys.keyed_hash(REGISTER, str(read_code(code)))


def _frozen(look: Look, round_id: UUID, frozen_hash: str) -> FrozenRound:
    """Return a frozen round, from memory if it was read before: every ballot asks for the same few."""
    if frozen_hash not in _KNOWN:
        if len(_KNOWN) == _KNOWN_MAX:
            _KNOWN.clear()
        kept = select(Frozen.document).where(col(Frozen.round_id) == round_id)
        _KNOWN[frozen_hash] = read_frozen(look.session.exec(kept).one())
    return _KNOWN[frozen_hash]


def register_row(look: Look, place: str, round_id: UUID, person_id: str) -> RegisterRow:
    """Return somebody's row in the register. Raises NotOnRegister."""
    rows = select(RegisterRow).where(
        col(RegisterRow.round_id) == round_id,
        col(RegisterRow.place) == place,
        col(RegisterRow.person) == person_id,
    )
    row = look.session.exec(rows).first()
    if row is None:
        raise NotOnRegister(_("This person cannot vote in this round."))
    return row


def _line(look: Look, row: Round, held_up: Mapping[UUID, Held]) -> RoundLine:
    return RoundLine(
        id=row.id,
        year=row.year,
        title=row.title,
        phase=Phase(row.phase),
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        budget_cents=row.budget_cents,
        is_early=row.phase == Phase.OPEN and look.today < row.opens_on,
        is_over=row.closes_on < look.today,
        held_up=held_up[row.id].reason if row.id in held_up else None,
    )


def _rules(frozen: FrozenRound, frozen_hash: str) -> RulesView:
    shown = {name: getattr(frozen, name) for name in RulesView.model_fields if name in FrozenRound.model_fields}
    tally = TALLIES[frozen.tally]
    return RulesView(
        frozen_hash=frozen_hash,
        tally_name=tally.name,
        how_counted=list(tally.words(tally.parameters(frozen.tally_parameters))),
        voice_words=list(words_of(frozen.voice_rule, frozen.voice_parameters)),
        **shown,
        **marks_of(frozen).model_dump(by_alias=False),
    )


def marks_of(frozen: FrozenRound) -> MarksView:
    """Return what one ballot allows, as forms and papers show it."""
    limits = frozen.ballot_limits
    return MarksView(
        marking=limits.marking,
        marks_min=limits.marks_min,
        marks_max=limits.marks_max,
        marks_budget_cents=limits.budget_cents,
        mark_max=limits.mark_max,
        total_max=limits.total_max,
    )

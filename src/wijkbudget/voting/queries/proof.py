# SPDX-License-Identifier: EUPL-1.2
"""Proves every round: what was frozen, sealed and counted agrees, and nobody voted who could not."""

import json
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.kit.faults import Fault
from wijkbudget.kit.fields import View
from wijkbudget.shares import queries as shares
from wijkbudget.trail import queries as trail
from wijkbudget.trail.keyring import is_signed
from wijkbudget.trail.work import Look
from wijkbudget.voting.models import Ballot, RegisterRow, Round
from wijkbudget.voting.phases import FrozenRound, Phase, frozen_text, read_frozen
from wijkbudget.voting.queries.outcomes import outcome_row, seal_of, sealed_of
from wijkbudget.voting.queries.rounds import drawn_of, frozen_text_of, limits_of, options_of, turnout_of
from wijkbudget.voting.sealed import SealedBox, count, follows, note_of, per_class, root, seal, sha256_of
from wijkbudget.voting.turnout import Turnout


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every round that is not what it says."""
    for row in look.session.exec(select(Round).order_by(col(Round.place), col(Round.opens_on), col(Round.id))).all():
        days = shares.stop_of(look, row.place, str(row.id))
        if not row.is_imported and days != (row.reference_on, row.closes_on):
            yield Fault("voting", f"round {row.place} {row.title}", "shares can be handed back while people vote")
        if row.phase != Phase.PREPARED:
            for shows in _faults(look, row):
                yield Fault("voting", f"round {row.place} {row.title}", shows)


def _faults(look: Look, row: Round) -> Iterator[str]:
    document = frozen_text_of(look, row.place, row.id)
    if sha256_of(document) != row.frozen_hash:
        yield "the frozen rules are not those of the hash"
        return
    frozen = read_frozen(document)
    yield from _frozen_faults(look, row, frozen)
    if not row.is_imported:
        yield from _register_faults(look, row, frozen)
    box = sealed_of(look, row.place, row.id)
    if (box is None) is not (row.phase == Phase.OPEN):
        yield "the box is sealed at the close, and only then"
    if box is not None:
        yield from _box_faults(look, row, frozen, box)


def _frozen_faults(look: Look, row: Round, frozen: FrozenRound) -> Iterator[str]:
    """Yield how the rows that pages show differ from what was frozen."""
    shown = (row.title, row.year, row.opens_on, row.closes_on, row.reference_on, row.budget_cents)
    kept = (frozen.title, frozen.year, frozen.opens_on, frozen.closes_on, frozen.reference_on, frozen.budget_cents)
    if shown != kept:
        yield "its days or budget are not what was frozen"
    shown_of_paper = (row.with_paper, row.hand_in_at or "", row.hand_in_until)
    if shown_of_paper != (frozen.with_paper, frozen.hand_in_at, frozen.hand_in_until):
        yield "whether people can vote on paper is not what was frozen"
    limits = [
        (each.name, each.keys, each.wins_max, each.spent_cents_max) for each in limits_of(look, row.place, row.id)
    ]
    if limits != [(each.name, each.ids, each.wins_max, each.spent_cents_max) for each in frozen.limits]:
        yield "its limits are not what was frozen"
    options = [(each.key, each.title, each.cost_cents) for each in options_of(look, row.place, row.id)]
    if options != [(each.key, each.title, each.cost_cents) for each in frozen.options]:
        yield "its options are not what was frozen"


def _register_faults(look: Look, row: Round, frozen: FrozenRound) -> Iterator[str]:
    """Yield a fault for each class in which not: ballots ≤ voted ≤ issued."""
    voice_of = col(RegisterRow.voice_hundredths)
    rows = select(voice_of, func.count(), func.count(col(RegisterRow.voted_on))).where(
        col(RegisterRow.round_id) == row.id
    )
    counted = {voice: (issued, voted) for voice, issued, voted in look.session.exec(rows.group_by(voice_of)).all()}
    if {voice: issued for voice, (issued, _voted) in counted.items()} != {
        each.voice_hundredths: each.voters for each in frozen.classes
    }:
        yield "the register is not what was frozen"
    cast = Counter(look.session.exec(select(Ballot.voice_hundredths).where(col(Ballot.round_id) == row.id)).all())
    for voice, ballots in cast.items():
        issued, voted = counted.get(voice, (0, 0))
        if row.phase != Phase.FINAL and ballots > voted:
            yield f"voice {voice} has {ballots} ballots, and {voted} voted"
        if ballots > issued:
            yield f"voice {voice} has {ballots} ballots, and {issued} codes"


def _box_faults(look: Look, row: Round, frozen: FrozenRound, box: SealedBox) -> Iterator[str]:
    """Yield how the published ballots, their root or the outcome do not follow from each other."""
    if root(box.ballots) != box.root:
        yield "the root is not that of the published ballots"
    told = turnout_of(look, row.place, row.id)
    if told is not None:
        cast = per_class(ballot.voice_hundredths for ballot in box.ballots)
        if any(cast.get(each.voice_hundredths, 0) > each.voted for each in told.classes):
            yield "there are more published ballots than people who voted"
    yield from _seal_faults(look, row, frozen, box, told)
    if not row.is_imported:
        stored = select(Ballot.ballot_key, Ballot.voice_hundredths, Ballot.marks, Ballot.turn)
        rows = look.session.exec(stored.where(col(Ballot.round_id) == row.id)).all()
        issued = (each.voice_hundredths for each in frozen.classes)
        if not _follows(frozen_text(box), seal(rows, frozen.ballots_per_class_min, issued)):
            yield "the published ballots are not those in the box"
    kept = outcome_row(look, row.place, row.id)
    if (kept is None) is not (row.phase == Phase.CLOSED):
        yield "the outcome is not there, or came before the count"
    if kept is not None:
        again = count(frozen, str(row.frozen_hash), box, drawn_of(look, row.place, row.id))
        if not _follows(kept.document, again) or sha256_of(kept.document) != kept.outcome_hash:
            yield "the outcome does not follow from the published ballots"


def _seal_faults(look: Look, row: Round, frozen: FrozenRound, box: SealedBox, turnout: Turnout | None) -> Iterator[str]:
    """Yield how the ballots, their sizes or the turnout are not what was signed and put on the record at the close."""
    seal = seal_of(look, row.place, row.id)
    if seal.note.encode() != note_of(str(row.id), box, turnout):
        yield "the ballots, their voices or the turnout are not what was sealed"
    key = frozen.receipt_key or seal.public_key
    if not is_signed(seal.note.encode(), bytes.fromhex(seal.signature), key):
        yield "the seal of the box is not signed"
    entries = trail.entries_about(look, row.place, [str(row.id)])
    noted = [entry.facts["seal_hash"] for entry in entries if entry.kind == "voting.BoxSealed"]
    if noted != ([] if row.is_imported else [sha256_of(seal.note)]):
        yield "the seal of the box is not the one in the public record"


def _follows(kept: str, again: View) -> bool:
    """Return whether a kept document is what is made again; one from before may say less."""
    return follows(json.loads(kept), json.loads(frozen_text(again)))

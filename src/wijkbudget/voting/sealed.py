# SPDX-License-Identifier: EUPL-1.2
"""What is published after the close: the sealed ballots with their root, and the outcome that follows from them."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping

from wijkbudget.kit.fields import Field, View
from wijkbudget.kit.text import Text
from wijkbudget.reciprocity.rules import merge_classes
from wijkbudget.trail import merkle
from wijkbudget.voting.phases import FrozenRound, weight
from wijkbudget.voting.receipts import BoxSeal, Leaf, box_note, leaf_of
from wijkbudget.voting.rules import Ballots, CountedBallot, Election, Outcome, Parameters, TieOrder, ties_by_lot
from wijkbudget.voting.tallies import TALLIES, equal_voice
from wijkbudget.voting.tallies.certificate import certificate
from wijkbudget.voting.tallies.equal_shares import EQUAL_SHARES
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.turnout import Turnout


class SealedBallot(View):
    """One ballot as everybody can see it: whoever cast it knows it by the receipt."""

    receipt: str
    voice_hundredths: int
    marks: dict[str, int]
    turn: int = 0
    """1, and one more each time its voter changed it; 0 where no receipt was signed."""
    nonce: str = ""
    """With it the leaf on a signed receipt can be made again."""

    @property
    def leaf(self) -> Leaf:
        """Return the ballot as the log holds it."""
        return Leaf(self.receipt, self.voice_hundredths, self.marks, self.turn, self.nonce)


class SealedBox(View):
    """All ballots of a round by receipt, with the root over them."""

    root: str
    merged: list[Text]
    """Why a class in which too few voted was merged into a lower one, for each that was."""
    counted_as: dict[int, int] = Field(default_factory=dict)
    """Each voice that was issued, with the voice that its ballots count with."""
    ballots: list[SealedBallot]


class FoundView(View):
    """One ballot of the sealed box, with the proof that it is in there."""

    ballot: SealedBallot
    position: int
    leaf: str
    """The hash of the ballot; the same as on its signed receipt, unless its voice was merged into a lower one."""
    proof: list[str]
    """The hashes that lead from the leaf to the root, lowest first."""
    seal: BoxSeal


class BallotsView(View):
    """Some of the sealed ballots, in the order of their receipts."""

    ballots: list[SealedBallot]
    page: int
    pages: int
    merged: list[Text]
    seal: BoxSeal


class OptionCount(View):
    """What became of one option in one count; votes are exact, in hundredths of a voice."""

    key: str
    votes_hundredths: int
    heads: int
    won: bool
    why: Text
    paid_cents: int | None = None
    """What it gets; None in an outcome from before a plan could get a part of its cost."""


class Count(View):
    """One count of the sealed box; exact numbers are text."""

    winners: list[str]
    spent_cents: int
    steps: dict[str, int | str]
    options: list[OptionCount]


class OutcomeRecord(View):
    """Both counts of a round, and the seed from which lots were drawn."""

    seed: str
    """Empty where nothing is drawn, because a file says who goes first."""
    root: str
    frozen_hash: str
    weighted: Count
    equal: Count

    @property
    def differs(self) -> list[str]:
        """Return the options that win in one count and lose in the other."""
        return sorted(set(self.weighted.winners) ^ set(self.equal.winners))


def seal(
    stored: Iterable[tuple[str, int, str, int]], ballots_per_class_min: int, issued: Iterable[int] = ()
) -> SealedBox:
    """Return the box as it is published, from ballot keys, voices, marks and turns; the order they came in is lost.

    Choice: a class in which too few voted counts with the class below, so that no published class shows who voted what.
    """
    rows = list(stored)
    merged = merge_classes({**dict.fromkeys(issued, 0), **per_class(row[1] for row in rows)}, ballots_per_class_min)
    leaves = (leaf_of(key, merged.mapping[voice], json.loads(marks), turn) for key, voice, marks, turn in rows)
    return published(
        (SealedBallot(**leaf._asdict()) for leaf in leaves), list(merged.steps), dict(sorted(merged.mapping.items()))
    )


def published(ballots: Iterable[SealedBallot], merged: list[Text], counted_as: dict[int, int]) -> SealedBox:
    """Return ballots in the order of their receipts, with their root."""
    ordered = sorted(ballots, key=lambda ballot: ballot.receipt)
    return SealedBox(root=root(ordered), merged=merged, counted_as=counted_as, ballots=ordered)


def note_of(round_id: str, box: SealedBox, turnout: Turnout | None) -> bytes:
    """Return what is signed of a box: its root, how many ballots each voice has, as what it counts, and who voted."""
    numbers = {
        "sizes": named(per_class(ballot.voice_hundredths for ballot in box.ballots)),
        "counted_as": named(box.counted_as),
        "turnout": turnout and turnout.model_dump(mode="json", by_alias=False),
    }
    return box_note(round_id, len(box.ballots), box.root, numbers)


def sha256_of(document: str) -> str:
    """Return the SHA-256 of a kept text, in hexadecimal."""
    return hashlib.sha256(document.encode()).hexdigest()


def root(ballots: Iterable[SealedBallot]) -> str:
    """Return the root over ballots in the order given, in hexadecimal. Source: RFC 6962, section 2.1."""
    return merkle.root([ballot.leaf.hash for ballot in ballots]).hex()


def seed(box_root: str, frozen_hash: str, drawn: str = "") -> str:
    """Return the seed for lots.

    Choice: it follows from the sealed box, the frozen rules and, where that was announced, what was drawn in public
    after the box was sealed; so nobody can choose it and anybody can compute it.
    """
    return hashlib.sha256("|".join([box_root, frozen_hash, *([drawn] if drawn else [])]).encode()).hexdigest()


def ties(frozen: FrozenRound, drawn_from: str) -> TieOrder:
    """Return who goes first among equals.

    Choice: in a vote that was held elsewhere, whoever its file names first; so counting it again gives the same.
    """
    if frozen.ties:
        return TieOrder(ids=tuple(frozen.ties), drawn_by="file")
    return ties_by_lot((option.key for option in frozen.options), drawn_from)


def election(frozen: FrozenRound, box: SealedBox, drawn_from: str) -> Election:
    """Return what the tally needs."""
    weights = {voice: weight(voice) for voice in {ballot.voice_hundredths for ballot in box.ballots}}
    return Election(
        options=frozen.option_list,
        ballots=Ballots.of(
            CountedBallot(marks=ballot.marks, weight=weights[ballot.voice_hundredths]) for ballot in box.ballots
        ),
        budget_cents=frozen.budget_cents,
        ties=ties(frozen, drawn_from),
        limits=frozen.limit_list,
    )


def count(frozen: FrozenRound, frozen_hash: str, box: SealedBox, drawn: str = "") -> OutcomeRecord:
    """Return both outcomes; a pure function of what was frozen, what was sealed and what was drawn."""
    drawn_from = _drawn_from(frozen, frozen_hash, box, drawn)
    held = election(frozen, box, drawn_from)
    tally, parameters, poll = TALLIES[frozen.tally], _parameters(frozen), Poll.of(held)
    weighted = _recorded(tally.tally(poll, parameters))
    are_equal = held.ballots.counts.keys() <= {1}
    equal = weighted if are_equal else _recorded(equal_voice(tally, poll, parameters))
    return OutcomeRecord(seed=drawn_from, root=box.root, frozen_hash=frozen_hash, weighted=weighted, equal=equal)


def certified(frozen: FrozenRound, frozen_hash: str, box: SealedBox, drawn: str = "") -> dict[str, object] | None:
    """Return the certificate of the count that decides, if its tally gives one."""
    if frozen.tally != EQUAL_SHARES.key:
        return None
    return certificate(*deciding(frozen, box, _drawn_from(frozen, frozen_hash, box, drawn)))


def deciding(frozen: FrozenRound, box: SealedBox, drawn_from: str) -> tuple[Poll, Parameters]:
    """Return the ballots as the count that decides sees them, and the parameters it counts with."""
    poll = Poll.of(election(frozen, box, drawn_from))
    return poll if frozen.decides == "weighted" else poll.with_equal_voices(), _parameters(frozen)


def _drawn_from(frozen: FrozenRound, frozen_hash: str, box: SealedBox, drawn: str) -> str:
    """Return the seed of a round; empty where a file says who goes first."""
    return "" if frozen.ties else seed(box.root, frozen_hash, drawn)


def _parameters(frozen: FrozenRound) -> Parameters:
    """Return what was set when the round opened; a parameter that came later has its default."""
    return TALLIES[frozen.tally].parameters(frozen.tally_parameters)


def follows(kept: object, again: object) -> bool:
    """Return whether everything that a kept record says is found again; a record of today may say more."""
    if isinstance(kept, dict) and isinstance(again, dict):
        return all(name in again and follows(value, again[name]) for name, value in kept.items())
    if isinstance(kept, list) and isinstance(again, list):
        return len(kept) == len(again) and all(follows(one, other) for one, other in zip(kept, again, strict=True))
    return kept == again


def per_class(voices: Iterable[int]) -> dict[int, int]:
    """Return how many there are of each voice, lowest first."""
    return dict(sorted(Counter(voices).items()))


def named(sizes: Mapping[int, int]) -> dict[str, int]:
    """Return sizes per class with a name that JSON can hold."""
    return {str(voice): size for voice, size in sizes.items()}


def _recorded(outcome: Outcome) -> Count:
    return Count(
        winners=list(outcome.winners),
        spent_cents=outcome.spent_cents,
        steps=dict(outcome.steps),
        options=[
            OptionCount(
                key=each.id,
                votes_hundredths=int(each.votes * 100),
                heads=each.heads,
                won=each.won,
                why=each.reason,
                paid_cents=each.paid_cents,
            )
            for each in outcome.options
        ],
    )

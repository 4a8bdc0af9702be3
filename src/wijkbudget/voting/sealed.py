# SPDX-License-Identifier: EUPL-1.2
"""What is published after the close: the sealed ballots with their root, and the outcome that follows from them."""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping

from wijkbudget.kit.canonical import canonical
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import Text
from wijkbudget.reciprocity.rules import merge_classes
from wijkbudget.trail import merkle
from wijkbudget.voting.phases import FrozenRound, weight
from wijkbudget.voting.rules import CountedBallot, Election, Outcome, TieOrder, ties_by_lot
from wijkbudget.voting.tallies import TALLIES, equal_voice

RECEIPT_LENGTH = 12


class SealedBallot(View):
    """One ballot as everybody can see it: whoever cast it knows it by the receipt."""

    receipt: str
    voice_hundredths: int
    marks: dict[str, int]


class SealedBox(View):
    """All ballots of a round by receipt, with the root over them."""

    root: str
    merged: list[Text]
    """Why a class in which too few voted was merged into a lower one, for each that was."""
    ballots: list[SealedBallot]


class OptionCount(View):
    """What became of one option in one count; votes are exact, in hundredths of a voice."""

    key: str
    votes_hundredths: int
    heads: int
    won: bool
    why: Text


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


def receipt(ballot_key: str) -> str:
    """Return the receipt of a ballot: 60 bits of its key, the same each time; `ABCD-EFGH-IJKL`."""
    symbols = base64.b32encode(bytes.fromhex(ballot_key)).decode()[:RECEIPT_LENGTH]
    return "-".join(symbols[i : i + 4] for i in range(0, RECEIPT_LENGTH, 4))


def seal(stored: Iterable[tuple[str, int, str]], ballots_per_class_min: int) -> SealedBox:
    """Return the box as it is published, from ballot keys, voices and marks; the order they came in is lost.

    Choice: a class in which too few voted counts with the class below, so that no published class shows who voted what.
    """
    rows = list(stored)
    merged = merge_classes(per_class(voice for _key, voice, _marks in rows), ballots_per_class_min)
    return published(
        (
            SealedBallot(receipt=receipt(key), voice_hundredths=merged.mapping[voice], marks=json.loads(marks))
            for key, voice, marks in rows
        ),
        list(merged.steps),
    )


def published(ballots: Iterable[SealedBallot], merged: list[Text]) -> SealedBox:
    """Return ballots in the order of their receipts, with their root."""
    ordered = sorted(ballots, key=lambda ballot: ballot.receipt)
    return SealedBox(root=root(ordered), merged=merged, ballots=ordered)


def sha256_of(document: str) -> str:
    """Return the SHA-256 of a kept text, in hexadecimal."""
    return hashlib.sha256(document.encode()).hexdigest()


def root(ballots: Iterable[SealedBallot]) -> str:
    """Return the root over ballots in the order given, in hexadecimal.

    Source: RFC 6962, section 2.1; a leaf is the canonical JSON of receipt, voice in hundredths and marks.
    """
    leaves = [canonical([ballot.receipt, ballot.voice_hundredths, ballot.marks]) for ballot in ballots]
    return merkle.root([merkle.leaf_hash(leaf) for leaf in leaves]).hex()


def seed(box_root: str, frozen_hash: str) -> str:
    """Return the seed for lots.

    Choice: it follows from the sealed box and the frozen rules, so nobody can choose it and anybody can compute it.
    """
    return hashlib.sha256(f"{box_root}|{frozen_hash}".encode()).hexdigest()


def ties(frozen: FrozenRound, drawn_from: str) -> TieOrder:
    """Return who goes first among equals.

    Choice: in a vote that was held elsewhere, whoever its file names first; so counting it again gives the same.
    """
    if frozen.ties:
        return TieOrder(ids=tuple(frozen.ties), drawn_by="file")
    return ties_by_lot((option.key for option in frozen.options), drawn_from)


def election(frozen: FrozenRound, box: SealedBox, drawn_from: str) -> Election:
    """Return what the tally needs; equal ballots of equal voice together."""
    counts: Counter[tuple[int, tuple[tuple[str, int], ...]]] = Counter(
        (ballot.voice_hundredths, tuple(sorted(ballot.marks.items()))) for ballot in box.ballots
    )
    return Election(
        options=frozen.option_list,
        ballots=tuple(
            CountedBallot(marks=dict(marks), weight=weight(voice), count=count)
            for (voice, marks), count in sorted(counts.items())
        ),
        budget_cents=frozen.budget_cents,
        ties=ties(frozen, drawn_from),
    )


def count(frozen: FrozenRound, frozen_hash: str, box: SealedBox) -> OutcomeRecord:
    """Return both outcomes; a pure function of what was frozen and what was sealed."""
    drawn_from = "" if frozen.ties else seed(box.root, frozen_hash)
    held = election(frozen, box, drawn_from)
    tally = TALLIES[frozen.tally]
    weighted = _recorded(tally.tally(held, frozen.tally_parameters))
    are_equal = all(ballot.weight == 1 for ballot in held.ballots)
    equal = weighted if are_equal else _recorded(equal_voice(tally, held, frozen.tally_parameters))
    return OutcomeRecord(seed=drawn_from, root=box.root, frozen_hash=frozen_hash, weighted=weighted, equal=equal)


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
                key=each.id, votes_hundredths=int(each.votes * 100), heads=each.heads, won=each.won, why=each.reason
            )
            for each in outcome.options
        ],
    )

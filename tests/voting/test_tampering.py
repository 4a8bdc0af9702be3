# SPDX-License-Identifier: EUPL-1.2
"""An operator who cheats and signs it too: what is found, and by whom.

In CI a few hundred ballots; `make proof-ballots` does it with 100,000.
"""

import json
import os
import random
from dataclasses import dataclass, field
from datetime import date

import pytest

from tools.check_entry import is_included, node_hash
from wijkbudget.kit.canonical import canonical
from wijkbudget.trail import merkle
from wijkbudget.trail.keyring import Keyring, is_signed
from wijkbudget.voting import recount, sealed
from wijkbudget.voting.phases import FrozenClass, FrozenOption, FrozenRound, frozen_text
from wijkbudget.voting.receipts import ballot_note, leaf_of
from wijkbudget.voting.service.signing import signed
from wijkbudget.voting.turnout import ASKED, drawn, turnout

BALLOTS = int(os.environ.get("WIJKBUDGET_PROOF_BALLOTS", "300"))
EACH = 3
"""How many ballots are tampered with in each way."""
KEYS, ROUND, DAY = Keyring(b"k" * 32), "00000000-0000-4000-8000-000000000001", date(2026, 3, 2)
OPTIONS = tuple("123456")


def frozen(tally):
    return FrozenRound.model_validate(
        {
            **dict.fromkeys(("place", "title", "article", "policy", "roll"), "oost"),
            **dict.fromkeys(("voter_age_min", "voters_per_class_min", "ballots_per_class_min", "objection_days"), 20),
            **dict.fromkeys(("opens_on", "closes_on", "reference_on"), DAY),
            "id": ROUND,
            "year": 2026,
            "budget_cents": 1_000_000,
            "ballot": "approval",
            "ballot_parameters": {},
            "tally": tally,
            "tally_parameters": sealed.TALLIES[tally].parameters({}),
            "decides": "weighted",
            "voice_rule": "equal",
            "voice_parameters": {},
            "merged": [],
            "receipt_key": KEYS.public_key(),
            "options": [FrozenOption(key=key, title=key, cost_cents=100_000 * int(key)) for key in OPTIONS],
            "classes": [FrozenClass(voice_hundredths=voice, voters=BALLOTS) for voice in (100, 150)],
        }
    )


@dataclass
class Operator:
    """Somebody with the keys of the house and the box in hand."""

    chance: random.Random = field(default_factory=lambda: random.Random(4))
    tally: str = "greedy"

    def __post_init__(self):
        """Let everybody cast a ballot."""
        self.frozen = frozen(self.tally)
        self.frozen_hash = sealed.sha256_of(frozen_text(self.frozen))
        self.cast = [self.ballot(self.chance.randbytes(32).hex()) for _each in range(BALLOTS)]
        self.register = [(voice, DAY) for _key, voice, _marks, _turn in self.cast]
        self.box = list(self.cast)

    def ballot(self, key):
        marks = {option: 1 for option in OPTIONS if self.chance.random() < 0.4}
        return key, self.chance.choice((100, 100, 150)), canonical(marks).decode(), self.chance.choice((1, 1, 2))

    def receipt(self, row):
        """Return what the voter of a ballot keeps."""
        key, voice, marks, turn = row
        leaf = leaf_of(key, voice, json.loads(marks), turn)
        signature = KEYS.sign(ballot_note(ROUND, self.frozen_hash, leaf)).hex()
        kept = {"receipt": leaf.receipt, "marks": leaf.marks, "turn": turn, "nonce": leaf.nonce}
        return leaf, {**kept, "voiceHundredths": voice, "signature": signature}

    def publish(self, arrange=lambda ballots: ballots):
        """Seal, count and sign whatever is in the box, so that all seals and hashes fit."""
        box = sealed.seal(self.box, 20, (100, 150))
        ballots = arrange(box.ballots)
        box = box.model_copy(update={"ballots": ballots, "root": sealed.root(ballots)})
        outcome = frozen_text(sealed.count(self.frozen, self.frozen_hash, box))
        sizes = sealed.named(sealed.per_class(ballot.voice_hundredths for ballot in ballots))
        voted = turnout(self.register, (DAY, DAY), box.counted_as, 20)
        return {
            "round": ROUND, "frozen": frozen_text(self.frozen), "frozen_hash": self.frozen_hash, "drawn": "",
            "sizes": sizes, "counted_as": sealed.named(box.counted_as),
            "turnout": voted.model_dump(mode="json", by_alias=False),
            "outcome": outcome, "outcome_hash": sealed.sha256_of(outcome),
            "seal": signed(KEYS, ROUND, box, voted).model_dump(by_alias=False),
            "ballots": json.loads(json.dumps([ballot.leaf.entry for ballot in ballots])),
        }  # fmt: skip

    def found_by(self, rows):
        """Return what a stranger finds, first alone and then with the receipts of these voters."""
        told = self.publish()
        by_receipts = [fault for row in rows for fault in recount.check_receipt(told, self.receipt(row)[1])]
        return [kind for kind, _sentence in recount.check(told)], [kind for kind, _sentence in by_receipts]


@pytest.fixture
def operator():
    return Operator()


def proofs(leaves):
    """Return the proof of every leaf, from the levels of the tree."""
    found, places = [[] for _leaf in leaves], list(range(len(leaves)))
    while len(leaves) > 1:
        for proof, place in zip(found, places, strict=True):
            if place ^ 1 < len(leaves):
                proof.append(leaves[place ^ 1])
        joined = [node_hash(one, other) for one, other in zip(leaves[::2], leaves[1::2], strict=False)]
        leaves, places = joined + leaves[2 * len(joined) :], [place // 2 for place in places]
    return found


class TestAnHonestOperator:
    def test_can_prove_every_receipt(self, operator):
        told = operator.publish()
        box = sealed.seal(operator.box, 20, (100, 150))
        leaves = [ballot.leaf.hash for ballot in box.ballots]
        places = {ballot.receipt: place for place, ballot in enumerate(box.ballots)}
        steps, root = proofs(leaves), bytes.fromhex(told["seal"]["root"])
        assert steps[7] == merkle.inclusion_proof(leaves, 7)
        key = KEYS.public_key()
        for row in operator.cast:
            leaf, kept = operator.receipt(row)
            assert is_signed(ballot_note(ROUND, operator.frozen_hash, leaf), bytes.fromhex(kept["signature"]), key)
            assert is_included(leaf.hash, places[leaf.receipt], BALLOTS, steps[places[leaf.receipt]], root)

    @pytest.mark.parametrize("tally", ["greedy", "equal_shares"])
    def test_is_told_that_all_is_right(self, tally):
        operator = Operator(tally=tally)
        assert operator.found_by(operator.cast[:EACH]) == ([], [])


class TestWhatIsFound:
    def test_of_dropped_ballots_by_their_receipts(self, operator):
        operator.box = operator.cast[EACH:]
        assert operator.found_by(operator.cast[: EACH + 1]) == ([], ["dropped"] * EACH)

    def test_of_changed_ballots_by_their_receipts(self, operator):
        operator.box[:EACH] = [(key, voice, '{"6":1}', turn) for key, voice, _marks, turn in operator.cast[:EACH]]
        assert operator.found_by(operator.cast[: EACH + 1]) == ([], ["changed"] * EACH)

    def test_of_relabelled_ballots_by_their_receipts(self, operator):
        # Each with somebody of the other voice, so that the numbers of each voice stay as they were.
        low = [row for row in operator.cast if row[1] == 100][:EACH]
        high = [row for row in operator.cast if row[1] == 150][:EACH]
        other = {row: (row[0], 250 - row[1], *row[2:]) for row in (*low, *high)}
        operator.box = [other.get(row, row) for row in operator.cast]
        assert operator.found_by([*low, *high]) == ([], ["relabelled"] * 2 * EACH)

    def test_of_reordered_ballots_by_the_recount(self, operator):
        told = operator.publish(lambda ballots: [ballots[1], ballots[0], *ballots[2:]])
        assert [kind for kind, _sentence in recount.check(told)] == ["reordered"]

    def test_of_added_ballots_by_ballots_above_voted(self, operator):
        operator.box += [operator.ballot(operator.chance.randbytes(32).hex()) for _each in range(2 * EACH)]
        alone, _by_receipts = operator.found_by([])
        assert set(alone) == {"added"}

    def test_of_false_marks_by_asking_fifty_nine_who_are_drawn(self):
        people = [f"person-{number}" for number in range(BALLOTS)]
        false = set(people[: -(-BALLOTS // 20)])
        draws = [set(drawn(people, f"seed {number}")) for number in range(60)]
        assert {len(asked) for asked in draws} == {ASKED}
        # Five in a hundred marks are false: each draw misses them with a chance below 0.95^59 = 0.049.
        missed = [asked for asked in draws if not asked & false]
        assert len(missed) <= 9
        assert len(missed) < len(draws)

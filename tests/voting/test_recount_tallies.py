# SPDX-License-Identifier: EUPL-1.2
"""The script that stands alone counts every tally as the house does, on every kind of ballot, paper among them."""

import json
import random

import pytest

from tests.registries.tallying import VARIANTS
from wijkbudget.kit.canonical import canonical
from wijkbudget.voting import recount, sealed
from wijkbudget.voting.ballots import BALLOTS
from wijkbudget.voting.phases import FrozenLimit, FrozenOption, frozen_text
from wijkbudget.voting.service.signing import signed

from .conftest import BALLOTS as SET
from .test_tampering import KEYS, ROUND
from .test_tampering import frozen as frozen_by

COSTS = {"1": 300_000, "2": 250_000, "3": 250_000, "4": 0, "5": 120_000, "6": 90_000, "7": 60_000, "8": 200_000}
LIMITS = [
    FrozenLimit(name="Een van beide", ids=["2", "3"], wins_max=1),
    FrozenLimit(name="Groen", ids=["1", "5", "6", "7"], spent_cents_max=400_000),
]
PAPER_TURN = 0
"""Who votes on paper has no signed receipt."""


def frozen_for(variant, ballot, limits=LIMITS):
    """Return the rules of a round of eight plans, one of them free."""
    raw = SET[ballot]
    return frozen_by(variant.key).model_copy(
        update={
            "tally_parameters": dict(variant.parameters),
            "ballot": ballot,
            "ballot_parameters": raw,
            "budget_cents": 800_000,
            "limits": limits,
            "options": [FrozenOption(key=key, title=key, cost_cents=cost) for key, cost in COSTS.items()],
        }
    )


def marks_for(frozen, chance):
    """Return what somebody marks: often the plans that are often marked."""
    keys = sorted(COSTS, key=lambda key: chance.random() * int(key))
    if frozen.ballot == "one":
        return {keys[0]: 1}
    if frozen.ballot == "points":
        return {keys[0]: 4, keys[1]: 1} if chance.random() < 0.5 else {keys[0]: 2, keys[1]: 2, keys[2]: 1}
    if frozen.ballot == "ranking":
        return {key: place for place, key in zip((3, 2, 1), keys, strict=False)}
    return dict.fromkeys(keys[: chance.randint(1, 3)], 1)


def published(frozen, seed):
    """Return the file of a round that was cast, partly on paper, sealed and counted."""
    chance, frozen_hash = random.Random(seed), sealed.sha256_of(frozen_text(frozen))
    cast = []
    for number in range(40):
        marks = frozen.check(marks_for(frozen, chance))
        turn = PAPER_TURN if number % 5 == 0 else 1
        cast.append((chance.randbytes(32).hex(), chance.choice((100, 150, 200)), canonical(marks).decode(), turn))
    box = sealed.seal(cast, 10, (100, 150, 200))
    outcome = frozen_text(sealed.count(frozen, frozen_hash, box))
    return {
        "round": ROUND, "frozen": frozen_text(frozen), "frozen_hash": frozen_hash, "drawn": "", "turnout": None,
        "sizes": sealed.named(sealed.per_class(ballot.voice_hundredths for ballot in box.ballots)),
        "counted_as": sealed.named(box.counted_as), "outcome": outcome, "outcome_hash": sealed.sha256_of(outcome),
        "seal": signed(KEYS, ROUND, box, None).model_dump(by_alias=False),
        "ballots": json.loads(json.dumps([ballot.leaf.entry for ballot in box.ballots])),
    }  # fmt: skip


def kinds(told):
    return [kind for kind, _sentence in recount.check(told)]


@pytest.mark.parametrize("ballot", list(BALLOTS))
@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
class TestEveryTallyOnEveryBallot:
    def test_is_counted_again_with_paper_and_with_or_without_limits(self, variant, ballot):
        limits = LIMITS if (VARIANTS.index(variant) + list(BALLOTS).index(ballot)) % 2 else []
        told = published(frozen_for(variant, ballot, limits), f"{variant.name} {ballot}")
        assert {len(each) for each in told["ballots"]} == {3, 5}
        assert recount.check(told) == []


@pytest.mark.parametrize("variant", {each.key: each for each in VARIANTS}.values(), ids=lambda variant: variant.key)
class TestEveryTally:
    def test_is_not_believed_with_another_outcome(self, variant):
        told = published(frozen_for(variant, "approval"), variant.name)
        outcome = json.loads(told["outcome"])
        for name in ("weighted", "equal"):
            for change in ({"winners": outcome[name]["winners"][:-1]}, {"spent_cents": 1}):
                forged = json.dumps({**outcome, name: {**outcome[name], **change}})
                assert kinds({**told, "outcome": forged, "outcome_hash": recount.sha256(forged)}) == ["outcome"]

    def test_is_not_believed_with_another_ballot_or_voice(self, variant):
        told = published(frozen_for(variant, "approval"), variant.name)
        first, *others = told["ballots"]
        for kind, place, other in (("changed", 2, {"8": 1, "3": 1, "1": 1}), ("relabelled", 1, first[1] + 1)):
            assert kinds({**told, "ballots": [[*first[:place], other, *first[place + 1 :]], *others]}) == [kind]


class TestALargeVote:
    @pytest.mark.parametrize("key", ["maximin", "welfare"])
    def test_is_given_up_with_a_sentence(self, key, monkeypatch, capsys):
        variant = next(each for each in VARIANTS if each.key == key)
        told = published(frozen_for(variant, "approval"), key)
        for name in ("LONG", "CELLS_MAX", "SETS_MAX"):
            monkeypatch.setattr(recount, name, 10)
        assert [sentence for _kind, sentence in recount.check(told)] == [
            f"the ballots are right, but for the {name} count this script takes days" for name in ("weighted", "equal")
        ]
        assert capsys.readouterr().out == "Counting 40 ballots for 8 plans takes long.\n" * 2

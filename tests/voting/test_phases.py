# SPDX-License-Identifier: EUPL-1.2
"""The life of a round, and what follows from a sealed box."""

from datetime import date
from itertools import pairwise

import pytest

from wijkbudget.kit.codes import new_code
from wijkbudget.kit.states import WrongState
from wijkbudget.voting import receipts, sealed
from wijkbudget.voting.codes import CodeMistyped, typed_code
from wijkbudget.voting.phases import (
    NEXT,
    PHASE_NAMES,
    FrozenClass,
    FrozenOption,
    FrozenRound,
    Phase,
    TooEarly,
    WrongDates,
    demand_closing_day,
    demand_dates,
    demand_fixing_day,
    demand_objections_over,
    follow,
    frozen_text,
    objections_until,
    read_frozen,
)
from wijkbudget.voting.sealed import SealedBallot

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 15)


def frozen(**changed):
    values = {
        "id": "round",
        "place": "oost",
        "year": 2026,
        "title": "Stem voor Oost",
        "opens_on": FIRST,
        "closes_on": LAST,
        "reference_on": FIRST,
        "budget_cents": 1000,
        "article": "art. 7",
        "policy": "hash",
        "ballot": "approval",
        "ballot_parameters": {},
        "tally": "greedy",
        "tally_parameters": {"too_dear": "skip"},
        "decides": "weighted",
        "voter_age_min": 12,
        "voters_per_class_min": 50,
        "ballots_per_class_min": 2,
        "objection_days": 14,
        "voice_rule": "equal",
        "voice_parameters": {},
        "options": [FrozenOption(key=key, title=key, cost_cents=600) for key in ("1", "2")],
        "classes": [FrozenClass(voice_hundredths=100, voters=3), FrozenClass(voice_hundredths=150, voters=2)],
        "merged": [],
        "roll": "roll",
    }
    return FrozenRound(**{**values, **changed})


def key(number):
    return f"{number:064x}"


class TestThePhases:
    def test_only_go_forward(self):
        order = list(Phase)
        assert [(now, NEXT[now]) for now in order[:-1]] == list(pairwise(order))
        for now in Phase:
            for then in Phase:
                if NEXT.get(now) is not then:
                    with pytest.raises(WrongState):
                        follow(now, then)

    def test_all_have_a_name(self):
        assert set(PHASE_NAMES) == set(Phase)


class TestTheDays:
    @pytest.mark.parametrize(
        ("opens", "closes", "reference", "today"),
        [
            (FIRST, date(2026, 3, 1), FIRST, FIRST),
            (FIRST, LAST, date(2026, 3, 3), FIRST),
            (FIRST, LAST, FIRST, date(2026, 3, 3)),
        ],
    )
    def test_are_refused_out_of_order(self, opens, closes, reference, today):
        with pytest.raises(WrongDates):
            demand_dates(opens, closes, reference, today)

    def test_may_all_be_one(self):
        demand_dates(FIRST, FIRST, FIRST, FIRST)

    def test_let_a_round_be_fixed_from_its_reference_day_to_its_last_day(self):
        demand_fixing_day(FIRST, LAST, FIRST)
        demand_fixing_day(FIRST, LAST, LAST)
        for day in (date(2026, 3, 1), date(2026, 3, 16)):
            with pytest.raises(TooEarly):
                demand_fixing_day(FIRST, LAST, day)

    def test_let_a_round_close_when_the_last_day_is_over(self):
        demand_closing_day(LAST, date(2026, 3, 16))
        with pytest.raises(TooEarly):
            demand_closing_day(LAST, LAST)

    def test_give_the_whole_term_for_objections_after_the_day_of_publication(self):
        until = objections_until(date(2026, 3, 16), 14)
        assert until == date(2026, 3, 31)
        with pytest.raises(TooEarly):
            demand_objections_over(until, date(2026, 3, 30))
        demand_objections_over(until, until)


class TestATypedCode:
    def test_is_read_as_people_type_it(self):
        code = new_code(bytes(range(10)))
        assert typed_code(f" {code.lower().replace('-', ' ')} ") == code.replace("-", "")

    def test_says_that_it_has_a_typing_mistake(self):
        code = new_code(bytes(range(10)))
        with pytest.raises(CodeMistyped) as caught:
            typed_code(("1" if code[0] != "1" else "2") + code[1:])
        assert list(caught.value.fields) == ["code"]

    def test_is_left_to_the_strict_reader_when_it_is_no_text(self):
        assert typed_code(7) == 7


class TestWhatIsFrozen:
    def test_comes_back_as_it_was(self):
        assert read_frozen(frozen_text(frozen())) == frozen()

    def test_changes_with_any_part(self):
        assert frozen_text(frozen(budget_cents=1001)) != frozen_text(frozen())


class TestTheReceipt:
    def test_is_the_same_each_time_and_tells_no_more_than_sixty_bits(self):
        assert receipts.receipt(key(1)) == receipts.receipt(key(1)) == "AAAA-AAAA-AAAA"
        assert receipts.receipt("ff" * 32) == "7777-7777-7777"


class TestTheSealedBox:
    rows = tuple((f"{number:02x}" * 32, 150 if number < 2 else 100, '{"1":1}', 1) for number in (3, 1, 4, 0, 2))

    def test_is_in_the_order_of_receipts(self):
        box = sealed.seal(self.rows, 2)
        assert [ballot.receipt for ballot in box.ballots] == sorted(ballot.receipt for ballot in box.ballots)
        assert box == sealed.seal(list(reversed(self.rows)), 2)

    def test_merges_a_voice_in_which_too_few_voted(self):
        assert sealed.per_class(each.voice_hundredths for each in sealed.seal(self.rows, 2).ballots) == {100: 3, 150: 2}
        merged = sealed.seal(self.rows, 3)
        assert sealed.per_class(each.voice_hundredths for each in merged.ballots) == {100: 5}
        assert len(merged.merged) == 1

    def test_has_another_root_when_anything_changes(self):
        box = sealed.seal(self.rows, 2)
        first = box.ballots[0]
        changes = (
            {"marks": {"2": 1}},
            {"voice_hundredths": 100 if first.voice_hundredths == 150 else 150},
            {"receipt": "ZZZZ-ZZZZ-ZZZZ"},
        )
        for change in changes:
            assert sealed.root([first.model_copy(update=change), *box.ballots[1:]]) != box.root
        assert sealed.root(box.ballots[1:]) != box.root
        assert sealed.root([box.ballots[1], first, *box.ballots[2:]]) != box.root

    def test_may_be_empty(self):
        assert sealed.seal([], 20).ballots == []


class TestTheCount:
    def ballots(self):
        marks = ["1", "1", "1", "2", "2"]
        voices = [100, 100, 100, 150, 200]
        return [
            SealedBallot(receipt=f"{number}", voice_hundredths=voice, marks={mark: 1})
            for number, (mark, voice) in enumerate(zip(marks, voices, strict=True))
        ]

    def test_gives_both_outcomes_and_where_they_differ(self):
        record = sealed.count(frozen(), "hash", sealed.published(self.ballots(), [], {}))
        assert record.weighted.winners == ["2"]
        assert record.equal.winners == ["1"]
        assert record.differs == ["1", "2"]
        assert [(each.votes_hundredths, each.heads) for each in record.weighted.options] == [(300, 3), (350, 2)]
        assert [each.votes_hundredths for each in record.equal.options] == [300, 200]

    def test_draws_lots_from_a_seed_that_follows_from_box_and_rules(self):
        box = sealed.published(self.ballots(), [], {})
        assert sealed.count(frozen(), "hash", box).seed == sealed.seed(box.root, "hash")
        assert sealed.seed(box.root, "hash") != sealed.seed(box.root, "other")

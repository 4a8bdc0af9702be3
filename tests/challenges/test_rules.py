# SPDX-License-Identifier: EUPL-1.2
"""What the rules of challenges decide: the table of moves, the clock, the group, the comparison, and files of tasks."""

import re
from datetime import date, timedelta

import pytest

from wijkbudget.challenges.rules import bids, completion, group, states, table, tasks
from wijkbudget.challenges.rules.bids import PARTS, Chapter, Part
from wijkbudget.challenges.rules.states import Move, Side, State
from wijkbudget.challenges.rules.table import TABLE
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods.rules import ChallengesPolicy

POLICY = ChallengesPolicy(article="art. 9", challengers="residents", group_min=2, completion_days=14)
HEADER = "taak;uitleg;kosten_per_jaar;kwaliteit;contract_tot;afdeling;wie_beslist"
LINE = "Maaien;Het gras maaien.;12.500,50;Elke week;2027-12-31;Groen;college"


class TestTheTable:
    def test_has_each_move_from_a_state_once_and_from_one_side(self):
        pairs = [(step.now, step.move) for step in TABLE]
        assert len(pairs) == len(set(pairs))
        assert {move: {step.by for step in TABLE if step.move is move} for move in Move} == {
            move: {table.side_of(move)} for move in Move
        }

    def test_leads_to_every_state_from_nothing(self):
        reached: set[State | None] = {None}
        for _again in State:
            reached |= {step.then for step in TABLE if step.now in reached}
        assert reached == {None, *State}

    def test_lets_every_bid_come_to_an_end(self):
        ends = {State.CLOSED, State.WITHDRAWN, State.EXPIRED}
        assert {state for state in State if not any(step.now is state for step in TABLE)} == ends
        ending = set(ends)
        for _again in State:
            ending |= {step.now for step in TABLE if step.now and step.then in ending}
        assert ending == set(State)

    @pytest.mark.parametrize("state", State)
    def test_is_what_can_be_done(self, state: State):
        for move in Move:
            steps = [step for step in TABLE if (step.now, step.move) == (state, move)]
            assert [side for side in Side if move in table.moves_from(state, side)] == [step.by for step in steps]
            if steps:
                assert table.demand_step(state, move) is steps[0]
            else:
                with pytest.raises(WrongState):
                    table.demand_step(state, move)

    def test_lets_nobody_decide_before_it_is_ready_or_was_announced(self):
        decided = {State.AWARDED, State.PARTLY_AWARDED, State.REFUSED}
        before = {step.now for step in TABLE if step.then in decided and step.now not in decided}
        assert before == {State.READY, State.INTENDED_REFUSAL, State.REVISED}

    def test_is_drawn_line_by_line(self):
        drawn = list(table.diagram())
        assert drawn[:2] == ["stateDiagram-v2", "    [*] --> concept: start (group)"]
        assert "    incomplete --> not_handled: put aside (decider)" in drawn
        assert drawn[-3:] == ["    expired --> [*]", "    closed --> [*]", "    withdrawn --> [*]"]
        assert len(drawn) == 1 + sum(step.now is not step.then for step in TABLE) + 3

    def test_lets_a_bid_be_written_as_a_concept_when_something_is_missing_or_when_worked_out(self):
        for state in State:
            if state in {State.CONCEPT, State.INCOMPLETE, State.ELABORATION}:
                states.demand_writable(state)
            else:
                with pytest.raises(WrongState):
                    states.demand_writable(state)

    def test_lets_a_group_change_only_before_it_sends_its_bid_in(self):
        states.demand_concept(State.CONCEPT)
        for state in set(State) - {State.CONCEPT}:
            with pytest.raises(WrongState):
                states.demand_concept(state)


class TestCompleteUntil:
    def test_gives_the_days_of_the_policy_or_more(self):
        assert completion.complete_until(POLICY, 14, date(2026, 3, 9)) == date(2026, 3, 23)
        assert completion.complete_until(POLICY, 20, date(2026, 3, 9)) == date(2026, 3, 29)

    def test_is_refused_with_fewer_days(self):
        with pytest.raises(completion.CompletionTooShort) as refused:
            completion.complete_until(POLICY, 13, date(2026, 3, 9))
        assert (str(refused.value), refused.value.article) == ("Give the group at least 14 days.", "art. 9")


class TestPuttingAside:
    def test_can_be_done_in_four_weeks_after_the_term(self):
        last = date(2026, 3, 23)
        with pytest.raises(completion.CompletionNotOver):
            completion.demand_unused(last, last)
        completion.demand_unused(last, date(2026, 3, 24))
        completion.demand_unused(last, date(2026, 4, 20))
        with pytest.raises(completion.PutAsideTooLate):
            completion.demand_unused(last, date(2026, 4, 21))

    def test_runs_on_over_a_holiday(self):
        assert completion.put_aside_until(date(2026, 3, 30)) == date(2026, 4, 28)


class TestComparison:
    @pytest.mark.parametrize(
        ("costs", "own", "other", "asked", "says"),
        [
            ([900_000], 100_000, 50_000, 750_000, "This is €4,500.00 a year cheaper than now."),
            ([1_200_000], 0, 0, 1_200_000, "This costs the same as now."),
            ([1_000_000, 300_001], 0, 0, 1_300_001, "This is €1,000.01 a year dearer than now."),
            ([100], 200, 0, 0, "This is €12,000.00 a year cheaper than now."),
        ],
    )
    def test_takes_own_money_and_that_of_others_off(self, costs, own, other, asked, says):
        compared = bids.compare(costs, own, other, 1_200_000)
        assert (compared.asked_cents, str(compared.says), compared.is_dearer) == (asked, says, asked > 1_200_000)


class TestMissing:
    def test_is_everything_at_first_in_the_order_of_the_form(self):
        assert bids.missing(dict.fromkeys(Part, "")) == [part for parts in PARTS.values() for part in parts]

    def test_is_what_is_empty(self):
        answers = {**dict.fromkeys(Part, "Iets."), Part.COST_LINES: 0, Part.STARTS_ON: None}
        assert bids.missing(answers) == [Part.COST_LINES, Part.STARTS_ON]

    def test_stands_on_one_page_each(self):
        assert sorted(part for parts in PARTS.values() for part in parts) == sorted(set(Part) - {Part.SUPPORT})
        assert bids.chapter_of(Part.HARM) is Chapter.QUALITY


class TestSoon:
    def test_is_told_until_the_weeks_of_the_policy_have_passed(self):
        received, first = date(2026, 3, 2), date(2026, 3, 2) + timedelta(weeks=18)
        told = bids.soon(first - timedelta(days=1), received, 18)
        assert str(told) == "This begins soon. The municipality likes to have 18 weeks, until 2026-07-06."
        assert [
            bids.soon(*asked) for asked in ((first, received, 18), (None, received, 18), (received, received, None))
        ] == [
            None,
            None,
            None,
        ]


class TestTheGroup:
    def test_may_be_neighbours_or_only_an_organisation(self):
        group.demand_challenger(POLICY, has_organisation=False)
        only = ChallengesPolicy(article="art. 9", challengers="organisations", group_min=2, completion_days=14)
        group.demand_challenger(only, has_organisation=True)
        with pytest.raises(group.OnlyOrganisations):
            group.demand_challenger(only, has_organisation=False)

    def test_is_as_large_as_the_policy_asks(self):
        group.demand_enough(POLICY, 2)
        with pytest.raises(group.GroupTooSmall) as refused:
            group.demand_enough(POLICY, 1)
        assert str(refused.value) == "At least 2 people stand behind a bid. You have 1 now."

    def test_needs_rules_of_the_municipality(self):
        assert group.demand_arranged(POLICY) is POLICY
        with pytest.raises(group.NotArranged):
            group.demand_arranged(None)


class TestSearching:
    @pytest.mark.parametrize(
        ("word", "is_found"),
        [("", True), ("GRAS", True), ("gras park", True), ("gras straat", False), ("öl", False), ("groen", True)],
    )
    def test_finds_every_word_somewhere(self, word, is_found):
        assert tasks.found_by(word, "Gras maaien", "In het park.", "Groen") is is_found


class TestReadTasks:
    def test_reads_every_line(self):
        read = tasks.read_tasks(f"{HEADER}\n{LINE}\n\nVegen;Vegen;1000;Schoon;;Beheer;Burgemeester\n", [])
        assert [(task.number, task.title, task.current_cost_cents) for task in read] == [
            (2, "Maaien", 1_250_050),
            (4, "Vegen", 100_000),
        ]
        assert (read[0].contract_ends_on, read[1].contract_ends_on) == (date(2027, 12, 31), None)
        assert (read[0].decider, read[1].decider) == (tasks.Decider.EXECUTIVE, tasks.Decider.MAYOR)

    def test_takes_columns_in_any_order_and_commas_too(self):
        columns, values = HEADER.split(";"), LINE.replace("12.500,50", "12500").split(";")
        turned = ",".join(reversed(columns)) + "\n" + ",".join(reversed(values))
        assert tasks.read_tasks(turned, [])[0].current_cost_cents == 1_250_000

    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ("Maaien", "", "The name of the task is not filled in or too long."),
            ("Maaien", "M" * 121, "The name of the task is not filled in or too long."),
            ("Maaien", "Ma\x07aien", "The name of the task is not filled in or too long."),
            ("Het gras maaien.", "", "The explanation is not filled in or too long."),
            ("12.500,50", "0", "Write what the task costs a year, such as 12.500 or 12.500,00."),
            ("12.500,50", "veel", "Write what the task costs a year, such as 12.500 or 12.500,00."),
            ("Elke week", "", "The quality is not filled in or too long."),
            ("2027-12-31", "31-12-2027", "Write the end of the contract as 2027-12-31, or leave it empty."),
            ("2027-12-31", "0001-01-01", "Write the end of the contract as 2027-12-31, or leave it empty."),
            ("Groen", "", "The department is not filled in or too long."),
            ("college", "wethouder", "Write raad, college or burgemeester for who decides."),
            (";college", "", "This line has 6 columns, the first line has 7."),
        ],
    )
    def test_says_what_is_wrong_with_a_line(self, old, new, reason):
        with pytest.raises(tasks.BadTasks) as refused:
            tasks.read_tasks(f"{HEADER}\nVegen;Vegen;1000;Schoon;;Beheer;raad\n{LINE.replace(old, new)}", [])
        assert [(line.number, str(line.reason)) for line in refused.value.lines] == [(3, reason)]

    def test_refuses_a_task_twice_in_the_file_or_on_the_list(self):
        with pytest.raises(tasks.BadTasks) as refused:
            tasks.read_tasks(f"{HEADER}\n{LINE}\n{LINE.lower()}\nVegen;Vegen;10;Schoon;;Beheer;raad", ["VEGEN"])
        assert [line.number for line in refused.value.lines] == [3, 4]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "The first line must name these columns once"),
            ("taak;uitleg", "The first line must name these columns once"),
            (HEADER, "There are no tasks in this file."),
            ("x" * 1_000_001, "The file is too large"),
            (HEADER + "\n" + "\n".join(LINE.replace("Maaien", f"M{n}") for n in range(1001)), "The file is too long"),
            (HEADER + '\n"Maaien', "Nothing was imported: 1 lines are not right."),
        ],
    )
    def test_refuses_a_file_that_is_none(self, text, says):
        with pytest.raises(tasks.BadTasks, match=re.escape(says)):
            tasks.read_tasks(text, [])

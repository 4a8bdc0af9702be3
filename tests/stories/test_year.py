# SPDX-License-Identifier: EUPL-1.2
"""A neighbourhood year in Meerwijk-West, walked in a real browser through pages alone."""

from datetime import date

import pytest

from tests.stories import challenge, contract, hours, money, plans, rules_and_roles, stake, vote
from tests.stories.town import Town

VOICE_READ_ON = date(2026, 2, 2)
OPENS_ON = date(2026, 2, 9)
CLOSES_ON = date(2026, 2, 16)
COUNTED_ON = date(2026, 2, 17)
CLAIMED_ON = date(2026, 3, 2)
FINISHED_ON = date(2026, 3, 20)


@pytest.mark.browser
class TestAYearInWest:
    def test_goes_from_the_first_rule_to_the_last_receipt(self, town: Town) -> None:
        town.house.founds_the_municipality()
        rules_roles_and_money_come(town)
        residents_make_plans(town)
        residents_offer_to_take_over_a_task(town)
        a_resident_gives_time(town)
        the_neighbourhood_votes(town)
        the_money_is_spent(town)
        everybody_checks(town)
        assert town.house.fault() is None
        assert not town.look.found, "\n".join(town.look.found)


def rules_roles_and_money_come(town: Town) -> None:
    rules_and_roles.a_guest_looks_around(town)
    rules_and_roles.a_guest_reads_in_english(town)
    rules_and_roles.the_administrator_logs_in(town)
    rules_and_roles.a_policy_that_breaks_a_guard_is_refused(town)
    rules_and_roles.the_policy_is_adopted(town)
    rules_and_roles.a_register_with_a_bad_line_is_refused(town)
    rules_and_roles.the_register_is_imported(town)
    rules_and_roles.roles_are_given(town)
    rules_and_roles.the_officials_log_in(town)
    rules_and_roles.the_official_grants_the_budget(town)
    contract.the_chair_writes_a_contract(town)
    contract.both_agree_and_one_tells_what_became_of_it(town)


def residents_make_plans(town: Town) -> None:
    plans.residents_log_in_with_a_letter(town)
    plans.a_resident_gets_a_code_at_the_desk(town)
    plans.neighbours_start_a_group(town)
    plans.a_plan_with_a_mistake_comes_back_as_it_was_typed(town)
    plans.plans_are_proposed(town)
    plans.a_guest_cannot_support(town)
    plans.neighbours_support_the_plans(town)
    plans.the_official_assesses_the_plans(town)


def residents_offer_to_take_over_a_task(town: Town) -> None:
    challenge.the_official_lists_a_task(town)
    challenge.a_resident_writes_a_bid_page_by_page(town)
    challenge.a_neighbour_joins_by_a_link(town)
    challenge.the_group_adds_a_list_with_signatures(town)
    challenge.the_bid_is_sent_in(town)
    challenge.neighbours_say_whether_they_are_for_it(town)
    challenge.two_people_count_the_list(town)
    challenge.a_resident_proposes_a_task(town)
    challenge.the_official_asks_for_what_is_missing(town)
    challenge.the_group_completes_it(town)
    challenge.another_group_does_not_complete_its_bid(town)


def a_resident_gives_time(town: Town) -> None:
    hours.the_guide_opens_a_task(town)
    hours.a_resident_logs_time(town)
    hours.the_guide_confirms_it(town)
    hours.an_afternoon_has_a_list_at_the_door(town)
    hours.the_guide_writes_down_time_for_somebody(town)
    hours.neighbours_agree_to_help(town)
    hours.neighbours_pledge_until_a_task_starts(town)
    hours.the_objection_window_passes(town, VOICE_READ_ON)
    hours.the_resident_reads_why_her_voice_is_what_it_is(town)
    stake.a_resident_finds_her_shares(town)


def the_neighbourhood_votes(town: Town) -> None:
    challenge.the_official_puts_it_aside(town)
    vote.the_official_prepares_a_round(town, OPENS_ON, CLOSES_ON)
    vote.the_plans_go_on_the_ballot(town)
    vote.the_official_says_what_stands_on_the_letter(town)
    town.lets_it_be(OPENS_ON)
    codes = vote.letters_with_codes_arrive(town)
    receipt = vote.three_residents_vote(town, codes)
    vote.nothing_counted_is_seen_before_the_close(town)
    vote.a_resident_sees_that_she_voted(town)
    town.lets_it_be(COUNTED_ON)
    vote.everybody_reads_the_outcome(town, receipt)


def the_money_is_spent(town: Town) -> None:
    money.the_chair_adopts_the_outcome(town, COUNTED_ON)
    stake.the_chair_reads_who_holds_shares(town)
    town.lets_it_be(CLAIMED_ON)
    money.the_group_files_a_claim(town)
    money.two_people_approve_it(town)
    money.the_cashier_pays_it(town)
    town.lets_it_be(FINISHED_ON)
    money.the_group_accounts_for_the_money(town, FINISHED_ON)
    money.the_official_settles_it(town)
    money.the_cashier_hands_back_what_is_free(town)


def everybody_checks(town: Town) -> None:
    money.everybody_sees_where_the_money_is(town)
    money.everybody_follows_a_euro_to_its_receipt(town)
    town.house.jobs.run_once()
    money.everybody_checks_the_record(town)
    money.the_auditor_reads_it_all(town)

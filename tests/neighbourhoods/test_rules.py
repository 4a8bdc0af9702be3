# SPDX-License-Identifier: EUPL-1.2
"""What a policy may say."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.kit.canonical import digest
from wijkbudget.neighbourhoods.rules import (
    BALLOTS,
    RULES,
    TALLIES,
    ApprovalStep,
    GuardBroken,
    HandBackPolicy,
    TooLate,
    YearClosed,
    broken_guards,
    class_size_min,
    demand_guarded,
    demand_later,
    demand_near,
)
from wijkbudget.neighbourhoods.schemas import NoPolicyFile, policy_hash, read_policy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity.rulebook import RULEBOOK
from wijkbudget.voting.ballots import BALLOTS as BALLOT_PARTS
from wijkbudget.voting.tallies import TALLIES as TALLY_PARTS

OOST = read_policy(demo_toml("oost"))
WEST = read_policy(demo_toml("west"))
STEP = ApprovalStep(over_cents=0, approvals=2, with_reason=True)


def altered(section, **changes):
    """Return Oost's policy with something else in one section."""
    return replace(OOST, **{section: replace(getattr(OOST, section), **changes)})


def with_setting(name, value):
    """Return Oost's policy with another setting for voices."""
    return altered("reciprocity", parameters={**OOST.reciprocity.parameters, name: value})


def with_rule(rule, **settings):
    """Return Oost's policy with another rule for voices, and what it needs beside the guards."""
    guards = {name: value for name, value in OOST.reciprocity.parameters.items() if name != "per_hour_hundredths"}
    return altered("reciprocity", rule=rule, parameters={**guards, **settings})


def refusal(policy):
    """Return how a policy is refused."""
    with pytest.raises(GuardBroken) as caught:
        demand_guarded(policy)
    return caught.value


class TestTheDemoPolicies:
    @pytest.mark.parametrize("policy", [OOST, WEST], ids=["oost", "west"])
    def test_keep_every_guard(self, policy):
        assert list(broken_guards(policy)) == []

    def test_say_how_each_neighbourhood_votes(self):
        assert (OOST.voting.ballot, OOST.voting.tally, OOST.reciprocity.rule) == ("approval", "equal_shares", "bonus")
        assert (WEST.voting.ballot, WEST.voting.tally, WEST.reciprocity.rule) == ("knapsack", "greedy", "bonus")

    @pytest.mark.parametrize("policy", [OOST, WEST], ids=["oost", "west"])
    def test_set_only_what_their_ballot_and_tally_know(self, policy):
        voting = policy.voting
        assert BALLOT_PARTS[voting.ballot].parameters(voting.ballot_parameters, budget_cents=100).marks_min == 1
        parameters = TALLY_PARTS[voting.tally].parameters(voting.tally_parameters)
        assert voting.tally_parameters.items() <= parameters.items()


class TestTheParts:
    def test_a_policy_can_name_are_those_that_exist(self):
        assert set(BALLOT_PARTS) == BALLOTS
        assert set(TALLY_PARTS) == TALLIES
        assert RULEBOOK.keys() == RULES.keys()


class TestAGuard:
    @pytest.mark.parametrize(
        ("policy", "sentence"),
        [
            (with_setting("bonus_hundredths_max", 101), "No voice may count more than twice another (guard G2)."),
            (
                with_setting("total_bonus_percent_max", 26),
                "All extra voice together may be at most a quarter of the voters (guard G3).",
            ),
            (
                with_setting("effective_voters_percent_min", 89),
                "The voices must be worth at least nine tenths of the voters (guard G4).",
            ),
            (
                with_setting("class_step_hundredths", 24),
                "Voices go up in steps of a quarter at least, or a voice shows whose ballot it is (guard G5).",
            ),
            (
                with_setting("bonus_hundredths_max", 75),
                "There may be at most three voice classes, or a voice shows whose ballot it is (guard G5).",
            ),
            (
                with_setting("per_euro_hundredths", 1),
                "Money never buys a voice, so no amount can stand here (guard G7).",
            ),
            (
                with_rule("decay", half_life_days=29, per_hour_hundredths=5),
                "“half_life_days” is at least 30 and at most 1096.",
            ),
            (with_setting("per_street", 1), "The rule for voices needs other settings: look at “per_street”."),
            (altered("reciprocity", rule="lottery"), "There is no rule for voices called “lottery”."),
            (altered("reciprocity", objection_days=6), "People need at least 7 days to object."),
            (altered("reciprocity", minutes_per_week_max=700), "A week cannot hold less time than a day."),
            (altered("voting", ballot="dice"), "There is no ballot called “dice”."),
            (altered("voting", tally="loudest"), "There is no way of counting called “loudest”."),
            (
                altered("voting", voter_age_min=11),
                "Voters are 12 years or older, and nobody of 18 or older is shut out.",
            ),
            (
                altered("voting", voter_age_min=19),
                "Voters are 12 years or older, and nobody of 18 or older is shut out.",
            ),
            (
                altered("voting", ballots_per_class_min=19),
                "A voice class needs at least 20 ballots, or one can see who voted what.",
            ),
            (
                altered("voting", voters_per_class_min=79),
                "With this turnout a voice class needs at least 80 voters, or votes are not secret.",
            ),
            (altered("voting", objection_days=6), "People need at least 7 days to object."),
            (
                altered("vouchers", approvals=(ApprovalStep(over_cents=50_001, approvals=2),)),
                "Two people must approve whatever costs more than 500 euros.",
            ),
            (
                altered("vouchers", approvals=(STEP, ApprovalStep(over_cents=0, approvals=3))),
                "More money never takes fewer approvals: put the amounts in order.",
            ),
            (
                altered("vouchers", approvals=(STEP, ApprovalStep(over_cents=100, approvals=3))),
                "If people say why they approve, they do so for higher amounts too.",
            ),
            (
                altered("shares", hand_back=HandBackPolicy(article="art. 13", price_cents=1_001)),
                "A share that is handed back pays at most €10.00.",
            ),
            (
                altered("shares", holder_age_min=19),
                "Shares are for people of 12 years or older, and nobody of 18 or older goes without.",
            ),
            (replace(OOST, volunteer_fees=None), "Rewards take rules on what people may receive for their time."),
            (altered("shares", shares_per_holder_max=6), "Nobody may hold more than 5 shares."),
            (altered("initiatives", themes=("groen", "groen")), "A theme is named twice."),
            (replace(OOST, powers=(*OOST.powers, OOST.powers[0])), "Only one body can decide about one matter."),
            (replace(OOST, powers=OOST.powers[1:]), "The policy does not say who decides about: policy."),
        ],
    )
    def test_refuses_with_its_sentence(self, policy, sentence):
        assert str(refusal(policy)) == sentence

    @pytest.mark.parametrize(
        ("policy", "article"),
        [
            (altered("voting", voter_age_min=11), "art. 7"),
            (with_setting("bonus_hundredths_max", 101), "art. 8"),
            (altered("vouchers", approvals=(ApprovalStep(over_cents=50_001, approvals=2),)), "art. 11"),
            (altered("shares", holder_age_min=11), "art. 13"),
        ],
    )
    def test_names_the_article(self, policy, article):
        assert refusal(policy).article == f"Verordening wijkbudgetten Meerwijk 2024, {article}"

    @pytest.mark.parametrize(
        "policy",
        [
            altered("voting", voter_age_min=18),
            altered("voting", voters_per_class_min=80),
            altered("vouchers", approvals=(ApprovalStep(over_cents=50_000, approvals=2),)),
            altered("shares", holder_age_min=18, shares_per_holder_max=5),
            replace(OOST, shares=None),
            with_setting("bonus_hundredths_max", 74),
            altered(
                "reciprocity",
                parameters={**OOST.reciprocity.parameters, "bonus_hundredths_max": 100, "class_step_hundredths": 50},
            ),
            altered("reciprocity", rule="equal", parameters={}),
        ],
    )
    def test_lets_its_very_limit_pass(self, policy):
        demand_guarded(policy)


class TestTheClassSize:
    @pytest.mark.parametrize(
        ("turnout_percent", "voters"), [(100, 50), (40, 50), (39, 52), (25, 80), (10, 200), (3, 667), (1, 2000)]
    )
    def test_grows_when_fewer_people_vote(self, turnout_percent, voters):
        assert class_size_min(20, turnout_percent) == voters

    @given(ballots=st.integers(20, 1000), turnout_percent=st.integers(1, 100))
    def test_always_yields_enough_ballots(self, ballots, turnout_percent):
        voters = class_size_min(ballots, turnout_percent)
        assert voters * turnout_percent >= ballots * 100
        assert voters >= 50
        assert voters == 50 or (voters - 1) * turnout_percent < ballots * 100


class TestReadingAPolicy:
    @pytest.mark.parametrize(
        ("written", "instead", "place"),
        [
            ("support_min = 5", 'support_min = "5"', "initiatives.support_min"),
            ("support_min = 5", "support_min = 5.0", "initiatives.support_min"),
            ("support_min = 5", "support_min = true", "initiatives.support_min"),
            ("support_min = 5", "support_min = -1", "initiatives.support_min"),
            ("support_min = 5", "", "initiatives.support_min"),
            ("support_min = 5", "support_min = 5\nbribe_max = 3", "initiatives.bribe_max"),
            ('decides = "weighted"', 'decides = "the mayor"', "voting.decides"),
            ('power = "binding"', 'power = "magic"', "powers.0.power"),
            ("[vouchers]", "[coupons]", "vouchers"),
            ("window_months = 12", "window_months = 37", "reciprocity.window_months"),
        ],
    )
    def test_names_the_place_that_is_not_right(self, written, instead, place):
        with pytest.raises(NoPolicyFile) as caught:
            read_policy(demo_toml("oost").replace(written, instead))
        assert caught.value.text.values == {"place": place}
        assert caught.value.fields["toml"].values == {"place": place}

    @pytest.mark.parametrize(
        "toml", ["by_law", "= 3", "a = " + "[" * 20_000, "a = " + "9" * 5000, "\x00", "a=1\na=2", "a = 1979-05-27"]
    )
    def test_refuses_what_is_no_policy(self, toml):
        with pytest.raises(NoPolicyFile):
            read_policy(toml)

    def test_gives_the_same_hash_however_the_file_is_laid_out(self):
        other = "# another hand\r\n" + demo_toml("oost").replace("\n", "\r\n").replace("2_500_000", "2500000")
        assert policy_hash(read_policy(other)) == policy_hash(OOST)

    def test_gives_another_hash_to_another_policy(self):
        assert policy_hash(altered("initiatives", support_min=6)) != policy_hash(OOST)

    def test_gives_a_policy_in_older_words_the_hash_it_was_adopted_with(self):
        words = tomllib.loads(demo_toml("west"))
        assert words["vouchers"]["two_approvals_over_cents"] == 0
        assert WEST.vouchers.approvals == (ApprovalStep(over_cents=0, approvals=2),)
        assert policy_hash(WEST) == digest(words)
        del words["shares"]
        assert policy_hash(replace(WEST, shares=None)) == digest(words)

    def test_is_refused_in_older_words_and_in_those_of_today_at_once(self):
        both = demo_toml("west").replace("two_approvals_over_cents = 0", "two_approvals_over_cents = 0\napprovals = []")
        with pytest.raises(NoPolicyFile):
            read_policy(both)


class TestANewPolicy:
    def test_may_begin_in_the_past_when_there_was_none(self):
        demand_later(date(2024, 1, 1), date(2026, 3, 2), None)

    def test_may_begin_today(self):
        demand_later(date(2026, 3, 2), date(2026, 3, 2), date(2024, 1, 1))

    @pytest.mark.parametrize(
        ("valid_from", "last"), [(date(2026, 3, 1), date(2024, 1, 1)), (date(2027, 1, 1), date(2027, 1, 1))]
    )
    def test_never_changes_what_is_past_or_was_decided_before(self, valid_from, last):
        with pytest.raises(TooLate):
            demand_later(valid_from, date(2026, 3, 2), last)


class TestABudgetYear:
    @pytest.mark.parametrize("year", [2025, 2026, 2027, 2028])
    def test_is_near(self, year):
        demand_near(year, date(2026, 3, 2))

    @pytest.mark.parametrize("year", [2024, 2029])
    def test_is_refused_when_it_is_far(self, year):
        with pytest.raises(YearClosed):
            demand_near(year, date(2026, 3, 2))

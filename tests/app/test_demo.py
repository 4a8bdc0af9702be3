# SPDX-License-Identifier: EUPL-1.2
"""The demo: a finished year in Oost and an open vote in West, exactly as promised."""

import contextlib
import io

import pytest
from pabulib.checker import Checker

from wijkbudget.app.proof import first_fault
from wijkbudget.challenges import queries as challenges
from wijkbudget.challenges.rules.proposals import ProposalState
from wijkbudget.challenges.rules.states import State as ChallengeState
from wijkbudget.challenges.support import queries as support
from wijkbudget.identity import queries as identity
from wijkbudget.initiatives import queries as initiatives
from wijkbudget.initiatives.rules import State
from wijkbudget.kit.actor import Role
from wijkbudget.kit.period import day_of
from wijkbudget.reports import queries as reports
from wijkbudget.shares import queries as shares
from wijkbudget.voting import queries as voting
from wijkbudget.voting.pabulib import read
from wijkbudget.voting.paper import queries as paper
from wijkbudget.voting.phases import Phase
from wijkbudget.vouchers import queries as vouchers


def round_of(house, place):
    return house.desk.ask(voting.round_, place, house.desk.ask(voting.rounds, place)[0].id)


class TestOost:
    def test_is_the_larger_and_has_fourteen_initiatives(self, house):
        assert house.desk.ask(identity.counts, "oost").resident_count == 1_560
        states = [each.state for each in house.desk.ask(initiatives.initiatives, "oost")]
        assert (len(states), states.count(State.DONE), states.count(State.NOT_CHOSEN)) == (14, 9, 4)
        assert states.count(State.STOPPED) == 1

    def test_keeps_two_voice_classes_of_which_the_smaller_meets_the_minimum(self, house):
        rules = round_of(house, "oost").rules
        sizes = {each.voice_hundredths: each.voters for each in rules.classes}
        assert sizes == {100: 1_243, 125: 84}
        assert sizes[125] >= rules.voters_per_class_min
        assert len(rules.merged) == 1

    def test_counted_450_ballots_and_differs_from_equal_voices_in_one_project(self, house):
        round_ = round_of(house, "oost")
        outcome = house.desk.ask(voting.outcome, "oost", round_.id)
        assert round_.phase is Phase.FINAL
        assert sum(each.voters for each in outcome.ballots) == 450
        assert len(outcome.winners) == 9
        other = next(each for each in outcome.equal.options if each.about == outcome.differs[0])
        assert (len(outcome.differs), other.title) == (1, "Muurschildering in de tunnel")

    def test_took_four_ballots_on_paper_a_blank_one_and_an_envelope_that_stayed_closed(self, house):
        sheet = house.desk.ask(paper.paper_sheet, "oost", round_of(house, "oost").id)
        assert (sheet.returned, sheet.accepted, sheet.entered, sheet.online, sheet.voted) == (6, 5, 4, 446, 451)
        assert {reason: count for reason, count in sheet.aside.items() if count} == {"voted_online": 1}
        assert {reason: count for reason, count in sheet.spoiled.items() if count} == {"blank": 1}

    def test_gives_its_counted_vote_as_a_file_that_others_accept(self, house):
        round_ = round_of(house, "oost")
        with contextlib.redirect_stdout(io.StringIO()):
            text = house.desk.ask(voting.election, "oost", round_.id)
            told = Checker().process_files([text])
        assert told[1]["results"]["errors"] == {}
        # Voices chose one plan that equal voices would not, so no rule is named that finds another outcome.
        assert "\nrule;unknown\n" in text
        assert "A voter had a voice of 1.00 or 1.25" in text
        assert len(read(text).options) == len(round_.options)

    def test_accounts_for_every_euro(self, house):
        year = next(pot.year for pot in house.desk.ask(reports.pots, "oost") if pot.granted_cents == 75_000_00)
        pot = house.desk.ask(reports.money, "oost", year).pot
        parts = {part.part: part.amount_cents for part in pot.parts}
        # The group that took a task over asks for its money in parts, next year.
        assert (parts["free"], parts["reserved"], parts["committed"]) == (0, 0, 4_500_00)
        went = ("committed", "paid", "returned", "carried_on", "given_back")
        # Two tickets of a sponsor count at their value; nobody came for one of them.
        assert (pot.granted_cents, pot.total_cents) == (75_000_00, sum(parts[name] for name in went))
        assert (pot.total_cents, parts["given_back"]) == (75_013_00, 6_50)
        assert (parts["carried_on"], pot.is_whole) == (2_500_00, True)
        came = house.desk.ask(reports.money, "oost", year + 1).pot.came
        assert [(one.origin, one.amount_cents) for one in came] == [("granted", 0), ("carried", 2_500_00)]


class TestTheChallenges:
    def test_stand_in_every_state_on_four_tasks(self, house):
        official = house.desk.by(house.actors[Role.OFFICIAL, "oost"])
        seen = {line.title: line for line in official.ask(challenges.challenges, "oost").bids}
        assert {title: line.state for title, line in seen.items()} == {
            "De sleutel van de buurt": ChallengeState.SUBMITTED,
            "Oost ruimt op": ChallengeState.INCOMPLETE,
            "Oost prikt": ChallengeState.IN_PROGRESS,
            "Ouders letten op": ChallengeState.INTRODUCTION,
            "Samen prikken": ChallengeState.WITHDRAWN,
            "Wij kijken elke week": ChallengeState.NOT_HANDLED,
            "Wij prikken elke zaterdag": ChallengeState.OBJECTION,
        }
        concept = house.rows("SELECT title FROM challenge WHERE state = 'concept'")
        assert concept == [("Het park van ons",)]
        assert len(official.ask(challenges.municipal_tasks, "oost")) == 4
        dear = official.ask(challenges.challenge, "oost", seen["De sleutel van de buurt"].id)
        assert (dear.bid.comparison.asked_cents, dear.bid.comparison.is_dearer) == (2_610_000, True)

    def test_show_who_is_for_a_bid(self, house):
        official = house.desk.by(house.actors[Role.OFFICIAL, "oost"])
        bids = official.ask(challenges.challenges, "oost").bids
        key = next(line.id for line in bids if line.title == "De sleutel van de buurt")
        found = official.ask(support.support, "oost", key)
        assert (found.for_count, found.online_for_count, found.against_count, found.uncounted) == (27, 11, 2, 0)

    def test_show_what_residents_proposed(self, house):
        official = house.desk.by(house.actors[Role.OFFICIAL, "oost"])
        states = [each.state for each in official.ask(challenges.task_proposals, "oost")]
        assert states == [ProposalState.OPEN, ProposalState.DECLINED]


class TestWest:
    def test_votes_now_with_one_class_because_the_other_was_too_small(self, house):
        round_ = round_of(house, "west")
        assert round_.phase is Phase.OPEN
        assert [(each.voice_hundredths, each.voters) for each in round_.rules.classes] == [(100, 518)]
        assert str(round_.rules.merged[0]).startswith("Too few voters have a voice of 1.25: 30, and 80 are needed.")
        assert house.desk.ask(identity.counts, "west").resident_count == 600

    def test_shows_plans_in_every_state(self, house):
        states = {each.title: each.state for each in house.desk.ask(initiatives.initiatives, "west")}
        assert states["Zwembad in het park"] is State.INFEASIBLE
        assert states["Ruilkast voor speelgoed"] is State.PROPOSED
        assert sorted(states.values()).count(State.ON_BALLOT) == 6

    def test_held_a_vote_with_points_and_one_with_places_and_its_council_adopted_both(self, house):
        _open, ranked, pointed = (
            house.desk.ask(voting.round_, "west", line.id) for line in house.desk.ask(voting.rounds, "west")
        )
        assert [(each.phase, each.rules.marking) for each in (pointed, ranked)] == [
            (Phase.FINAL, "points"),
            (Phase.FINAL, "places"),
        ]
        won = [house.desk.ask(voting.outcome, "west", each.id) for each in (pointed, ranked)]
        assert [sum(each.voters for each in outcome.ballots) for outcome in won] == [90, 90]
        titles = {winner.title for outcome in won for winner in outcome.winners}
        assert titles == {voucher.title for voucher in house.desk.ask(vouchers.vouchers, "west")}


class TestShares:
    @pytest.mark.parametrize(
        ("place", "by_reason", "by_number"),
        [
            ("oost", {"resident": 1_349, "year_of_residence": 2_671}, {2: 27, 3: 1_322}),  # one was handed back
            ("west", {"resident": 518, "year_of_residence": 1_026}, {2: 10, 3: 508}),
        ],
    )
    def test_are_in_the_hands_of_everybody_of_12_or_older(self, house, place, by_reason, by_number):
        totals = house.desk.ask(shares.totals, place)
        assert {each.reason: each.share_count for each in totals.by_reason} == by_reason
        assert {each.share_count: each.holder_count for each in totals.by_number} == by_number
        assert totals.holder_count == len(house.desk.ask(identity.residents, place, day_of(house.desk.clock()), 12))


def test_has_people_in_every_role(house):
    roles = {grant.role for grant in house.desk.ask(identity.grants, "oost")}
    assert roles == set(Role) - {Role.GUEST, Role.RESIDENT, Role.SYSTEM}


def test_proves_itself(house):
    assert house.desk.ask(first_fault) is None

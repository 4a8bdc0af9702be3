# SPDX-License-Identifier: EUPL-1.2
"""Rounds in which time given earned a voice: classes, merging, and two outcomes side by side."""

import re
from datetime import timedelta

import pytest

from tests import worlds
from wijkbudget.identity import queries as identity
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.rules import words_of
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity import seed as time
from wijkbudget.trail.work import question
from wijkbudget.voting import seed

from .conftest import OPENS, entries_about

HELPERS = 84
"""People who give five hours, which is a voice of 1.25; Oost needs eighty in a class."""
KEEN = 6
"""People who give ten hours, which would be a voice of 1.5."""


@question(may(Role.SYSTEM))
def voters(look, place):
    """Return who can vote, by id."""
    return [each.person_id for each in identity.residents(look, place, OPENS, 12)]


@pytest.fixture
def given_time(desk, clock):
    """Let ninety people of Oost give time, well before the round."""
    worlds.found_meerwijk(desk)
    people.fill_register(desk, worlds.register_csv({"oost": 520}))
    clock.forward(days=-40)
    keeper = worlds.staff(desk, "oost")[Role.GUIDE]
    task = time.open_tasks(desk, "oost", keeper, [keeper])[0]
    givers = [Actor(id=id_, roles=frozenset({(Role.RESIDENT, "oost")})) for id_ in desk.ask(voters, "oost")]
    first = clock.now.date()
    gifts = [time.Gift(giver=giver, given_on=first, minutes=300) for giver in givers[: HELPERS + KEEN]]
    more = [time.Gift(giver=giver, given_on=first - timedelta(days=1), minutes=300) for giver in givers[:KEEN]]
    time.give(desk, "oost", task.id, keeper, gifts + more)
    clock.forward(days=39)
    time.settle(desk, "oost")
    clock.forward(days=1)


@pytest.mark.usefixtures("given_time")
class TestVoices:
    def test_are_frozen_in_classes_and_too_few_take_the_lower_voice(self, client, desk, prepare):
        round_ = prepare()
        rules = round_.open().rules
        everybody = len(desk.ask(voters, "oost"))
        assert rules.voters_per_class_min == 80
        assert [(each.voice_hundredths, each.voters) for each in rules.classes] == [
            (100, everybody - HELPERS - KEEN),
            (125, HELPERS + KEEN),
        ]
        assert len(rules.merged) == 1
        assert "6" in str(rules.merged[0])
        assert (rules.voice_rule, rules.voice_parameters["per_hour_hundredths"]) == ("bonus", 5)
        assert rules.voice_words == list(words_of("bonus", rules.voice_parameters))
        entries = desk.ask(entries_about, "oost", [str(round_.id)])
        opened = next(entry.facts for entry in entries if entry.kind == "voting.RoundOpened")
        assert (opened["voice_rule"], opened["voice_parameters"]) == ("bonus", rules.voice_parameters)
        assert opened["frozen_hash"] == rules.frozen_hash
        page = client.get(f"/wijken/oost/stemrondes/{round_.id}").text
        assert "bonus, bonus_hundredths_max = 50, class_step_hundredths = 25" in page
        self.vote_equally_from_now_on(desk)
        assert round_.view().rules == rules, "G8: rule, parameters and classes of a round do not change"
        assert round_.faults() == []

    def vote_equally_from_now_on(self, desk):
        settings = r"(?<=\n\[reciprocity\.parameters\]\n)(?:.+\n)*"
        toml = re.sub(settings, "", demo_toml("oost")).replace('rule = "bonus"', 'rule = "equal"')
        decided = AdoptPolicy(valid_from=desk.clock().date(), decided_by="Raadsbesluit 2026-8", toml=toml)
        desk.act(neighbourhoods.adopt_policy, "oost", decided)

    def test_can_change_the_outcome_and_that_is_pointed_out(self, client, prepare):
        round_ = prepare()
        round_.open()
        choices = [
            seed.Choice(count=44, voice_hundredths=100, options=["1"]),
            seed.Choice(count=30, voice_hundredths=125, options=["2"]),
        ]
        seed.vote(round_.desk, round_.letters(), choices)
        round_.close()
        outcome = round_.count()
        assert [(each.voice_hundredths, each.voters) for each in outcome.ballots] == [(100, 44), (125, 30)]
        assert [option.votes_hundredths for option in outcome.weighted.options] == [4400, 3750, 0, 0]
        assert [option.heads for option in outcome.weighted.options] == [44, 30, 0, 0]
        # 20,000 euros shared by 44 voices is 455 each; 15,000 by 30 heads is 500, but by 37.5 voices only 400.
        assert [option.about for option in outcome.weighted.winners] == ["plan-2"]
        assert [option.about for option in outcome.equal.winners] == ["plan-1"]
        assert outcome.differs == ["plan-1", "plan-2"]
        assert outcome.winners == outcome.weighted.winners
        assert round_.faults() == []
        page = client.get(f"/wijken/oost/stemrondes/{round_.id}/uitslag").text
        assert "Ja: de twee tellingen verschillen" in page
        assert "“Plan 2” is gekozen als tijd meetelt, en niet met gelijke stemmen." in page
        assert "37,5" in page
        evening = client.get(f"/wijken/oost/stemrondes/{round_.id}/telavond?stap=99").text
        assert "Met gelijke stemmen zijn deze plannen gekozen:" in evening
        assert evening.index("Plan 2") < evening.index("Plan 1")
        file = client.get(f"/api/v1/neighbourhoods/oost/rounds/{round_.id}/election.pb").text
        assert "in this file every ballot counts as one, which selects 1" in file

    def test_in_which_too_few_voted_are_not_published(self, prepare):
        round_ = prepare()
        round_.open()
        choices = [
            seed.Choice(count=40, voice_hundredths=100, options=["1"]),
            seed.Choice(count=19, voice_hundredths=125, options=["2"]),
        ]
        seed.vote(round_.desk, round_.letters(), choices)
        round_.close()
        published = round_.published()
        assert {ballot.voice_hundredths for ballot in published.ballots} == {100}
        assert len(published.merged) == 1
        round_.count()
        assert round_.faults() == []

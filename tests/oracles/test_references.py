# SPDX-License-Identifier: EUPL-1.2
"""Tallies beside outcomes that others computed or published; the files stay outside the repository."""

import json

import pytest

from wijkbudget.voting.pabulib import read
from wijkbudget.voting.rules import ties_by_id
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.poll import Poll

PLAIN = {"completion": "none"}
GREEDY_AFTER = {"completion": "greedy"}
CARDINALITY = {"utility": "cardinality"}
SCORE = {"utility": "score"}
EXHAUSTIVE = {"stop": "exhaustive"}
BOTH = EXHAUSTIVE | {"completion": "add1_greedy"}

VARIANTS = {
    "greedy_cost": ("greedy", {}),
    "greedy_card": ("greedy", {"order": "votes_per_euro"}),
    "greedy_add": ("greedy", {"order": "votes_per_euro"}),
    "mes_cost": ("equal_shares", PLAIN),
    "mes_card": ("equal_shares", PLAIN | CARDINALITY),
    "mes_add": ("equal_shares", PLAIN | SCORE),
    "mesu_cost": ("equal_shares", GREEDY_AFTER),
    "mesu_add": ("equal_shares", GREEDY_AFTER | SCORE),
    "add1_cost": ("equal_shares", EXHAUSTIVE),
    "add1_card": ("equal_shares", EXHAUSTIVE | CARDINALITY),
    "add1_add": ("equal_shares", EXHAUSTIVE | SCORE),
    "add1u_cost": ("equal_shares", BOTH),
    "add1u_add": ("equal_shares", BOTH | SCORE),
}
"""The reference's name for each rule we have; its greedy orders by votes, its completion stops when exhaustive."""

REFERENCES = {
    "Netherlands_Amsterdam_166": 8,
    "Netherlands_Amsterdam_289": 8,
    "Netherlands_Assen_2024": 8,
    "Poland_Wieliczka_2023_Green_Budget": 8,
    "Poland_Wroclaw_2025_Local": 8,
    "Switzerland_Zurich_D5": 5,
    "Worldwide_Mechanical_Turk_Knapsack_3": 8,
}
"""How many of our variants each reference has."""

SMALL = 30_000
"""Options times ballots that every tally counts at once."""

OFFICIAL = {
    "Netherlands_Assen_2024": ("equal_shares", {}),
    "Poland_Wieliczka_2023_Green_Budget": ("equal_shares", {}),
    "Poland_Warszawa_2020_Praga-Poludnie": ("greedy", {}),
    "Poland_Warszawa_2021_Bielany": ("greedy", {}),
    "Poland_Wroclaw_2017": ("greedy", {"too_dear": "stop"}),
    "Poland_Wroclaw_2025_Local": ("greedy", {"too_dear": "stop"}),
}
"""What the organisers of the vote did themselves."""


def election(path):
    read_in = read(path.read_text(encoding="utf-8"))
    return read_in.election(ties_by_id(option.id for option in read_in.options))


def outcome(asked, key, raw):
    return TALLIES[key].tally(Poll.of(asked), TALLIES[key].parameters(raw))


@pytest.mark.parametrize("name", REFERENCES)
def test_the_same_wins_in_the_same_order_as_computed_elsewhere(data, name):
    asked = election(data / "pabulib" / f"{name}.pb")
    rules = json.loads((data / "reference" / f"{name}.json").read_text())["rules"]
    ours = [rule for rule in VARIANTS if rule in rules]
    assert len(ours) == REFERENCES[name]
    for rule in ours:
        computed = outcome(asked, *VARIANTS[rule])
        assert (rule, list(computed.winners)) == (rule, rules[rule]["winners_in_order"])
        assert computed.spent_cents == int(rules[rule]["total_cost"]) * 100


@pytest.mark.parametrize("name", REFERENCES)
def test_the_same_set_or_the_same_total_where_a_reference_has_no_order(data, name):
    asked = election(data / "pabulib" / f"{name}.pb")
    rules = json.loads((data / "reference" / f"{name}.json").read_text())["rules"]
    for rule in ("phragmen", "maximin"):
        if rule in rules:
            assert sorted(outcome(asked, rule, {}).winners) == sorted(rules[rule]["winners"])
    for rule, unit_cents in (("maxwelfare_cost", 100), ("maxwelfare_card", 1), ("maxwelfare_add", 1)):
        if rule in rules:
            utility = "cost" if rule == "maxwelfare_cost" else "cardinality"
            total = int(rules[rule]["objective"]) * unit_cents
            assert outcome(asked, "welfare", {"utility": utility}).steps["welfare"] == str(total)


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_same_wins_as_was_published(data, name):
    published = {vote["file"]: vote for vote in json.loads((data / "reference" / "official_public.json").read_text())}
    computed = outcome(election(data / "pabulib" / f"{name}.pb"), *OFFICIAL[name])
    assert sorted(computed.winners) == sorted(published[f"{name}.pb"]["official_selected"])


def test_assen_gives_its_nine_winners_and_76_700_euros(data):
    computed = outcome(election(data / "pabulib" / "Netherlands_Assen_2024.pb"), "equal_shares", {})
    assert sorted(computed.winners, key=int) == ["2", "3", "5", "6", "9", "11", "12", "13", "14"]
    assert computed.spent_cents == 7_670_000
    assert computed.steps["start_cents"] == "2500000/21"
    crossbaan = next(option for option in computed.options if option.id == "8")
    assert str(crossbaan.reason) == "Its supporters had €35,085.24 left together, but it costs €40,000.00."


def test_every_dutch_file_is_counted_by_every_tally(data):
    files = sorted((data / "pabulib").glob("Netherlands_*.pb"))
    assert len(files) == 27
    for path in files:
        asked = election(path)
        # Maximin takes seconds for some of these.
        size = len(asked.options) * asked.ballots.cast
        for key in (key for key in TALLIES if key != "maximin" or size < SMALL):
            computed = outcome(asked, key, {})
            assert 0 < computed.spent_cents <= computed.budget_cents
            assert len(computed.options) == len(asked.options)

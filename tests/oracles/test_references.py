# SPDX-License-Identifier: EUPL-1.2
"""Tallies beside outcomes that others computed or published; the files stay outside the repository."""

import json

import pytest

from wijkbudget.voting.pabulib import read
from wijkbudget.voting.rules import ties_by_id
from wijkbudget.voting.tallies import TALLIES

PLAIN = {"completion": "none"}
CARDINALITY = {"utility": "cardinality"}
EXHAUSTIVE = {"stop": "exhaustive"}

VARIANTS = {
    "greedy_cost": ("greedy", {}),
    "mes_cost": ("equal_shares", PLAIN),
    "mes_card": ("equal_shares", PLAIN | CARDINALITY),
    "mes_add": ("equal_shares", PLAIN | CARDINALITY),
    "add1_cost": ("equal_shares", EXHAUSTIVE),
    "add1_card": ("equal_shares", EXHAUSTIVE | CARDINALITY),
    "add1_add": ("equal_shares", EXHAUSTIVE | CARDINALITY),
}
"""The reference's name for each rule we have; its greedy orders by votes, its completion stops when exhaustive."""

REFERENCES = {
    "Netherlands_Amsterdam_166": 5,
    "Netherlands_Amsterdam_289": 5,
    "Netherlands_Assen_2024": 5,
    "Poland_Wieliczka_2023_Green_Budget": 5,
    "Poland_Wroclaw_2025_Local": 5,
    "Switzerland_Zurich_D5": 2,
    "Worldwide_Mechanical_Turk_Knapsack_3": 5,
}
"""How many of our variants each reference has."""

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
    return TALLIES[key].tally(asked, TALLIES[key].parameters(raw))


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
        for key in TALLIES:
            computed = outcome(asked, key, {})
            assert 0 < computed.spent_cents <= computed.budget_cents
            assert len(computed.options) == len(asked.options)

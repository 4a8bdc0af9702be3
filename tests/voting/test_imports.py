# SPDX-License-Identifier: EUPL-1.2
"""Elections that were held elsewhere, taken over by page and by API."""

import pytest

from tests import worlds
from wijkbudget.kit.actor import Role

PABULIB = """META
key;value
num_projects;2
num_votes;3
budget;100
vote_type;approval
rule;greedy
date_begin;01.02.2024
date_end;15.02.2024
PROJECTS
project_id;cost;name
7;60;Bankje
9;50;Boom
VOTES
voter_id;vote
a;7
b;7,9
c;9
"""


@pytest.fixture
def official(desk, meerwijk):
    """Return an official of Oost who can log in."""
    return worlds.staff(desk, "oost")[Role.OFFICIAL]


class TestAVoteFromAFile:
    @pytest.mark.usefixtures("meerwijk")
    def test_is_counted_again_and_shown(self, client, official):
        client.log_in(official)
        made = client.post(
            "/wijken/oost/stemrondes/overnemen", {"name": "Elders"}, files={"file": ("a.pb", PABULIB.encode())}
        )
        assert made.status_code == 303
        page = client.get(made.headers["location"]).text
        assert "Bankje" in page
        assert "1 februari 2024" not in page
        outcome = client.get(f"{made.headers['location']}/uitslag")
        assert outcome.status_code == 200
        assert "Boom" in outcome.text

    @pytest.mark.usefixtures("meerwijk")
    def test_is_refused_with_line_and_reason_when_it_cannot_be_read(self, client, official):
        client.log_in(official)
        for content, sentence in (
            (b"", "Vul dit in."),
            (b"\xff\xfe", "Regel 1: dit is geen tekst in UTF-8."),
            (b"nothing", "Regel 1: het bestand moet beginnen met META."),
            (PABULIB.replace("60", "x").encode(), "Regel 12: “x” bij de kosten is geen bedrag."),
            (PABULIB.replace("Boom", "Bo\0m").encode(), "Regel 13: hier staat een teken dat niet in een tekst hoort."),
            (PABULIB.replace("b;7,9", "b;7,8").encode(), "Regel 17: de stem noemt het project “8”, dat niet in het"),
        ):
            files = {"file": ("a.pb", content)}
            refused = client.post("/wijken/oost/stemrondes/overnemen", {"name": "Elders"}, files=files)
            assert refused.status_code == 400
            assert sentence in refused.text
        assert client.get("/api/v1/neighbourhoods/oost/rounds").json() == []

    @pytest.mark.usefixtures("meerwijk")
    @pytest.mark.parametrize("written", ["0000", "31.02.2024", "01.01.0000", "soon"])
    def test_was_held_today_when_its_day_cannot_be_read(self, client, official, written):
        client.log_in(official)
        text = PABULIB.replace("01.02.2024", written).replace("15.02.2024", written)
        made = client.send("/api/v1/neighbourhoods/oost/rounds/imports", {"name": "Elders", "text": text})
        assert (made.status_code, made.json()["opensOn"]) == (201, "2026-03-02")

    @pytest.mark.usefixtures("meerwijk")
    def test_comes_in_through_the_api_too(self, client, official, desk):
        client.log_in(official)
        made = client.send("/api/v1/neighbourhoods/oost/rounds/imports", {"name": "Elders", "text": PABULIB})
        assert made.status_code == 201
        assert (made.json()["phase"], made.json()["isImported"], made.json()["opensOn"]) == (
            "counted",
            True,
            "2024-02-01",
        )
        outcome = client.get(f"/api/v1/neighbourhoods/oost/rounds/{made.json()['id']}/outcome").json()
        # Both plans have two votes, and together they do not fit in 100; the file names the bench first.
        assert [won["key"] for won in outcome["winners"]] == ["7"]

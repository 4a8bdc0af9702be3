# SPDX-License-Identifier: EUPL-1.2
"""Every real Dutch vote: from its file to a page, and back to a file that others accept."""

import contextlib
import csv
import io
import re

import pytest
from litestar.testing import TestClient
from markupsafe import escape
from pabulib.checker import Checker

from tests import worlds
from tests.conftest import ORIGIN, Browser, Clock, desk_of
from wijkbudget.kit.actor import SYSTEM, Role
from wijkbudget.voting.pabulib import read

from .conftest import faults

AMSTERDAM = (
    *(166, 179, 267, 287, 288, 289, 324, 335, 358, 489, 490, 491, 492, 515),
    *(523, 524, 525, 588, 604, 605, 619, 622, 628, 643, 644, 647),
)
DUTCH = [*(f"Netherlands_Amsterdam_{number}" for number in AMSTERDAM), "Netherlands_Assen_2024"]
ROUNDS = "/api/v1/neighbourhoods/oost/rounds"


@pytest.fixture(scope="module")
def browser(store, front, tmp_path_factory):
    """Return an official of Oost at one house for all elections."""
    with store.empty() as database:
        desk = desk_of(database, tmp_path_factory.mktemp("elections"), Clock())
        worlds.found_meerwijk(desk)
        with TestClient(front.before(desk), base_url=ORIGIN) as client:
            found = Browser(client, desk)
            found.log_in(worlds.staff(desk, "oost")[Role.OFFICIAL])
            yield found


def complaints(text):
    """Return the errors and warnings of Pabulib's own checker about a file."""
    with contextlib.redirect_stdout(io.StringIO()):
        told = Checker().process_files([text])
    results = told[1]["results"]
    return results["errors"], results["warnings"]


def scores_in(text):
    """Return what a file says that each project scored."""
    rows = list(csv.reader(io.StringIO(text.partition("PROJECTS\n")[2].partition("VOTES")[0]), delimiter=";"))
    id_at, score_at = rows[0].index("project_id"), rows[0].index("score")
    return {row[id_at]: int(row[score_at]) for row in rows[1:]}


def take_over(browser, name, text):
    made = browser.send(f"{ROUNDS}/imports", {"name": name, "text": text})
    assert made.status_code == 201
    return made.json()["id"]


def outcome_of(browser, round_id):
    return browser.get(f"{ROUNDS}/{round_id}/outcome").json()


def test_all_of_them_are_here(data):
    assert {path.stem for path in (data / "pabulib").glob("Netherlands_*.pb")} == set(DUTCH)


@pytest.mark.parametrize("name", DUTCH)
def test_a_dutch_vote_has_a_page_and_a_file_that_others_accept(browser, data, name):
    text = (data / "pabulib" / f"{name}.pb").read_text(encoding="utf-8")
    round_id = take_over(browser, name, text)
    outcome = outcome_of(browser, round_id)
    shown = browser.get(f"/wijken/oost/stemrondes/{round_id}/uitslag")
    assert (browser.get(f"/wijken/oost/stemrondes/{round_id}").status_code, shown.status_code) == (200, 200)
    assert outcome["winners"]
    assert all(str(escape(won["title"])) in shown.text for won in outcome["winners"])
    assert f"{ROUNDS}/{round_id}/election.pb" in shown.text
    file = browser.get(f"{ROUNDS}/{round_id}/election.pb")
    assert (file.status_code, file.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert complaints(file.text) == ({}, {})
    before, again = read(text), read(file.text)
    assert (again.options, again.ballots) == (before.options, before.ballots)
    assert (again.budget_cents, again.vote_type, again.meta["rule"]) == (
        before.budget_cents,
        before.vote_type,
        before.meta["rule"],
    )


@pytest.mark.parametrize(
    ("name", "ballot"),
    [
        ("Poland_Czestochowa_2025_Polnoc", "points"),
        ("Switzerland_Zurich_D5", "points"),
        ("Switzerland_Zurich_S5R", "ranking"),
        ("US_Stanford_Dataset_PB_Rochester_NY_2019_vote_rankings", "ranking"),
    ],
)
def test_points_and_places_keep_their_scores(browser, data, name, ballot):
    text = (data / "pabulib" / f"{name}.pb").read_text(encoding="utf-8")
    round_id = take_over(browser, name, text)
    assert browser.get(f"{ROUNDS}/{round_id}").json()["rules"]["ballot"] == ballot
    file = browser.get(f"{ROUNDS}/{round_id}/election.pb").text
    assert complaints(file)[0] == {}
    before, again = read(text), read(file)
    assert (again.options, list(again.ballots)) == (before.options, list(before.ballots))
    scores = {won["key"]: won["votesHundredths"] // 100 for won in outcome_of(browser, round_id)["equal"]["options"]}
    assert scores == scores_in(text)


@pytest.mark.parametrize("name", ["Netherlands_Amsterdam_604", "Netherlands_Amsterdam_643", "Netherlands_Assen_2024"])
def test_the_file_of_a_vote_gives_the_same_vote_again(browser, data, name):
    first = take_over(browser, name, (data / "pabulib" / f"{name}.pb").read_text(encoding="utf-8"))
    file = browser.get(f"{ROUNDS}/{first}/election.pb").text
    second = take_over(browser, name, file)
    one, other = outcome_of(browser, first), outcome_of(browser, second)
    assert one.pop("roundId") != other.pop("roundId")
    assert one.pop("outcomeHash") != other.pop("outcomeHash")
    assert one == other
    assert browser.get(f"{ROUNDS}/{second}/election.pb").text == file


def test_assen_is_what_assen_published(browser, data):
    round_id = take_over(browser, "Assen", (data / "pabulib" / "Netherlands_Assen_2024.pb").read_text())
    outcome = outcome_of(browser, round_id)
    assert {won["key"] for won in outcome["winners"]} == {"2", "3", "5", "6", "9", "11", "12", "13", "14"}
    assert outcome["weighted"]["spentCents"] == 7_670_000
    assert outcome["seed"] == ""


def test_no_person_is_in_the_file(browser, data):
    text = (data / "pabulib" / "Netherlands_Assen_2024.pb").read_text()
    round_id = take_over(browser, "Assen", text)
    voters = re.findall(
        r"^(\S+?);", browser.get(f"{ROUNDS}/{round_id}/election.pb").text.split("VOTES\n")[1], re.MULTILINE
    )
    assert voters == ["voter_id", *(str(number) for number in range(1, 85))]


def test_they_all_prove_themselves(browser):
    assert browser.desk.by(SYSTEM).ask(faults) == []

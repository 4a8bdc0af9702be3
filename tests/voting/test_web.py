# SPDX-License-Identifier: EUPL-1.2
"""Voting by code and the rounds of a neighbourhood, as a browser and an API client meet them."""

import re

import pytest

from tests import worlds
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Role
from wijkbudget.voting import seed

from .conftest import CLOSES, OPENS, REFERENCE

NEVER = "0000-0000-0000-0000"
MISTYPED = "0000-0000-0000-0001"


def receipt_in(page):
    return re.search(r"\b[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}\b", page).group()


def wrong_tries(desk):
    with desk.database.read() as session:
        return session.connection().exec_driver_sql("SELECT coalesce(max(count), 0) FROM wrong_try").scalar()


@pytest.fixture
def code(vote):
    return vote.letters()[0].code


@pytest.fixture
def official(desk, meerwijk):
    """Return an official of Oost who can log in."""
    return worlds.staff(desk, "oost")[Role.OFFICIAL]


class TestVotingInABrowser:
    def test_goes_from_the_code_to_a_receipt(self, client, vote, code):
        assert client.get("/stemmen").status_code == 200
        ballot = client.post("/stemmen", {"code": code.lower()})
        assert ballot.status_code == 200
        assert all(f"Plan {number}" in ballot.text for number in range(1, 5))
        done = client.post("/stemmen/biljet", {"code": code, "marks": ["1", "3"]})
        assert done.status_code == 200
        assert "Je stem zit in de bus" in done.text
        assert "15 maart 2026" in done.text
        again = client.post("/stemmen/biljet", {"code": code, "marks": "2"})
        assert receipt_in(again.text) == receipt_in(done.text)
        vote.close()
        assert [(each.receipt, each.marks) for each in vote.published().ballots] == [(receipt_in(done.text), {"2": 1})]

    def test_keeps_the_code_out_of_addresses_and_cookies(self, client, code):
        for answer in (
            client.post("/stemmen", {"code": code}),
            client.post("/stemmen/biljet", {"code": code, "marks": "1"}),
        ):
            assert "location" not in answer.headers
            assert "set-cookie" not in answer.headers
            assert answer.headers["cache-control"] == "no-store"
        assert not re.findall(rf'(?:href|action)="[^"]*{code[:4]}', client.post("/stemmen", {"code": code}).text)

    def test_does_not_look_who_is_logged_in(self, client, official, code):
        client.log_in(official)
        name = client.get("/wijken/oost/stemrondes").text
        ballot = client.post("/stemmen", {"code": code, "csrf_token": ""})
        assert ballot.status_code == 200
        assert "Pieter Hoekstra" in name
        assert "Pieter Hoekstra" not in ballot.text

    def test_shows_the_ballot_again_with_what_was_wrong(self, client, vote, code):
        refused = client.post("/stemmen/biljet", {"code": code})
        assert refused.status_code == 422
        assert "Plan 1" in refused.text
        vote.close()
        assert vote.published().ballots == []

    def test_tells_a_typing_mistake_before_anything_is_looked_up(self, client, desk, code):
        refused = client.post("/stemmen", {"code": MISTYPED})
        assert refused.status_code == 400
        assert "typefout" in refused.text
        assert wrong_tries(desk) == 0

    @pytest.mark.parametrize("typed", ["", "\x00", "é" * 50, "A" * 10_000, "' OR 1=1 --", "<script>"])
    def test_answers_anything_typed(self, client, code, typed):
        refused = client.post("/stemmen", {"code": typed})
        assert refused.status_code == 400
        assert "<script>" not in refused.text


class TestAWrongCode:
    def test_gets_one_answer_whatever_is_wrong(self, client, vote, prepare, code):
        vote.close()
        closed = client.post("/stemmen", {"code": code})
        never = client.post("/stemmen", {"code": NEVER})
        assert closed.status_code == never.status_code == 403
        strip = re.compile(r'value="[^"]*"')
        assert strip.sub("", closed.text) == strip.sub("", never.text)
        for path, body in (("papers", {}), ("ballots", {"marks": {"1": 1}})):
            one, other = (client.send(f"/api/v1/{path}", {"code": each, **body}) for each in (code, NEVER))
            assert one.status_code == other.status_code == 403
            assert one.json() == other.json()

    def test_is_counted_and_waits_after_ten(self, client, desk, code):
        for number in range(10):
            assert client.post("/stemmen", {"code": NEVER}).status_code == 403
            assert wrong_tries(desk) == number + 1
        waiting = client.post("/stemmen", {"code": code})
        assert waiting.status_code == 429
        assert int(waiting.headers["retry-after"]) <= 600
        assert client.send("/api/v1/ballots", {"code": code, "marks": {"1": 1}}).status_code == 429


class TestTheApiOfBallots:
    def test_casts_as_the_page_does(self, client, code):
        paper = client.send("/api/v1/papers", {"code": code})
        assert [option["key"] for option in paper.json()["options"]] == ["1", "2", "3", "4"]
        first = client.send("/api/v1/ballots", {"code": code, "marks": {"1": 1}})
        again = client.send("/api/v1/ballots", {"code": code, "marks": {"2": 1}})
        page = client.post("/stemmen/biljet", {"code": code, "marks": "3"})
        assert first.status_code == 200
        assert first.json()["receipt"] == again.json()["receipt"]
        assert [each.json()["signed"]["turn"] for each in (first, again)] == [1, 2]
        assert first.json()["receipt"] == receipt_in(page.text)

    @pytest.mark.parametrize(
        "marks", [{"1": True}, {"1": "1"}, {"1": 1.0}, {"1": -1}, {"1": 2**63}, ["1"], "1", None, {"": 1}]
    )
    def test_is_strict(self, client, desk, vote, code, marks):
        assert client.send("/api/v1/ballots", {"code": code, "marks": marks}).status_code == 400
        assert vote.faults() == []

    @pytest.mark.parametrize("marks", [{"9": 1}, {"1": 2}, {}, {"1": 0}, {"plan-1": 1}])
    def test_refuses_a_ballot_that_does_not_fit(self, client, vote, code, marks):
        refused = client.send("/api/v1/ballots", {"code": code, "marks": marks})
        assert refused.status_code == 422
        assert refused.headers["content-type"].startswith("application/problem+json")
        vote.close()
        assert vote.published().ballots == []


class TestTheRoundsOfANeighbourhood:
    @pytest.mark.usefixtures("meerwijk")
    def test_are_prepared_by_an_official_in_a_form(self, client, official):
        client.log_in(official)
        fields = {
            "title": "Stem mee",
            "year": "2026",
            "budget_cents": "30.000",
            "opens_on": OPENS.isoformat(),
            "closes_on": CLOSES.isoformat(),
            "reference_on": REFERENCE.isoformat(),
        }
        made = client.post("/wijken/oost/stemrondes", fields)
        assert made.status_code == 303
        page = client.get(made.headers["location"]).text
        assert "Stem mee" in page
        assert "30.000,00" in page
        wrong = client.post("/wijken/oost/stemrondes", {**fields, "closes_on": "2026-01-01"})
        assert wrong.status_code == 422
        assert "sluiten voordat ze opent" in wrong.text
        assert client.post(f"{made.headers['location']}/openen").status_code == 422
        client.log_out()
        assert client.post("/wijken/oost/stemrondes", fields).status_code == 403

    def test_show_no_count_before_the_close(self, client, vote):
        path = f"/wijken/oost/stemrondes/{vote.id}"
        scrub = re.compile(r'value="[^"]*"')
        pages = [path, "/wijken/oost/stemrondes", f"/api/v1/neighbourhoods/oost/rounds/{vote.id}"]
        before = [scrub.sub("", client.get(page).text) for page in pages]
        seed.vote(vote.desk, vote.letters(), [seed.Choice(count=9, voice_hundredths=100, options=["1"])])
        assert [scrub.sub("", client.get(page).text) for page in pages] == before
        for tail in ("uitslag", "stembiljetten"):
            assert client.get(f"{path}/{tail}").status_code == 404
        for tail in ("outcome", "ballots"):
            assert client.get(f"/api/v1/neighbourhoods/oost/rounds/{vote.id}/{tail}").status_code == 404

    def test_show_the_outcome_with_reasons_and_every_ballot(self, client, vote, official):
        receipts = seed.vote(vote.desk, vote.letters(), [seed.Choice(count=22, voice_hundredths=100, options=["1"])])
        client.log_in(official)
        path = f"/wijken/oost/stemrondes/{vote.id}"
        assert client.post(f"{path}/sluiten").status_code == 422
        vote.clock.forward(days=14)
        # Sessions do not last two weeks.
        client.log_in(official)
        assert client.post(f"{path}/sluiten").status_code == 303
        ballots = client.get(f"{path}/stembiljetten").text
        assert all(receipt in ballots for receipt in receipts)
        assert client.post(f"{path}/tellen").status_code == 303
        outcome = client.get(f"{path}/uitslag").text
        assert "bezwaar maken vóór 31 maart 2026" in outcome
        assert outcome.count("Niemand stemde erop.") == 3
        assert client.get(path).status_code == 200
        api = client.get(f"/api/v1/neighbourhoods/oost/rounds/{vote.id}/outcome").json()
        assert [option["about"] for option in api["winners"]] == ["plan-1"]
        published = client.get(f"/api/v1/neighbourhoods/oost/rounds/{vote.id}/ballots").json()
        assert sorted(receipts) == [ballot["receipt"] for ballot in published["ballots"]]
        assert client.post(f"{path}/afronden").status_code == 422

    def test_are_moved_by_an_official_only(self, client, vote):
        for tail in ("openen", "sluiten", "tellen", "afronden"):
            assert client.post(f"/wijken/oost/stemrondes/{vote.id}/{tail}").status_code == 403
        for tail in ("open", "close", "count", "finish"):
            assert client.send(f"/api/v1/neighbourhoods/oost/rounds/{vote.id}/{tail}").status_code == 403

    def test_are_not_found_in_another_neighbourhood(self, client, vote):
        assert client.get(f"/wijken/west/stemrondes/{vote.id}").status_code == 404
        assert client.get(f"/api/v1/neighbourhoods/west/rounds/{vote.id}").status_code == 404
        assert client.get("/wijken/noord/stemrondes").status_code == 404


class TestMyOwnVote:
    def test_is_shown_to_me_alone_and_gives_a_new_code(self, client, desk, vote, clock):
        me, other = residents(desk)
        path = f"/wijken/oost/stemrondes/{vote.id}"
        client.log_in(me)
        page = client.get(f"{path}/mijn-stem")
        assert page.status_code == 200
        assert "niet namens jou gestemd" in page.text
        before = len(vote.letters())
        clock.forward(seconds=1)
        assert client.post(f"{path}/nieuwe-code", {"person_id": me.id}).status_code == 303
        assert len(vote.letters()) == before + 1
        vote.cast(vote.letters()[-1].code, "1")
        assert "2 maart 2026" in client.get(f"{path}/mijn-stem").text
        refused = client.post(f"{path}/nieuwe-code", {"person_id": me.id})
        assert refused.status_code == 422
        assert client.post(f"{path}/nieuwe-code", {"person_id": other.id}).status_code == 403
        api = f"/api/v1/neighbourhoods/oost/rounds/{vote.id}/voters"
        assert client.get(f"{api}/{me.id}").json()["votedOn"] == "2026-03-02"
        assert client.get(f"{api}/{other.id}").status_code == 403
        client.log_out()
        assert client.get(f"{path}/mijn-stem").status_code == 403


class TestANewCode:
    def test_is_sent_by_an_official_who_finds_the_resident_by_address(self, client, official, vote):
        path = f"/wijken/oost/stemrondes/{vote.id}/nieuwe-code"
        client.log_in(official)
        assert "Huisnummer" in client.get(path).text
        wrong = client.post(f"{path}/adres", {"postcode": "", "house_number": "1"})
        assert (wrong.status_code, "Postcode \u2013 Vul dit in." in wrong.text) == (400, True)
        nobody = client.post(f"{path}/adres", {"postcode": "1234 AB", "house_number": "99"})
        assert "Er is niemand gevonden." in nobody.text


def residents(desk):
    """Return two residents of Oost who can vote and proved who they are."""
    return people.settle(desk, "oost", 2)

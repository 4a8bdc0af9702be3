# SPDX-License-Identifier: EUPL-1.2
"""The pages of the audit committee and of time in numbers say what the API says, in the reader's words."""

import pytest
from litestar.testing import TestClient

from tests.conftest import ORIGIN, Browser
from tests.reciprocity.oversight.test_service import confirm_each_other
from tests.reciprocity.test_web import API, PAGES, words
from wijkbudget.kit.actor import Role


@pytest.fixture
def browser(settled, front):
    """Return a browser at the garden after its first quarter."""
    with TestClient(front.before(settled.desk), base_url=ORIGIN) as client:
        yield Browser(client, settled.desk)


class TestASample:
    def test_is_drawn_judged_and_shown(self, settled, browser):
        assert "Elk kwartaal bekijkt de kascommissie 5 procent" in words(browser.get(f"{PAGES}/steekproef"))
        browser.log_in(settled.staff[Role.AUDITOR])
        wrong = browser.post(f"{PAGES}/steekproef", {"period": "2026-Q1"})
        assert (wrong.status_code, 'href="#value"' in wrong.text) == (400, True)
        early = browser.post(f"{PAGES}/steekproef", {"period": "2026-Q2", "value": "1"})
        assert (early.status_code, "Wacht tot 1 juli 2026." in words(early)) == (422, True)
        answer = browser.post(f"{PAGES}/steekproef", {"period": "2026-Q1", "value": "3 8 11 19 30 44"})
        assert answer.headers["location"] == f"{PAGES}/steekproef/2026-Q1"
        drawn = browser.client.get(f"{API}/time-samples/2026-Q1").json()["checks"]
        where = f"{PAGES}/steekproef/2026-Q1/{drawn[0]['entry']['id']}"
        assert "Wat vond je?" in words(browser.get(where))
        assert browser.post(where, {"finding": "not_right"}).status_code == 400
        assert browser.post(where, {"finding": "not_right", "reason": "Hij was weg."}).status_code == 303
        assert "Klopt niet volgens de kascommissie" in words(browser.get(where))
        browser.log_in(settled.staff[Role.CHAIR])
        assert f"{PAGES}/uren/{drawn[0]['entry']['id']}" in browser.get(where).text
        browser.log_out()
        told = browser.client.get(f"{API}/time-samples").json()["samples"]
        assert [(each["period"], each["notRightCount"]) for each in told] == [("2026-Q1", 1)]

    def test_takes_findings_over_the_api(self, settled, browser):
        browser.log_in(settled.staff[Role.AUDITOR])
        made = browser.send(f"{API}/time-samples", {"period": "2026-Q1", "value": "3 8 11 19 30 44"}).json()
        path = f"{API}/time-samples/2026-Q1/entries/{made['checks'][0]['entry']['id']}/finding"
        assert browser.send(path, {"finding": "right", "reason": "Gevraagd."}).json()["finding"] == "right"
        again = browser.send(f"{API}/time-samples", {"period": "2026-Q1", "value": "1"})
        assert (again.status_code, again.json()["refusal"]) == (409, "DrawnBefore")


class TestRings:
    def test_are_looked_at(self, tuin, client):
        confirm_each_other(tuin)
        client.log_in(tuin.staff[Role.AUDITOR])
        assert "4 van 4 keer, 4 uur" in words(client.get(f"{PAGES}/kringen"))
        [ring] = client.client.get(f"{API}/confirmation-rings").json()["rings"]
        where = f"{PAGES}/kringen/{ring['key']}"
        assert "Wat zij van elkaar bevestigden" in words(client.get(where))
        assert client.post(where, {}).status_code == 400
        assert client.post(where, {"reason": "Zij tuinieren samen."}).headers["location"] == f"{PAGES}/kringen"
        assert "“Zij tuinieren samen.”" in words(client.get(where))
        noted = client.send(f"{API}/confirmation-rings/{ring['key']}/notes", {"reason": "Nog eens gezien."}).json()
        assert [note["reason"] for note in noted["notes"]] != []


class TestTimeInNumbers:
    def test_is_shown_of_a_quarter_that_is_over(self, browser):
        page = words(browser.get(f"{PAGES}/tijd-in-cijfers"))
        assert "Tijd die ging meetellen van 1 januari 2026 tot en met 31 maart 2026." in page
        assert "Mensen die tijd gaven 21" in page
        answer = browser.client.get(f"{API}/time-statistics?period=2026-Q1").json()
        assert [(each["giverCount"], each["minutes"]) for each in answer["periods"]] == [(21, 765)]
        assert (answer["giverCount"], answer["minutes"]) == (21, 765)
        assert [(each["name"], each["giverCount"]) for each in answer["byTheme"]] == [(None, 21)]
        reached = answer["reachedByAge"] + answer["reachedByQuarter"]
        parts = ("gaveCount", "exemptCount", "nothingCount")
        assert all(not (each[part] and each[part] < 10) for each in reached for part in parts)
        assert browser.get(f"{PAGES}/tijd-in-cijfers?kwartaal=2026-Q2").status_code == 422
        assert "Mensen die tijd gaven 0" in words(browser.get(f"{PAGES}/tijd-in-cijfers?kwartaal=2020-Q1"))
        assert browser.get(f"{PAGES}/tijd-in-cijfers?kwartaal=nu").status_code == 400

    def test_can_be_taken_along(self, browser):
        lines = browser.client.get(f"{API}/exports/time?format=csv&year=2026").text.splitlines()
        assert lines[0].startswith("\ufeffperiod,table,group,isRest,minutes,giverCount")
        assert lines[1:3] == ["2026-Q1,total,,False,765,21,,,,,,", "2026-Q1,byTheme,,False,765,21,,,,,,"]

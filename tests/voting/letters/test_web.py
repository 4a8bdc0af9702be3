# SPDX-License-Identifier: EUPL-1.2
"""The pages on which an official follows and fetches letters, and a resident gets another code."""

import csv
import io
import re

import pytest

from tests import worlds
from tests.voting.letters.conftest import pages
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Role

PSEUDONYM = "oost-00001"


@pytest.fixture
def official(desk, meerwijk):
    return worlds.staff(desk, "oost")[Role.OFFICIAL]


@pytest.fixture
def path(vote):
    return f"/wijken/oost/stemrondes/{vote.id}"


class TestTheLetters:
    def test_are_followed_and_fetched(self, client, vote, official, path, jobs):
        client.log_in(official)
        assert "Brieven met stemcodes" in client.get(path).text
        waiting = client.get(f"{path}/brieven/")
        assert "0 van" in waiting.text
        assert "Refresh" not in waiting.headers
        following = client.get(f"{path}/brieven/?volgen=ja")
        assert following.headers["Refresh"] == "5"
        jobs_done = {letter.code for letter in vote.letters()}
        jobs.run_once()
        ready = client.get(f"{path}/brieven/?volgen=ja")
        assert "Alle brieven zijn klaar." in ready.text
        assert "Refresh" not in ready.headers
        assert not [code for code in jobs_done if code in ready.text]
        pdf = client.post(f"{path}/brieven/1/pdf")
        assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
        assert pdf.headers["content-disposition"] == 'attachment; filename="stemcodes-oost-1.pdf"'
        assert len(pages(pdf.content)) == len(jobs_done)
        lines = client.post(f"{path}/brieven/csv").content.decode("utf-8-sig")
        assert {line["stemcode"] for line in csv.DictReader(io.StringIO(lines, newline=""))} == jobs_done

    def test_are_thrown_away(self, client, official, path, jobs):
        jobs.run_once()
        client.log_in(official)
        assert client.post(f"{path}/brieven/weggooien").status_code == 303
        assert "weggegooid op 2 maart 2026" in client.get(f"{path}/brieven/").text
        assert client.post(f"{path}/brieven/1/pdf").status_code == 404

    def test_are_no_page_for_a_resident(self, client, desk, path, jobs):
        jobs.run_once()
        client.log_in(people.settle(desk, "oost", 1)[0])
        assert client.get(f"{path}/brieven/").status_code == 403
        assert client.post(f"{path}/brieven/1/pdf").status_code == 403
        assert "Brieven met stemcodes" not in client.get(path).text

    def test_say_what_an_official_wrote(self, client, prepare, official, jobs):
        vote = prepare()
        path = f"/wijken/oost/stemrondes/{vote.id}"
        client.log_in(official)
        assert "De brieven worden gemaakt als de stemronde opent." in client.get(f"{path}/brieven/").text
        written = {
            "help_desk": "het buurthuis",
            "phone_number": "14 0990",
            "return_address": "",
            "colour": "#a2391f",
            "window": "left",
        }
        wrong = client.post(f"{path}/brieven/briefhoofd", {**written, "colour": "rood", "help_desk": ""})
        assert (wrong.status_code, "Vul dit in." in wrong.text) == (400, True)
        assert client.post(f"{path}/brieven/briefhoofd", written).status_code == 303
        vote.open()
        jobs.run_once()
        letter = " ".join(pages(client.post(f"{path}/brieven/1/pdf").content)[0].split())
        assert "Kom naar het buurthuis. Of bel 14 0990." in letter
        assert "Retour" not in letter


class TestANewCodeAtTheDesk:
    def test_is_shown_once(self, client, vote, official, path):
        client.log_in(official)
        found = client.post(f"{path}/nieuwe-code/pseudoniem", {"pseudonym": PSEUDONYM})
        (person,) = re.findall(r'type="radio"[^>]* value="([^"]+)"', found.text)
        handed = client.post(f"{path}/nieuwe-code/balie", {"person_id": person})
        (code,) = set(re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", handed.text))
        vote.cast(code, "1")
        again = client.post(f"{path}/nieuwe-code/balie", {"person_id": person})
        assert again.status_code == 422
        assert "Meld dat een ander heeft gestemd" in again.text
        assert client.post(f"{path}/gestolen", {"person_id": person}).status_code == 303
        client.log_out()
        assert "Zo vaak is gemeld" in client.get(path).text
        api = f"/api/v1/neighbourhoods/oost/rounds/{vote.id}/stolen-codes"
        assert client.get(api).json() == {"roundId": str(vote.id), "reportedCount": 1}

    def test_is_for_somebody_whom_the_register_calls_so(self, client, official, path):
        client.log_in(official)
        found = client.post(f"{path}/nieuwe-code/pseudoniem", {"pseudonym": PSEUDONYM})
        assert found.text.count('type="radio"') == 1
        assert "Er is niemand gevonden." in client.post(f"{path}/nieuwe-code/pseudoniem", {"pseudonym": "x"}).text


class TestMyOwnCode:
    def test_comes_by_mail_to_my_own_address_only(self, client, desk, vote, path):
        (me,) = people.settle(desk, "oost", 1)
        client.log_in(me)
        assert "Liever per e-mail?" in client.get(f"{path}/mijn-stem").text
        refused = client.post(f"{path}/nieuwe-code/mail", {"email_address": "iemand@wijk.example"})
        assert refused.status_code == 422
        assert "Dit is niet het e-mailadres waarmee je inlogt." in refused.text

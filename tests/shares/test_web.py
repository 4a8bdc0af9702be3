# SPDX-License-Identifier: EUPL-1.2
"""Who sees which shares: everybody the totals, each their own, the council and the auditor the names."""

import pytest

from tests import worlds
from tests.identity.people import load
from tests.shares.conftest import EVERYBODY, HELD
from wijkbudget.kit.actor import Role

BASE = "/wijken/oost/wijkaandelen"
API = "/api/v1/neighbourhoods/oost/shares"
MANY = [f"q-{number};Buur {number:03};9901BA;{number};;1980;2025-06-0{1 + number % 9}" for number in range(1, 60)]


@pytest.fixture(name="full")
def reviewed(wijk):
    """Return Meerwijk after its first review."""
    wijk.review()
    return wijk


class TestTheTotals:
    @pytest.mark.usefixtures("full")
    def test_are_for_everybody(self, client):
        told = client.get(API).json()
        assert (told["holderCount"], told["shareCount"]) == (5, 10)
        assert told["byReason"] == [
            {"reason": "resident", "shareCount": 5},
            {"reason": "year_of_residence", "shareCount": 5},
        ]
        page = client.get(BASE).text
        assert "Een wijkaandeel kost niets. Niemand kan het kopen, aan een ander verkopen of weggeven." in page
        assert "Verordening wijkbudgetten Meerwijk 2024, art. 13" in page
        assert "Mijn wijkaandelen" not in page

    @pytest.mark.usefixtures("full")
    def test_hide_how_many_people_hold_a_number_that_few_hold(self, client):
        assert client.get(API).json()["byNumber"] == []
        assert "minder dan 10 mensen" in client.get(BASE).text

    def test_show_it_when_ten_or_more_hold_each_number(self, client, wijk):
        load(wijk.desk, *MANY, is_full=True)
        wijk.review()
        assert client.get(API).json()["byNumber"] == [{"shareCount": 1, "holderCount": 59}]
        assert "minder dan 10 mensen" not in client.get(BASE).text

    def test_are_nothing_where_nothing_was_granted(self, client, wijk):
        assert client.get(API).json()["holderCount"] == 0
        assert client.get(BASE).status_code == 200
        assert client.get("/wijken/nergens/wijkaandelen").status_code == 404


class TestMyOwn:
    def test_are_shown_with_their_reasons(self, client, full):
        client.log_in(full.resident("p-1"))
        shares = client.get(f"{API}/me").json()["shares"]
        assert [(share["reason"], share["year"], share["grantedOn"], share["policyVersion"]) for share in shares] == [
            ("resident", 0, "2026-03-02", 1),
            ("year_of_residence", 1, "2026-03-02", 1),
            ("year_of_residence", 2, "2026-03-02", 1),
        ]
        page = client.get(f"{BASE}/mijn").text
        for said in ("Woont in de wijk", "Woont hier een heel jaar", "Woont hier 2 hele jaren", "2 maart 2026"):
            assert said in page
        assert "Jouw wijkaandelen" in page

    def test_can_be_none_yet(self, client, full):
        client.log_in(full.resident("p-4"))
        assert client.get(f"{API}/me").json()["shares"] == []
        assert "Je hebt nog geen wijkaandeel." in client.get(f"{BASE}/mijn").text

    def test_are_behind_a_door_for_a_guest(self, client, full):
        assert client.get(f"{BASE}/mijn").status_code == 403
        assert client.get(f"{API}/me").status_code == 403

    def test_stand_one_step_from_the_front_page_of_the_neighbourhood(self, client, full):
        client.log_in(full.resident("p-1"))
        for path in ("/wijken/oost", "/mijn", BASE):
            assert f'href="{BASE}/mijn"' in client.get(path).text


class TestTheRegister:
    def test_shows_names_and_reasons_to_those_who_answer_for_it_and_to_no_others_in_office(self, client, full):
        staff = worlds.staff(full.desk, "oost")
        for role, person in staff.items():
            client.log_in(person)
            answer, page = client.get(f"{API}/register"), client.get(f"{BASE}/register")
            if role in {Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, Role.AUDITOR}:
                told = answer.json()["holders"]
                assert {holder["person"]["name"]: len(holder["shares"]) for holder in told} == HELD
                assert "Woont in de wijk (versie 1); Woont hier een heel jaar (versie 1)" in page.text
            else:
                assert (role, answer.status_code, page.status_code) == (role, 403, 403)
                assert "Anna Bos" not in page.text

    def test_is_closed_to_residents(self, client, full):
        client.log_in(full.resident("p-1"))
        assert client.get(f"{BASE}/register").status_code == 403
        assert "Wie wijkaandelen heeft" not in client.get(BASE).text

    def test_comes_in_pages_by_name(self, client, wijk):
        load(wijk.desk, *EVERYBODY, *MANY)
        wijk.review()
        client.log_in(worlds.staff(wijk.desk, "oost")[Role.AUDITOR])
        first, second = (client.get(f"{API}/register?page={number}").json() for number in (1, 2))
        assert (first["pageCount"], first["holderCount"], len(first["holders"])) == (2, 64, 50)
        names = [holder["person"]["name"] for told in (first, second) for holder in told["holders"]]
        assert names == sorted(names)
        assert len(set(names)) == 64
        assert client.get(f"{API}/register?page=99").json() == second
        page = client.get(f"{BASE}/register?bladzijde=2").text
        assert f'rel="prev" href="{BASE}/register?bladzijde=1"' in page
        assert 'rel="next"' not in page

    def test_asks_for_a_page_by_its_number(self, client, full):
        client.log_in(worlds.staff(full.desk, "oost")[Role.AUDITOR])
        assert client.get(f"{API}/register?page=0").json()["page"] == 1
        assert client.get(f"{API}/register?page=two").status_code == 400
        assert client.get(f"{BASE}/register?bladzijde=twee").status_code == 400


class TestNothingCanBeSent:
    def test_sh4_to_any_address_of_shares(self, client, full):
        client.log_in(full.resident("p-1"))
        before = full.state()
        for path in ("", "/me", "/register"):
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                assert client.send(API + path, {"to": "p-2"}, method=method).status_code == 405
        assert full.state() == before


class TestHandingBack:
    def test_is_a_form_that_says_the_price_and_ends_in_a_payment(self, client, full):
        client.log_in(full.resident("p-1"))
        assert f'href="{BASE}/teruggeven"' in client.get(f"{BASE}/mijn").text
        assert "Verordening wijkbudgetten Meerwijk 2024, art. 13 lid 4" in client.get(f"{BASE}/teruggeven").text
        form = {"share_count": "2", "payee": "Anna Bos", "iban": "NL91ABNA0417164301"}
        wrong = client.post(f"{BASE}/teruggeven", form)
        assert (wrong.status_code, full.held()) == (400, HELD)
        assert "Dit rekeningnummer" in wrong.text
        done = client.post(f"{BASE}/teruggeven", {**form, "iban": "NL91 ABNA 0417 1643 00"})
        assert (done.status_code, full.held()) == (303, {**HELD, "Anna Bos": 1})
        own = client.get(f"{BASE}/mijn").text
        assert "wacht op de kassier" in own
        assert "€\xa05,00" in own
        row = client.get(f"{API}/me").json()["handedBack"][0]["id"]
        account = {"payee": "Anna Bos", "iban": "DE89370400440532013000"}
        assert client.post(f"{BASE}/teruggeven/{row}/rekening", account).status_code == 303
        assert "Je hebt geen wijkaandeel dat je kunt teruggeven." in client.get(f"{BASE}/teruggeven").text


class TestOneHolder:
    def test_is_looked_into_and_a_mistake_put_right_by_an_official(self, client, full):
        client.log_in(worlds.staff(full.desk, "oost")[Role.OFFICIAL])
        bram = f"{BASE}/register/{full.id_of('p-2')}"
        assert f'href="{bram}"' in client.get(f"{BASE}/register").text
        assert client.post(f"{bram}/opschorten", {"asked": "suspension", "reason": " "}).status_code == 400
        assert client.post(f"{bram}/opschorten", {"asked": "suspension", "reason": "Nakijken"}).status_code == 303
        assert "Deze wijkaandelen tellen nu niet mee" in client.get(bram).text
        assert "Ze tellen nu niet mee" in client.get(f"{BASE}/register").text
        assert client.post(f"{bram}/opheffen", {}).status_code == 303
        share = client.get(f"{API}/holders/{full.id_of('p-2')}").json()["shares"][1]["id"]
        mistake = {"asked": "correction", "share_id": share, "reason": "De datum klopte niet."}
        assert client.post(f"{bram}/rechtzetten", mistake).status_code == 303
        assert "Teruggenomen op 2 maart 2026: De datum klopte niet." in client.get(bram).text
        assert full.held() == {**HELD, "Bram Bos": 1}
        assert client.post(f"{bram}/wijkcontract", {"asked": "contract"}).status_code == 403
        client.log_in(full.resident("p-2"))
        assert "De datum klopte niet." in client.get(f"{BASE}/mijn").text

# SPDX-License-Identifier: EUPL-1.2
"""The public pages and the API, for somebody who is not logged in."""

import re
from uuid import uuid4

import pytest

from tests.reports.conftest import PLAN
from wijkbudget.ledger import chart
from wijkbudget.trail.queries import PAGE_LENGTH

HERE = "/wijken/oost/geld"
API = "/api/v1/neighbourhoods/oost"


def text_of(answer):
    """Return the words of a page, without tags, quotes and double spaces."""
    assert answer.status_code == 200, answer.text
    words = re.sub(r"<[^>]+>", " ", answer.text.replace("<wbr>", ""))
    return re.sub(r"\s+", " ", re.sub("[\u2018\u2019]", "", words))


class TestPots:
    def test_lead_to_each_year(self, year, client):
        answer = client.get(HERE)
        assert 'href="/wijken/oost/geld/2025"' in answer.text
        assert "€ 100.000,00 toegekend" in text_of(answer)

    def test_answer_machines_the_same(self, year, client):
        answer = client.get(f"{API}/money").json()
        assert [(pot["year"], pot["grantedCents"], pot["isWhole"]) for pot in answer] == [
            (2026, 10500000, True),
            (2025, 10000000, True),
        ]

    def test_are_not_there_for_an_unknown_neighbourhood(self, year, client):
        assert client.get("/wijken/noord/geld").status_code == 404


class TestMoney:
    def test_shows_every_part_and_the_sum(self, year, client):
        words = text_of(client.get(f"{HERE}/2025"))
        for part in (
            "Nog vrij € 98.493,00",
            "Gereserveerd € 7,00",
            "In wijkvouchers € 380,00",
            "Betaald € 120,00",
            "Terug naar de gemeente € 1.000,00",
            "Toegekend € 100.000,00",
            "Bij elkaar is dit precies wat er binnenkwam.",
        ):
            assert part in words

    def test_leads_from_a_plan_to_its_chain_and_its_transfers(self, year, client):
        page = client.get(f"{HERE}/2025").text
        assert f'href="/wijken/oost/initiatieven/{PLAN}/keten"' in page
        links = re.findall(r'href="(/wijken/oost/geld/2025/boekingen\?rekening=[^"]+)"', page)
        assert len(set(links)) == 7
        assert {client.get(link).status_code for link in links} == {200}

    def test_says_so_when_a_cent_is_gone(self, year, client):
        year.post(chart.pot("oost", 2025), chart.pot("oost", 2026), 1, "across")
        words = text_of(client.get(f"{HERE}/2025"))
        assert "Bij elkaar is dit niet wat er binnenkwam." in words
        assert "Bij elkaar is dit precies wat er binnenkwam." not in words

    def test_without_plans_says_so(self, year, client):
        assert "Er heeft nog geen plan geld gekregen." in text_of(client.get(f"{HERE}/2026"))

    def test_answers_machines_the_same(self, year, client):
        money = client.get(f"{API}/money/2025").json()
        assert [part["amountCents"] for part in money["pot"]["parts"]] == [9849300, 700, 38000, 12000, 100000]
        assert money["initiatives"][0] == {
            "planKind": "initiative",
            "initiativeId": PLAN,
            "title": "Speelplek",
            "grantedCents": 50000,
            "committedCents": 38000,
            "paidCents": 12000,
            "returnedCents": 0,
            "voucherAccount": year.voucher.address,
            "paidAccount": year.paid.address,
        }

    @pytest.mark.parametrize("path", ["1999", "99999999999999999999", "-1", "abc", "2025/boekingen"])
    def test_is_not_there_for_what_is_no_year(self, year, client, path):
        assert client.get(f"{HERE}/{path}").status_code == 404


class TestTransfers:
    def test_are_told_in_plain_words(self, year, client):
        words = text_of(client.get(f"{HERE}/2025/boekingen?rekening={year.voucher.address}"))
        assert "Boekingen: de wijkvoucher voor Speelplek" in words
        assert "het gereserveerde geld van 2025 de wijkvoucher voor Speelplek € 500,00" in words
        assert "de wijkvoucher voor Speelplek de betalingen voor Speelplek € 120,00" in words

    def test_lead_to_the_record_once_sealed(self, year, client):
        year.seal()
        page = client.get(f"{HERE}/2025/boekingen?rekening={year.paid.address}").text
        link = re.search(r'href="(/wijken/oost/logboek/[0-9a-f-]{36})"', page)[1]
        assert "€ 120,00 ging van de wijkvoucher voor Speelplek" in text_of(client.get(link))

    def test_answer_machines_the_same(self, year, client):
        moved = client.get(f"{API}/money/2025/transfers", params={"account": year.paid.address}).json()
        assert (moved["balanceCents"], moved["older"], moved["initiativeId"]) == (12000, None, PLAN)
        assert moved["moves"][0]["target"] == year.paid.address
        assert moved["moves"][0]["targetName"] == "de betalingen voor ‘Speelplek’"

    @pytest.mark.parametrize("account", ["time:oost:anna", "", "x" * 5000, "%00"])
    def test_of_anything_else_are_not_there(self, year, client, account):
        assert client.get(f"{HERE}/2025/boekingen", params={"rekening": account}).status_code == 404
        assert client.get(f"{API}/money/2025/transfers", params={"account": account}).status_code == 404


class TestRecord:
    def test_begins_empty(self, year, client):
        assert "Hier staat nog niets." in text_of(client.get("/wijken/oost/logboek"))

    def test_can_be_read_to_its_first_entry(self, year, client):
        year.seal()
        for number in range(PAGE_LENGTH):
            year.post(chart.pot("oost", 2025), chart.reserved("oost", 2025), 1, f"more {number}")
        year.seal()
        first = client.get("/wijken/oost/logboek")
        older = re.search(r'href="(\?voor=\d+)"', first.text)[1]
        second = client.get(f"/wijken/oost/logboek{older}")
        assert "toegekend voor 2025" in text_of(second)
        assert "Ouder" not in text_of(second)
        lines = re.findall(r'href="/wijken/oost/logboek/([0-9a-f-]{36})"', first.text + second.text)
        assert len(lines) == len(set(lines)) > PAGE_LENGTH

    def test_answers_machines_the_same(self, year, client):
        year.seal()
        lines = client.get(f"{API}/trail").json()["lines"]
        assert lines[0]["position"] > lines[-1]["position"]
        assert client.get(f"{API}/trail", params={"before": lines[-1]["position"]}).json() == {
            "lines": [],
            "older": None,
        }

    @pytest.mark.parametrize(("before", "status"), [("abc", 400), (2**80, 200), (-(2**80), 200)])
    def test_survives_any_page(self, year, client, before, status):
        assert client.get("/wijken/oost/logboek", params={"voor": before}).status_code == status
        assert client.get(f"{API}/trail", params={"before": before}).status_code == status


class TestLine:
    def test_shows_the_proof(self, year, client):
        year.seal()
        line = client.get(f"{API}/trail").json()["lines"][0]
        proof = client.get(f"{API}/trail/{line['id']}/proof").json()
        words = text_of(client.get(f"/wijken/oost/logboek/{line['id']}"))
        assert proof["line"] == line
        for hashed in (proof["leaf"], *proof["proof"], proof["checkpoint"]["root"], proof["checkpoint"]["signature"]):
            assert hashed in words

    def test_is_not_there_when_unknown(self, year, client):
        year.seal()
        assert client.get(f"/wijken/oost/logboek/{uuid4()}").status_code == 404
        assert client.get(f"{API}/trail/{uuid4()}/proof").status_code == 404


class TestCheckpoint:
    def test_is_the_newest_and_leads_to_every_neighbourhood(self, year, client):
        year.seal()
        seal = client.get("/api/v1/checkpoint").json()
        answer = client.get("/logboek")
        assert seal["root"] in text_of(answer)
        assert 'href="/wijken/oost/logboek"' in answer.text
        assert 'href="/wijken/west/logboek"' in answer.text

    def test_is_not_there_before_the_first_seal(self, year, client):
        assert client.get("/api/v1/checkpoint").json() is None
        assert "Er is nog niets verzegeld." in text_of(client.get("/logboek"))


class TestWhatThisHouseIs:
    @pytest.mark.parametrize(
        ("path", "words"),
        [
            ("/uitleg", "Hoe een wijkjaar werkt"),
            ("/privacy", "Nooit je burgerservicenummer."),
            ("/toegankelijkheid", "Ze werken zonder JavaScript."),
        ],
    )
    def test_is_told_in_dutch(self, year, client, path, words):
        assert words in text_of(client.get(path))

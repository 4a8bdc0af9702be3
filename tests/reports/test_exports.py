# SPDX-License-Identifier: EUPL-1.2
"""The files that everybody can take along: every transfer of a year, and the sealed record."""

import csv
import hashlib
import io
import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import insert

from tests.reports.conftest import HOUSE, PLAN
from wijkbudget.kit.actor import GUEST
from wijkbudget.kit.canonical import canonical
from wijkbudget.ledger import chart
from wijkbudget.ledger.events import Transferred
from wijkbudget.ledger.models import LedgerTransfer
from wijkbudget.reports import queries
from wijkbudget.trail.work import Work, verb

API = "/api/v1/neighbourhoods/oost/exports"


@verb(HOUSE)
def post_many(work: Work, place: str, count: int) -> None:
    """Write so many transfers at once, and one entry for all of them."""
    rows = [
        {
            "id": work.new_id(),
            "at": work.now,
            "place": place,
            "source": chart.pot(place, 2025).address,
            "target": chart.reserved(place, 2025).address,
            "unit": "cent",
            "amount": 1,
            "reference": f"many {number:06}",
        }
        for number in range(count)
    ]
    work.session.connection().execute(insert(LedgerTransfer), rows)
    work.record(Transferred(place=place, subject="many", source="", target="", unit="cent", amount=count))


def spending(year):
    return list(year.desk.by(GUEST).rows(queries.export, "oost", "spending", 2025))


def read_csv(answer):
    """Return the rows of a file, each by the names of its columns."""
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


class TestSpending:
    def test_is_every_transfer_of_the_year(self, year):
        pot = chart.pot("oost", 2025).address
        assert {(row.source, row.target, row.amount_cents, str(row.amount_euros)) for row in spending(year)} == {
            (chart.MUNICIPALITY.address, pot, 100_000_00, "100000.00"),
            (pot, chart.reserved("oost", 2025).address, 500_00, "500.00"),
            (pot, chart.reserved("oost", 2025).address, 7_00, "7.00"),
            (chart.reserved("oost", 2025).address, year.voucher.address, 500_00, "500.00"),
            (year.voucher.address, year.paid.address, 120_00, "120.00"),
            (pot, chart.MUNICIPALITY.address, 1_000_00, "1000.00"),
        }

    def test_adds_up_to_what_the_page_shows(self, year):
        shown = {part.part: part.amount_cents for part in year.desk.ask(queries.money, "oost", 2025).pot.parts}
        rows = spending(year)

        def holds(prefix):
            into = sum(row.amount_cents for row in rows if row.target.startswith(prefix))
            return into - sum(row.amount_cents for row in rows if row.source.startswith(prefix))

        assert shown == {
            "free": holds("pot:"),
            "reserved": holds("reserved:"),
            "committed": holds("voucher:"),
            "paid": holds("external:paid:"),
            "returned": 1_000_00,
        }

    def test_says_which_plan_money_was_for(self, year):
        rows = {row.reference: row for row in spending(year)}
        assert (rows["payout"].initiative_id, rows["payout"].initiative) == (PLAN, "Speelplek")
        assert rows["payout"].voucher_id == year.voucher_id
        assert (rows["reserve"].initiative, rows["reserve"].voucher_id) == (None, None)

    def test_names_the_entry_of_the_record_once_sealed(self, year):
        assert {row.entry_id for row in spending(year)} == {None}
        year.seal()
        told = {str(line.id): line.subject for line in year.desk.ask(queries.record, "oost").lines}
        assert all(told[str(row.entry_id)] == row.reference for row in spending(year))

    def test_of_another_year_or_neighbourhood_is_apart(self, year):
        other = list(year.desk.rows(queries.export, "oost", "spending", 2026))
        west = list(year.desk.rows(queries.export, "west", "spending", 2025))
        assert {row.target for row in other} == {"pot:oost:2026"}
        assert {row.target for row in west} == {"pot:west:2025"}

    def test_of_20_000_transfers_is_never_held_whole(self, year):
        year.desk.act(post_many, "oost", 20_000)
        rows = year.desk.by(GUEST).rows(queries.export, "oost", "spending", 2025)
        for _each in range(600):
            next(rows)
        before, most, count = _memory_bytes(), 0, 600
        for _row in rows:
            count += 1
            most = max(most, _memory_bytes()) if count % 500 == 0 else most
        assert count == 20_006
        assert most - before < 8_000_000


def _memory_bytes():
    """Return how much memory this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class TestTrail:
    def test_lets_anybody_make_every_leaf_again(self, year, client):
        year.seal()
        rows = read_csv(client.get(f"{API}/trail?format=csv"))
        assert rows
        for row in rows:
            at = datetime.fromisoformat(row["at"]).isoformat()
            text = canonical(
                [row["entryId"], at, row["kind"], row["place"], row["subject"], row["facts"], row["hiddenHash"]]
            )
            assert hashlib.sha256(b"\x00" + text).hexdigest() == row["leaf"]

    def test_lets_the_same_be_done_from_json(self, year, client):
        year.seal()
        for row in client.get(f"{API}/trail").json():
            at = datetime.fromisoformat(row["at"]).isoformat()
            facts = canonical(row["facts"]).decode()
            text = canonical([row["entryId"], at, row["kind"], row["place"], row["subject"], facts, row["hiddenHash"]])
            assert hashlib.sha256(b"\x00" + text).hexdigest() == row["leaf"]

    def test_is_in_the_order_of_the_log_and_of_this_neighbourhood_only(self, year, client):
        year.seal()
        rows = client.get(f"{API}/trail").json()
        positions = [row["position"] for row in rows]
        assert positions == sorted(set(positions))
        assert {row["place"] for row in rows} == {"oost"}

    def test_has_nothing_before_the_first_seal(self, year, client):
        assert client.get(f"{API}/trail").text == "[]\n"


class TestAFile:
    @pytest.mark.parametrize(
        ("asked", "accept", "told"),
        [
            ("spending?year=2025", "*/*", ("oost-spending-2025.json", "application/json")),
            ("spending?year=2025", "text/csv", ("oost-spending-2025.csv", "text/csv; header=present; charset=utf-8")),
            ("spending?year=2025&format=json", "text/csv", ("oost-spending-2025.json", "application/json")),
            ("trail?format=csv", "*/*", ("oost-trail.csv", "text/csv; header=present; charset=utf-8")),
            ("trail", "image/png", ("oost-trail.json", "application/json")),
        ],
    )
    def test_is_written_as_was_asked(self, year, client, asked, accept, told):
        answer = client.get(f"{API}/{asked}", headers={"Accept": accept})
        name, media_type = told
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
        assert answer.headers["content-type"] == media_type
        assert answer.headers["api-version"] == "1.0.0"

    @pytest.mark.parametrize(
        ("asked", "told"),
        [
            ("nothing", (404, "ExportNotFound", [])),
            ("spending", (400, "YearMissing", ["year"])),
            ("spending?year=1999", (404, "YearNotFound", [])),
            ("trail?year=2025", (400, "YearMissing", ["year"])),
            ("spending?year=2025&format=xlsx", (400, "FormatUnknown", ["format"])),
            ("spending?year=2025&format=", (400, "FormatUnknown", ["format"])),
        ],
    )
    def test_is_refused_before_it_begins(self, year, client, asked, told):
        answer = client.get(f"{API}/{asked}")
        wrong = [error["parameter"] for error in answer.json().get("errors", [])]
        assert (answer.status_code, answer.json()["refusal"], wrong) == told

    def test_of_an_unknown_neighbourhood_is_not_there(self, year, client):
        assert client.get("/api/v1/neighbourhoods/noord/exports/trail").status_code == 404

    def test_has_a_link_on_the_pages(self, year, client):
        year.seal()
        for page, asked in (("geld/2025", "spending?year=2025&format="), ("logboek", "trail?format=")):
            links = [f"{API}/{asked}{key}" for key in ("csv", "json")]
            text = client.get(f"/wijken/oost/{page}").text.replace("&amp;", "&")
            assert [link for link in links if f'href="{link}"' not in text] == []
            assert {client.get(link).status_code for link in links} == {200}

    def test_without_a_formula_holds_what_somebody_typed(self, year, client):
        year.post(chart.pot("oost", 2025), chart.reserved("oost", 2025), 1, "=1+1")
        references = [row["reference"] for row in read_csv(client.get(f"{API}/spending?year=2025&format=csv"))]
        assert "'=1+1" in references
        assert "=1+1" not in references
        assert "=1+1" in [row["reference"] for row in json.loads(client.get(f"{API}/spending?year=2025").text)]

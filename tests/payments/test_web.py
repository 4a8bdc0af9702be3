# SPDX-License-Identifier: EUPL-1.2
"""The page and the API make the same calls: put together, release, send, read the statement, explain."""

import base64
import re
from html import unescape
from uuid import UUID

import pytest

from tests.payments.conftest import Treasury, faults, filed, named, out
from wijkbudget.identity import queries as identity
from wijkbudget.identity import service as register
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Role
from wijkbudget.payments.rules import PayoutState


def words(answer) -> str:
    """Return the words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


@pytest.fixture
def people(treasury: Treasury):
    """Return people with a role in the whole municipality."""
    made = {
        role: treasury.desk.act(register.appoint, AddPerson(name=f"Iemand met {role}", role=role)).person.id
        for role in (Role.CASHIER, Role.OFFICIAL, Role.AUDITOR, Role.ADMINISTRATOR)
    }
    return {role: treasury.desk.ask(identity.actor, UUID(person_id)) for role, person_id in made.items()}


class TestPages:
    def test_walk_from_what_waits_to_what_does_not_match(self, client, treasury, people):
        payout = treasury.order("1", 12_500)
        client.log_in(people[Role.CASHIER])
        assert "€ 125,00 – Tuincentrum & Zn. “De Linde”" in words(client.get("/betalingen"))
        assert client.post("/betalingen/opdrachten", {}).status_code == 400
        drafted = client.post("/betalingen/opdrachten", {"payouts": [str(payout.id)]})
        page = drafted.headers["location"]
        assert (drafted.status_code, "wacht op vrijgeven" in words(client.get(page))) == (303, True)
        assert client.post(f"{page}/vrijgeven").status_code == 403
        client.log_in(people[Role.OFFICIAL])
        assert "Heb je alle betalingen bekeken?" in words(client.get(page))
        assert client.post(f"{page}/vrijgeven").status_code == 303
        assert client.get(f"{page}/bestand").status_code == 403
        client.log_in(people[Role.CASHIER])
        file = client.get(f"{page}/bestand")
        assert (file.headers["cache-control"], file.content[:5]) == ("no-store", b"<?xml")
        assert "attachment" in file.headers["content-disposition"]
        assert client.post(f"{page}/verstuurd").status_code == 303
        made = treasury.bank.statement(out(12_500, named(payout)), out(1_250, None))
        content = base64.b64decode(filed(made).statement)
        sent = client.post("/betalingen/afschriften", files={"statement": ("mt.xml", content, "text/xml")})
        assert sent.status_code == 303
        seen = words(client.get(sent.headers["location"]))
        assert ("1 van 2" in seen, "Er ging geld af, en deze betaling kennen we niet." in seen) == (True, True)
        [line] = re.findall(r"/betalingen/afschriften/regels/[0-9a-f-]+", client.get("/betalingen").text)
        assert client.post(line, {"reason": ""}).status_code == 400
        assert client.post(line, {"reason": "De kosten van de bank."}).status_code == 303
        assert "Alle regels van de bank zijn verklaard." in words(client.get("/betalingen"))
        assert treasury.payout(payout).state is PayoutState.PAID
        assert treasury.desk.ask(faults) == []

    def test_show_a_file_that_cannot_be_read_with_the_form(self, client, treasury, people):
        client.log_in(people[Role.CASHIER])
        sent = client.post("/betalingen/afschriften", files={"statement": ("mt.xml", b"<a/>", "text/xml")})
        assert (sent.status_code, "Vraag je bank om camt.053." in words(sent)) == (400, True)

    def test_let_the_administrator_name_the_account(self, client, treasury, people):
        client.log_in(people[Role.ADMINISTRATOR])
        assert "NL91 ABNA 0417 1643 00" in words(client.get("/betalingen/bankrekening"))
        told = {"holder": "Gemeente", "iban": "DE89370400440532013000", "decided_by": "Besluit 1"}
        assert client.post("/betalingen/bankrekening", {**told, "iban": "NL00"}).status_code == 400
        assert client.post("/betalingen/bankrekening", told).status_code == 303
        client.log_in(people[Role.CASHIER])
        assert client.post("/betalingen/bankrekening", told).status_code == 403


class TestApi:
    def test_walks_the_same_way(self, client, treasury, people):
        payout = treasury.order("1", 12_500)
        client.log_in(people[Role.CASHIER])
        batch = client.send("/api/v1/payment-batches", {"payouts": [str(payout.id)]}).json()
        path = f"/api/v1/payment-batches/{batch['id']}"
        assert (batch["state"], batch["totalCents"], batch["mayRelease"]) == ("drafted", 12_500, False)
        client.log_in(people[Role.OFFICIAL])
        assert client.send(f"{path}/release").json()["state"] == "released"
        client.log_in(people[Role.CASHIER])
        assert client.get(f"{path}/pain.001.xml").headers["content-type"] == "application/xml"
        assert client.send(f"{path}/sending").json()["state"] == "sent"
        made = treasury.bank.statement(out(12_500, named(payout)), out(1_250, None))
        [seen] = client.send("/api/v1/bank-statements", filed(made).model_dump()).json()
        assert (seen["matchedCount"], seen["openCount"]) == (1, 1)
        [line] = client.get("/api/v1/bank-differences").json()
        settled = client.send(f"/api/v1/bank-differences/{line['id']}/settlement", {"reason": "Kosten."}).json()
        assert (settled["difference"], settled["settledReason"]) == ("unknown_reference", "Kosten.")
        assert client.get(path).json()["state"] == "booked"
        client.log_in(people[Role.AUDITOR])
        assert client.get("/api/v1/payment-batches").json()[0]["paymentCount"] == 1

# SPDX-License-Identifier: EUPL-1.2
"""The page and the API make the same calls: claim, approve, pay, account, settle."""

import base64
import re
from html import unescape

import pytest

from tests.vouchers.conftest import IBAN, faults, issue, png
from wijkbudget.kit.actor import Role
from wijkbudget.payments import queries as payments
from wijkbudget.vouchers import queries
from wijkbudget.vouchers.claims import queries as claims_queries
from wijkbudget.vouchers.claims.rules import ClaimState
from wijkbudget.vouchers.rules import VoucherState

FIELDS = {
    "amount_cents": "125,00",
    "kind": "receipt",
    "lines.0.category": "materials",
    "supplier": "Tuincentrum De Linde",
    "number": "2026-1",
    "bought_on": "2026-03-02",
    "payee": "A. Bewoner",
    "iban": "NL91 ABNA 0417 1643 00",
}
FILE = {"receipt": ("evil.html", png(1), "text/html")}


def words(answer):
    """Return the words of a page, without its tags."""
    text = re.sub(r"<[^>]+>", " ", answer.text)
    return re.sub(r"\s+", " ", unescape(text)).replace("\xa0", " ")


@pytest.fixture
def page(group):
    return f"/wijken/oost/wijkvouchers/{group.voucher_id}"


@pytest.fixture
def api(group):
    return f"/api/v1/neighbourhoods/oost/vouchers/{group.voucher_id}"


def first_claim(group):
    return group.desk.by(group.anna).ask(claims_queries.claims, "oost", group.voucher_id)[0]


class TestPages:
    def test_walk_from_claim_to_settlement(self, client, group, page):
        client.log_in(group.anna)
        assert "Geld declareren" in words(client.get(page))
        assert "Foto of PDF van de bon" in words(client.get(f"{page}/declaraties/nieuw?kind=receipt"))
        sent = client.post(f"{page}/declaraties/nieuw", FIELDS, files=FILE)
        assert (sent.status_code, sent.headers["location"]) == (303, page)
        claim = first_claim(group)
        assert (claim.amount_cents, claim.details.iban, claim.state) == (12_500, IBAN, ClaimState.FILED)
        claim_page = f"/wijken/oost/declaraties/{claim.id}"
        for role in (Role.COUNCIL, Role.OFFICIAL):
            client.log_in(group.staff[role])
            assert "Bekijk de declaratie die op jou wacht" in words(client.get(page))
            assert "Goedkeuren" in words(client.get(claim_page))
            assert client.post(f"{claim_page}/goedkeuring").status_code == 303
            assert "Bekijk de declaratie die op jou wacht" not in words(client.get(page))
        client.log_in(group.staff[Role.CASHIER])
        assert "Nog te betalen € 125,00" in words(client.get("/wijken/oost/betalingen"))
        payout = group.desk.by(group.staff[Role.CASHIER]).ask(payments.payouts, "oost")[0]
        assert "Dit is betaald" in words(client.get(f"/wijken/oost/betalingen/{payout.id}"))
        assert client.post(f"/wijken/oost/betalingen/{payout.id}", {"bank_reference": "2026-7"}).status_code == 303
        assert "2026-7" in words(client.get(f"/wijken/oost/betalingen/{payout.id}"))
        client.log_in(group.bart)
        told = {"done": "We planted berries.", "finished_on": "2026-03-02"}
        assert "€ 125,00" in words(client.get(f"{page}/verantwoording"))
        assert client.post(f"{page}/verantwoording", told).status_code == 303
        client.log_in(group.staff[Role.CHAIR])
        assert "Wijkvoucher vaststellen" in words(client.get(page))
        assert client.post(f"{page}/vaststelling").status_code == 303
        client.log_out()
        seen = words(client.get(page))
        assert "We planted berries." in seen
        assert "Terug in de wijkpot € 875,00" in seen
        assert group.desk.ask(faults) == []

    def test_show_a_guest_amounts_and_no_names(self, client, group, page):
        claim = group.claim()
        for path in ("/wijken/oost/wijkvouchers", page, f"/wijken/oost/declaraties/{claim.id}"):
            seen = client.get(path)
            assert seen.status_code == 200
            for hidden in ("De Linde", "A. Bewoner", IBAN, "Goedkeuren", "Geld declareren"):
                assert hidden not in words(seen)
        assert "Materiaal" in words(client.get(f"/wijken/oost/declaraties/{claim.id}"))

    def test_show_a_wrong_form_again_with_what_was_typed(self, client, group, page):
        client.log_in(group.anna)
        wrong = {**FIELDS, "amount_cents": "veel", "iban": "NL00"}
        seen = client.post(f"{page}/declaraties/nieuw", wrong, files=FILE)
        assert seen.status_code == 400
        assert "Tuincentrum De Linde" in seen.text
        assert group.desk.by(group.anna).ask(claims_queries.claims, "oost", group.voucher_id) == []

    def test_name_the_article_of_a_refusal(self, client, group, page):
        client.log_in(group.anna)
        seen = client.post(f"{page}/declaraties/nieuw", {**FIELDS, "amount_cents": "1.000,01"}, files=FILE)
        assert seen.status_code == 422
        assert "Verordening wijkbudgetten Meerwijk 2024, art. 11" in words(seen)
        assert "€ 1.000,00" in words(seen)

    def test_ask_for_a_receipt(self, client, group, page):
        client.log_in(group.anna)
        seen = client.post(f"{page}/declaraties/nieuw", FIELDS, files={"receipt": ("", b"", "application/pdf")})
        assert (seen.status_code, "Vul dit in." in words(seen)) == (400, True)

    def test_refuse_a_claim_with_a_reason(self, client, group):
        claim = group.claim()
        client.log_in(group.staff[Role.COUNCIL])
        refusal = f"/wijken/oost/declaraties/{claim.id}/afwijzing"
        assert client.post(refusal, {"reason": " "}).status_code == 400
        assert client.post(refusal, {"reason": "De foto is onscherp."}).status_code == 303
        client.log_in(group.anna)
        assert "De foto is onscherp." in words(client.get(f"/wijken/oost/declaraties/{claim.id}"))

    def test_say_why_somebody_may_not(self, client, group, page):
        client.log_in(group.outsider)
        assert "Alleen de groep" in words(client.get(f"{page}/declaraties/nieuw"))
        seen = client.post(f"{page}/declaraties/nieuw", FIELDS, files=FILE)
        assert seen.status_code == 403

    def test_find_a_voucher_by_its_code(self, client, group, page):
        code = group.desk.by(group.anna).ask(queries.voucher, "oost", group.voucher_id).code
        found = client.get("/wijken/oost/wijkvouchers/zoeken", params={"code": code})
        assert (found.status_code, found.headers["location"]) == (303, page)
        missed = client.get("/wijken/oost/wijkvouchers/zoeken", params={"code": "nope"})
        assert (missed.status_code, "Geen wijkvoucher" in words(missed)) == (404, True)

    def test_are_not_there_in_another_neighbourhood(self, client, group):
        assert client.get(f"/wijken/west/wijkvouchers/{group.voucher_id}").status_code == 404
        assert client.get(f"/wijken/west/declaraties/{group.claim().id}").status_code == 404

    def test_of_payments_are_closed_to_others(self, client, group):
        group.approve(group.claim().id)
        assert client.get("/wijken/oost/betalingen").status_code == 403
        client.log_in(group.anna)
        assert client.get("/wijken/oost/betalingen").status_code == 403


class TestReceipt:
    @pytest.mark.parametrize(
        "path", ["/wijken/oost/declaraties/{}/bon", "/api/v1/neighbourhoods/oost/claims/{}/receipt"]
    )
    def test_comes_as_a_file_that_can_do_nothing(self, client, group, path):
        claim = group.claim()
        client.log_in(group.staff[Role.OFFICIAL])
        file = client.get(path.format(claim.id))
        assert (file.status_code, file.content) == (200, png(1))
        assert file.headers["content-type"] == "image/png"
        assert file.headers["content-security-policy"] == "sandbox"
        assert file.headers["x-content-type-options"] == "nosniff"
        assert file.headers["content-disposition"].startswith('attachment; filename="2026-03-02-')

    def test_is_closed_to_others(self, client, group):
        claim = group.claim()
        assert client.get(f"/wijken/oost/declaraties/{claim.id}/bon").status_code == 403
        client.log_in(group.outsider)
        assert client.get(f"/wijken/oost/declaraties/{claim.id}/bon").status_code == 403


class TestApi:
    def body(self, **changed):
        receipt = base64.b64encode(png(1)).decode()
        lines = [{"category": "materials", "vat": "21"}]
        told = {"amountCents": 12_500, "boughtOn": FIELDS["bought_on"], "lines": lines, "receipt": receipt}
        kept = {name: value for name, value in FIELDS.items() if "_" not in name and "." not in name}
        return {**kept, **told, **changed}

    def test_walks_from_claim_to_settlement(self, client, group, api):
        client.log_in(group.anna)
        assert client.get(f"{api}/conditions").json()["accountWithinDays"] == 28
        claim = client.send(f"{api}/claims", self.body()).json()
        assert (claim["amountCents"], claim["state"], claim["category"]) == (12_500, "filed", "materials")
        for role in (Role.COUNCIL, Role.OFFICIAL):
            client.log_in(group.staff[role])
            approved = client.send(f"/api/v1/neighbourhoods/oost/claims/{claim['id']}/approvals", {}).json()
        assert (approved["state"], approved["approvalCount"]) == ("approved", 2)
        client.log_in(group.staff[Role.CASHIER])
        [payout] = client.get("/api/v1/neighbourhoods/oost/payouts").json()
        payment = f"/api/v1/neighbourhoods/oost/payouts/{payout['id']}/payment"
        assert client.send(payment, {"bankReference": "2026-7"}).json()["state"] == "paid"
        client.log_in(group.anna)
        told = {"done": "We planted berries.", "finishedOn": "2026-03-02"}
        assert client.send(f"{api}/account", told).json()["state"] == "accounted"
        client.log_in(group.staff[Role.COUNCIL])
        settled = client.send(f"{api}/settlement").json()
        assert (settled["state"], settled["returnedCents"]) == ("settled", 87_500)
        assert group.desk.ask(queries.voucher, "oost", group.voucher_id).state is VoucherState.SETTLED

    def test_takes_no_number_for_an_amount_that_is_none(self, client, group, api):
        client.log_in(group.anna)
        for wrong in (True, "12500", 125.0, 0, -1, 2**63):
            assert client.send(f"{api}/claims", self.body(amountCents=wrong)).status_code == 400
        assert group.desk.by(group.anna).ask(claims_queries.claims, "oost", group.voucher_id) == []

    def test_needs_an_idempotency_key_and_answers_it_once(self, client, group, api):
        client.log_in(group.anna)
        first, second = (client.send(f"{api}/claims", self.body(), key="one").json() for _time in range(2))
        assert first == second
        assert len(client.get(f"{api}/claims").json()) == 1

    def test_says_why_a_receipt_is_refused(self, client, group, api):
        group.claim(1)
        client.log_in(group.bart)
        refused = client.send(f"{api}/claims", self.body())
        assert (refused.status_code, refused.json()["refusal"]) == (409, "ReceiptUsed")
        broken = client.send(f"{api}/claims", self.body(receipt="bm8gcGljdHVyZQ=="))
        assert (broken.status_code, [error["pointer"] for error in broken.json()["errors"]]) == (400, ["#/receipt"])

    def test_lists_the_vouchers_of_one_neighbourhood(self, client, group):
        group.desk.act(issue, "west", "Kas", [group.anna.id], 10_000)
        here = "/api/v1/neighbourhoods/{}/vouchers"
        assert [[seen["title"] for seen in client.get(here.format(place)).json()] for place in ("oost", "west")] == [
            ["Pluktuin"],
            ["Kas"],
        ]

    def test_lets_nobody_of_the_group_refuse(self, client, group):
        claim = group.claim()
        client.log_in(group.anna)
        refusal = client.send(f"/api/v1/neighbourhoods/oost/claims/{claim.id}/refusal", {"reason": "No."})
        assert refusal.status_code == 403
        assert first_claim(group).state is ClaimState.FILED


class TestTheCard:
    def test_is_printed_by_its_group_and_a_lost_code_finds_nothing_any_more(self, client, group, page, api):
        client.log_in(group.bart)
        code = client.get(f"{api}/card").json()["code"]
        assert f"{page}/kaart" in client.get(page).text
        shown = client.get(f"{page}/kaart")
        assert (code in words(shown), "data:image/svg+xml" in shown.text) == (True, True)
        sent = client.post(f"{page}/kaart")
        assert (sent.status_code, sent.headers["location"]) == (303, f"{page}/kaart")
        again = client.get(f"{api}/card").json()["code"]
        assert (again != code, again in words(client.get(page)), group.desk.ask(faults)) == (True, True, [])
        found = [
            client.get("/api/v1/neighbourhoods/oost/vouchers/found", params={"code": each}) for each in (code, again)
        ]
        assert [answer.status_code for answer in found] == [404, 200]

    def test_is_for_its_group_and_the_desk(self, client, group, page, api):
        client.log_in(group.staff[Role.OFFICIAL])
        assert client.send(f"{api}/code").json()["title"] == "Pluktuin"
        for other in (group.outsider, group.staff[Role.CASHIER]):
            client.log_in(other)
            assert (client.get(f"{page}/kaart").status_code, client.post(f"{page}/kaart").status_code) == (403, 403)

# SPDX-License-Identifier: EUPL-1.2
"""Resident vouchers on a phone without an account, logged in, over the API and at the desk."""

import re
from html import unescape

from tests.vouchers.cheques.conftest import proof
from tests.vouchers.conftest import state
from wijkbudget.kit.actor import Role
from wijkbudget.trail.tries import TRIES_MAX

PAGE = "/wijken/oost/bewonerscheques"
API = "/api/v1/neighbourhoods/oost/resident-vouchers"
NOBODY = "0000-0000-0000-0000"


def words(answer) -> str:
    """Return the words of a page, without its tags."""
    text = re.sub(r"<[^>]+>", " ", answer.text)
    return re.sub(r"\s+", " ", unescape(text)).replace("\xa0", " ")


def fields(cheques, amount: str, **more: str) -> dict[str, str]:
    """Return the form that gives the one plan an amount."""
    return {"pledges.0.voucher_id": str(cheques.plan), "pledges.0.amount_cents": amount, **more}


class TestPages:
    def test_let_somebody_with_a_card_divide_without_an_account(self, cheques, client):
        code = cheques.code(cheques.group.anna)
        asked = client.post(PAGE, {"code": code})
        assert (asked.status_code, "Je hebt € 10,00 om over plannen te verdelen." in words(asked)) == (200, True)
        kept = client.post(f"{PAGE}/verdelen", fields(cheques, "7,50", code=code))
        assert kept.status_code == 200
        assert "Pluktuin € 7,50" in words(kept)
        assert "Over; dat gaat terug naar de wijkpot € 2,50" in words(kept)
        assert code.replace("-", "") not in kept.text + str(kept.headers)
        assert cheques.own(cheques.group.anna).pledged_cents == 750
        assert 'value="7,50"' in client.post(PAGE, {"code": code}).text

    def test_say_what_is_wrong_beside_what_was_filled_in(self, cheques, client):
        code, before = cheques.code(cheques.group.anna), cheques.desk.ask(state)
        refused = client.post(f"{PAGE}/verdelen", fields(cheques, "10,01", code=code))
        assert refused.status_code == 422
        assert "Je verdeelt € 10,01, en je hebt € 10,00. Geef ergens minder." in words(refused)
        assert 'value="10,01"' in refused.text
        assert cheques.desk.ask(state) == before

    def test_ask_once_more_for_a_code_that_finds_nothing(self, cheques, client):
        typed = {
            "0000-0000-0000-0001": (400, "Er zit een typefout in deze code."),
            NOBODY: (403, "Deze code werkt hier niet."),
            "": (400, "Vul dit in."),
        }
        for code, (status, sentence) in typed.items():
            answer = client.post(PAGE, {"code": code})
            assert (answer.status_code, sentence in words(answer)) == (status, True)

    def test_make_a_machine_wait_that_tries_codes(self, cheques, client):
        answers = [client.post(PAGE, {"code": NOBODY}).status_code for _try in range(TRIES_MAX)]
        assert answers == [403] * TRIES_MAX
        assert client.post(PAGE, {"code": cheques.code(cheques.group.anna)}).status_code == 429

    def test_let_a_resident_divide_without_the_code(self, cheques, client):
        client.log_in(cheques.group.anna)
        assert client.post(f"{PAGE}/mijn", fields(cheques, "4")).status_code == 303
        assert "Verdeeld € 4,00" in words(client.get(f"{PAGE}/mijn"))

    def test_let_an_official_issue_and_help_at_the_desk(self, group, client):
        client.log_in(group.staff[Role.OFFICIAL])
        issued = {"value_cents": "5", "last_on": "2026-03-20", "decision": "Wijkraad, 2 maart"}
        assert client.post(f"{PAGE}/uitgeven", issued).status_code == 303
        assert "Wijkraad, 2 maart" in words(client.get(PAGE))
        handed = client.post(f"{PAGE}/balie/nieuwe-code", {"person_id": group.anna.id})
        assert (handed.status_code, "€ 5,00" in words(handed)) == (200, True)
        stopped = {"person_id": group.anna.id, "reason": "Op verzoek."}
        assert client.post(f"{PAGE}/balie/stoppen", stopped).status_code == 303
        assert client.post(f"{PAGE}/balie/nieuwe-code", {"person_id": group.anna.id}).status_code == 422
        assert group.desk.ask(proof) == []


class TestApi:
    def test_makes_the_same_calls(self, group, client):
        client.log_in(group.staff[Role.OFFICIAL])
        issued = client.send(API, {"valueCents": 500, "lastOn": "2026-03-20", "decision": "Wijkraad, 2 maart"})
        assert (issued.status_code, issued.json()["valueCents"]) == (201, 500)
        handed = client.send(f"{API}/codes", {"personId": group.anna.id})
        assert (handed.status_code, handed.json()["valueCents"]) == (201, 500)
        client.log_out()
        code = {"code": handed.json()["code"]}
        assert client.send(f"{API}/found", code).json()["leftCents"] == 500
        pledges = [{"voucherId": str(group.voucher_id), "amountCents": 200}]
        assert client.send(f"{API}/pledges", {**code, "pledges": pledges}).json()["leftCents"] == 300
        client.log_in(group.anna)
        assert client.get(f"{API}/own").json()["pledgedCents"] == 200
        assert client.send(f"{API}/own/pledges", {"pledges": []}).json()["leftCents"] == 500
        assert client.get(API).json()["open"]["usedCount"] is None

# SPDX-License-Identifier: EUPL-1.2
"""Rewards on pages and over the API: choosing on a phone, giving at a desk, and offering."""

import re
from html import unescape

from tests.vouchers.conftest import IBAN, state
from tests.vouchers.rewards.conftest import LAST_ON, lunch, proof, ticket
from wijkbudget.kit.actor import Role
from wijkbudget.trail.tries import TRIES_MAX

PAGE = "/wijken/oost/beloningen"
API = "/api/v1/neighbourhoods/oost/rewards"


def words(answer) -> str:
    """Return the words of a page, without its tags."""
    text = re.sub(r"<[^>]+>", " ", answer.text)
    return re.sub(r"\s+", " ", unescape(text)).replace("\xa0", " ")


class TestPages:
    def test_let_somebody_choose_and_fetch_it_at_the_desk(self, rewards, client):
        offer = rewards.offer(ticket())
        assert "Klussen voor één keuze 2" in words(client.get(PAGE))
        client.log_in(rewards.anna)
        assert "Kies ‘Kaartje voor het zwembad’" in words(client.get(f"{PAGE}/mijn"))
        assert client.post(f"{PAGE}/aanbod/{offer.id}/kiezen").status_code == 303
        (reward,) = rewards.own().rewards
        assert reward.code in client.get(f"{PAGE}/mijn").text
        card = client.get(f"{PAGE}/mijn/{reward.id}")
        assert (reward.code in card.text, "data:image/svg+xml" in card.text) == (True, True)
        client.log_in(rewards.staff[Role.GUIDE])
        found = client.post(f"{PAGE}/inwisselen", {"code": reward.code})
        assert (found.status_code, "Kaartje voor het zwembad" in words(found)) == (200, True)
        assert reward.code not in str(found.headers)
        assert client.post(f"{PAGE}/inwisselen/geven", {"code": reward.code}).status_code == 303
        again = client.post(f"{PAGE}/inwisselen/geven", {"code": reward.code})
        assert (again.status_code, "Dat kan maar één keer." in words(again)) == (409, True)
        client.log_in(rewards.anna)
        assert "Deze beloning is opgehaald." in words(client.get(f"{PAGE}/mijn/{reward.id}"))
        assert rewards.desk.ask(proof) == []

    def test_show_in_public_what_a_sponsor_gave(self, rewards, client):
        rewards.choose(rewards.offer(ticket()))
        given = re.search(r"boekingen\?rekening=(clearing[^\"]+)", client.get("/wijken/oost/geld/2026").text)
        moved = words(client.get(f"/wijken/oost/geld/2026/boekingen?rekening={given[1]}"))
        assert ("€ 6,00" in moved, "wie bewoners een beloning geeft" in moved.lower()) == (True, True)

    def test_say_how_many_tasks_are_still_needed(self, rewards, client):
        offer = rewards.offer(ticket())
        client.log_in(rewards.cees)
        assert "Nog één klus, en dan mag je iets kiezen." in words(client.get(f"{PAGE}/mijn"))
        before = rewards.desk.ask(state)
        refused = client.post(f"{PAGE}/aanbod/{offer.id}/kiezen")
        assert (refused.status_code, "Je hebt 1 van de 2 klussen af" in words(refused)) == (422, True)
        assert rewards.desk.ask(state) == before

    def test_let_the_cashier_offer_something_and_stop_it(self, rewards, client):
        client.log_in(rewards.staff[Role.CASHIER])
        filled_in = {
            **lunch().model_dump(mode="json", exclude_none=True),
            "value_cents": "12,50",
            "stock_count": "",
            "organisation_id": "",
        }
        refused = client.post(f"{PAGE}/aanbod", filled_in)
        assert (refused.status_code, "Vul in hoeveel er zijn." in words(refused)) == (400, True)
        assert client.post(f"{PAGE}/aanbod", {**filled_in, "stock_count": "4"}).status_code == 303
        (offer,) = rewards.catalogue()
        assert (offer.left_count, offer.value_cents) == (4, 1_250)
        account = f"{PAGE}/aanbod/{offer.id}/rekening"
        wrong = client.post(account, {"payee": "Lunchroom", "iban": "NL00"})
        assert (wrong.status_code, wrong.text.count('href="#iban"'), wrong.text.count('id="iban"')) == (400, 1, 1)
        assert client.post(account, {"payee": "Lunchroom", "iban": IBAN}).status_code == 303
        assert client.post(f"{PAGE}/aanbod/{offer.id}/sluiten").status_code == 303
        assert "gestopt" in words(client.get(f"{PAGE}/aanbod"))

    def test_make_somebody_wait_who_tries_codes(self, rewards, client):
        client.log_in(rewards.staff[Role.GUIDE])
        wrong = {"code": "0000-0000-0000-0000"}
        answers = [client.post(f"{PAGE}/inwisselen", wrong).status_code for _try in range(TRIES_MAX)]
        assert answers == [403] * TRIES_MAX
        code = rewards.choose(rewards.offer(ticket())).code
        assert client.post(f"{PAGE}/inwisselen", {"code": code}).status_code == 429


class TestApi:
    def test_makes_the_same_calls(self, rewards, client):
        client.log_in(rewards.staff[Role.CASHIER])
        body = {
            "title": "Lunch",
            "explanation": "Soep en brood.",
            "sponsor": "Lunchroom Oost",
            "spot": "Kastanjelaan 1",
            "valueCents": 1_250,
            "payer": "pot",
            "stockCount": 2,
            "lastOn": LAST_ON.isoformat(),
            "payee": "Lunchroom Oost",
            "iban": IBAN,
            "decision": "De wijkraad, 10 maart",
        }
        opened = client.send(f"{API}/offers", body)
        assert (opened.status_code, opened.json()["leftCount"]) == (201, 2)
        offer = f"{API}/offers/{opened.json()['id']}"
        client.log_in(rewards.anna)
        assert client.get(f"{API}/own").json()["missingCount"] == 0
        chosen = client.send(f"{offer}/choices")
        assert (chosen.status_code, chosen.json()["state"]) == (201, "chosen")
        code = {"code": chosen.json()["code"]}
        client.log_in(rewards.staff[Role.GUIDE])
        assert client.send(f"{API}/found", code).json()["name"]
        assert client.send(f"{API}/redemptions", code).json()["state"] == "redeemed"
        assert client.send(f"{API}/redemptions", code).status_code == 409
        client.log_in(rewards.staff[Role.CHAIR])
        assert client.send(f"{offer}/account", {"payee": "Lunchroom", "iban": IBAN}).json()["mayChangeReceiver"]
        assert client.send(f"{offer}/closing").json()["state"] == "closed"
        assert client.get(f"{API}/offers").json()["offers"][0]["redeemedCount"] == 1

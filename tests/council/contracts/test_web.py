# SPDX-License-Identifier: EUPL-1.2
"""The neighbourhood contract on pages and over the API, from the first text to an answer."""

import re
from html import unescape

from tests.council.contracts.conftest import BENCHES, COUNCIL, HELP, MUNICIPALITY, TENANTS, WALKS, faults
from wijkbudget.council.contracts.rules import PromiseState
from wijkbudget.kit.actor import Role

PAGE = "/wijken/oost/wijkcontract"
API = "/api/v1/neighbourhoods/oost/contracts"


def words(answer) -> str:
    """Return the words of a page, without its tags."""
    text = re.sub(r"<[^>]+>", " ", answer.text)
    return re.sub(r"\s+", " ", unescape(text)).replace("\xa0", " ")


class TestPages:
    def test_let_everybody_see_what_was_promised_and_became_of_it(self, contracts, client, clock):
        contracts.settle(WALKS)
        clock.forward(days=31)
        assert "Nagekomen: 1 van 1 (100%)" in words(client.get(PAGE))
        shown = words(client.get(f"{PAGE}/{contracts.contract_id}"))
        assert all(word in shown for word in (TENANTS, BENCHES, "€ 8.000,00 (gemeentebegroting)", "1 van 1 (100%)"))
        of_walks = words(client.get(f"{PAGE}/afspraken/{contracts.promise(WALKS).id}"))
        assert f"{MUNICIPALITY} zegt dat ook." in of_walks
        assert not any(actor.id in shown + of_walks for actor in (contracts.tenant, *contracts.hands.staff.values()))

    def test_let_the_chair_write_and_the_parties_agree(self, contracts, client):
        client.log_in(contracts.hands.staff[Role.CHAIR])
        assert client.post(PAGE, {"year": "2031"}).status_code == 400
        begun = client.post(PAGE, {"year": "2027", "review_on": "2027-06-01"})
        text = begun.headers["location"]
        here = text.removesuffix("/tekst")
        council = re.search(rf'value="([^"]+)"[^>]*>{COUNCIL}<', client.get(text).text)[1]
        missing = client.post(f"{here}/afspraken", {"asked": "promise", "party_id": council})
        assert (missing.status_code, missing.text.count('href="#due_on"')) == (400, 1)
        both = {"asked": "promise", "party_id": council, "what": "Een feest", "due_on": "2027-05-01"}
        assert client.post(f"{here}/afspraken", {**both, "promised_minutes": "40:00"}).status_code == 303
        assert client.post(f"{here}/partijen", {"asked": "party", "name": "School"}).status_code == 303
        shown = client.get(here)
        assert ("40 uur" in words(shown), f"Akkoord namens {COUNCIL}" in words(shown)) == (True, True)
        agree = re.search(r'action="([^"]+/akkoord)"', shown.text)[1]
        edition = re.search(r'name="edition" value="(\d+)"', shown.text)[1]
        assert client.post(agree, {"edition": edition}).status_code == 303
        assert client.post(agree, {"edition": edition}).status_code == 409

    def test_let_parties_say_what_became_of_a_promise(self, contracts, client):
        here = f"{PAGE}/afspraken/{contracts.promise(HELP).id}"
        client.log_in(contracts.tenant)
        unfilled = client.post(f"{here}/stand", {"asked": "report", "says": "kept"})
        assert (unfilled.status_code, unfilled.text.count('href="#explanation"')) == (400, 1)
        assert (
            client.post(f"{here}/stand", {"asked": "report", "says": "kept", "explanation": "Ja."}).status_code == 303
        )
        hours = {"asked": "hours", "given_on": "2026-03-02", "given_minutes": "2:30"}
        assert client.post(f"{here}/uren", hours).status_code == 303
        client.log_in(contracts.hands.staff[Role.CHAIR])
        council = str(contracts.party(COUNCIL).id)
        silent = client.post(f"{here}/antwoord", {"asked": "answer", "party_id": council, "answer": "differs"})
        assert (silent.status_code, "Schrijf op wat er anders is." in words(silent)) == (400, True)
        assert (
            client.post(f"{here}/antwoord", {"asked": "answer", "party_id": council, "answer": "agrees"}).status_code
            == 303
        )
        answer = re.search(r'action="([^"]+/uren/[^"]+/antwoord)"', client.get(here).text)[1]
        assert client.post(answer, {"party_id": council, "answer": "agrees"}).status_code == 303
        assert "2 uur en 30 minuten" in words(client.get(here))
        assert contracts.promise(HELP).state is PromiseState.KEPT
        assert contracts.desk.ask(faults) == []

    def test_let_the_chair_change_review_and_close_it(self, contracts, client, clock):
        here = f"{PAGE}/{contracts.contract_id}"
        client.log_in(contracts.hands.staff[Role.CHAIR])
        empty = client.post(f"{here}/wijziging", {"asked": "change"})
        assert (empty.status_code, empty.text.count('href="#why"')) == (400, 1)
        assert client.post(f"{here}/wijziging", {"asked": "change", "why": "Anders."}).status_code == 303
        walks = f"{PAGE}/afspraken/{contracts.promise(WALKS).id}"
        assert client.post(f"{walks}/schrappen", {"asked": "drop", "reason": "Geen tijd."}).status_code == 303
        assert "eruit als alle partijen akkoord zijn" in words(client.get(walks))
        assert client.post(f"{here}/wijziging/intrekken").status_code == 303
        assert client.post(f"{here}/sluiten").status_code == 422
        clock.forward(days=305)
        client.log_in(contracts.hands.staff[Role.CHAIR])
        review = {"asked": "review", "held_on": "2026-12-10", "report": "Het liep stroef."}
        assert client.post(f"{here}/overleg", {**review, "held_on": "2028-01-01"}).status_code == 400
        assert client.post(f"{here}/overleg", review).status_code == 303
        assert client.post(f"{here}/sluiten").status_code == 303
        assert "0 van 4 (0%)" in words(client.get(here))


class TestApi:
    def test_makes_the_same_calls(self, contracts, client):
        client.log_in(contracts.hands.staff[Role.CHAIR])
        made = client.send(API, {"year": 2027})
        assert (made.status_code, made.json()["state"]) == (201, "drafted")
        here = f"{API}/{made.json()['id']}"
        party = next(each["id"] for each in made.json()["parties"] if each["kind"] == "council")
        assert client.send(f"{here}/parties", {"organisationId": str(contracts.organisation_id)}).status_code == 201
        promise = {"partyId": party, "what": "Een feest", "dueOn": "2027-05-01", "promisedMinutes": 600}
        written = client.send(f"{here}/promises", promise).json()
        assert client.send(f"{here}/promises", {**promise, "promisedCents": 100}).status_code == 400
        agreed = client.send(f"{API}/parties/{party}/agreement", {"edition": written["versions"][0]["edition"]})
        assert sorted(str(each["hasAgreed"]) for each in agreed.json()["parties"]) == ["False", "False", "True"]
        dropped = f"{API}/promises/{written['promises'][0]['id']}/dropping"
        assert client.send(dropped, {"reason": "Toch niet."}).json()["promises"] == []
        of_2026 = f"{API}/{contracts.contract_id}"
        assert client.send(f"{of_2026}/changes", {"why": "Anders."}).json()["mayWithdraw"]
        assert client.send(f"{of_2026}/changes/withdrawal").json()["mayOpen"]
        assert client.send(f"{of_2026}/reviews", {"heldOn": "2026-03-01", "report": "Goed."}).status_code == 201
        assert client.send(f"{of_2026}/closing").status_code == 422
        client.log_in(contracts.tenant)
        help_ = f"{API}/promises/{contracts.promise(HELP).id}"
        logged = client.send(f"{help_}/hours", {"givenOn": "2026-03-02", "givenMinutes": 90})
        assert client.send(f"{help_}/reports", {"says": "partly_kept", "explanation": "Half."}).status_code == 201
        client.log_in(contracts.hands.staff[Role.OFFICIAL])
        for_us = {"partyId": str(contracts.party(MUNICIPALITY).id), "answer": "agrees"}
        hours = f"{API}/hours/{logged.json()['hours'][0]['id']}/answers"
        assert client.send(hours, for_us).json()["promise"]["givenMinutes"] == 90
        assert client.send(f"{help_}/answers", for_us).json()["promise"]["state"] == "partly_kept"
        assert client.get(help_).json()["reports"][0]["answer"] == "agrees"
        assert [each["year"] for each in client.get(API).json()["contracts"]] == [2027, 2026]
        assert client.get(of_2026).json()["count"]["promiseCount"] == 4

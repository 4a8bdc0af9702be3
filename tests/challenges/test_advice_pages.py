# SPDX-License-Identifier: EUPL-1.2
"""The pages of the sheet, of aid that was received, and of the advice of the council make the calls of the API."""

from tests.challenges.histories import brought
from tests.challenges.test_web import PAGES, words
from wijkbudget.challenges.rules.states import Move
from wijkbudget.kit.actor import Role


class TestThePages:
    def test_bring_a_bid_from_the_sheet_to_the_advice(self, client, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET)
        here, sheet = f"{PAGES}/{case.id}", f"{PAGES}/{case.id}/proefblad"
        client.log_in(hood.staff[Role.OFFICIAL])
        assert 'value="8000,00"' in client.get(sheet).text
        told = {"form": "subsidy", "kind": "services", "base_cents": "216.000", "is_undertaking": "yes"}
        wrong = client.post(sheet, told)
        assert (wrong.status_code, 'value="216.000"' in wrong.text) == (400, True)
        assert client.post(sheet, {**told, "reason": "Drie jaar."}).status_code == 303
        assert "Dat haalt de drempel van" in words(client.get(sheet))
        client.log_in(hood.anna)
        aid = {"received.0.giver": "Fonds", "received.0.amount_cents": "1.000"}
        missing = client.post(f"{here}/steun-ontvangen", aid)
        assert (missing.status_code, "Vul dit in." in words(missing)) == (400, True)
        assert client.post(f"{here}/steun-ontvangen", {**aid, "received.0.granted_on": "2025-01-01"}).status_code == 303
        assert "Samen blijft het binnen wat mag" in words(client.get(sheet))
        assert 'value="1000,00"' in client.get(f"{here}/steun-ontvangen").text

    def test_show_what_waits_for_the_council_and_what_it_said(self, client, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE)
        here = f"{PAGES}/{case.id}"
        client.log_in(hood.staff[Role.CHAIR])
        assert "Wat wacht op jullie advies" in words(client.get("/wijken/oost/wijkraad"))
        assert "Wij maaien zelf" in words(client.get(f"{PAGES}/adviezen"))
        assert client.get(f"{here}/advies").status_code == 200
        told = {"stance": "negative", "motivation": "Te klein.", "decided_on": "2026-03-02"}
        assert client.post(f"{here}/advies", told).status_code == 422
        chair = hood.staff[Role.CHAIR].id
        assert client.post(f"{here}/advies", {**told, "for_": [chair, hood.staff[Role.COUNCIL].id]}).status_code == 303
        client.log_out()
        seen = words(client.get(here))
        assert ("gaf de wijkraad dit advies: niet doen." in seen, "Te klein." in seen) == (True, True)
        record = words(client.get(f"/wijken/oost/logboek/uitdagingen/{case.id}"))
        assert "De wijkraad gaf advies over een uitdaging." in record
        assert "Wij maaien zelf" in words(client.get("/wijken/oost/logboek/uitdagingen"))

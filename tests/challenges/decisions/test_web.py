# SPDX-License-Identifier: EUPL-1.2
"""The page and the API make the same calls: decide, read the letter, take it, say when it was sent, read the list."""

from tests.challenges.histories import DRIVERS, brought
from tests.challenges.histories_advice import advise
from tests.challenges.test_web import words
from wijkbudget.challenges.rules.states import Move
from wijkbudget.kit.actor import Role

PAGES, API = "/wijken/oost/uitdagingen", "/api/v1/neighbourhoods/oost"
PARTLY = {
    "part": "Alleen het gras",
    "granted_cents": "5.000",
    "grounds": ["W07"],
    "reason": "De vijver blijft bij de gemeente.",
    "legal_character": "subsidy",
}


class TestDeciding:
    def test_goes_from_the_bid_to_the_letter(self, client, hood, ready_bid):
        here = f"{PAGES}/{ready_bid.id}"
        client.log_in(hood.decider)
        assert "Beslis over deze uitdaging" in words(client.get(here))
        choices = words(client.get(f"{here}/besluit"))
        assert ("Wijs de uitdaging toe" in choices, "Wijs de uitdaging af" in choices) == (True, False)
        form = client.get(f"{here}/besluit/deels-toewijzen")
        assert 'value="subsidy" checked' in form.text
        assert ("De wijkraad adviseerde: doen." in words(form), "Je beslist anders." in form.text) == (True, False)
        wrong = client.post(f"{here}/besluit/deels-toewijzen", {**PARTLY, "grounds": []})
        assert (wrong.status_code, "Alleen het gras" in wrong.text) == (400, True)
        assert client.get(f"{here}/besluit/elders").status_code == 404
        sent = client.post(f"{here}/besluit/deels-toewijzen", PARTLY)
        assert sent.headers["location"] == f"{here}/brieven"
        assert "Jullie mogen een deel van de taak overnemen" in words(client.get(f"{here}/brieven"))
        assert "Dit kan nu niet." in words(client.get(f"{here}/besluit/deels-toewijzen"))
        client.log_in(hood.anna)
        number = client.get(f"{API}/challenges/{ready_bid.id}/decisions").json()[0]["number"]
        letter = words(client.get(f"{here}/brieven/{number}"))
        for said in (
            "Jullie mogen dit deel van de taak overnemen: Alleen het gras.",
            "Het mag de gemeente ten hoogste € 5.000,00 per jaar kosten.",
            "De vijver blijft bij de gemeente.",
            "Schrijf een bezwaarschrift aan het college van burgemeester en wethouders van Meerwijk.",
            "De brief is nog niet verstuurd.",
        ):
            assert said in letter
        assert client.post(f"{here}/brieven/{number}/ontvangst").status_code == 303
        assert "Bezwaar maken kan tot en met" in words(client.get(f"{here}/brieven/{number}"))
        assert "Bezwaar maken kan tot en met" in words(client.get(here))

    def test_a_no_after_a_yes_of_the_council_asks_why(self, client, hood):
        case = brought(hood, Move.TAKE_ON, Move.MEET, Move.ASK_ADVICE)
        advise(hood, case.id)
        DRIVERS[Move.INTEND_REFUSAL](case)
        client.log_in(hood.decider)
        form = words(client.get(f"{PAGES}/{case.id}/besluit/afwijzen"))
        assert "De wijkraad adviseerde: doen." in form
        assert "Je beslist anders. Leg bij de redenen uit waarom" in form

    def test_a_no_begins_with_what_the_group_was_told(self, client, hood, meant_bid):
        here = f"{PAGES}/{meant_bid.id}"
        hood.clock.forward(days=15)
        client.log_in(hood.decider)
        form = client.get(f"{here}/besluit/afwijzen").text
        assert ('value="W06" checked' in form, 'value="W05"' in form) == (True, False)
        assert "Het is duurder en niet beter.</textarea>" in form
        answer = {"grounds": ["W06"], "reason": "Het is duurder.", "legal_character": "private_law"}
        assert client.post(f"{here}/besluit/afwijzen", answer).status_code == 303
        number = client.get(f"{API}/challenges/{meant_bid.id}/decisions").json()[0]["number"]
        client.log_in(hood.staff[Role.OFFICIAL])
        late = client.post(f"{here}/brieven/{number}/bekendmaken", {"known_on": "2099-01-01", "way": "sent"})
        assert (late.status_code, "Deze dag is nog niet geweest." in words(late)) == (400, True)
        day = hood.clock().date().isoformat()
        sent = client.post(f"{here}/brieven/{number}/bekendmaken", {"known_on": day, "way": "sent"})
        assert sent.status_code == 303
        assert "Tegen dit besluit is geen bezwaar mogelijk." in words(client.get(f"{here}/brieven/{number}"))

    def test_is_the_same_by_the_api(self, client, hood, ready_bid):
        here = f"{API}/challenges/{ready_bid.id}"
        client.log_in(hood.decider)
        awarded = client.send(f"{here}/award", {"reason": "Goed plan."}).json()
        assert awarded["state"] == "awarded"
        [decision] = client.get(f"{here}/decisions").json()
        assert (decision["grantedCents"], decision["legalCharacter"]) == (800_000, "subsidy")
        letters = client.get(f"{here}/letters").json()
        letter = client.get(f"{here}/letters/{letters[0]['number']}").json()
        assert (letter["number"], letter["subject"]) == (decision["number"], "Jullie mogen de taak overnemen")
        day = {"knownOn": hood.clock().date().isoformat(), "way": "handed_over"}
        known = client.send(f"{here}/decisions/{decision['number']}/publication", day).json()
        assert (known["knownWay"], known["mayMakeKnown"]) == ("handed_over", False)
        client.log_in(hood.anna)
        assert client.send(f"{here}/decisions/{decision['number']}/collection", None).status_code == 409


class TestTheList:
    def test_is_public_on_a_page_by_the_api_and_as_a_file(self, client, hood, meant_bid):
        DRIVERS[Move.REFUSE](meant_bid)
        seen = words(client.get(f"{PAGES}/besluiten"))
        assert "Wij maaien zelf" in seen
        assert "Afgewezen Het college" in seen
        assert "Duurder dan nu" in seen
        [line] = client.get(f"{API}/challenge-decisions").json()["lines"]
        assert (line["outcome"], line["grounds"]) == ("refuse", [{"ground": "W06", "name": "Duurder dan nu"}])
        file = client.get(f"{PAGES}/besluiten/csv?jaar=2026")
        assert file.text.splitlines()[1:] == [
            f"{line['decidedOn']},Gras maaien in het Lindenpark,Wij maaien zelf,refuse,executive,W06"
        ]
        assert "Besluiten over uitdagingen" in words(client.get(PAGES))

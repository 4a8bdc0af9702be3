# SPDX-License-Identifier: EUPL-1.2
"""The pages and the API make the same calls: report, look back, answer, last longer, end, hand over and close."""

from datetime import timedelta

from tests.challenges import histories_reviews as made
from tests.challenges.histories_reviews import course
from tests.challenges.test_web import words
from wijkbudget.challenges.reviews.rules.ends import Handover
from wijkbudget.challenges.rules.states import State
from wijkbudget.kit.period import day_of

API = "/api/v1/neighbourhoods/oost/challenges"
REPORT = {
    "results.0.number": "1",
    "results.0.measured": "18 keer gemaaid",
    "results.0.reached": "partly",
    "worked_minutes": "40:00",
    "spent_cents": "350",
    "words": "Het ging goed.",
}


def page_of(case):
    return f"/wijken/oost/uitdagingen/{case.id}"


class TestThePages:
    def test_show_a_report_from_its_form_to_the_public(self, client, hood, case):
        here, last = page_of(case), course(case).ends_on
        client.log_in(hood.anna)
        assert "Dit kan nu niet." in words(client.get(f"{here}/verloop/bewoners/verslag"))
        case.wait_until(last)
        client.log_in(hood.anna)
        assert "Schrijf het verslag" in words(client.get(here))
        assert "Afgesproken: Keren gemaaid – 20 keer per jaar" in words(client.get(f"{here}/verloop/bewoners/verslag"))
        empty = client.post(
            f"{here}/verloop/bewoners/verslag", {**REPORT, "report_on": str(last), "results.0.measured": ""}
        )
        assert (empty.status_code, 'href="#results.0.measured"' in empty.text) == (400, True)
        sent = client.post(f"{here}/verloop/bewoners/verslag", {**REPORT, "report_on": str(last)})
        assert (sent.status_code, sent.headers["location"]) == (303, f"{here}/verloop")
        client.log_out()
        seen = words(client.get(f"{here}/verloop"))
        assert "Gewerkte uren 40 uur" in seen
        assert "Uitgegeven € 350,00" in seen
        assert "18 keer gemaaid" in seen

    def test_let_both_sides_and_a_neighbour_look_back(self, client, hood, case):
        here = page_of(case)
        client.log_in(case.official)
        assert client.post(f"{here}/stap/terugblikken", {"reason": ""}).status_code == 422
        assert client.post(f"{here}/stap/terugblikken", {"reason": "Er is gevraagd hoe het gaat."}).status_code == 303
        assert "Een plaatje om op te hangen" in words(client.get(f"{here}/verloop"))
        assert client.post(f"{here}/verloop/bevinding", {"words": "Het park is schoon."}).status_code == 303
        client.log_out()
        assert f"/inloggen?naar={here}/verloop/bewoners/vragen" in client.get(f"{here}/verloop/bewoners/vragen").text
        client.log_in(hood.carla)
        assert "Beantwoord drie vragen" in words(client.get(here))
        assert "Wordt de wijk er beter van?" in words(client.get(f"{here}/verloop/bewoners/vragen"))
        answers = {"done_well": "yes", "noticed": "partly", "go_on": "yes"}
        assert client.post(f"{here}/verloop/bewoners/vragen", {"done_well": "yes"}).status_code == 400
        assert client.post(f"{here}/verloop/bewoners/vragen", answers).status_code == 303
        assert "Dank je wel. Je antwoorden tellen mee" in words(client.get(f"{here}/verloop"))
        twice = client.post(f"{here}/verloop/bewoners/vragen", answers)
        assert (twice.status_code, "Je hebt al geantwoord." in words(twice)) == (409, True)
        made.found(case)
        client.log_in(case.official)
        assert client.post(f"{here}/stap/doorgaan", {"reason": "Wij gaan door."}).status_code == 303
        seen = words(client.get(f"{here}/verloop"))
        assert "Te weinig bewoners gaven antwoord om te laten zien wat zij vinden." in seen
        assert "De groep vindt Het gras is kort." in seen

    def test_end_early_hand_over_and_publish_what_was_learnt(self, client, hood, case):
        here, today = page_of(case), day_of(hood.clock())
        client.log_in(hood.anna)
        soon = client.post(f"{here}/verloop/bewoners/teruggeven", {"from_on": str(today), "reason": "Te zwaar."})
        assert (soon.status_code, 'href="#from_on"' in soon.text) == (400, True), words(soon)
        from_on = today + timedelta(days=30)
        assert (
            client.post(
                f"{here}/verloop/bewoners/teruggeven", {"from_on": str(from_on), "reason": "Zwaar."}
            ).status_code
            == 303
        )
        for thing in Handover:
            assert (
                client.post(f"{here}/verloop/overdracht", {"thing": thing, "words": "Naar Groen."}).status_code == 303
            )
        assert client.post(f"{here}/verloop/geleerd", {"words": "woord " * 201}).status_code == 400
        assert client.post(f"{here}/verloop/geleerd", {"words": "Begin in maart."}).status_code == 303
        made.hand_over(case)
        client.log_in(case.official)
        assert "Sluit deze uitdaging af" in words(client.get(here))
        assert client.post(f"{here}/stap/sluiten", {}).status_code == 303
        client.log_out()
        seen = words(client.get(here))
        assert "Wat er geleerd is De groep Begin in maart." in seen
        assert "verantwoord en afgerekend" in words(client.get(f"{here}/verloop"))

    def test_are_not_there_without_an_agreement(self, client, hood):
        other = hood.submitted()
        assert client.get(f"/wijken/oost/uitdagingen/{other}/verloop").status_code == 404
        assert "Hoe het werk gaat" not in words(client.get(f"/wijken/oost/uitdagingen/{other}"))


class TestTheApi:
    def test_lets_the_work_stand_still_go_on_and_last_longer(self, client, hood, case):
        here, last = f"{API}/{case.id}", course(case).ends_on
        client.log_in(case.official)
        until = str(day_of(hood.clock()) + timedelta(days=7))
        seen = client.send(f"{here}/suspension", {"untilOn": until, "reason": "Water."}).json()
        assert (seen["state"], seen["standsStillUntil"]) == ("suspended", until)
        assert client.send(f"{here}/resumption", {"reason": ""}).json()["state"] == "in_progress"
        assert client.send(f"{here}/reviews", {"reason": "Nu al."}).json()["reviews"][0]["surveyIsOpen"] is True
        made.found(case)
        client.log_in(hood.decider)
        longer = str(last + timedelta(days=30))
        asked = {"untilOn": longer, "reportDays": [longer], "reason": "Het gaat goed."}
        assert client.send(f"{here}/extension", asked).json()["endsOn"] == longer
        client.log_out()
        assert client.get(f"{here}/course").json()["firstEndOn"] == str(last)

    def test_ends_hands_over_and_closes(self, client, hood, case):
        here, today = f"{API}/{case.id}", str(day_of(hood.clock()))
        client.log_in(hood.decider)
        asked = {"fromOn": today, "ground": "unsafe", "reason": "Gevaarlijk."}
        assert client.send(f"{here}/early-end", asked).json()["end"]["ground"] == "unsafe"
        client.log_in(case.official)
        keys = {"thing": "keys", "words": "Vier sleutels."}
        assert client.send(f"{here}/handovers", keys).json()["handovers"][0]["side"] == "case_worker"
        refusal = client.send(f"{here}/closing", {"reason": ""})
        assert (refusal.status_code, refusal.json()["refusal"]) == (422, "NotHandedOver")
        made.hand_over(case)
        assert client.send(f"{here}/closing", {"reason": ""}).json()["state"] == State.CLOSED

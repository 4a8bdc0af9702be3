# SPDX-License-Identifier: EUPL-1.2
"""The pages on which anybody checks a vote, as a browser meets them."""

import re

import pytest

from tests import worlds
from wijkbudget.kit.actor import Role
from wijkbudget.voting import seed

CHOICES = [
    seed.Choice(count=12, voice_hundredths=100, options=["1"]),
    seed.Choice(count=5, voice_hundredths=100, options=["2", "4"]),
    seed.Choice(count=5, voice_hundredths=100, options=["3", "4"]),
]


def main_of(answer):
    return re.search(r"<main.*</main>", answer.text, re.DOTALL).group()


def here(vote):
    return f"/wijken/{vote.place}/stemrondes/{vote.id}"


@pytest.fixture
def receipts(vote):
    return seed.vote(vote.desk, vote.letters(), CHOICES)


@pytest.fixture
def official(desk, meerwijk):
    return worlds.staff(desk, "oost")[Role.OFFICIAL]


class TestFindingABallot:
    def test_works_with_the_receipt_as_somebody_types_it(self, client, vote, receipts):
        vote.close()
        asked = client.post(f"{here(vote)}/stembiljet", {"receipt": f" {receipts[0].lower().replace('-', '')} "})
        assert asked.status_code == 200
        assert "Dit stembiljet is geteld" in asked.text
        assert "Plan 1" in main_of(asked)
        assert receipts[0] in asked.text
        assert not [word for word in ("location", "set-cookie") if word in asked.headers]

    def test_does_not_look_who_asks(self, client, vote, receipts, official):
        vote.close()
        client.log_in(official)
        assert official.id not in client.get(f"{here(vote)}/stembiljet").text
        found = client.post(f"{here(vote)}/stembiljet", {"receipt": receipts[3], "csrf_token": ""})
        assert found.status_code == 200

    def test_says_when_there_is_none(self, client, vote, receipts):
        vote.close()
        for typed, status in (("AAAA-AAAA-AAAA", 404), ("", 400), ("x" * 50, 400), ("<script>", 404)):
            missed = client.post(f"{here(vote)}/stembiljet", {"receipt": typed})
            assert (typed, missed.status_code) == (typed, status)
            assert "<script>" not in main_of(missed)

    def test_is_not_there_before_the_close(self, client, vote, receipts):
        assert client.get(f"{here(vote)}/stembiljet").status_code == 404
        assert client.post(f"{here(vote)}/stembiljet", {"receipt": receipts[0]}).status_code == 404


class TestTheListOfBallots:
    def test_shows_a_page_and_never_all(self, client, vote, receipts):
        vote.close()
        for page in ("", "?pagina=1", "?pagina=99", "?pagina=-1"):
            shown = client.get(f"{here(vote)}/stembiljetten{page}").text
            assert sorted(receipts) == re.findall(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}", shown)
        assert client.get(f"{here(vote)}/stembiljetten?pagina=x").status_code == 400


class TestTheEveningOfTheCount:
    def test_turns_by_links_from_the_turnout_to_the_outcome(self, client, vote, receipts):
        assert client.get(f"{here(vote)}/telavond").status_code == 404
        vote.close()
        vote.count()
        seen, address = [], f"{here(vote)}/telavond"
        while address:
            answer = client.get(address)
            assert answer.status_code == 200
            seen.append(main_of(answer))
            following = re.search(r'rel="next" href="([^"]+)"', seen[-1])
            address = following and following[1]
        assert len(seen) == 5
        told = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)) for page in seen]
        assert "22 mensen hebben gestemd" in told[0]
        assert "volgorde van de loting" in told[1]
        assert "Plan 1 € 20.000,00 Gekozen, als nummer 1" in told[2]
        assert "Er blijft € 6.000,00 over." in told[4]


class TestTheDraws:
    def test_lead_the_audit_committee_to_what_voters_said(self, client, desk, vote, receipts, official):
        vote.close()
        vote.count()
        assert client.post(f"{here(vote)}/navraag").status_code == 403
        client.log_in(official)
        assert client.post(f"{here(vote)}/navraag").status_code == 403
        client.log_in(worlds.staff(desk, "oost")[Role.AUDITOR])
        assert "Loot en laat zien" in client.get(f"{here(vote)}/navraag").text
        asked = client.post(f"{here(vote)}/navraag")
        assert asked.status_code == 200
        assert asked.headers["cache-control"] == "no-store"
        assert main_of(asked).count("<select") == 22
        assert client.post(f"{here(vote)}/navraag/csv").text.count("\r\n") == 23
        answers = {"answers.0.number": "1", "answers.0.answer": "voted"}
        assert client.post(f"{here(vote)}/navraag/antwoorden", answers).status_code == 303
        client.log_out()
        assert "“Ja, ik heb gestemd”" in client.get(f"{here(vote)}/uitslag").text

    @pytest.mark.usefixtures("meerwijk")
    def test_lead_from_the_announcement_to_the_count(self, client, desk, prepare, official):
        made = prepare(lots_from="De Lottogetallen van 21 maart")
        made.open()
        assert "De Lottogetallen van 21 maart" in client.get(here(made)).text
        made.close()
        client.log_in(official)
        assert f'href="{here(made)}/loting"' in client.get(here(made)).text
        refused = client.post(f"{here(made)}/loting", {"value": ""})
        assert refused.status_code == 400
        assert client.post(f"{here(made)}/loting", {"value": "3 14 15"}).status_code == 303
        assert client.post(f"{here(made)}/loting", {"value": "9"}).status_code == 422
        assert client.post(f"{here(made)}/tellen").status_code == 303
        assert "3 14 15" in client.get(f"{here(made)}/uitslag").text


class TestTheReceipt:
    def test_can_be_kept_as_a_file_without_a_script(self, client, vote):
        code = vote.letters()[0].code
        shown = client.post("/stemmen/biljet", {"code": code, "marks": "1"}).text
        kept = re.search(r'href="data:application/json,([^"]+)" download="receipt-[A-Z2-7-]+.json"', shown)
        assert kept
        assert "signature" in kept[1]

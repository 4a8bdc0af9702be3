# SPDX-License-Identifier: EUPL-1.2
"""The four screens from a code to a receipt, for each way to mark a ballot; and ballots that count nowhere."""

import re
from html import unescape

import pytest

from wijkbudget.voting.phases import NothingToChoose

from .conftest import BALLOTS, rows

FILLED_IN = {
    "approval": ({"marks": ["1", "3"]}, {"1": 1, "3": 1}),
    "knapsack": ({"marks": ["2", "3", "4"]}, {"2": 1, "3": 1, "4": 1}),
    "one": ({"marks": ["2"]}, {"2": 1}),
    "points": ({"mark.1": ["1"], "mark.2": [""], "mark.4": ["4"]}, {"1": 1, "4": 4}),
    "ranking": ({"marks.3": ["4"], "marks.2": ["1"], "marks.1": [""]}, {"4": 3, "1": 2}),
}
READ_BACK = {
    "approval": ["Plan 1", "20.000,00", "Plan 3", "10.000,00", "Samen", "30.000,00"],
    "knapsack": ["Plan 2", "Plan 3", "Plan 4", "29.000,00", "nog € 1.000,00 over"],
    "one": ["Plan 2", "15.000,00"],
    "points": ["Plan 4", "4", "Plan 1", "1", "Samen", "5"],
    "ranking": ["Plan 4", "1", "Plan 1", "2"],
}
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def words(answer):
    """Return what a page says, without its tags."""
    text = unescape(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2])).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


def carried(answer):
    """Return what the form on a page takes along to the next."""
    fields = {}
    for name, value in _HIDDEN.findall(answer.text.partition("<main")[2]):
        fields.setdefault(unescape(name), []).append(unescape(value))
    return fields


def is_untouched(desk):
    """Return whether no ballot was cast and nobody is marked."""
    return rows(desk, "SELECT count(*) FROM voting_box") == [(0,)] and rows(
        desk, "SELECT count(voted_on) FROM voting_register"
    ) == [(0,)]


@pytest.mark.parametrize("ballot", BALLOTS)
class TestFourScreens:
    def test_lead_from_the_code_to_a_ballot_in_the_box(self, client, desk, vote_by, ballot):
        vote, (fields, marks) = vote_by(ballot), FILLED_IN[ballot]
        code = vote.letters()[0].code
        paper = client.post("/stemmen", {"code": code})
        assert [f"Plan {number}" in words(paper) for number in range(1, 5)] == [True] * 4
        checked = client.post("/stemmen/controle", {"code": code, **fields})
        assert (paper.status_code, checked.status_code) == (200, 200)
        told = words(checked)
        for sentence in READ_BACK[ballot]:
            _before, found, told = told.partition(sentence)
            assert found, (sentence, words(checked))
        assert is_untouched(desk)
        done = client.post("/stemmen/biljet", carried(checked))
        assert "Je stem zit in de bus" in words(done)
        assert "Wat we niet kunnen beloven" in words(done)
        for answer in (paper, checked, done):
            assert not {"location", "set-cookie"} & set(answer.headers)
            assert answer.headers["cache-control"] == "no-store"
            assert code[:4] not in "".join(re.findall(r'(?:href|action|src)="([^"]*)"', answer.text))
        vote.close()
        assert [each.marks for each in vote.published().ballots] == [marks]
        assert vote.faults() == []

    def test_keep_the_marks_on_the_way_back(self, client, desk, vote_by, ballot):
        vote, (fields, _marks) = vote_by(ballot), FILLED_IN[ballot]
        checked = client.post("/stemmen/controle", {"code": vote.letters()[0].code, **fields})
        back = client.post("/stemmen", carried(checked)).text
        if ballot == "points":
            assert re.findall(r'name="(mark\.\d)" value="(\d+)"', back) == [("mark.1", "1"), ("mark.4", "4")]
        elif ballot == "ranking":
            assert re.findall(r'<option value="(\d*)" selected>', back) == ["4", "1", ""]
        else:
            assert re.findall(r'name="marks" value="(\d)" checked', back) == fields["marks"]
        assert is_untouched(desk)


class TestALiveBallot:
    def test_says_what_is_used_where_no_script_runs(self, client, vote_by):
        vote = vote_by("knapsack")
        code = vote.letters()[0].code
        empty = client.post("/stemmen", {"code": code}).text
        assert re.search(r"<div class=\"so-far\"[^>]* hidden>", empty)
        over = client.post("/stemmen/controle", {"code": code, "marks": ["1", "2"]})
        assert over.status_code == 422
        assert not re.search(r"<div class=\"so-far\"[^>]* hidden>", over.text)
        assert "Gekozen plannen: 2. Dat kost € 35.000,00. Dat is € 5.000,00 te veel." in words(over)
        assert "Je keuze kost samen € 35.000,00. Er is € 30.000,00." in words(over)

    def test_runs_no_script_but_our_own(self, client, vote):
        page = client.post("/stemmen", {"code": vote.letters()[0].code})
        assert re.findall(r"<script[^>]*>", page.text) == re.findall(
            r'<script src="/static/ballot\.js\?v=[0-9a-f]{12}" defer>', page.text
        )
        assert "script-src 'self';" in page.headers["content-security-policy"]


class TestTheTone:
    @pytest.mark.usefixtures("meerwijk")
    def test_is_that_of_the_neighbourhood_once_the_code_is_known(self, client, prepare):
        west = prepare("west", "Stem voor West")
        west.open()
        code = west.letters()[0].code
        assert "Een account is niet nodig" in words(client.get("/stemmen"))
        pages = [
            client.post("/stemmen", {"code": code}),
            client.post("/stemmen/controle", {"code": code, "marks": "1"}),
            client.post("/stemmen/controle", {"code": code, "marks": ["1", "2"]}),
            client.post("/stemmen/biljet", {"code": code, "marks": "1"}),
        ]
        told = [words(page) for page in pages]
        assert "Welke plannen kiest u?" in told[0]
        assert "Controleer uw keuze" in told[1]
        assert "Uw keuze kost samen" in told[2]
        assert "Uw stem zit in de bus" in told[3]
        assert not re.search(r"\b(je|jij|jouw|jou)\b", " ".join(told), re.IGNORECASE)


BAD = [
    ("approval", {}, "Kruis er minstens 1 aan"),
    ("approval", {"marks": ["1", "9"]}, "waar je in deze stemronde niet op kunt stemmen"),
    ("approval", {"marks": ["1", "plan-1"]}, "waar je in deze stemronde niet op kunt stemmen"),
    ("approval", {"marks": ["1", "1"]}, "hetzelfde plan twee keer"),
    ("approval", {"marks": ["1", "2", "3", "4"]}, "Kruis er hoogstens 3 aan"),
    ("approval", {"mark.1": ["2"]}, "kruis je een plan aan"),
    ("approval", {"mark.1": ["-1"]}, "Schrijf hele getallen"),
    ("approval", {"mark.": ["1"]}, "Er is nog iets niet goed ingevuld"),
    ("approval", {"marks": ["x" * 41]}, "Er is nog iets niet goed ingevuld"),
    ("knapsack", {"marks": ["1", "2"]}, "Je keuze kost samen"),
    ("one", {}, "Kies een plan."),
    ("one", {"marks": ["1", "2"]}, "Kies één plan. Je koos er 2."),
    ("points", {"mark.1": ["-1"]}, "Schrijf hele getallen"),
    ("points", {"mark.1": ["1,5"]}, "Schrijf hele getallen"),
    ("points", {"mark.1": [str(2**63)]}, "Schrijf hele getallen"),
    ("points", {"mark.1": ["5"]}, "Een plan kan 0 tot 4 punten krijgen"),
    ("points", {"mark.1": ["4"], "mark.2": ["2"]}, "Je gaf 6 punten. Je hebt er 5."),
    ("points", {"mark.9": ["1"]}, "waar je in deze stemronde niet op kunt stemmen"),
    ("points", {"mark.1": ["0"]}, "Geef punten aan meer plannen"),
    ("ranking", {"marks.3": ["1"], "marks.2": ["1"]}, "hetzelfde plan twee keer"),
    ("ranking", {"marks.2": ["1"]}, "Begin met plaats 1"),
    ("ranking", {"marks.4": ["1"]}, "Deze plaats is er niet"),
    ("ranking", {"marks.3": ["1", "2"]}, "twee plannen op dezelfde plaats"),
    ("ranking", {"marks.3": ["9"]}, "waar je in deze stemronde niet op kunt stemmen"),
]


class TestABadBallot:
    @pytest.mark.parametrize("ballot", BALLOTS)
    def test_comes_back_with_a_sentence_and_counts_nowhere(self, client, desk, vote_by, ballot):
        vote = vote_by(ballot)
        code = vote.letters()[0].code
        for kind, fields, sentence in BAD:
            if kind == ballot:
                for path in ("/stemmen/controle", "/stemmen/biljet"):
                    refused = client.post(path, {"code": code, **fields})
                    assert refused.status_code in (400, 422), (path, fields)
                    assert sentence in words(refused), (path, fields, words(refused))
                    assert "Plan 1" in words(refused)
        assert is_untouched(desk)

    def test_of_another_round_counts_in_neither(self, client, desk, vote, prepare):
        west = prepare("west", "Stem voor West")
        west.open()
        codes = {letter.code for letter in west.letters()}
        refused = client.post("/stemmen/biljet", {"code": codes.pop(), "marks": ["1", "oost-5"]})
        assert refused.status_code == 422
        assert is_untouched(desk)
        assert (vote.faults(), west.faults()) == ([], [])

    def test_late_by_a_millisecond_is_like_one_with_a_wrong_code(self, client, clock, desk, vote):
        code = vote.letters()[0].code
        clock.now = clock.now.replace(month=3, day=15, hour=22, minute=59, second=59, microsecond=999_000)
        assert client.post("/stemmen/controle", {"code": code, "marks": "1"}).status_code == 200
        clock.forward(milliseconds=1)
        for path in ("/stemmen", "/stemmen/controle", "/stemmen/biljet"):
            late = client.post(path, {"code": code, "marks": "1"})
            assert late.status_code == 403
            assert "kan nu niet gestemd worden" in words(late)
        assert is_untouched(desk)


class TestTheApi:
    def test_reads_a_ballot_back_without_casting_it(self, client, desk, vote_by):
        code = vote_by("ranking").letters()[0].code
        checked = client.send("/api/v1/ballots/check", {"code": code, "marks": {"4": 2, "1": 3}})
        assert checked.status_code == 200
        answer = checked.json()
        assert [(each["key"], each["mark"]) for each in answer["chosen"]] == [("1", 3), ("4", 2)]
        assert (answer["costCents"], answer["marksTotal"]) == (2_400_000, 5)
        paper = client.send("/api/v1/papers", {"code": code}).json()
        assert answer["paper"] == paper
        assert (paper["marking"], paper["marksMax"], paper["markMax"]) == ("places", 3, 3)
        refused = client.send("/api/v1/ballots/check", {"code": code, "marks": {"4": 2}})
        assert (refused.status_code, refused.json()["detail"]) == (
            422,
            "Begin met plaats 1 en laat geen plaats ertussen open.",
        )
        assert is_untouched(desk)


class TestARoundWithFewPlans:
    def test_never_opens_with_a_ballot_that_nobody_can_fill_in(self, desk, vote_by):
        with pytest.raises(NothingToChoose) as refused:
            vote_by("approval", marks_min=5, marks_max=5)
        assert str(refused.value) == "By the rules a ballot names at least 5 plans, and there are fewer."
        assert rows(desk, "SELECT phase FROM voting_round") == [("prepared",)]
        assert rows(desk, "SELECT count(*) FROM voting_register") == [(0,)]

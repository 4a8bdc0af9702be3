# SPDX-License-Identifier: EUPL-1.2
"""An evening with paper as the people at the table meet it, in a browser."""

from datetime import date

import pytest

from wijkbudget.voting import service as voting


@pytest.fixture
def at(client, vote, table):
    """Return what lets one of them open a page, or send a form."""
    base = f"/wijken/oost/stemrondes/{vote.id}"

    def go(who, path, fields=None):
        client.log_in(table[who])
        return client.get(base + path) if fields is None else client.post(base + path, fields)

    return go


class TestTheBallotToPrint:
    def test_is_for_everybody_and_holds_no_code(self, client, vote):
        shown = client.get(f"/wijken/oost/stemrondes/{vote.id}/papier/biljet")
        assert shown.status_code == 200
        assert all(f"Plan {number}" in shown.text for number in range(1, 5))
        assert not [letter.code for letter in vote.letters() if letter.code[:9] in shown.text]

    def test_says_where_and_until_when_it_is_handed_in(self, client, prepare, meerwijk):
        made = prepare(with_paper=True, hand_in_at="buurthuis De Kern", hand_in_until=date(2026, 3, 13))
        said = "hier: buurthuis De Kern. Dat kan tot en met 13 maart 2026."
        here = f"/wijken/oost/stemrondes/{made.id}"
        assert said in client.get(here).text
        made.open()
        assert f"Lever hem {said.replace('hier:', 'hier in:')}" in client.get(f"{here}/papier/biljet").text

    def test_is_not_there_before_the_opening_or_without_paper(self, client, prepared, prepare):
        for made in (prepared, prepare(title="Zonder papier")):
            assert client.get(f"/wijken/oost/stemrondes/{made.id}/papier/biljet").status_code == 404


class TestAnEvening:
    def test_goes_from_the_envelopes_to_the_sheet_without_a_script(self, at, vote, client):
        letters = vote.letters()
        vote.cast(letters[0].code, "1")
        for seat in ("receive", "first", "second", "third"):
            assert at(seat, "/papier/plek", {"seat": seat}).status_code == 303
        assert "De enveloppen blijven dicht" in at("receive", "/papier/enveloppen").text
        vote.voting_ends()
        assert "De papieren biljetten worden nu ingevoerd" in at("receive", "").text
        assert "online gestemd" in at("receive", "/papier/enveloppen", {"code": letters[0].code}).text
        for letter in letters[1:3]:
            shown = at("receive", "/papier/enveloppen", {"code": letter.code.lower()})
            assert (shown.status_code, "Stapel stem 1" in shown.text) == (200, True)
            assert letter.code.lower() not in shown.text
        counts = {"returned": "4", "second_envelope": "0", "wrong_code": "0", "too_late": "0"}
        wrong = at("receive", "/papier/enveloppen/geteld", counts)
        assert (wrong.status_code, "Je telde 4 enveloppen. Op de lijst staan er 3." in wrong.text) == (422, True)
        assert at("receive", "/papier/enveloppen/geteld", {**counts, "returned": "3"}).status_code == 303
        assert "Biljet 1 van 2" in at("first", "/papier/stapels/100").text
        for who in ("first", "second"):
            assert at(who, "/papier/stapels/100", {"number": "1", "line": "2 3"}).status_code == 303
        assert at("first", "/papier/stapels/100", {"number": "2", "line": "B"}).status_code == 303
        assert "Biljet 2 van 2" in at("second", "/papier/stapels/100").text
        assert at("second", "/papier/stapels/100", {"number": "2", "line": "D"}).status_code == 303
        refused = at("official", "/papier/kloppend", {})
        assert (refused.status_code, "Aantal biljetten: 1" in refused.text) == (422, True)
        assert at("third", "/papier/stapels/100", {"number": "2", "line": "b"}).status_code == 303
        assert at("official", "/papier/kloppend", {}).status_code == 303
        assert vote.desk.act(voting.advance, "oost").moved == [vote.id]
        assert at("official", "/telstaat").status_code == 404
        vote.count()
        client.log_out()
        sheet = client.get(f"/wijken/oost/stemrondes/{vote.id}/telstaat").text
        assert "Het is niet het stembiljet van deze stemronde" in sheet
        assert vote.faults() == []

    def test_shows_a_mistyped_line_again_and_keeps_nothing(self, at, vote, table):
        for seat in ("receive", "first"):
            at(seat, "/papier/plek", {"seat": seat})
        vote.voting_ends()
        at("receive", "/papier/enveloppen", {"code": vote.letters()[0].code})
        at(
            "receive",
            "/papier/enveloppen/geteld",
            dict.fromkeys(("second_envelope", "wrong_code", "too_late"), "0") | {"returned": "1"},
        )
        shown = at("first", "/papier/stapels/100", {"number": "1", "line": "3 3"})
        assert shown.status_code == 400
        assert "Je hebt hetzelfde plan twee keer getypt." in shown.text
        assert 'value="3 3"' in shown.text
        assert vote.rows("SELECT count(*) FROM voting_paper_entry") == [(0,)]

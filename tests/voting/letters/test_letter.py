# SPDX-License-Identifier: EUPL-1.2
"""The letter itself: one page, in the tone of the neighbourhood, the code once, and readable by a screen reader."""

import json
import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
import segno
from pypdf import PdfReader

from tests.voting.letters.conftest import ORIGIN, pages
from wijkbudget.app.letters import TEMPLATE, inputs_of
from wijkbudget.app.typesetting import typeset

CODE = "ABCD-EFGH-JKMN-PQR0"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LETTER = {
    "name": "Chantal Kaya",
    "postcode": "9902BA",
    "house_number": 7,
    "addition": "A",
    "code": CODE,
    "voice_hundredths": 150,
}
HEAD = {
    "municipality": "Meerwijk",
    "neighbourhood": "Meerwijk-Oost",
    "help_desk": "het Wijkpunt, Kade 12, op werkdagen van 9 tot 17 uur",
    "phone_number": "14 0990",
    "return_address": "Postbus 1, 9900 AA Meerwijk",
    "colour": "#a2391f",
    "window": "right",
}


def batch(*letters, head=None, **other):
    return {
        "title": "Stem voor Oost",
        "opens_on": "2026-03-02",
        "closes_on": "2026-03-15",
        "made_on": "2026-02-20",
        "is_formal": False,
        "hand_in": None,
        "letterhead": {**HEAD, **(head or {})},
        "letters": list(letters) or [LETTER],
        **other,
    }


def printed(made):
    return typeset(TEMPLATE, inputs_of(made, ORIGIN), NOON)


@pytest.fixture(scope="module")
def pdf():
    return printed(batch())


def words(page):
    """Return the text of a page on one line."""
    return " ".join(page.split())


class TestALetter:
    def test_says_what_when_and_how(self, pdf):
        (page,) = map(words, pages(pdf))
        for said in (
            "Gemeente Meerwijk",
            "Meerwijk-Oost, 20 februari 2026",
            "Retour: Postbus 1, 9900 AA Meerwijk",
            "Chantal Kaya",
            "9902 BA, 7 A",
            "Stem mee: Stem voor Oost",
            "Beste bewoner,",
            "Stemmen kan van 2 maart 2026 tot en met 15 maart 2026.",
            "Ga naar wijk.meerwijk.example/stemmen of scan het vierkant met je telefoon.",
            "Kom naar het Wijkpunt, Kade 12, op werkdagen van 9 tot 17 uur. Of bel 14 0990.",
            "English:",
        ):
            assert said in page
        assert page.count(CODE) == 1
        assert "150" not in page

    def test_says_u_where_the_council_does(self):
        (formal,) = map(words, pages(printed(batch(is_formal=True))))
        assert "Geachte bewoner, U beslist mee" in formal
        assert not re.search(r"\b(je|jij|jou|jouw)\b", formal, re.IGNORECASE)

    @pytest.mark.parametrize(("is_formal", "your"), [(False, "je"), (True, "uw")])
    def test_says_where_and_until_when_paper_is_handed_in(self, is_formal, your):
        hand_in = {"at": "buurthuis De Kern, Dorpsplein 3", "until": "2026-03-13"}
        (page,) = map(words, pages(printed(batch(hand_in=hand_in, is_formal=is_formal))))
        where = "buurthuis De Kern, Dorpsplein 3, tot en met 13 maart 2026."
        assert f"Op papier stemmen kan ook: lever {your} stembiljet in bij {where}" in page
        assert "English:" in page

    def test_says_nothing_of_paper_where_there_is_none(self, pdf):
        assert "papier" not in pages(pdf)[0]

    def test_says_je_elsewhere(self, pdf):
        assert not re.search(r"\b(u|uw)\b", words(pages(pdf)[0]), re.IGNORECASE)

    def test_is_tagged_and_has_a_language_and_a_title(self, pdf):
        reader = PdfReader(BytesIO(pdf))
        root = reader.trailer["/Root"]
        assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "nl-NL")
        assert "/StructTreeRoot" in root
        assert reader.metadata.title == "Brieven met stemcodes: Stem voor Oost"
        assert b"pdfuaid" in root["/Metadata"].get_data()

    def test_embeds_its_fonts(self, pdf):
        (page,) = PdfReader(BytesIO(pdf)).pages
        fonts = [each["/DescendantFonts"][0]["/FontDescriptor"] for each in page["/Resources"]["/Font"].values()]
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts)

    def test_is_the_same_each_time(self, pdf):
        assert printed(batch()) == pdf

    def test_stands_in_the_window_on_either_side(self):
        assert [round(_left_of(printed(batch(head={"window": side})))) for side in ("left", "right")] == [71, 326]

    def test_fits_on_one_page_whatever_is_typed(self):
        longest = "Het allerlangste " * 7
        made = batch(
            {**LETTER, "name": longest, "house_number": 99_999, "addition": "ABCDEFGHIJ"},
            {**LETTER, "name": "Z" * 120},
            {**LETTER, "name": "山田 😀"},
            title=longest,
            hand_in={"at": longest, "until": "2026-03-13"},
            head={"help_desk": longest, "phone_number": "0" * 120, "return_address": longest},
        )
        found = pages(printed(made))
        assert len(found) == 3
        assert all(page.count(CODE) == 1 for page in found)


class TestTheQrCode:
    def test_holds_the_address_where_people_vote_and_no_code(self):
        drawn = inputs_of(batch(), ORIGIN)["qr"]
        expected = segno.make(f"{ORIGIN}/stemmen", error="m", micro=False)
        assert _modules(drawn, len(expected.matrix)) == [list(map(bool, row)) for row in expected.matrix]

    def test_is_the_same_on_every_letter(self):
        other = {**LETTER, "code": "0000-0000-0000-0000"}
        assert inputs_of(batch(other), ORIGIN)["qr"] == inputs_of(batch(), ORIGIN)["qr"]


class TestTheInputs:
    def test_hold_no_voice(self):
        assert json.loads(inputs_of(batch(), ORIGIN)["letters"]) == [
            {"name": "Chantal Kaya", "address": "9902 BA, 7 A", "code": CODE}
        ]


def _left_of(pdf):
    """Return how far from the left the name stands, in points."""
    found = []

    def see(text, _transformation, matrix, _font, _size):
        if "Chantal" in text:
            found.append(matrix[4] or _transformation[4])

    PdfReader(BytesIO(pdf)).pages[0].extract_text(visitor_text=see)
    return found[0]


def _modules(svg, size):
    """Return which squares of a picture are dark, from the strokes it is drawn with."""
    dark = [[False] * size for _row in range(size)]
    (path,) = re.findall(r'<path[^>]* d="([^"]+)"', svg)
    x = y = 0.0
    for kind, given in re.findall(r"([Mmh])([-\d. ]+)", path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", given)]
        if kind == "h":
            for step in range(int(numbers[0])):
                dark[int(y) - 4][int(x) + step - 4] = True
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if kind == "M" else (x + numbers[0], y + numbers[1])
    return dark

# SPDX-License-Identifier: EUPL-1.2
"""The letter of a decision: one page for each whom it is for, with its remedies."""

from io import BytesIO

from pypdf import PdfReader

from wijkbudget.app.decisions import DecisionRoom
from wijkbudget.app.post import Post

LETTER = {
    "id": "1",
    "municipality": "Meerwijk",
    "neighbourhood": "Meerwijk-West",
    "is_formal": True,
    "made_on": "2026-03-16",
    "kind": "settlement",
    "ground": "not_done",
    "title": "Pluktuin",
    "body": "council",
    "basis": "mandate",
    "objection_to": "executive",
    "power_article": "Verordening wijkbudgetten, art. 9",
    "article": "Algemene wet bestuursrecht, art. 4:46 lid 2 sub a",
    "heard_on": "2026-03-12",
    "motivation": "Er staan maar twintig struiken.\n\nDe rest is niet geplant.",
    "amount_cents": 10_000,
    "owed_cents": 2_500,
    "addressed": [["A. Bewoner", "9902 BA, 7"], ["B. Buur", "9902 BA, 9"]],
}


def test_says_what_was_decided_why_and_what_can_be_done(tmp_path):
    DecisionRoom(Post(tmp_path), "https://wijk.example").make(LETTER)
    [made] = tmp_path.iterdir()
    assert made.name == "besluit-1.pdf"
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made.read_bytes())).pages]
    assert ["A. Bewoner" in pages[0], "A. Bewoner" in pages[1], "B. Buur" in pages[1], len(pages)] == [
        True,
        False,
        True,
        2,
    ]
    for said in (
        "Geachte bewoner",
        "vastgesteld op € 100,00",
        "U moet € 25,00 terugbetalen",
        "Er staan maar twintig struiken.",
        "U kon hierover iets zeggen op 12 maart 2026.",
        "van de wijkraad van Meerwijk-West, namens het college van burgemeester en wethouders van Meerwijk",
        "bezwaarschrift aan het college van burgemeester en wethouders van Meerwijk",
        "binnen zes weken",
    ):
        assert said in pages[1]

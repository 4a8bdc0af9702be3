# SPDX-License-Identifier: EUPL-1.2
"""The letters about a bid: what each says, who reads it, and that the sheet of paper says the same as the page."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.challenges.histories import DRIVERS
from wijkbudget.app.bids import BidLetters
from wijkbudget.app.post import Post
from wijkbudget.challenges.letters import queries, rules
from wijkbudget.challenges.letters.rules import About, LetterNotFound, Outcome
from wijkbudget.challenges.rules.bids import Part
from wijkbudget.challenges.rules.characters import LegalCharacter
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.challenges.rules.letters import ERRAND
from wijkbudget.challenges.rules.states import Move
from wijkbudget.challenges.rules.tasks import Decider
from wijkbudget.kit.actor import SYSTEM, Role
from wijkbudget.trail import errands
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours

ABOUT = About(
    title="Wij maaien zelf",
    task_title="Gras maaien",
    municipality="Meerwijk",
    body=Decider.EXECUTIVE,
    received_on=date(2026, 3, 2),
)


def said(letter):
    """Return the sentences of a letter, one below the other."""
    parts = [[part.heading, *part.lines, *part.points] for part in letter.parts]
    return "\n".join(str(words) for part in parts for words in part if words)


def outcome(**changed):
    known = {
        "move": Move.REFUSE, "character": LegalCharacter.SUBSIDY, "is_revised": False, "part": "", "granted_cents": 0,
        "grounds": [Ground.W06], "motivation": "Het is duurder.\n\nEn niet beter.", "power_article": "art. 9",
        "article": "art. 3:46",
    }  # fmt: skip
    return Outcome(**(known | changed))


class TestALetter:
    def test_of_receipt_says_by_when_there_is_an_answer(self):
        letter = rules.receipt(ABOUT, date(2026, 4, 28))
        assert "We decide by 2026-04-28 at the latest." in said(letter)
        assert str(letter.signed) == "In the name of the mayor and aldermen of Meerwijk"

    def test_names_everything_that_can_be_missing(self):
        letter = rules.incomplete(ABOUT, list(Part), "Wie let op?", date(2026, 3, 16))
        assert len(letter.parts[0].points) == len(Part)
        assert "Wie let op?" in said(letter)

    def test_of_a_no_gives_its_grounds_and_its_reasons(self):
        words = said(rules.decision(ABOUT, outcome())).splitlines()
        assert words[3:6] == ["The reasons are:", "Dearer than now", "Het is duurder."]
        assert "This is a decision of the mayor and aldermen of Meerwijk." in words
        assert "Write an objection to the mayor and aldermen of Meerwijk." in words

    def test_of_a_yes_says_for_how_much_and_what_comes_next(self):
        letter = rules.decision(ABOUT, outcome(move=Move.AWARD, grounds=[], granted_cents=800_000))
        assert "It may cost the municipality at most €8,000.00 a year." in said(letter)
        assert "What happens now?" in said(letter)
        part = rules.decision(ABOUT, outcome(move=Move.AWARD_PARTLY, part="Het gras", granted_cents=1))
        assert "You may take this part of the task over: Het gras." in said(part)

    @pytest.mark.parametrize("character", [LegalCharacter.PRIVATE_LAW, LegalCharacter.OTHER])
    def test_speaks_of_objections_only_where_the_law_knows_them(self, character: LegalCharacter):
        letter = rules.decision(ABOUT, outcome(character=character))
        assert "Write an objection" not in said(letter)
        assert "You can complain to the municipality" in said(letter)
        assert "6:7" not in str(letter.articles)

    def test_names_the_court_once_there_was_an_objection(self):
        letter = rules.decision(ABOUT, outcome(is_revised=True))
        assert "You can appeal against it to the court." in said(letter)
        assert "Write an objection" not in said(letter)
        assert "8:1" in str(letter.articles)

    @pytest.mark.parametrize("body", Decider)
    @pytest.mark.parametrize("move", [Move.AWARD, Move.AWARD_PARTLY, Move.REFUSE, Move.PUT_ASIDE])
    def test_is_there_for_every_decision_of_every_body(self, move: Move, body: Decider):
        about = About(**(ABOUT.__dict__ | {"body": body}))
        assert "Meerwijk" in str(rules.decision(about, outcome(move=move)).signed)


class TestReading:
    def test_is_for_the_group_and_for_who_works_on_it_decides_or_checks(self, hood, meant_bid):
        DRIVERS[Move.REFUSE](meant_bid)
        for reader in (hood.anna, hood.bart, Role.OFFICIAL, Role.AUDITOR):
            found = hood.by(reader).ask(queries.letters, "oost", meant_bid.id)
            assert [line.move for line in found] == [Move.REFUSE, Move.INTEND_REFUSAL, Move.SUBMIT]
            letter = hood.by(reader).ask(queries.letter, "oost", meant_bid.id, found[0].number)
            assert (letter.subject, letter.municipality) == (found[0].subject, "Meerwijk")
        for stranger, refusal in ((hood.carla, NotYours), (Role.COUNCIL, DoorClosed)):
            with pytest.raises(refusal):
                hood.by(stranger).ask(queries.letters, "oost", meant_bid.id)
            with pytest.raises(refusal):
                hood.by(stranger).ask(queries.letter, "oost", meant_bid.id, found[0].number)
        with pytest.raises(LetterNotFound):
            hood.by(hood.anna).ask(queries.letter, "oost", meant_bid.id, 3)

    def test_finds_a_letter_as_it_was(self, hood):
        challenge_id = hood.incomplete()
        asked, received = hood.by(hood.anna).ask(queries.letters, "oost", challenge_id)
        before = hood.by(hood.anna).ask(queries.letter, "oost", challenge_id, received.number)
        assert asked.move is Move.ASK_TO_COMPLETE
        hood.clock.forward(days=20)
        assert hood.by(hood.anna).ask(queries.letter, "oost", challenge_id, received.number) == before


class TestThePostRoom:
    def test_gets_one_sheet_for_each_of_the_group_and_the_text_of_a_mail(self, hood, meant_bid, tmp_path):
        DRIVERS[Move.REFUSE](meant_bid)
        waiting = [each.payload for each in hood.desk.by(SYSTEM).ask(errands.waiting) if each.kind == ERRAND]
        last = next(each for each in reversed(waiting) if each["challenge_id"] == str(meant_bid.id))
        assert set(last) == {"place", "challenge_id", "number"}
        BidLetters(hood.desk, Post(tmp_path / "post")).make(last)
        pdf, text = sorted((tmp_path / "post").iterdir())
        pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf.read_bytes())).pages]
        mail = text.read_text()
        assert len(pages) == 2
        assert mail.startswith("Onderwerp: De uitdaging is afgewezen\n\nGeachte bewoner,\n")
        for words in mail.split("\n\n")[1:]:
            for line in words.strip().removeprefix("- ").splitlines():
                assert all(" ".join(line.split()) in page for page in pages), line

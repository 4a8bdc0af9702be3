# SPDX-License-Identifier: EUPL-1.2
"""How letters are divided over files, what a mail house gets, and when they are thrown away."""

from dataclasses import asdict
from datetime import date

import pytest

from wijkbudget.voting.letters.rules import (
    LETTERS_TOGETHER_MAX,
    Addressed,
    LettersGone,
    LettersNotReady,
    batches,
    csv_heading,
    csv_lines,
    demand_there,
    settable,
    wiped_from,
)


def letter(name="Anna Bos", postcode="9901AA", house_number=1, addition="", code="ABCD-EFGH-JKMN-PQRS"):
    return Addressed(
        name=name,
        postcode=postcode,
        house_number=house_number,
        addition=addition,
        code=code,
        voice_hundredths=100,
    )


class TestBatches:
    def test_are_of_a_thousand_in_the_order_of_the_post(self):
        made = batches(letter(house_number=number, code=str(number)) for number in range(2_500, 0, -1))
        assert [len(each) for each in made] == [1_000, 1_000, 500]
        assert [each.house_number for some in made for each in some] == list(range(1, 2_501))
        assert LETTERS_TOGETHER_MAX == 1_000

    def test_are_none_without_letters(self):
        assert batches([]) == []


class TestTheFileOfAMailHouse:
    def test_is_what_it_was(self):
        letters = [
            letter(),
            letter(name="Bakker, Bé", addition="A", code="0000-1111-2222-3333"),
            letter(name='Cor "de Kok"', code="4444-5555-6666-7777"),
            letter(name="=1+1", code="8888-9999-AAAA-BBBB"),
        ]
        assert csv_heading() + csv_lines(asdict(each) for each in letters) == (
            "\ufeffnaam,postcode,huisnummer,toevoeging,stemcode\r\n"
            "Anna Bos,9901AA,1,,ABCD-EFGH-JKMN-PQRS\r\n"
            '"Bakker, Bé",9901AA,1,A,0000-1111-2222-3333\r\n'
            '"Cor ""de Kok""",9901AA,1,,4444-5555-6666-7777\r\n'
            "'=1+1,9901AA,1,,8888-9999-AAAA-BBBB\r\n"
        )


class TestSettable:
    @pytest.mark.parametrize("name", ["José Çağla Øst-Ņemeth", "Ελένη", "Жанна", "Nguyễn", "d’Angelo – “Jr.”"])
    def test_leaves_every_european_name(self, name):
        assert settable(name) == name

    def test_puts_a_letter_and_its_accent_together(self):
        assert settable("Jose\u0301") == "José"

    @pytest.mark.parametrize("name", ["山田", "😀", "\x07"])
    def test_marks_what_no_font_has(self, name):
        assert settable(f"A {name} B") == f"A {'?' * len(name)} B"


class TestWipedFrom:
    def test_is_two_weeks_on(self):
        assert wiped_from(date(2026, 3, 2), date(2026, 4, 30)) == date(2026, 3, 16)

    def test_is_the_close_if_that_is_earlier(self):
        assert wiped_from(date(2026, 3, 2), date(2026, 3, 9)) == date(2026, 3, 10)


class TestDemandThere:
    def test_lets_a_file_that_is_made(self):
        demand_there(is_printed=True, is_wiped=False)

    def test_refuses_one_that_is_not(self):
        with pytest.raises(LettersNotReady):
            demand_there(is_printed=False, is_wiped=False)

    def test_refuses_one_that_was_thrown_away(self):
        with pytest.raises(LettersGone):
            demand_there(is_printed=True, is_wiped=True)

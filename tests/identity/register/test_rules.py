# SPDX-License-Identifier: EUPL-1.2
"""Which register files are accepted, what they change, and who is eligible."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.identity.eligibility import ELIGIBILITY
from wijkbudget.identity.eligibility.candidate import Candidate
from wijkbudget.identity.rules.moves import Home, Known, compare
from wijkbudget.identity.rules.register import (
    Address,
    BadRegister,
    RegisterLine,
    read_postcode,
    read_register,
    refuse_bad,
)
from wijkbudget.kit.sheets import decode_file

TODAY = date(2026, 3, 2)
HEADER = "pseudoniem;naam;postcode;huisnummer;toevoeging;geboortejaar;sinds"
GOOD = "oost-1;Anna de Vries;9901 aa;12;b;1980;31-01-2019"


def file_of(*lines):
    return "\n".join([HEADER, *lines]) + "\n"


def line(pseudonym="oost-1", number=2, **other):
    return RegisterLine(
        **{
            "number": number,
            "pseudonym": pseudonym,
            "name": "Anna de Vries",
            "address": Address("9901AA", 12, ""),
            "birth_year": 1980,
            "since_on": date(2019, 1, 31),
            **other,
        }
    )


class TestReadRegister:
    def test_reads_a_dutch_line(self):
        lines, bad = read_register(file_of(GOOD), TODAY)
        assert bad == []
        assert lines == [line(address=Address("9901AA", 12, "B"))]

    def test_reads_english_headers_with_commas_in_any_order(self):
        header = "name,pseudonym,postcode,house_number,addition,birth_year,since_on"
        text = f"{header}\nAnna de Vries,oost-1,9901AA,12,,1980,2019-01-31\n"
        assert read_register(text, TODAY) == ([line()], [])

    def test_reads_what_a_spreadsheet_writes(self):
        windows = ("\ufeff" + file_of(GOOD, "", ";;;;;;").replace("\n", "\r\n")).encode()
        lines, bad = read_register(decode_file(windows), TODAY)
        assert (len(lines), bad) == (1, [])

    def test_reads_an_older_encoding(self):
        assert decode_file("Zoë".encode("cp1252")) == "Zoë"

    @pytest.mark.parametrize(
        ("wrong", "reason"),
        [
            ("oost-1;;9901AA;12;;1980;2019-01-31", "The name is missing or too long."),
            (f"oost-1;{'a' * 121};9901AA;12;;1980;2019-01-31", "The name is missing or too long."),
            ("oost-1;Anna;9901SS;12;;1980;2019-01-31", "The postcode is not right."),
            ("oost-1;Anna;0901AA;12;;1980;2019-01-31", "The postcode is not right."),
            ("oost-1;Anna;9901AA;0;;1980;2019-01-31", "The house number is not right."),
            ("oost-1;Anna;9901AA;12b;;1980;2019-01-31", "The house number is not right."),
            ("oost-1;Anna;9901AA;²;;1980;2019-01-31", "The house number is not right."),
            ("oost-1;Anna;9901AA;12;b/2;1980;2019-01-31", "The addition to the house number is not right."),
            ("oost-1;Anna;9901AA;12;;1900;2019-01-31", "The birth year is not right."),
            ("oost-1;Anna;9901AA;12;;2027;2019-01-31", "The birth year is not right."),
            ("oost-1;Anna;9901AA;12;;1980;2019-02-30", "The day on which somebody came to live here is not right."),
            ("oost-1;Anna;9901AA;12;;1980;30-02-2019", "The day on which somebody came to live here is not right."),
            ("oost-1;Anna;9901AA;12;;1980;20190131", "The day on which somebody came to live here is not right."),
            ("oost-1;Anna;9901AA;12;;1980;2026-03-03", "The day on which somebody came to live here is still to come."),
            ("oost-1;Anna;9901AA;12;;1980;1979-12-31", "Somebody cannot live here before the year of birth."),
            ("oost-1;=1+1;9901AA;12;;1980;2019-01-31", "A cell begins like a formula."),
            ("oost-1; @SUM(A1);9901AA;12;;1980;2019-01-31", "A cell begins like a formula."),
            (
                "oost-1;Anna\x1b[2J;9901AA;12;;1980;2019-01-31",
                "There are characters on this line that cannot be shown.",
            ),
            ("oost-1;Anna\u202e;9901AA;12;;1980;2019-01-31", "There are characters on this line that cannot be shown."),
            ('oost-1;"An\nna";9901AA;12;;1980;2019-01-31', "There are characters on this line that cannot be shown."),
            (
                "123456782;Anna;9901AA;12;;1980;2019-01-31",
                "The pseudonym looks like a citizen service number; those are never stored.",
            ),
            (
                "oost 1;Anna;9901AA;12;;1980;2019-01-31",
                "The pseudonym is not right: letters, digits, dots and dashes only.",
            ),
            ("oost-1;Anna", "This line has 2 columns, the first line has 7."),
            ('oost-1;"Anna;9901AA;12;;1980;2019-01-31', "The quotation marks on this line are not closed."),
        ],
    )
    def test_says_what_is_wrong_with_a_line(self, wrong, reason):
        _lines, bad = read_register(file_of(GOOD.replace("oost-1", "oost-2"), wrong), TODAY)
        assert [(each.number, str(each.reason)) for each in bad] == [(3, reason)]

    def test_finds_a_pseudonym_that_stands_twice(self):
        _lines, bad = read_register(file_of(GOOD, GOOD), TODAY)
        assert [(each.number, str(each.reason)) for each in bad] == [(3, "This pseudonym stands on line 2 too.")]

    def test_numbers_lines_as_an_editor_does(self):
        _lines, bad = read_register(file_of("", GOOD, '"two\nlines"', "", "x"), TODAY)
        assert [each.number for each in bad] == [4, 7]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            (HEADER + "\n", "There are no people in this file."),
            (HEADER + ";bsn\n" + GOOD + ";123456782", "The column “bsn” does not belong in this file."),
            (
                HEADER.removesuffix(";sinds") + "\n" + GOOD,
                f"The first line must name these columns once: {HEADER.replace(';', ', ')}.",
            ),
            ("x" * 4_000_001, "The file is too large: at most 4 MB."),
        ],
    )
    def test_refuses_what_is_no_register(self, text, sentence):
        with pytest.raises(BadRegister) as refused:
            read_register(text, TODAY)
        assert str(refused.value) == sentence

    def test_tells_how_many_lines_are_bad_and_shows_the_first_twenty(self):
        _lines, bad = read_register(file_of(*["x"] * 25), TODAY)
        with pytest.raises(BadRegister) as refused:
            refuse_bad(bad)
        assert str(refused.value) == "Nothing was imported: 25 lines are not right."
        assert [each.number for each in refused.value.lines] == list(range(2, 22))
        assert list(refused.value.fields) == [f"line {number}" for number in range(2, 22)]

    @given(st.text(max_size=300))
    def test_survives_any_text(self, text):
        try:
            lines, bad = read_register(HEADER + "\n" + text, TODAY)
        except BadRegister:
            return
        assert lines or bad

    @pytest.mark.parametrize(
        ("typed", "postcode"), [(" 1234ab ", "1234AB"), ("1234 AB", "1234AB"), ("1234  AB", None), ("1234SD", None)]
    )
    def test_reads_postcodes(self, typed, postcode):
        assert read_postcode(typed) == postcode


class TestCompare:
    HOME = Home(
        residence_id=UUID(int=11),
        place="oost",
        quarter="Q1",
        address=Address("9901AA", 12, ""),
        since_on=date(2019, 1, 31),
    )
    ANNA = Known(person_id=UUID(int=1), name="Anna de Vries", birth_year=1980, home=HOME, left_on=None)

    def compare(self, *located, known=None, is_full=False):
        return compare(located, {"oost-1": known or self.ANNA}, TODAY, is_full=is_full)

    def test_leaves_alone_who_is_the_same(self):
        changes = self.compare((line(), "oost", "Q1"))
        assert (changes.unchanged_count, changes.arrivals, changes.corrections, changes.moved) == (1, [], [], set())

    def test_welcomes_who_is_new_since_the_day_of_the_file(self):
        changes = self.compare((line("oost-2"), "oost", "Q1"))
        assert changes.new_count == 1
        assert changes.arrivals[0].since_on == date(2019, 1, 31)

    def test_moves_within_the_neighbourhood_without_a_new_stay(self):
        changes = self.compare((line(address=Address("9901AB", 3, "")), "oost", "Q2"))
        assert changes.arrivals == []
        assert [(each.residence_id, each.quarter, each.since_on) for each in changes.corrections] == [
            (UUID(int=11), "Q2", date(2019, 1, 31))
        ]
        assert changes.moved == {UUID(int=1)}

    def test_moves_to_another_neighbourhood_from_today(self):
        changes = self.compare((line(address=Address("9902AA", 3, "")), "west", "Q9"))
        assert changes.ended == {UUID(int=11): UUID(int=1)}
        assert [(each.person_id, each.place, each.since_on) for each in changes.arrivals] == [
            (UUID(int=1), "west", TODAY)
        ]
        assert (changes.new_count, changes.moved) == (0, {UUID(int=1)})

    def test_takes_over_a_new_name(self):
        changes = self.compare((line(name="Anna Bakker"), "oost", "Q1"))
        assert list(changes.renamed) == [UUID(int=1)]
        assert changes.unchanged_count == 0

    def test_never_begins_a_stay_before_the_last_one_ended(self):
        back = Known(person_id=UUID(int=1), name="Anna de Vries", birth_year=1980, home=None, left_on=date(2025, 5, 1))
        changes = self.compare((line(), "oost", "Q1"), known=back)
        assert changes.arrivals[0].since_on == date(2025, 5, 1)

    def test_ends_who_is_missing_from_a_full_file_only(self):
        assert self.compare(is_full=False).ended == {}
        assert self.compare(is_full=True).ended == {UUID(int=11): UUID(int=1)}

    def test_ends_nobody_twice(self):
        gone = Known(person_id=UUID(int=1), name="Anna", birth_year=1980, home=None, left_on=date(2025, 5, 1))
        assert self.compare(known=gone, is_full=True).ended == {}


class TestAgeAndAddress:
    RULE = ELIGIBILITY["age_and_address"]

    @pytest.mark.parametrize(
        ("birth_year", "since_on", "until_on", "allowed"),
        [
            (2010, date(2020, 1, 1), None, True),
            (2011, date(2020, 1, 1), None, False),
            (2010, TODAY, None, True),
            (2010, date(2026, 3, 3), None, False),
            (2010, date(2020, 1, 1), date(2026, 3, 3), True),
            (2010, date(2020, 1, 1), TODAY, False),
        ],
    )
    def test_looks_at_age_and_days(self, birth_year, since_on, until_on, allowed):
        candidate = Candidate(place="oost", birth_year=birth_year, since_on=since_on, until_on=until_on)
        assert self.RULE.allows(candidate, place="oost", on=TODAY, age_min=16) is allowed

    def test_looks_at_the_neighbourhood(self):
        candidate = Candidate(place="west", birth_year=1980, since_on=date(2020, 1, 1), until_on=None)
        assert not self.RULE.allows(candidate, place="oost", on=TODAY, age_min=16)

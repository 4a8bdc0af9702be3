# SPDX-License-Identifier: EUPL-1.2
"""A calendar file is written as RFC 5545 asks."""

from datetime import UTC, date, datetime

from wijkbudget.kit.icalendar import CalendarDay, written

MADE = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def lines(*days: CalendarDay, name: str = "Wij maaien zelf") -> list[str]:
    text = written(days, name=name, made_at=MADE)
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.removesuffix("\r\n").split("\r\n")


class TestWritten:
    def test_has_each_day_whole(self):
        assert lines(CalendarDay(uid="1-decide", on=date(2026, 12, 31), summary="Laatste dag")) == [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//wijkbudget//NL",
            "NAME:Wij maaien zelf",
            "BEGIN:VEVENT",
            "UID:1-decide",
            "DTSTAMP:20260302T093000Z",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "SUMMARY:Laatste dag",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
        ]

    def test_escapes_what_means_something(self):
        assert lines(name="Gras, bomen; en \\ meer\r\nBEGIN:VALARM")[3] == (
            "NAME:Gras\\, bomen\\; en \\\\ meer\\nBEGIN:VALARM"
        )

    def test_folds_long_lines_and_breaks_no_letter(self):
        words = "é" * 100
        folded = lines(name=words)[3:-1]
        assert all(len(line.encode()) <= 75 for line in folded)
        assert folded[0] + "".join(line.removeprefix(" ") for line in folded[1:]) == f"NAME:{words}"
        assert [line[0] for line in folded[1:]] == [" ", " "]

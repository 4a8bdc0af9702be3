# SPDX-License-Identifier: EUPL-1.2
"""Writes days as a calendar file that telephones and computers read. Source: RFC 5545."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MEDIA_TYPE = "text/calendar"
_OCTETS_MAX = 75
"""Source: RFC 5545 section 3.1: a longer line is folded."""


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """One day, with what is on it."""

    uid: str
    """Stays the same when the day changes, so that a calendar that reads the file again moves it."""
    on: date
    summary: str


def written(days: Iterable[CalendarDay], *, name: str, made_at: datetime) -> str:
    """Return a calendar file with whole days in it."""
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//wijkbudget//NL", f"NAME:{_escaped(name)}"]
    for day in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_escaped(day.uid)}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(day.summary)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _escaped(words: str) -> str:
    """Return words as the value of a text. Source: RFC 5545 section 3.3.11."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, "\\" + sign)
    return "\\n".join(words.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, each but the first after a space; no letter is broken."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS_MAX:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part

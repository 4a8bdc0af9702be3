# SPDX-License-Identifier: EUPL-1.2
"""Reads files of lines and columns as spreadsheets write them, and says which line is not right; and writes them."""

import base64
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wijkbudget.kit.errors import BadInput
from wijkbudget.kit.text import Text, _

BAD_LINES_SHOWN_MAX = 20

MARK = "\ufeff"
"""Without it Excel takes the file for another alphabet and spoils every é."""

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Source: OWASP, CSV Injection."""

Reader = Iterator[list[str]]
"""The lines of a file, each as its cells."""


@dataclass(frozen=True)
class BadLine:
    """A line of a file that is not right, and why."""

    number: int
    reason: Text


class BadSheet(BadInput):
    """A file is refused as a whole; `lines` are the first bad lines."""

    def __init__(self, text: Text, lines: Sequence[BadLine] = ()) -> None:
        """Keep the first bad lines with their reasons."""
        self.lines = tuple(sorted(lines, key=lambda line: line.number)[:BAD_LINES_SHOWN_MAX])
        super().__init__(text, fields={f"line {line.number}": line.reason for line in self.lines})


class WrongLine(Exception):
    """One line cannot be read."""

    def __init__(self, reason: Text) -> None:
        """Keep why."""
        super().__init__(str(reason))
        self.reason = reason


def decode_file(content: bytes) -> str:
    """Return the text of a file as spreadsheets write it: UTF-8, or the older Windows-1252. Raises BadSheet."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet(_("This is not a text file. Save it as CSV first."))


def read_file(sent: str) -> str:
    """Return the text of a file as a form carries it, in base64. Raises BadSheet."""
    try:
        return decode_file(base64.b64decode(sent, validate=True))
    except ValueError:
        raise BadSheet(_("This is not a text file. Save it as CSV first.")) from None


def open_sheet(text: str) -> tuple[list[str], Reader]:
    """Return the names of the columns, in small letters, and the lines after them; no names if they cannot be read."""
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    try:
        return [cell.strip().lower() for cell in next(reader, [])], reader
    except csv.Error:
        return [], reader


def numbered(reader: Reader, bad: list[BadLine]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines with something on them, numbered as an editor does; the header is line 1."""
    number, height = 1, 1
    while True:
        number += height
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            bad.append(BadLine(number, _("The quotation marks on this line are not closed.")))
            return
        height = 1 + sum(cell.count("\n") for cell in cells)
        if any(cell.strip() for cell in cells):
            yield number, cells


def in_columns(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return each cell under the name of its column. Raises WrongLine."""
    if len(cells) != len(columns):
        raise WrongLine(
            _("This line has %(count)s columns, the first line has %(asked)s.", count=len(cells), asked=len(columns))
        )
    return dict(zip(columns, cells, strict=True))


def sheet_of(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """Return a file for a spreadsheet, with nothing in it that it would take for a formula."""
    return MARK + lines_of([columns, *rows])


def lines_of(rows: Iterable[Sequence[str | int]]) -> str:
    """Return the lines of such a file. Source: RFC 4180 (commas, CRLF, quotes around what needs them)."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return written.getvalue()


def _cell(value: str | int) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    cell = str(value)
    return f"'{cell}" if cell.startswith(_BEGINS_FORMULA) else cell

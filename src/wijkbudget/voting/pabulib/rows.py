# SPDX-License-Identifier: EUPL-1.2
"""Reads the rows of a `.pb` file section by section, each with its line, and keeps nothing but the row at hand."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wijkbudget.kit.text import Text, _
from wijkbudget.voting.pabulib.election import (
    LINE_LENGTH_MAX,
    SECTIONS,
    WORDS_LENGTH_MAX,
    BadPabulib,
    Section,
)

_TITLES = tuple(section.title for section in SECTIONS)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_PIECE = 2**13
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True)
class Row:
    """One row under a header, with the line of the file it ended on."""

    line: int
    cells: Mapping[str, str]

    def refuse(self, reason: Text) -> BadPabulib:
        """Return the refusal of this row."""
        return bad(self.line, reason)

    def __getitem__(self, column: str) -> str:
        """Return a cell. Raises BadPabulib if the column is missing."""
        if column not in self.cells:
            raise self.refuse(_("the column “%(column)s” is missing", column=column))
        return self.cells[column].strip()

    def words(self, column: str) -> str:
        """Return a cell that pages show, on one line. Raises BadPabulib if it is too long."""
        written = " ".join(self[column].split())
        if len(written) > WORDS_LENGTH_MAX:
            raise self.refuse(
                _("“%(column)s” is too long: at most %(most)s characters", column=column, most=WORDS_LENGTH_MAX)
            )
        return written


class Rows:
    """The rows of a file, section after section; nothing but the row at hand is kept."""

    def __init__(self, text: str) -> None:
        """Begin at the first line of a text."""
        self.text = text
        self._reader = csv.reader(_lines(text), delimiter=";", strict=True)
        self._titled: str | None = None
        self._seen: list[str] = []

    @property
    def line(self) -> int:
        """Return the line that was read last."""
        return self._reader.line_num

    @property
    def end_of_line(self) -> int:
        """Return where in the text the line ends that was read last."""
        end = 0
        for _line in range(self.line):
            end = self.text.find("\n", end) + 1 or len(self.text)
        return end

    def section(self, section: Section) -> Iterator[Row]:
        """Yield the rows of the section that must come now. Raises BadPabulib."""
        header, rows = self.columns(section)
        for cells in rows:
            yield self.row(header, cells)

    def columns(self, section: Section) -> tuple[list[str], Iterator[list[str]]]:
        """Return the columns of the section that must come now, and its rows as they are. Raises BadPabulib."""
        self._begin(section.title)
        header = self._header(section)
        return header, self._cells(section, len(header))

    def row(self, header: list[str], cells: list[str]) -> Row:
        """Return the row that was read last under its header."""
        return Row(self.line, dict(zip(header, cells, strict=False)))

    def _cells(self, section: Section, column_count: int) -> Iterator[list[str]]:
        """Yield the rows of a section as they are. Raises BadPabulib."""
        for count, cells in enumerate(self._until_title()):
            # Nearly every row is as long as its header, and this is asked of each.
            if len(cells) != column_count or count >= section.rows_max:
                self._demand_fitting(section, column_count, count, cells)
            yield cells

    def _demand_fitting(self, section: Section, column_count: int, count: int, cells: list[str]) -> None:
        if count == section.rows_max:
            raise bad(self.line, _("there are more than %(most)s rows", most=section.rows_max))
        if len(cells) > column_count:
            raise bad(
                self.line,
                _("there are %(cells)s fields and %(columns)s columns", cells=len(cells), columns=column_count),
            )

    def end(self) -> None:
        """Demand that no section is left. Raises BadPabulib."""
        if self._titled is not None:
            raise bad(self.line, _("the section %(section)s comes twice", section=self._titled))

    def _begin(self, title: str) -> None:
        found = self._titled or next(self._until_title(), None)
        if not self._seen and self._titled is None:
            reason = _("the file must begin with META") if found else _("the file is empty")
            raise bad(max(self.line, 1), reason)
        if self._titled in self._seen:
            raise bad(self.line, _("the section %(section)s comes twice", section=self._titled))
        if self._titled != title:
            raise bad(self.line, _("the section %(section)s is missing here", section=title))
        self._seen.append(title)

    def _header(self, section: Section) -> list[str]:
        """Return the names of the columns. Raises BadPabulib."""
        header = [name.strip().lower() for name in next(self._until_title(), [])]
        for place, name in enumerate(header):
            if name not in section.known:
                raise bad(self.line, _("the column “%(column)s” is not known", column=name[:WORDS_LENGTH_MAX]))
            if name in header[:place]:
                raise bad(self.line, _("the column “%(column)s” comes twice", column=name))
        for name in section.needed:
            if name not in header:
                raise bad(self.line, _("the column “%(column)s” is missing", column=name))
        return header

    def _until_title(self) -> Iterator[list[str]]:
        """Yield rows until the title of a section, and remember the title."""
        self._titled = None
        try:
            for cells in self._reader:
                # Nearly every row has more than one field and something in the first, and this is asked of each.
                if len(cells) > 1 and cells[0] > " ":
                    yield cells
                elif len(cells) == 1 and cells[0].strip().upper() in _TITLES:
                    self._titled = cells[0].strip().upper()
                    return
                elif any(cell.strip() for cell in cells):
                    yield cells
        except csv.Error as error:
            raise bad(self.line, _("the quotes do not match, or a field is too long")) from error


def bad(line: int, reason: Text) -> BadPabulib:
    """Return the refusal of a line."""
    return BadPabulib(_("Line %(line)s: %(reason)s.", line=line, reason=reason))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, with a copy of no more than a piece of it. Raises BadPabulib."""
    start, number = len(text) - len(text.removeprefix("\ufeff")), 0
    while start < len(text):
        end = text.rfind("\n", start, start + _PIECE) + 1 or text.find("\n", start) + 1 or len(text)
        piece = text[start:end]
        lines = _LINE.findall(piece)
        if max(map(len, lines)) <= LINE_LENGTH_MAX and not _NO_TEXT.search(piece):
            yield from lines
        else:
            yield from _until_wrong(lines, number)
        start, number = end, number + len(lines)


def _until_wrong(lines: list[str], number: int) -> Iterator[str]:
    """Yield the lines before the one that is wrong; so many came before them. Raises BadPabulib."""
    for line in lines:
        number += 1
        if len(line) > LINE_LENGTH_MAX:
            raise bad(number, _("the line is too long: at most %(most)s characters", most=LINE_LENGTH_MAX))
        if _NO_TEXT.search(line):
            raise bad(number, _("there is a character here that no text has"))
        yield line

# SPDX-License-Identifier: EUPL-1.2
"""Reads `.pb` files line by line; whatever is wrong is refused with its line and the reason."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wijkbudget.kit.text import Text, _
from wijkbudget.kit.units import AMOUNT_MAX
from wijkbudget.voting.pabulib.election import (
    BYTES_MAX,
    KEPT,
    LINE_LENGTH_MAX,
    META,
    POINTED,
    PROJECTS,
    SECTIONS,
    TICKED,
    VOTES,
    WORDS_LENGTH_MAX,
    BadPabulib,
    PabulibElection,
    Section,
)
from wijkbudget.voting.rules import CountedBallot, Option

_Mark = tuple[str, int]
_TITLES = tuple(section.title for section in SECTIONS)
_AMOUNT = re.compile(r"(\d{1,15})(?:[.,](\d{1,2})0*)?", re.ASCII)
_POINTS = re.compile(r"\d{1,9}", re.ASCII)
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True)
class _Row:
    """One row under a header, with the line of the file it ended on."""

    line: int
    cells: Mapping[str, str]

    def refuse(self, reason: Text) -> BadPabulib:
        return _bad(self.line, reason)

    def __getitem__(self, column: str) -> str:
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


class _Rows:
    """The rows of a file, section after section; nothing but the row at hand is kept."""

    def __init__(self, text: str) -> None:
        self._reader = csv.reader(_lines(text), delimiter=";", strict=True)
        self._titled: str | None = None
        self._seen: list[str] = []

    @property
    def line(self) -> int:
        return self._reader.line_num

    def section(self, section: Section) -> Iterator[_Row]:
        """Yield the rows of the section that must come now. Raises BadPabulib."""
        self._begin(section.title)
        header = self._header(section)
        for count, cells in enumerate(self._until_title()):
            if count == section.rows_max:
                raise _bad(self.line, _("there are more than %(most)s rows", most=section.rows_max))
            if len(cells) > len(header):
                raise _bad(
                    self.line,
                    _("there are %(cells)s fields and %(columns)s columns", cells=len(cells), columns=len(header)),
                )
            yield _Row(self.line, dict(zip(header, cells, strict=False)))

    def end(self) -> None:
        """Demand that no section is left. Raises BadPabulib."""
        if self._titled is not None:
            raise _bad(self.line, _("the section %(section)s comes twice", section=self._titled))

    def _begin(self, title: str) -> None:
        found = self._titled or next(self._until_title(), None)
        if not self._seen and self._titled is None:
            reason = _("the file must begin with META") if found else _("the file is empty")
            raise _bad(max(self.line, 1), reason)
        if self._titled in self._seen:
            raise _bad(self.line, _("the section %(section)s comes twice", section=self._titled))
        if self._titled != title:
            raise _bad(self.line, _("the section %(section)s is missing here", section=title))
        self._seen.append(title)

    def _header(self, section: Section) -> list[str]:
        """Return the names of the columns. Raises BadPabulib."""
        header = [name.strip().lower() for name in next(self._until_title(), [])]
        for place, name in enumerate(header):
            if name not in section.known:
                raise _bad(self.line, _("the column “%(column)s” is not known", column=name[:WORDS_LENGTH_MAX]))
            if name in header[:place]:
                raise _bad(self.line, _("the column “%(column)s” comes twice", column=name))
        for name in section.needed:
            if name not in header:
                raise _bad(self.line, _("the column “%(column)s” is missing", column=name))
        return header

    def _until_title(self) -> Iterator[list[str]]:
        """Yield rows until the title of a section, and remember the title."""
        self._titled = None
        try:
            for cells in self._reader:
                if len(cells) == 1 and cells[0].strip().upper() in _TITLES:
                    self._titled = cells[0].strip().upper()
                    return
                if any(cell.strip() for cell in cells):
                    yield cells
        except csv.Error as error:
            raise _bad(self.line, _("the quotes do not match, or a field is too long")) from error


def text_of(content: bytes) -> str:
    """Return the text of a file. Raises BadPabulib if it is too large or no text."""
    if len(content) > BYTES_MAX:
        raise _too_large()
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise _bad(content.count(b"\n", 0, error.start) + 1, _("this is not text in UTF-8")) from None


def read(text: str) -> PabulibElection:
    """Return the election in a `.pb` file. Raises BadPabulib."""
    if len(text) > BYTES_MAX:
        raise _too_large()
    rows = _Rows(text)
    meta = _meta(rows)
    vote_type = meta["vote_type"]["value"]
    if vote_type not in TICKED + POINTED:
        known = ", ".join(TICKED + POINTED)
        raise meta["vote_type"].refuse(
            _(
                "ballots of type “%(vote_type)s” cannot be counted here, only %(known)s",
                vote_type=vote_type,
                known=known,
            )
        )
    budget_cents = _cents(meta["budget"]["value"])
    if not budget_cents:
        raise meta["budget"].refuse(_("the budget “%(written)s” is no amount", written=meta["budget"]["value"]))
    options = _options(rows)
    ballots = _ballots(rows, frozenset(option.id for option in options), pointed=vote_type in POINTED)
    rows.end()
    _agree(meta, "num_projects", len(options))
    _agree(meta, "num_votes", sum(ballots.values()))
    return PabulibElection(
        meta={key: row["value"] for key, row in meta.items()},
        vote_type=vote_type,
        budget_cents=budget_cents,
        options=options,
        ballots=tuple(CountedBallot(marks=dict(marks), count=count) for marks, count in ballots.items()),
    )


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, without a copy of all of it. Raises BadPabulib."""
    start, number = len(text) - len(text.removeprefix("\ufeff")), 0
    while start < len(text):
        number += 1
        end = text.find("\n", start) + 1 or len(text)
        if end - start > LINE_LENGTH_MAX:
            raise _bad(number, _("the line is too long: at most %(most)s characters", most=LINE_LENGTH_MAX))
        line = text[start:end]
        if _NO_TEXT.search(line):
            raise _bad(number, _("there is a character here that no text has"))
        yield line
        start = end


def _meta(rows: _Rows) -> dict[str, _Row]:
    meta: dict[str, _Row] = {}
    for row in rows.section(META):
        key = row["key"]
        if key in meta:
            raise row.refuse(_("“%(key)s” is said twice", key=key[:WORDS_LENGTH_MAX]))
        if key in KEPT:
            row.words("value")
        meta[key] = row
    for key in ("vote_type", "budget"):
        if key not in meta:
            raise _bad(rows.line, _("“%(key)s” is missing before this", key=key))
        meta[key].words("value")
    return meta


def _options(rows: _Rows) -> tuple[Option, ...]:
    options: dict[str, Option] = {}
    for row in rows.section(PROJECTS):
        id_ = row.words("project_id")
        cost_cents = _cents(row["cost"])
        if not id_ or id_ in options:
            raise row.refuse(_("the project id “%(id)s” is empty or comes twice", id=id_))
        if cost_cents is None:
            raise row.refuse(_("the cost “%(written)s” is no amount", written=row.words("cost")))
        title = row.words("name") if "name" in row.cells else ""
        options[id_] = Option(id=id_, cost_cents=cost_cents, title=title or id_)
    return tuple(options.values())


def _ballots(rows: _Rows, known: frozenset[str], *, pointed: bool) -> Counter[tuple[_Mark, ...]]:
    """Return how many ballots have the same marks, in the order in which they were first seen."""
    voters: set[str] = set()
    # Each mark is kept once, however many ballots have it: a city would not fit in memory otherwise.
    seen: dict[_Mark, _Mark] = {}
    counts: Counter[tuple[_Mark, ...]] = Counter()
    for row in rows.section(VOTES):
        voter = row["voter_id"]
        if voter in voters:
            raise row.refuse(_("the voter “%(voter)s” comes twice", voter=row.words("voter_id")))
        voters.add(voter)
        counts[tuple(seen.setdefault(mark, mark) for mark in _marks(row, known, pointed=pointed))] += 1
    return counts


def _marks(row: _Row, known: frozenset[str], *, pointed: bool) -> list[_Mark]:
    ids = _list(row["vote"])
    points = [_points(row, written) for written in _list(row["points"])] if pointed else [1] * len(ids)
    if len(points) != len(ids):
        raise row.refuse(_("the vote names %(ids)s projects and %(points)s points", ids=len(ids), points=len(points)))
    if pointed and len(set(ids)) != len(ids):
        raise row.refuse(_("the vote gives a project points twice"))
    for id_ in ids:
        if id_ not in known:
            raise row.refuse(
                _("the vote names the project “%(id)s”, which is not in the file", id=id_[:WORDS_LENGTH_MAX])
            )
    # A second tick for the same project (Amsterdam 604 has some) counts once.
    return sorted(set(zip(ids, points, strict=True)))


def _points(row: _Row, written: str) -> int:
    if _POINTS.fullmatch(written) is None:
        raise row.refuse(_("“%(written)s” is no whole number of points", written=written[:WORDS_LENGTH_MAX]))
    return int(written)


def _list(written: str) -> list[str]:
    """Return what stands between the commas; nothing for an empty vote, which some files write as `none`."""
    if written.lower() in ("", "none"):
        return []
    return [part.strip() for part in written.split(",")]


def _cents(written: str) -> int | None:
    """Return the cents in an amount with a decimal point or comma, or None if it is not one."""
    match = _AMOUNT.fullmatch(written)
    if match is None:
        return None
    whole, decimals = match.groups()
    cents = int(whole) * 100 + int((decimals or "").ljust(2, "0"))
    return cents if cents <= AMOUNT_MAX else None


def _agree(meta: Mapping[str, _Row], key: str, counted: int) -> None:
    """Refuse a file that was cut short, or with rows swallowed by a quote."""
    if key in meta and meta[key]["value"] != str(counted):
        said = meta[key]["value"][:WORDS_LENGTH_MAX]
        raise meta[key].refuse(
            _("the file says %(key)s is %(said)s, but has %(counted)s", key=key, said=said, counted=counted)
        )


def _too_large() -> BadPabulib:
    return BadPabulib(_("This file is too large: at most %(most)s million bytes.", most=BYTES_MAX // 1_000_000))


def _bad(line: int, reason: Text) -> BadPabulib:
    return BadPabulib(_("Line %(line)s: %(reason)s.", line=line, reason=reason))

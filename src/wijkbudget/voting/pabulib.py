"""Elections in Pabulib's `.pb` format: read them, and report an outcome with their ids.

Source: Faliszewski and others 2023, "Participatory Budgeting: Data, Tools, and Analysis" (arXiv 2305.11035), section 2.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from wijkbudget.kit.errors import BadInput
from wijkbudget.kit.text import Text, _
from wijkbudget.kit.units import AMOUNT_MAX
from wijkbudget.voting.rules import CountedBallot, Election, Option, Outcome, TieOrder

TEXT_LENGTH_MAX = 64_000_000
"""Choice: ours; fifteen times the largest file in Pabulib (a city of 700,000)."""

PROJECTS_MAX = 10_000
VOTES_MAX = 300_000
"""Choice: ours; twice the largest vote in Pabulib."""

_SECTIONS = ("META", "PROJECTS", "VOTES")
_AMOUNT = re.compile(r"(\d{1,15})(?:[.,](\d{1,2})0*)?", re.ASCII)
_POINTS = re.compile(r"\d{1,9}", re.ASCII)
_TICKED = ("approval", "choose-1")
_POINTED = ("cumulative", "scoring")


class BadPabulib(BadInput):
    """The file is not a Pabulib election that can be counted here."""


@dataclass(frozen=True, kw_only=True)
class PabulibElection:
    """What a `.pb` file holds; the unit of its amounts is a hundred cents, whatever the currency."""

    meta: Mapping[str, str]
    vote_type: str
    budget_cents: int
    options: tuple[Option, ...]
    ballots: tuple[CountedBallot, ...]

    def election(self, ties: TieOrder) -> Election:
        """Return what a tally needs."""
        return Election(options=self.options, ballots=self.ballots, budget_cents=self.budget_cents, ties=ties)


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
        return self.cells[column]


def read(text: str) -> PabulibElection:
    """Return the election in a `.pb` file. Raises BadPabulib."""
    if len(text) > TEXT_LENGTH_MAX:
        raise BadPabulib(_("This file is too large."))
    sections = _sections(text.removeprefix("\ufeff"))
    meta = {row["key"].strip(): row["value"].strip() for row in sections["META"]}
    vote_type = meta.get("vote_type", "")
    if vote_type not in _TICKED + _POINTED:
        raise BadPabulib(
            _(
                "Ballots of type “%(vote_type)s” cannot be counted here, only %(known)s.",
                vote_type=vote_type,
                known=", ".join(_TICKED + _POINTED),
            )
        )
    budget_cents = _cents(meta.get("budget", ""))
    if budget_cents is None:
        raise BadPabulib(
            _("The budget in the file is “%(written)s”; that is no amount.", written=meta.get("budget", ""))
        )
    _agree(meta, "num_projects", len(sections["PROJECTS"]))
    _agree(meta, "num_votes", len(sections["VOTES"]))
    options = _options(sections["PROJECTS"])
    return PabulibElection(
        meta=meta,
        vote_type=vote_type,
        budget_cents=budget_cents,
        options=options,
        ballots=_ballots(sections["VOTES"], {option.id for option in options}, pointed=vote_type in _POINTED),
    )


def report(outcome: Outcome) -> dict[str, object]:
    """Return the outcome as `wijkbudget tally --json` prints it, with the seed where equals were drawn by lot."""
    drawn: dict[str, object] = {"seed": outcome.ties.seed} if outcome.ties.seed is not None else {}
    return {
        "rule": outcome.tally,
        "winners": list(outcome.winners),
        "spent_cents": outcome.spent_cents,
        "budget_cents": outcome.budget_cents,
        "projects": [
            {
                "id": option.id,
                "cost_cents": option.cost_cents,
                "votes": int(option.votes) if option.votes.denominator == 1 else str(option.votes),
                "won": option.won,
                "why": str(option.reason),
            }
            for option in outcome.options
        ],
    } | drawn


def _sections(text: str) -> dict[str, list[_Row]]:
    """Return the rows of each section, by the names in its header."""
    sections: dict[str, list[_Row]] = {}
    rows: list[_Row] = []
    header: list[str] | None = None
    for line, cells in _lines(text):
        title = cells[0].strip().upper()
        if len(cells) == 1 and title in _SECTIONS:
            if title in sections:
                raise _bad(line, _("the section %(section)s comes twice", section=title))
            rows = sections[title] = []
            header = None
        elif not sections:
            raise _bad(line, _("the file must begin with META"))
        elif header is None:
            header = [name.strip().lower() for name in cells]
        elif len(rows) == VOTES_MAX:
            raise _bad(line, _("there are more than %(most)s rows", most=VOTES_MAX))
        else:
            rows.append(_Row(line, dict(zip(header, cells, strict=False))))
    for section in _SECTIONS:
        if section not in sections:
            raise BadPabulib(_("The section %(section)s is missing.", section=section))
    return sections


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=";", strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise _bad(reader.line_num, _("the quotes do not match, or a field is too long")) from error


def _options(rows: list[_Row]) -> tuple[Option, ...]:
    if len(rows) > PROJECTS_MAX:
        raise BadPabulib(_("There are more than %(most)s projects.", most=PROJECTS_MAX))
    options: dict[str, Option] = {}
    for row in rows:
        id_ = row["project_id"].strip()
        cost_cents = _cents(row["cost"])
        if not id_ or id_ in options:
            raise row.refuse(_("the project id “%(id)s” is empty or comes twice", id=id_))
        if cost_cents is None:
            raise row.refuse(_("the cost “%(written)s” is no amount", written=row["cost"]))
        options[id_] = Option(id=id_, cost_cents=cost_cents, title=row.cells.get("name", "").strip() or id_)
    return tuple(options.values())


def _ballots(rows: list[_Row], known: set[str], *, pointed: bool) -> tuple[CountedBallot, ...]:
    """Return the ballots, those with the same marks together."""
    voters: set[str] = set()
    counts: Counter[tuple[tuple[str, int], ...]] = Counter()
    for row in rows:
        voter = row["voter_id"].strip()
        if voter in voters:
            raise row.refuse(_("the voter “%(voter)s” comes twice", voter=voter))
        voters.add(voter)
        counts[_marks(row, known, pointed=pointed)] += 1
    return tuple(CountedBallot(marks=dict(marks), count=count) for marks, count in counts.items())


def _marks(row: _Row, known: set[str], *, pointed: bool) -> tuple[tuple[str, int], ...]:
    ids = _list(row["vote"])
    points = [_points(row, written) for written in _list(row["points"])] if pointed else [1] * len(ids)
    if len(points) != len(ids):
        raise row.refuse(_("the vote names %(ids)s projects and %(points)s points", ids=len(ids), points=len(points)))
    if pointed and len(set(ids)) != len(ids):
        raise row.refuse(_("the vote gives a project points twice"))
    for id_ in ids:
        if id_ not in known:
            raise row.refuse(_("the vote names the project “%(id)s”, which is not in the file", id=id_))
    # A second tick for the same project (Amsterdam 604 has some) counts once.
    return tuple(sorted(set(zip(ids, points, strict=True))))


def _points(row: _Row, written: str) -> int:
    if _POINTS.fullmatch(written) is None:
        raise row.refuse(_("“%(written)s” is no whole number of points", written=written))
    return int(written)


def _list(written: str) -> list[str]:
    """Return what stands between the commas; nothing for an empty vote, which some files write as `none`."""
    stripped = written.strip()
    if stripped.lower() in ("", "none"):
        return []
    return [part.strip() for part in stripped.split(",")]


def _cents(written: str) -> int | None:
    """Return the cents in an amount with a decimal point or comma, or None if it is not one."""
    match = _AMOUNT.fullmatch(written.strip())
    if match is None:
        return None
    whole, decimals = match.groups()
    cents = int(whole) * 100 + int((decimals or "").ljust(2, "0"))
    return cents if cents <= AMOUNT_MAX else None


def _agree(meta: Mapping[str, str], key: str, counted: int) -> None:
    """Refuse a file that was cut short, or with rows swallowed by a quote."""
    if meta.get(key, str(counted)) != str(counted):
        raise BadPabulib(
            _("The file says %(key)s is %(said)s, but has %(counted)s.", key=key, said=meta[key], counted=counted)
        )


def _bad(line: int, reason: Text) -> BadPabulib:
    return BadPabulib(_("Line %(line)s: %(reason)s.", line=line, reason=reason))

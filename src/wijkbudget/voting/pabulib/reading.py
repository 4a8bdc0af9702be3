# SPDX-License-Identifier: EUPL-1.2
"""Reads `.pb` files line by line; whatever is wrong is refused with its line and the reason."""

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from operator import itemgetter

from wijkbudget.kit.text import _
from wijkbudget.kit.units import AMOUNT_MAX
from wijkbudget.voting.pabulib.election import (
    BYTES_MAX,
    KEPT,
    META,
    POINTED,
    PROJECTS,
    RANKED,
    TICKED,
    VOTES,
    WORDS_LENGTH_MAX,
    BadPabulib,
    PabulibElection,
)
from wijkbudget.voting.pabulib.rows import Row, Rows, bad
from wijkbudget.voting.pabulib.ticks import plain_ticks
from wijkbudget.voting.rules import Ballots, Option

_AMOUNT = re.compile(r"(\d{1,15})(?:[.,](\d{1,2})0*)?", re.ASCII)
_POINTS = re.compile(r"\d{1,9}", re.ASCII)


def text_of(content: bytes) -> str:
    """Return the text of a file. Raises BadPabulib if it is too large or no text."""
    if len(content) > BYTES_MAX:
        raise _too_large()
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise bad(content.count(b"\n", 0, error.start) + 1, _("this is not text in UTF-8")) from None


def read(text: str) -> PabulibElection:
    """Return the election in a `.pb` file. Raises BadPabulib."""
    if len(text) > BYTES_MAX:
        raise _too_large()
    rows = Rows(text)
    meta = _meta(rows)
    vote_type = meta["vote_type"]["value"]
    if vote_type not in TICKED + POINTED + RANKED:
        known = ", ".join(TICKED + POINTED + RANKED)
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
    ballots = _ballots(rows, options, vote_type)
    rows.end()
    _agree(meta, "num_projects", len(options))
    _agree(meta, "num_votes", ballots.cast)
    return PabulibElection(
        meta={key: row["value"] for key, row in meta.items()},
        vote_type=vote_type,
        budget_cents=budget_cents,
        options=options,
        ballots=ballots,
    )


def _meta(rows: Rows) -> dict[str, Row]:
    meta: dict[str, Row] = {}
    for row in rows.section(META):
        key = row["key"]
        if key in meta:
            raise row.refuse(_("“%(key)s” is said twice", key=key[:WORDS_LENGTH_MAX]))
        if key in KEPT:
            row.words("value")
        meta[key] = row
    for key in ("vote_type", "budget"):
        if key not in meta:
            raise bad(rows.line, _("“%(key)s” is missing before this", key=key))
        meta[key].words("value")
    return meta


def _options(rows: Rows) -> tuple[Option, ...]:
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


def _ballots(rows: Rows, options: tuple[Option, ...], vote_type: str) -> Ballots:
    """Return the ballots, in groups in the order in which they were first seen."""
    header, votes = rows.columns(VOTES)
    ids = [option.id for option in options]
    plain = plain_ticks(rows.text, rows.end_of_line, header, ids) if vote_type in TICKED else None
    return _row_by_row(rows, header, votes, ids, vote_type) if plain is None else plain


def _row_by_row(
    rows: Rows, header: list[str], votes: Iterable[list[str]], ids: Sequence[str], vote_type: str
) -> Ballots:
    """Return the ballots in groups.

    Each way to write a vote is looked into once, however many wrote it: a city would take long otherwise.
    """
    places = {id_: place for place, id_ in enumerate(ids)}
    told = ("vote",) if vote_type in TICKED else ("vote", "points")
    given = itemgetter(*(place for place, name in enumerate(header) if name in told))
    at_voter, at_vote = header.index("voter_id"), header.index("vote")
    voters: set[str] = set()
    written: dict[object, bytes] = {}
    groups: dict[bytes, int] = {}
    for cells in votes:
        voter = cells[at_voter].strip() if at_voter < len(cells) else rows.row(header, cells)["voter_id"]
        if voter in voters:
            row = rows.row(header, cells)
            raise row.refuse(_("the voter “%(voter)s” comes twice", voter=row.words("voter_id")))
        voters.add(voter)
        # Some files leave out the last fields where they are empty.
        vote = given(cells) if len(cells) == len(header) else tuple(cells[at_vote:])
        pairs = written.get(vote)
        if pairs is None:
            marks = _marks(rows.row(header, cells), places, vote_type)
            pairs = written[vote] = array("i", [number for mark in marks for number in mark]).tobytes()
        groups[pairs] = groups.get(pairs, 0) + 1
    return Ballots.grouped(tuple(ids), groups, {Fraction(1): array("q", groups.values())} if groups else {})


def _marks(row: Row, places: Mapping[str, int], vote_type: str) -> list[tuple[int, int]]:
    # A project can be called none.
    ids = _list(row["vote"]) or [row["vote"]] * (row["vote"] in places)
    points = _given(row, ids, vote_type)
    if len(points) != len(ids):
        raise row.refuse(_("the vote names %(ids)s projects and %(points)s points", ids=len(ids), points=len(points)))
    if vote_type not in TICKED and len(set(ids)) != len(ids):
        twice = (
            _("the vote gives a project points twice")
            if vote_type in POINTED
            else _("the vote puts a project in two places")
        )
        raise row.refuse(twice)
    for id_ in ids:
        if id_ not in places:
            raise row.refuse(
                _("the vote names the project “%(id)s”, which is not in the file", id=id_[:WORDS_LENGTH_MAX])
            )
    return sorted({(places[id_], mark) for id_, mark in zip(ids, points, strict=True)})


def _given(row: Row, ids: list[str], vote_type: str) -> list[int]:
    """Return the points of a vote.

    Source: pabulib.org/format; a ranking has points where the city gave them (Kraków: 3, 2, 1), and otherwise the last
    place gets one, the place before it two, and so on, which is how its files count their scores.
    """
    if vote_type in TICKED:
        return [1] * len(ids)
    if vote_type in POINTED or row.cells.get("points", "").strip():
        return [_points(row, written) for written in _list(row["points"])]
    return list(range(len(ids), 0, -1))


def _points(row: Row, written: str) -> int:
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


def _agree(meta: Mapping[str, Row], key: str, counted: int) -> None:
    """Refuse a file that was cut short, or with rows swallowed by a quote."""
    if key in meta and meta[key]["value"] != str(counted):
        said = meta[key]["value"][:WORDS_LENGTH_MAX]
        raise meta[key].refuse(
            _("the file says %(key)s is %(said)s, but has %(counted)s", key=key, said=said, counted=counted)
        )


def _too_large() -> BadPabulib:
    return BadPabulib(_("This file is too large: at most %(most)s million bytes.", most=BYTES_MAX // 1_000_000))

# SPDX-License-Identifier: EUPL-1.2
"""Writes a counted vote as a `.pb` file, from what is published about it and nothing else."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from wijkbudget.voting.pabulib.election import KEPT, TICKED
from wijkbudget.voting.rules import Parameters

_ADD_ONE: Parameters = {"utility": "cost", "completion": "add1", "stop": "infeasible", "unit_cents": 100}
_RULES: tuple[tuple[str, str, Parameters], ...] = (
    ("greedy", "greedy", {"too_dear": "skip"}),
    ("greedy-no-skip", "greedy", {"too_dear": "stop"}),
    ("equalshares", "equal_shares", {"utility": "cost", "completion": "none"}),
    ("equalshares/add1", "equal_shares", _ADD_ONE),
)
"""How Pabulib calls what we do, with the parameters that it must be done with."""

_ORDER = (
    *KEPT[:6],
    "num_projects",
    "num_votes",
    "budget",
    "vote_type",
    "rule",
    *KEPT[7:17],
    "min_project_score_threshold",
    *KEPT[17:],
    "fully_funded",
    "comment",
)
"""In which order Pabulib wants what a file says of itself."""


@dataclass(frozen=True, kw_only=True)
class Project:
    """An option, and what became of it."""

    id: str
    cost_cents: int
    title: str
    heads: int
    """How many ballots marked it."""
    points: int
    """The marks on all ballots together."""
    won: bool


@dataclass(frozen=True, kw_only=True)
class PublishedElection:
    """A counted vote as everybody can see it."""

    said: Mapping[str, str]
    """Where and when it was and how people could vote, in the words of Pabulib."""
    budget_cents: int
    tally: str
    parameters: Parameters
    follows: bool
    """The tally finds the winners in these ballots with each counting the same."""
    remark: str
    """What a reader of the file must know besides; may be empty."""
    projects: tuple[Project, ...]
    """In the order in which equals were chosen, so that whoever reads the file chooses the same."""
    ballots: Iterable[Mapping[str, int]]
    """The marks of each ballot, in the order in which they were published."""
    ballot_count: int
    limits: Sequence[str]
    """What kept plans out besides the money; the format has no place for it."""


def write(election: PublishedElection) -> str:
    """Return the file; a voter is only a number in it: the place of the ballot in the published list."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(_rows(election))
    return text.getvalue()


def _rows(election: PublishedElection) -> Iterator[tuple[object, ...]]:
    # A ranking says its points too: a first place weighs the same on a short ballot, and without them it would not.
    pointed = election.said["vote_type"] not in TICKED
    yield from (("META",), ("key", "value"))
    meta = _meta(election)
    yield from ((key, meta[key]) for key in _ORDER if meta.get(key))
    yield ("PROJECTS",)
    yield ("project_id", "cost", "votes", *(("score",) if pointed else ()), "name", "selected")
    for each in election.projects:
        score = (each.points,) if pointed else ()
        yield (each.id, euros(each.cost_cents), each.heads, *score, each.title, int(each.won))
    yield ("VOTES",)
    yield ("voter_id", "vote", *(("points",) if pointed else ()))
    for number, marks in enumerate(election.ballots, 1):
        # The most points first, as Pabulib wants them; equals in the order of the ballot.
        marked = sorted((-mark, *_key(id_)) for id_, mark in marks.items() if mark)
        points = (",".join(str(-mark) for mark, _length, _id in marked),) if pointed else ()
        yield (number, ",".join(id_ for _mark, _length, id_ in marked), *points)


def _meta(election: PublishedElection) -> dict[str, object]:
    rule, threshold = _rule(election)
    limited = [f"A limit held: {limit}" for limit in election.limits]
    remarks = [
        "The votes and what was selected were counted by wijkbudget from these ballots",
        election.remark,
        *limited,
    ]
    if rule == "unknown":
        told = ", ".join(f"{name} {value}" for name, value in sorted(election.parameters.items()))
        remarks.append(f"It was counted with {election.tally} ({told})")
    is_enough = election.budget_cents >= sum(each.cost_cents for each in election.projects)
    return {
        **election.said,
        "num_projects": len(election.projects),
        "num_votes": election.ballot_count,
        "budget": euros(election.budget_cents),
        "rule": rule,
        "min_project_score_threshold": threshold,
        "fully_funded": 1 if is_enough else None,
        "comment": " ".join(f"#{number}: {remark}." for number, remark in enumerate(filter(None, remarks), 1)),
    }


def _rule(election: PublishedElection) -> tuple[str, int | None]:
    """Return Pabulib's name for how the vote was counted, and its threshold.

    Choice: a rule is named only if whoever applies it to these ballots finds what was selected.
    """
    if election.tally == "equal_shares" and election.said["vote_type"] not in TICKED:
        # Pabulib does not say what a point or a place is worth in equal shares.
        return "unknown", None
    parameters = set(election.parameters.items())
    names = [name for name, tally, must in _RULES if tally == election.tally and set(must.items()) <= parameters]
    if (
        not names
        or election.limits
        or not election.follows
        or (names == ["equalshares/add1"] and not _ends_by_the_book(election))
    ):
        return "unknown", None
    if election.tally == "greedy" and not all(each.heads for each in election.projects):
        # Nothing wins here without a vote, and Pabulib's greedy rules let it, unless a threshold forbids that.
        return "greedy-threshold" if names == ["greedy"] else names[0], 1
    return names[0], None


def _ends_by_the_book(election: PublishedElection) -> bool:
    """Return whether add-one comes to its end for somebody who counts in whole euros until the money is not enough."""
    is_whole = all(each.cost_cents % 100 == 0 for each in election.projects) and election.budget_cents % 100 == 0
    return is_whole and any(each.heads and not each.won for each in election.projects)


def euros(cents: int) -> str:
    """Return an amount as files write it: `250` or `12.50`."""
    whole, rest = divmod(cents, 100)
    return f"{whole}.{rest:02}" if rest else str(whole)


def _key(id_: str) -> tuple[int, str]:
    """Return where an option stands on the ballot: "9" before "10"."""
    return (len(id_), id_)

# SPDX-License-Identifier: EUPL-1.2
"""What a `.pb` file can hold: its sections, columns and limits, and the election that was read from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from wijkbudget.kit.errors import BadInput
from wijkbudget.voting.rules import Ballots, Election, Option, TieOrder

BYTES_MAX = 16_000_000
"""Choice: ours; four times the vote of Łódź in 2022, which 90,000 people took part in."""

LINE_LENGTH_MAX = 100_000
WORDS_LENGTH_MAX = 1_000
"""Choice: ours; for a name, an id and what a file says of itself, because pages show them."""

TICKED = ("approval", "choose-1")
POINTED = ("cumulative", "scoring")
RANKED = ("ordinal",)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the file: a line with its title, a line with its columns, and its rows."""

    title: str
    rows_max: int
    needed: tuple[str, ...]
    known: frozenset[str]


META = Section(title="META", rows_max=1_000, needed=("key", "value"), known=frozenset({"key", "value"}))
PROJECTS = Section(
    title="PROJECTS",
    rows_max=10_000,
    needed=("project_id", "cost"),
    known=frozenset(
        {
            "project_id",
            "cost",
            "votes",
            "score",
            "name",
            "category",
            "beneficiaries",
            "target",
            "selected",
            "neighborhood",
            "subunit",
            "district",
            "description",
            "proposer",
            "public_id",
            "latitude",
            "longitude",
        }
    ),
)
VOTES = Section(
    title="VOTES",
    rows_max=300_000,
    needed=("voter_id", "vote"),
    known=frozenset(
        {
            "voter_id",
            "vote",
            "points",
            "age",
            "sex",
            "voting_method",
            "district",
            "neighborhood",
            "education",
            "topic_preference_transport",
            "topic_preference_culture",
            "topic_preference_nature",
            "district_preference",
            "time_taken_seconds",
            "format_easiness",
            "format_expressiveness",
            "format_rank",
        }
    ),
)
"""Choice: the rows are ours (twice the largest vote in Pabulib); the columns are all that Pabulib knows."""

SECTIONS = (META, PROJECTS, VOTES)

KEPT = (
    "description",
    "country",
    "unit",
    "district",
    "subunit",
    "instance",
    "vote_type",
    "date_begin",
    "date_end",
    "min_length",
    "max_length",
    "min_sum_cost",
    "max_sum_cost",
    "min_points",
    "max_points",
    "min_sum_points",
    "max_sum_points",
    "edition",
    "language",
    "currency",
)
"""What is kept of what a file says of itself: where and when the vote was, and how people could vote."""


class BadPabulib(BadInput):
    """The file is not a Pabulib election that can be counted here."""


@dataclass(frozen=True, kw_only=True)
class PabulibElection:
    """What a `.pb` file holds; the unit of its amounts is a hundred cents, whatever the currency."""

    meta: Mapping[str, str]
    vote_type: str
    budget_cents: int
    options: tuple[Option, ...]
    """In the order of the file."""
    ballots: Ballots

    def election(self, ties: TieOrder) -> Election:
        """Return what a tally needs."""
        return Election(options=self.options, ballots=self.ballots, budget_cents=self.budget_cents, ties=ties)

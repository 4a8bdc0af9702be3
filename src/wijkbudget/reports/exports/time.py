# SPDX-License-Identifier: EUPL-1.2
"""The time of each quarter that is over: for what and where, and who is not reached; never about few people."""

from collections.abc import Iterator, Sequence

from wijkbudget.kit.fields import View
from wijkbudget.reciprocity.rules.periods import PERIODS_A_YEAR, Period
from wijkbudget.reciprocity.statistics import queries as statistics
from wijkbudget.reciprocity.statistics.schemas import GroupView, StatisticsView
from wijkbudget.trail.work import Look


class TimeRow(View):
    """A number of one group of one table, as on the page; what a table does not tell is left empty."""

    period: str
    table: str
    """`total`, or the name of the table in the API, such as `byTheme`."""
    group: str | None
    """A theme, a small area or an age; None for what has none."""
    is_rest: bool
    """Whether this is all groups together that are too small to show."""
    minutes: int | None = None
    giver_count: int | None = None
    resident_count: int | None = None
    gave_count: int | None = None
    exempt_count: int | None = None
    nothing_count: int | None = None
    started_count: int | None = None
    finished_count: int | None = None


class _Time:
    key = "time"
    row: type[View] = TimeRow
    of_a_year = True

    def rows(self, look: Look, place: str, year: int | None) -> Iterator[TimeRow]:
        """Yield the tables of each quarter that is over, the first one first."""
        assert year is not None
        for number in range(1, PERIODS_A_YEAR + 1):
            period = Period(year=year, number=number)
            if look.today >= period.until_on:
                yield from _rows(statistics.statistics(look, place, period.key))


def _rows(found: StatisticsView) -> Iterator[TimeRow]:
    tables: dict[str, Sequence[GroupView]] = {
        "byTheme": found.by_theme,
        "byQuarter": found.by_quarter,
        "reachedByQuarter": found.reached_by_quarter,
        "reachedByAge": found.reached_by_age,
        "pairingsByTheme": found.pairings_by_theme,
        "pairingsByQuarter": found.pairings_by_quarter,
    }
    yield TimeRow(
        period=found.period,
        table="total",
        group=None,
        is_rest=False,
        minutes=found.minutes,
        giver_count=found.giver_count,
    )
    for table, groups in tables.items():
        for group in groups:
            yield TimeRow(period=found.period, table=table, group=group.name, **group.model_dump(exclude={"name"}))


TIME = _Time()

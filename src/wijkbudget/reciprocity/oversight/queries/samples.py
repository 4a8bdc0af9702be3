# SPDX-License-Identifier: EUPL-1.2
"""Reads which settled time was drawn, how, and what was found; and draws it again."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import PolicyNotFound, TimeChecksPolicy
from wijkbudget.reciprocity.models import TimeEntry
from wijkbudget.reciprocity.oversight import access, rules
from wijkbudget.reciprocity.oversight.models import TimeCheck, TimeSample
from wijkbudget.reciprocity.oversight.queries.rows import entries_where, looked_at
from wijkbudget.reciprocity.oversight.rules import Finding, NotDrawn, SampleNotFound
from wijkbudget.reciprocity.oversight.schemas import CheckedSampleView, CheckView, LookedAtView, SamplesView, SampleView
from wijkbudget.reciprocity.rules.periods import Period, before, period_of, read_period
from wijkbudget.trail.work import Look, question

PERIODS_BACK = 4
"""Choice: what was settled longer than a year ago is not drawn any more."""
SHOWN_MAX = 200


@question(access.LOOK)
def samples(look: Look, place: str) -> SamplesView:
    """Return every sample that was drawn, the newest first, and what is due. Raises NeighbourhoodNotFound."""
    neighbourhoods.neighbourhood(look, place)
    drawn = look.session.exec(select(TimeSample).where(col(TimeSample.place) == place)).all()
    found = _findings(look, place)
    section = section_on(look, place, period_of(look.today))
    return SamplesView(
        samples=[_view(row, found.get(row.id, {})) for row in sorted(drawn, key=lambda row: row.period, reverse=True)],
        percent=section.sample_percent if section else None,
        lots_from=section.lots_from if section else None,
        article=section.article if section else None,
        due=[each.key for each in _due(look, place, {row.period for row in drawn})],
    )


@question(access.SEE_SAMPLE)
def sample(look: Look, place: str, period: str) -> CheckedSampleView:
    """Return the time that was drawn of a period, what still waits first, at most 200.

    Raises NoSuchPeriod or SampleNotFound.
    """
    row = sample_row(look, place, read_period(period))
    checks = look.session.exec(select(TimeCheck).where(col(TimeCheck.sample_id) == row.id)).all()
    ordered = sorted(checks, key=lambda each: (each.finding is not None, str(each.entry_id)))[:SHOWN_MAX]
    return CheckedSampleView(**dict(_view(row, _findings(look, place).get(row.id, {}))), checks=_checks(look, ordered))


@question(access.SEE_SAMPLE)
def drawn_time(look: Look, place: str, period: str, entry_id: UUID) -> CheckView:
    """Return one entry that was drawn, with what was found. Raises NoSuchPeriod, SampleNotFound or NotDrawn."""
    row = check_row(look, sample_row(look, place, read_period(period)).id, entry_id)
    return _checks(look, [row])[0]


def section_on(look: Look, place: str, period: Period) -> TimeChecksPolicy | None:
    """Return what the policy says about samples on the last day of a period: announced before anything is drawn."""
    with suppress(PolicyNotFound):
        return neighbourhoods.policy(look, place, period.last_on).rules.time_checks
    return None


def settled_in(look: Look, place: str, period: Period) -> list[str]:
    """Return the ids of all entries that were settled in a period, in order; once it is over these change no more."""
    rows = select(TimeEntry.id).where(*_settled_in(place, period)).order_by(col(TimeEntry.id))
    return [str(entry_id) for entry_id in look.session.exec(rows).all()]


def sample_row(look: Look, place: str, period: Period) -> TimeSample:
    """Return the row of a sample. Raises SampleNotFound."""
    rows = select(TimeSample).where(col(TimeSample.place) == place, col(TimeSample.period) == period.key)
    row = look.session.exec(rows).first()
    if row is None:
        raise SampleNotFound(_("Nothing was drawn of this quarter."))
    return row


def check_row(look: Look, sample_id: UUID, entry_id: UUID) -> TimeCheck:
    """Return the row of an entry that was drawn. Raises NotDrawn."""
    row = look.session.get(TimeCheck, (sample_id, entry_id))
    if row is None:
        raise NotDrawn(_("This time was not drawn."))
    return row


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for each sample that is not what its seed draws from the time settled in its period."""
    for row in look.session.exec(select(TimeSample).order_by(col(TimeSample.place), col(TimeSample.period))).all():
        period = read_period(row.period)
        settled = settled_in(look, row.place, period)
        seed = rules.seed(row.place, period, row.value)
        again = set(rules.drawn(settled, seed, row.drawn_count))
        rows = select(TimeCheck.entry_id).where(col(TimeCheck.sample_id) == row.id)
        kept = {str(entry_id) for entry_id in look.session.exec(rows).all()}
        if (len(settled), seed, again) != (row.entry_count, row.seed, kept):
            yield Fault("reciprocity", f"sample {row.place} {row.period}", "is not what its seed draws")


def _settled_in(place: str, period: Period) -> tuple[ColumnElement[bool], ...]:
    settled_on = col(TimeEntry.settled_on)
    return col(TimeEntry.place) == place, settled_on >= period.first_on, settled_on < period.until_on


def _due(look: Look, place: str, drawn: set[str]) -> Iterator[Period]:
    """Yield the periods of which a sample can be drawn, the oldest first."""
    periods = [period_of(look.today)]
    for _number in range(PERIODS_BACK):
        periods.append(before(periods[-1]))
    for period in reversed(periods[1:]):
        count = select(func.count()).where(*_settled_in(place, period))
        if period.key not in drawn and section_on(look, place, period) and look.session.exec(count).one():
            yield period


def _findings(look: Look, place: str) -> dict[UUID, dict[str, int]]:
    """Return for each sample how often each thing was found."""
    rows = (
        select(TimeCheck.sample_id, TimeCheck.finding, func.count())
        .where(col(TimeCheck.place) == place, col(TimeCheck.finding).is_not(None))
        .group_by(col(TimeCheck.sample_id), col(TimeCheck.finding))
    )
    found: dict[UUID, dict[str, int]] = {}
    for sample_id, finding, count in look.session.exec(rows).all():
        found.setdefault(sample_id, {})[str(finding)] = count
    return found


def _view(row: TimeSample, found: Mapping[str, int]) -> SampleView:
    period = read_period(row.period)
    return SampleView(
        period=row.period,
        first_on=period.first_on,
        last_on=period.last_on,
        lots_from=row.lots_from,
        value=row.value,
        seed=row.seed,
        entry_count=row.entry_count,
        drawn_count=row.drawn_count,
        drawn_on=row.drawn_on,
        right_count=found.get(Finding.RIGHT, 0),
        not_right_count=found.get(Finding.NOT_RIGHT, 0),
    )


def _checks(look: Look, rows: Sequence[TimeCheck]) -> list[CheckView]:
    """Return drawn entries with what was found, in the order of the rows."""
    found = entries_where(look, col(TimeEntry.id).in_([row.entry_id for row in rows]))
    seen = {view.id: (view, entry) for view, (entry, _title) in zip(looked_at(look, found), found, strict=True)}
    names = identity.names(look, {str(row.found_by) for row in rows if row.found_by})
    return [_check_view(look, row, *seen[row.entry_id], names) for row in rows]


def _check_view(
    look: Look, row: TimeCheck, view: LookedAtView, entry: TimeEntry, names: Mapping[str, str]
) -> CheckView:
    part = {str(entry.person_id), str(entry.confirmed_by)}
    return CheckView(
        entry=view,
        finding=Finding(row.finding) if row.finding else None,
        reason=row.reason,
        found_by=names.get(str(row.found_by), "") if row.found_by else None,
        found_on=row.found_on,
        may_note=access.DRAW.allows(look.roles) and look.actor.id not in part,
    )

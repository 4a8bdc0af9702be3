# SPDX-License-Identifier: EUPL-1.2
"""Reads what people received for their time, and proves that the sums are right."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules.earning import VolunteerFeesPolicy
from wijkbudget.reciprocity.fees import access, rules
from wijkbudget.reciprocity.fees.models import FeeEntry, FeeTotal
from wijkbudget.reciprocity.fees.rules import Fee, FeeNotFound, Form, NoFeeLimits, Source
from wijkbudget.reciprocity.fees.schemas import FeesView, FeeView, MonthView, StandingView
from wijkbudget.reciprocity.rules.entries import PersonNotHere
from wijkbudget.trail.work import Look, question


@question(access.SEE)
def fees_of(look: Look, place: str, person_id: str) -> FeesView:
    """Return what somebody received for their time, from every neighbourhood. Raises NotYours or PersonNotHere."""
    look.demand_own({person_id})
    demand_here(look, place, person_id)
    today, knows_limits = look.today, has_limits(look, place)
    rows = look.session.exec(
        select(FeeEntry)
        .where(col(FeeEntry.person_id) == UUID(person_id), col(FeeEntry.received_on) >= date(today.year - 1, 1, 1))
        .order_by(col(FeeEntry.received_on).desc(), col(FeeEntry.recorded_at).desc(), col(FeeEntry.id))
    ).all()
    taken_off = {row.takes_off for row in rows}
    return FeesView(
        person_name=identity.names(look, [person_id]).get(person_id, ""),
        is_own=person_id == look.actor.id,
        standing=standing_on(look, place, person_id, today) if knows_limits else None,
        months=_months(look, person_id, today),
        fees=[_view(look, row, is_taken_off=row.id in taken_off) for row in rows],
        may_tell=knows_limits and access.TELL.allows(look.roles),
    )


def standing_on(look: Look, place: str, person_id: str, on: date) -> StandingView:
    """Return what somebody received on a day, beside the limits. Raises NoFeeLimits."""
    section = section_of(look, place)
    limit = rules.limit_on(section.limits, on)
    month_cents, year_cents = totals(look, person_id, on)
    return StandingView(
        month=on.replace(day=1),
        month_cents=month_cents,
        month_cents_max=limit.month_cents_max,
        year_cents=year_cents,
        year_cents_max=limit.year_cents_max,
        limit_year=limit.year,
        is_near=rules.is_near(section, on, month_cents, year_cents),
        is_over=month_cents > limit.month_cents_max or year_cents > limit.year_cents_max,
        warn_percent=section.warn_percent,
        article=section.article,
    )


def demand_fits(look: Look, place: str, fee: Fee) -> None:
    """Do nothing if somebody could receive this today; nothing is kept. Raises NoFeeLimits or FeeTooHigh."""
    month_cents, year_cents = totals(look, fee.person_id, fee.received_on)
    with_it = month_cents + fee.amount_cents, year_cents + fee.amount_cents
    rules.demand_within(section_of(look, place), fee.received_on, *with_it)


def is_near_with(look: Look, place: str, person_id: str, on: date, amount_cents: int) -> bool:
    """Return whether somebody comes near a limit if they receive an amount on a day; never where none is known."""
    month_cents, year_cents = totals(look, person_id, on)
    section = _section(look, place)
    with_it = month_cents + amount_cents, year_cents + amount_cents
    return section is not None and rules.is_near(section, on, *with_it)


def has_limits(look: Look, place: str) -> bool:
    """Return whether the policy says how much somebody can receive for their time."""
    return _section(look, place) is not None


def received(look: Look, source: Source) -> dict[str, int]:
    """Return how much counts as received for each thing of a source, for the proof of the domain that it is of."""
    rows = select(col(FeeEntry.about), func.sum(col(FeeEntry.amount_cents)))
    grouped = rows.where(col(FeeEntry.source) == source).group_by(col(FeeEntry.about))
    return {about: int(total) for about, total in look.session.exec(grouped).all() if total}


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for each sum that is not that of its entries, and each entry that takes off something else."""
    entries = {row.id: row for row in look.session.exec(select(FeeEntry)).all()}
    yield from _check_sums(look, entries.values())
    for entry in entries.values():
        first = entries[entry.takes_off] if entry.takes_off else entry
        is_of_it = (first.person_id, first.received_on) == (entry.person_id, entry.received_on)
        if first is not entry and not (is_of_it and first.amount_cents == -entry.amount_cents):
            yield Fault("what is taken off is what was received", f"fee {entry.id}", "is another amount, day or person")


def _check_sums(look: Look, entries: Iterable[FeeEntry]) -> Iterator[Fault]:
    """Yield a fault for each month or year of a person whose sum is not that of its entries."""
    found = Counter[tuple[UUID, str]]()
    for entry in entries:
        for period in (rules.month_of(entry.received_on), rules.year_of(entry.received_on)):
            found[entry.person_id, period] += entry.amount_cents
    kept = {(row.person_id, row.period): row.amount_cents for row in look.session.exec(select(FeeTotal)).all()}
    for key in sorted(found.keys() | kept.keys()):
        if found[key] != kept.get(key, 0):
            shows = f"the entries say {found[key]} cents, the sum says {kept.get(key, 0)}"
            yield Fault("what somebody received is the sum of its entries", f"period {key[1]}", shows)


def section_of(look: Look, place: str) -> VolunteerFeesPolicy:
    """Return what the policy says of fees today. Raises NeighbourhoodNotFound or NoFeeLimits."""
    section = _section(look, place)
    if section is None:
        sentence = _(
            "The rules of this neighbourhood do not say how much somebody can receive for their time. "
            "The council can adopt rules that do."
        )
        raise NoFeeLimits(sentence)
    return section


def demand_here(look: Look, place: str, person_id: str) -> None:
    """Do nothing if somebody lives in the neighbourhood. Raises PersonNotHere."""
    if not identity.is_resident(look, place, person_id, look.today):
        raise PersonNotHere(_("This person does not live in this neighbourhood."))


def totals(look: Look, person_id: str, on: date) -> tuple[int, int]:
    """Return what somebody received in the month of a day and in its year."""
    month, year = rules.month_of(on), rules.year_of(on)
    rows = select(FeeTotal.period, FeeTotal.amount_cents).where(
        col(FeeTotal.person_id) == UUID(person_id), col(FeeTotal.period).in_((month, year))
    )
    found = dict(look.session.exec(rows).all())
    return found.get(month, 0), found.get(year, 0)


def row_of(look: Look, person_id: str, fee_id: UUID) -> FeeEntry:
    """Return an entry of somebody that is no counter-entry. Raises FeeNotFound."""
    row = look.session.exec(
        select(FeeEntry).where(
            col(FeeEntry.id) == fee_id,
            col(FeeEntry.person_id) == UUID(person_id),
            col(FeeEntry.takes_off).is_(None),
        )
    ).first()
    if row is None:
        raise FeeNotFound(_("There is no such entry of this person."))
    return row


def standing_entry(look: Look, source: Source, about: str) -> FeeEntry | None:
    """Return the entry about a thing that counts, or None."""
    row = look.session.exec(
        select(FeeEntry).where(
            col(FeeEntry.source) == source, col(FeeEntry.about) == about, col(FeeEntry.takes_off).is_(None)
        )
    ).first()
    return None if row is None or is_taken_off(look, row) else row


def is_taken_off(look: Look, row: FeeEntry) -> bool:
    """Return whether an entry counts no longer."""
    later = select(FeeEntry.id).where(col(FeeEntry.takes_off) == row.id)
    return look.session.exec(later).first() is not None


def _section(look: Look, place: str) -> VolunteerFeesPolicy | None:
    return neighbourhoods.policy(look, place).rules.volunteer_fees


def _months(look: Look, person_id: str, today: date) -> list[MonthView]:
    """Return what somebody received in each month of this year in which they received something."""
    of_year = select(FeeTotal).where(
        col(FeeTotal.person_id) == UUID(person_id), col(FeeTotal.period).startswith(f"{rules.year_of(today)}-")
    )
    rows = look.session.exec(of_year.order_by(col(FeeTotal.period))).all()
    return [
        MonthView(month=date.fromisoformat(f"{row.period}-01"), amount_cents=row.amount_cents)
        for row in rows
        if row.amount_cents
    ]


def _view(look: Look, row: FeeEntry, *, is_taken_off: bool) -> FeeView:
    only_own = access.TELL.only_own(look.roles)
    told = row.source == Source.ELSEWHERE and row.takes_off is None and not is_taken_off
    return FeeView(
        id=row.id,
        amount_cents=row.amount_cents,
        received_on=row.received_on,
        form=Form(row.form),
        source=Source(row.source),
        giver=row.giver,
        is_taken_off=is_taken_off,
        may_withdraw=told and access.TELL.allows(look.roles) and (not only_own or row.recorded_by == look.actor.id),
    )

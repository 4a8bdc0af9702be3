# SPDX-License-Identifier: EUPL-1.2
"""Records what somebody receives for their time, refuses what the law does not leave untaxed, and takes it off."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam
from sqlmodel import text

from wijkbudget.kit.text import _
from wijkbudget.reciprocity.fees import access, queries, rules
from wijkbudget.reciprocity.fees.events import FeeReceived, FeeTakenOff
from wijkbudget.reciprocity.fees.models import FeeEntry
from wijkbudget.reciprocity.fees.rules import Fee, Source, WithdrawnBefore
from wijkbudget.reciprocity.fees.schemas import FeesView, TellFee
from wijkbudget.trail.work import Work, verb

_MORE = text(
    "INSERT INTO fee_total (person_id, period, amount_cents) VALUES (:person_id, :period, :amount_cents)"
    " ON CONFLICT (person_id, period) DO UPDATE SET amount_cents = fee_total.amount_cents + excluded.amount_cents"
).bindparams(bindparam("person_id", type_=Uuid()))
_LESS = text(
    "UPDATE fee_total SET amount_cents = amount_cents + :amount_cents WHERE person_id = :person_id AND period = :period"
).bindparams(bindparam("person_id", type_=Uuid()))


def receive(work: Work, place: str, fee: Fee) -> None:
    """Record what somebody receives for their time, for the verb that gives it. Raises NoFeeLimits or FeeTooHigh."""
    assert fee.amount_cents > 0
    assert fee.source is not Source.ELSEWHERE, "what comes from elsewhere is told"
    section = queries.section_of(work, place)
    _write(work, place, fee)
    # Asked after writing: of two acts at the same moment, one waits for the sums that the other changes.
    rules.demand_within(section, fee.received_on, *queries.totals(work, fee.person_id, fee.received_on))


def take_off(work: Work, source: Source, about: str) -> None:
    """Let a thing count as received no longer, for the verb that undoes it; nothing if nothing counts."""
    row = queries.standing_entry(work, source, about)
    if row is not None:
        _take_off(work, row)


@verb(access.TELL, once=True)
def tell_fee(work: Work, place: str, person_id: str, command: TellFee) -> FeesView:
    """Tell what somebody received for their time from another organisation.

    Choice: it is a fact, so it is never refused for being too much; it leaves less, or nothing, to receive here.
    Raises NotYours, PersonNotHere, NoFeeLimits or NoFeeThatDay.
    """
    work.demand_own({person_id})
    queries.demand_here(work, place, person_id)
    queries.section_of(work, place)
    rules.demand_counted_day(command.received_on, work.today)
    fee = Fee(
        person_id=person_id,
        amount_cents=command.amount_cents,
        received_on=command.received_on,
        form=command.given_as,
        source=Source.ELSEWHERE,
        about=str(work.new_id()),
    )
    _write(work, place, fee, giver=command.giver)
    return queries.fees_of(work, place, person_id)


@verb(access.TELL)
def withdraw_fee(work: Work, place: str, person_id: str, fee_id: UUID) -> FeesView:
    """Take off what was told by mistake, by a counter-entry.

    Raises NotYours, PersonNotHere, FeeNotFound, NotToldHere, ToldByOther or WithdrawnBefore.
    """
    work.demand_own({person_id})
    queries.demand_here(work, place, person_id)
    row = queries.row_of(work, person_id, fee_id)
    rules.demand_withdrawable(
        Source(row.source),
        told_by_me=row.recorded_by == work.actor.id,
        only_own=work.door.may.only_own(work.roles),
    )
    if queries.is_taken_off(work, row):
        raise WithdrawnBefore(_("This was taken off before."))
    _take_off(work, row)
    return queries.fees_of(work, place, person_id)


def _write(work: Work, place: str, fee: Fee, giver: str | None = None) -> None:
    """Write one thing that somebody received, and add it to the sums of its month and year."""
    row = FeeEntry(
        id=work.new_id(),
        place=place,
        person_id=UUID(fee.person_id),
        amount_cents=fee.amount_cents,
        received_on=fee.received_on,
        form=fee.form,
        source=fee.source,
        about=fee.about,
        giver=giver,
        recorded_by=work.actor.id,
        recorded_at=work.now,
    )
    _add(work, row)
    work.record(
        FeeReceived(
            place=place,
            subject=str(row.id),
            person_id=fee.person_id,
            amount_cents=fee.amount_cents,
            received_on=fee.received_on.isoformat(),
            form=fee.form,
            source=fee.source,
        )
    )


def _take_off(work: Work, row: FeeEntry) -> None:
    """Write the counter-entry of a fee, in its own month and year."""
    _add(
        work,
        FeeEntry(
            id=work.new_id(),
            place=row.place,
            person_id=row.person_id,
            amount_cents=-row.amount_cents,
            received_on=row.received_on,
            form=row.form,
            source=row.source,
            about=row.about,
            giver=row.giver,
            takes_off=row.id,
            recorded_by=work.actor.id,
            recorded_at=work.now,
        ),
    )
    facts = {"subject": str(row.id), "person_id": str(row.person_id)}
    work.record(FeeTakenOff(place=row.place, amount_cents=row.amount_cents, **facts))


def _add(work: Work, row: FeeEntry) -> None:
    """Write an entry with the two sums that it changes."""
    change = _MORE if row.amount_cents > 0 else _LESS
    for period in (rules.month_of(row.received_on), rules.year_of(row.received_on)):
        sums = {"person_id": row.person_id, "period": period, "amount_cents": row.amount_cents}
        assert work.session.connection().execute(change, sums).rowcount == 1
    work.session.add(row)
    work.session.flush()

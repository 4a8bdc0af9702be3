"""Takes over register files: set-wise, all of a file or nothing of it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from wijkbudget.identity import access
from wijkbudget.identity.events import RegisterImported
from wijkbudget.identity.models import Household, LoginCode, Person, Residence
from wijkbudget.identity.rules.moves import Arrival, Changes, Correction, Home, Known, compare
from wijkbudget.identity.rules.register import Address, BadLine, RegisterLine, read_register, refuse_bad
from wijkbudget.identity.schemas import ImportRegister, ImportView
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, Work, verb


@verb(access.IMPORT, municipal=True)
def import_register(work: Work, command: ImportRegister) -> ImportView:
    """Take over a register file, all of it or nothing. Raises BadRegister with the first bad lines."""
    lines, bad = read_register(command.csv, work.today)
    located = _located(work, lines, bad)
    refuse_bad(bad)
    changes = compare(located, _known(work), work.today, is_full=command.is_full)
    households = _households(work, changes)
    _end_stays(work, changes)
    _rename(work, changes)
    _correct(work, changes, households)
    _welcome(work, changes, households)
    view = ImportView(
        new_count=changes.new_count,
        changed_count=len(located) - changes.new_count - changes.unchanged_count,
        ended_count=len(changes.ended),
        unchanged_count=changes.unchanged_count,
    )
    work.record(
        RegisterImported(
            place=None,
            subject=str(work.new_id()),
            new=view.new_count,
            changed=view.changed_count,
            ended=view.ended_count,
            unchanged=view.unchanged_count,
            is_full=command.is_full,
        )
    )
    return view


def _located(work: Work, lines: Iterable[RegisterLine], bad: list[BadLine]) -> list[tuple[RegisterLine, str, str]]:
    """Return each line with its neighbourhood and quarter; an address in no neighbourhood is a bad line."""
    book = neighbourhoods.address_book(work)
    found = []
    for line in lines:
        spot = book.locate(line.address.postcode, line.address.house_number)
        if spot is None:
            bad.append(BadLine(line.number, _("This address is in no neighbourhood of this municipality.")))
        else:
            found.append((line, spot.place, spot.quarter))
    return found


def _known(look: Look) -> dict[str, Known]:
    """Return everybody of earlier files by pseudonym, with where they live now and when they last left."""
    left = dict[UUID, date | None](
        look.session.exec(
            select(Residence.person_id, func.max(Residence.until_on))
            .where(col(Residence.until_on).is_not(None))
            .group_by(col(Residence.person_id))
        ).all()
    )
    # Core rows, because a register is long and nothing of it is changed one by one.
    stays = look.session.connection().execute(
        select_columns(
            col(Residence.person_id),
            col(Residence.id),
            col(Residence.place),
            col(Residence.quarter),
            col(Residence.since_on),
            col(Household.postcode),
            col(Household.house_number),
            col(Household.addition),
        )
        .join(Household, col(Household.id) == col(Residence.household_id))
        .where(col(Residence.until_on).is_(None))
    )
    homes = {
        row.person_id: Home(
            residence_id=row.id,
            place=row.place,
            quarter=row.quarter,
            address=Address(row.postcode, row.house_number, row.addition),
            since_on=row.since_on,
        )
        for row in stays
    }
    people = look.session.exec(
        select(Person.id, Person.name, Person.birth_year, Person.pseudonym).where(col(Person.pseudonym).is_not(None))
    )
    return {
        str(pseudonym): Known(
            person_id=person_id,
            name=name,
            birth_year=birth_year or 0,
            home=homes.get(person_id),
            left_on=left.get(person_id),
        )
        for person_id, name, birth_year, pseudonym in people
    }


def _households(work: Work, changes: Changes) -> dict[tuple[str, Address], UUID]:
    """Return the household of every address that is needed; those that are not there yet are made."""
    known = work.session.connection().execute(
        select_columns(
            col(Household.id),
            col(Household.place),
            col(Household.postcode),
            col(Household.house_number),
            col(Household.addition),
        )
    )
    found: dict[tuple[str, Address], UUID] = {
        (row.place, Address(row.postcode, row.house_number, row.addition)): row.id for row in known
    }
    rows = []
    settling: list[Arrival | Correction] = [*changes.arrivals, *changes.corrections]
    for change in settling:
        key = (change.place, change.line.address)
        if key not in found:
            found[key] = work.new_id()
            rows.append(
                {
                    "id": found[key],
                    "place": change.place,
                    "postcode": key[1].postcode,
                    "house_number": key[1].house_number,
                    "addition": key[1].addition,
                }
            )
    _run(work, insert(Household), rows)
    return found


def _end_stays(work: Work, changes: Changes) -> None:
    """End stays today, and throw away codes on their way to an address where somebody no longer lives."""
    statement = update(Residence).where(col(Residence.id) == bindparam("stay")).values(until_on=work.today)
    _run(work, statement, [{"stay": stay} for stay in changes.ended])
    withdrawn = delete(LoginCode).where(
        col(LoginCode.person_id) == bindparam("person"), col(LoginCode.used_at).is_(None)
    )
    _run(work, withdrawn, [{"person": person} for person in sorted(changes.moved)])


def _rename(work: Work, changes: Changes) -> None:
    statement = (
        update(Person)
        .where(col(Person.id) == bindparam("person"))
        .values(name=bindparam("new_name"), birth_year=bindparam("new_year"))
    )
    rows = [
        {"person": person, "new_name": line.name, "new_year": line.birth_year}
        for person, line in changes.renamed.items()
    ]
    _run(work, statement, rows)


def _correct(work: Work, changes: Changes, households: dict[tuple[str, Address], UUID]) -> None:
    statement = (
        update(Residence)
        .where(col(Residence.id) == bindparam("stay"))
        .values(household_id=bindparam("home"), quarter=bindparam("new_quarter"), since_on=bindparam("new_since"))
    )
    rows = [
        {
            "stay": change.residence_id,
            "home": households[change.place, change.line.address],
            "new_quarter": change.quarter,
            "new_since": change.since_on,
        }
        for change in changes.corrections
    ]
    _run(work, statement, rows)


def _welcome(work: Work, changes: Changes, households: dict[tuple[str, Address], UUID]) -> None:
    """Write down who is new and every stay that begins."""
    people, stays = [], []
    for arrival in changes.arrivals:
        person_id = arrival.person_id or work.new_id()
        if arrival.person_id is None:
            people.append(
                {
                    "id": person_id,
                    "name": arrival.line.name,
                    "pseudonym": arrival.line.pseudonym,
                    "birth_year": arrival.line.birth_year,
                }
            )
        stays.append(
            {
                "id": work.new_id(),
                "person_id": person_id,
                "place": arrival.place,
                "quarter": arrival.quarter,
                "household_id": households[arrival.place, arrival.line.address],
                "since_on": arrival.since_on,
            }
        )
    _run(work, insert(Person), people)
    _run(work, insert(Residence), stays)


def _run(work: Work, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Run one statement for many rows, below the ORM; with no rows, do nothing."""
    if rows:
        work.session.connection().execute(statement, rows)

# SPDX-License-Identifier: EUPL-1.2
"""Takes over register files: set-wise, all of a file or nothing of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from wijkbudget.identity import access
from wijkbudget.identity.events import RegisterImported
from wijkbudget.identity.models import Household, LoginCode, Person, Residence
from wijkbudget.identity.rules.moves import Arrival, Changes, Correction, Home, Known, compare
from wijkbudget.identity.rules.register import Address, RegisterLine, read_register, refuse_bad
from wijkbudget.identity.schemas import ImportRegister, ImportView
from wijkbudget.kit.sheets import BadLine
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail import queries as trail
from wijkbudget.trail.work import Draft, Look, Outdated, Work, verb


@dataclass(frozen=True)
class Taken:
    """What a register file changes, worked out before the writer is held."""

    after: datetime | None
    """When the last file was taken over; what is here was compared with that."""
    view: ImportView
    statements: list[tuple[Any, list[dict[str, Any]]]]


def draft_import(draft: Draft, command: ImportRegister) -> Taken:
    """Read a register file and compare it with who is known. Raises BadRegister with the first bad lines."""
    after = trail.last_at(draft, RegisterImported.kind())
    lines, bad = read_register(command.csv, draft.today)
    located = _located(draft, lines, bad)
    refuse_bad(bad)
    changes = compare(located, _known(draft), draft.today, is_full=command.is_full)
    homes, new_homes = _households(draft, changes)
    people, stays = _welcome(draft, changes, homes)
    view = ImportView(
        new_count=changes.new_count,
        changed_count=len(located) - changes.new_count - changes.unchanged_count,
        ended_count=len(changes.ended),
        unchanged_count=changes.unchanged_count,
    )
    statements = [
        (insert(Household), new_homes),
        *_end_stays(draft, changes),
        _rename(changes),
        _correct(changes, homes),
        (insert(Person), people),
        (insert(Residence), stays),
    ]
    return Taken(after, view, statements)


@verb(access.IMPORT, municipal=True, prepare=draft_import)
def import_register(work: Work, command: ImportRegister) -> ImportView:
    """Take over a register file, all of it or nothing. Raises BadRegister, or Outdated if another one came between."""
    taken = work.prepared(draft_import)
    if trail.last_at(work, RegisterImported.kind()) != taken.after:
        raise Outdated
    for statement, rows in taken.statements:
        if rows:
            # Below the ORM, because a register is long and nothing of it is changed one by one.
            work.session.connection().execute(statement, rows)
    work.record(
        RegisterImported(
            place=None,
            subject=str(work.new_id()),
            new=taken.view.new_count,
            changed=taken.view.changed_count,
            ended=taken.view.ended_count,
            unchanged=taken.view.unchanged_count,
            is_full=command.is_full,
        )
    )
    return taken.view


def _located(look: Look, lines: Iterable[RegisterLine], bad: list[BadLine]) -> list[tuple[RegisterLine, str, str]]:
    """Return each line with its neighbourhood and quarter; an address in no neighbourhood is a bad line."""
    book = neighbourhoods.address_book(look)
    found = []
    for line in lines:
        postcode, house_number = line.address.postcode, line.address.house_number
        spot = book.locate(postcode, house_number) if line.address.is_known else book.quarter(postcode)
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


def _households(draft: Draft, changes: Changes) -> tuple[dict[tuple[str, Address], UUID], list[dict[str, Any]]]:
    """Return the household of every address, and the rows of those that are not there yet."""
    known = draft.session.connection().execute(
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
            found[key] = draft.new_id()
            rows.append(
                {
                    "id": found[key],
                    "place": change.place,
                    "postcode": key[1].postcode,
                    "house_number": key[1].house_number,
                    "addition": key[1].addition,
                }
            )
    return found, rows


def _end_stays(look: Look, changes: Changes) -> list[tuple[Any, list[dict[str, Any]]]]:
    """End stays today, and throw away codes on their way to an address where somebody no longer lives."""
    ended = update(Residence).where(col(Residence.id) == bindparam("stay")).values(until_on=look.today)
    withdrawn = delete(LoginCode).where(
        col(LoginCode.person_id) == bindparam("person"), col(LoginCode.used_at).is_(None)
    )
    return [
        (ended, [{"stay": stay} for stay in changes.ended]),
        (withdrawn, [{"person": person} for person in sorted(changes.moved)]),
    ]


def _rename(changes: Changes) -> tuple[Any, list[dict[str, Any]]]:
    statement = (
        update(Person)
        .where(col(Person.id) == bindparam("person"))
        .values(name=bindparam("new_name"), birth_year=bindparam("new_year"))
    )
    rows = [
        {"person": person, "new_name": line.name, "new_year": line.birth_year}
        for person, line in changes.renamed.items()
    ]
    return statement, rows


def _correct(changes: Changes, households: dict[tuple[str, Address], UUID]) -> tuple[Any, list[dict[str, Any]]]:
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
    return statement, rows


def _welcome(
    draft: Draft, changes: Changes, households: dict[tuple[str, Address], UUID]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows of who is new, and of every stay that begins."""
    people, stays = [], []
    for arrival in changes.arrivals:
        person_id = arrival.person_id or draft.new_id()
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
                "id": draft.new_id(),
                "person_id": person_id,
                "place": arrival.place,
                "quarter": arrival.quarter,
                "household_id": households[arrival.place, arrival.line.address],
                "since_on": arrival.since_on,
            }
        )
    return people, stays

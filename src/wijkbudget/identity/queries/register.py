# SPDX-License-Identifier: EUPL-1.2
"""Reads who lives where."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as select_columns
from sqlmodel import col, or_, select

from wijkbudget.identity import access
from wijkbudget.identity.eligibility import ELIGIBILITY
from wijkbudget.identity.eligibility.candidate import Candidate
from wijkbudget.identity.models import Household, Person, Residence
from wijkbudget.identity.rules.register import PersonNotFound
from wijkbudget.identity.schemas import (
    AddressView,
    CountsView,
    Eligible,
    FindResidents,
    PersonView,
    ResidentView,
)
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look, question

IDS_TOGETHER_MAX = 500
"""How many ids one statement asks; SQLite takes no more than some thousands of values."""


@question(access.COUNTS)
def counts(look: Look, place: str) -> CountsView:
    """Return how many people and households the register holds today, and how many proved who they are."""
    row = look.session.exec(
        select(
            func.count(),
            func.count(func.distinct(col(Residence.household_id))),
            func.count(col(Person.proved_at)),
        )
        .select_from(Residence)
        .join(Person, col(Person.id) == col(Residence.person_id))
        .where(col(Residence.place) == place, _lives_there(look.today))
    ).one()
    return CountsView(resident_count=row[0], household_count=row[1], proved_count=row[2])


@question(access.SEARCH)
def residents_at(look: Look, place: str, command: FindResidents) -> list[ResidentView]:
    """Return who is registered at a house number of the neighbourhood today, eldest first."""
    rows = look.session.exec(
        select(Person, Household)
        .join(Residence, col(Residence.person_id) == col(Person.id))
        .join(Household, col(Household.id) == col(Residence.household_id))
        .where(
            col(Residence.place) == place,
            col(Household.postcode) == command.postcode,
            col(Household.house_number) == command.house_number,
            _lives_there(look.today),
        )
        .order_by(col(Household.addition), col(Person.birth_year), col(Person.name))
    )
    return [_resident(person, household) for person, household in rows]


@question(access.SEARCH)
def resident_called(look: Look, place: str, pseudonym: str) -> list[ResidentView]:
    """Return whom the register calls so and who lives in the neighbourhood today: somebody, or nobody.

    It is how people without an address here are found at the desk: the municipality's own register has the pseudonym.
    """
    rows = look.session.exec(
        select(Person, Household)
        .join(Residence, col(Residence.person_id) == col(Person.id))
        .join(Household, col(Household.id) == col(Residence.household_id))
        .where(col(Residence.place) == place, col(Person.pseudonym) == pseudonym, _lives_there(look.today))
    )
    return [_resident(person, household) for person, household in rows]


@question(access.HOUSE)
def residents(look: Look, place: str, on: date, age_min: int) -> list[Eligible]:
    """Return everybody who takes part in a neighbourhood on a day, in the order of their pseudonyms."""
    rule = ELIGIBILITY["age_and_address"]
    # Core rows, because a round asks for everybody.
    rows = look.session.connection().execute(
        select_columns(
            col(Residence.person_id),
            col(Residence.household_id),
            col(Residence.place),
            col(Residence.quarter),
            col(Residence.since_on),
            col(Residence.until_on),
            col(Person.birth_year),
        )
        .join(Person, col(Person.id) == col(Residence.person_id))
        .where(col(Residence.place) == place, _lives_there(on))
        .order_by(col(Person.pseudonym))
    )
    found = []
    for stay in rows:
        assert stay.birth_year is not None
        candidate = Candidate(
            place=stay.place, birth_year=stay.birth_year, since_on=stay.since_on, until_on=stay.until_on
        )
        if rule.allows(candidate, place=place, on=on, age_min=age_min):
            found.append(
                Eligible(
                    person_id=str(stay.person_id),
                    household_id=str(stay.household_id),
                    birth_year=stay.birth_year,
                    quarter=stay.quarter,
                    since_on=stay.since_on,
                )
            )
    return found


def left(look: Look, place: str) -> dict[str, date]:
    """Return everybody who once lived in a neighbourhood and does not any more, with the day they left."""
    rows = select(Residence.person_id, func.max(col(Residence.until_on))).where(col(Residence.place) == place)
    grouped = rows.group_by(col(Residence.person_id)).having(
        func.count() == func.count(col(Residence.until_on)), func.max(col(Residence.until_on)) <= look.today
    )
    return {str(person_id): until_on for person_id, until_on in look.session.exec(grouped) if until_on}


def is_resident(look: Look, place: str, person_id: str, on: date, age_min: int = 0) -> bool:
    """Return whether somebody lives in a neighbourhood on a day, and turns a given age in that year or is older."""
    found = select(Residence.id).where(
        col(Residence.person_id) == UUID(person_id), col(Residence.place) == place, _lives_there(on)
    )
    if age_min:
        found = found.join(Person, col(Person.id) == col(Residence.person_id)).where(
            col(Person.birth_year) <= on.year - age_min
        )
    return look.session.exec(found).first() is not None


def same_household(look: Look, one: str, other: str) -> bool:
    """Return whether two people live at one address today; nobody shares a household with somebody unregistered."""
    homes = look.session.exec(
        select(Residence.household_id).where(
            col(Residence.person_id).in_([UUID(one), UUID(other)]), _lives_there(look.today)
        )
    ).all()
    return one == other or (len(homes) > 1 and len(set(homes)) == 1)


def housemates(look: Look, person_ids: Collection[str]) -> frozenset[str]:
    """Return these people and everybody who lives at the address of one of them today."""
    found = set(person_ids)
    for some in _chunks(person_ids):
        homes = select(Residence.household_id).where(col(Residence.person_id).in_(some), _lives_there(look.today))
        rows = select(Residence.person_id).where(col(Residence.household_id).in_(homes), _lives_there(look.today))
        found |= {str(person_id) for person_id in look.session.exec(rows)}
    return frozenset(found)


def names(look: Look, person_ids: Collection[str]) -> dict[str, str]:
    """Return the names of people, by id; ids that are nobody's are left out."""
    found: dict[str, str] = {}
    for some in _chunks(person_ids):
        rows = select(Person.id, Person.name).where(col(Person.id).in_(some))
        found |= {str(person_id): name for person_id, name in look.session.exec(rows)}
    return found


def name_of(look: Look, person_id: UUID) -> PersonView:
    """Return somebody by name. Raises PersonNotFound."""
    person = look.session.get(Person, person_id)
    if person is None:
        raise PersonNotFound(_("This person is not known here."))
    return PersonView(id=str(person.id), name=person.name)


def person_called(look: Look, pseudonym: str) -> UUID | None:
    """Return whom the register of residents calls by a pseudonym."""
    return look.session.exec(select(Person.id).where(col(Person.pseudonym) == pseudonym)).first()


def address_of(look: Look, person_id: str) -> AddressView:
    """Return how a letter to somebody is addressed. Raises PersonNotFound."""
    found = addresses_of(look, [person_id])
    if person_id not in found:
        raise PersonNotFound(_("This person is not known here."))
    return found[person_id]


def addresses_of(look: Look, person_ids: Collection[str]) -> dict[str, AddressView]:
    """Return how letters to many people are addressed, by id; who has none today, or a secret one, is left out."""
    found: dict[str, AddressView] = {}
    for some in _chunks(person_ids):
        rows = look.session.connection().execute(
            select_columns(
                col(Person.id),
                col(Person.name),
                col(Household.postcode),
                col(Household.house_number),
                col(Household.addition),
            )
            .join(Residence, col(Residence.person_id) == col(Person.id))
            .join(Household, col(Household.id) == col(Residence.household_id))
            .where(col(Person.id).in_(some), col(Household.house_number) > 0, _lives_there(look.today))
        )
        found |= {
            str(row.id): AddressView(
                lines=[row.name, _address_line(row.postcode, row.house_number, row.addition)],
                name=row.name,
                postcode=row.postcode,
                house_number=row.house_number,
                addition=row.addition,
            )
            for row in rows
        }
    return found


def household_of(look: Look, place: str, person_id: str) -> str | None:
    """Return the household somebody belongs to in a neighbourhood today, or None."""
    home = select(Residence.household_id).where(
        col(Residence.person_id) == UUID(person_id), col(Residence.place) == place, _lives_there(look.today)
    )
    found = look.session.exec(home).first()
    return str(found) if found else None


def household_addresses(look: Look, household_ids: Collection[str]) -> dict[str, AddressView]:
    """Return how letters to everybody at an address are addressed, by household; a secret address is left out."""
    found: dict[str, AddressView] = {}
    for some in _chunks(household_ids):
        rows = select(Household).where(col(Household.id).in_(some), col(Household.house_number) > 0)
        for row in look.session.exec(rows):
            address = row.postcode, row.house_number, row.addition
            found[str(row.id)] = AddressView(
                lines=[_address_line(*address)],
                name="",
                postcode=row.postcode,
                house_number=row.house_number,
                addition=row.addition,
            )
    return found


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for stays that overlap, stand at an address elsewhere, or are of somebody unregistered."""
    rows = look.session.exec(
        select(Residence, Household.place, Person.pseudonym)
        .join(Household, col(Household.id) == col(Residence.household_id))
        .join(Person, col(Person.id) == col(Residence.person_id))
        .order_by(col(Residence.person_id), col(Residence.since_on), col(Residence.until_on).is_(None))
    )
    last: Residence | None = None
    for stay, place, pseudonym in rows:
        about = f"stay {stay.id}"
        if place != stay.place:
            yield Fault("identity", about, "has an address in another neighbourhood")
        if pseudonym is None:
            yield Fault("identity", about, "is of somebody who is not on the register")
        if last and last.person_id == stay.person_id and (last.until_on is None or stay.since_on < last.until_on):
            yield Fault("identity", about, "overlaps with an earlier stay")
        last = stay


def _resident(person: Person, household: Household) -> ResidentView:
    where = household.postcode, household.house_number, household.addition
    return ResidentView(
        id=str(person.id),
        name=person.name,
        birth_year=person.birth_year or 0,
        address=_address_line(*where) if household.house_number else "",
        is_proved=person.proved_at is not None,
    )


def _lives_there(on: date) -> ColumnElement[bool]:
    """Return the condition that a stay holds on a day."""
    return (col(Residence.since_on) <= on) & or_(col(Residence.until_on).is_(None), col(Residence.until_on) > on)


def _address_line(postcode: str, house_number: int, addition: str) -> str:
    """Return an address as the post reads it; a postcode and a house number are enough in the Netherlands."""
    return f"{postcode[:4]} {postcode[4:]}, {house_number} {addition}".strip()


def _chunks(person_ids: Collection[str]) -> Iterator[list[UUID]]:
    ids = [UUID(person_id) for person_id in person_ids]
    for first in range(0, len(ids), IDS_TOGETHER_MAX):
        yield ids[first : first + IDS_TOGETHER_MAX]

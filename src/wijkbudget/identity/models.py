"""The tables of identity: people, where they live, what they may do, how they log in, and organisations."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, text

from wijkbudget.db.types import Table, id_column, moment
from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.identity.rules.roles import GRANTABLE


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class Person(Table, table=True):
    """Somebody: from the register, then with a pseudonym, or added by name, then without one."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("(pseudonym IS NULL) = (birth_year IS NULL)", name="registered_whole"),
        CheckConstraint("length(name) BETWEEN 1 AND 120", name="name_length"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"name", "pseudonym", "birth_year", "proved_at"})

    id: UUID = Field(sa_column=id_column())
    name: str
    pseudonym: str | None = Field(default=None, unique=True)
    birth_year: int | None = None
    proved_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    """When they first used a code that was sent to the registered address, or showed who they are at the desk."""


class Household(Table, table=True):
    """An address; who lives there together counts as one household."""

    __tablename__ = "household"
    __table_args__ = (UniqueConstraint("place", "postcode", "house_number", "addition"),)
    personal: ClassVar[frozenset[str]] = frozenset({"postcode", "house_number", "addition"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug")
    postcode: str = Field(index=True)
    house_number: int
    addition: str


class Residence(Table, table=True):
    """A stay of a person in a neighbourhood; `until_on` is the first day they no longer live there."""

    __tablename__ = "residence"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= since_on", name="ends_later"),
        Index(
            "uq_residence_current",
            "person_id",
            unique=True,
            sqlite_where=text("until_on IS NULL"),
            postgresql_where=text("until_on IS NULL"),
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset(
        {"person_id", "household_id", "place", "quarter", "since_on", "until_on"}
    )

    id: UUID = Field(sa_column=id_column())
    person_id: UUID = Field(foreign_key="person.id", index=True)
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    quarter: str = Field(foreign_key="quarter.code")
    household_id: UUID = Field(foreign_key="household.id", index=True)
    since_on: date
    until_on: date | None = None


class RoleGrant(Table, table=True):
    """A role given to a person, in one neighbourhood or (without one) in the whole municipality."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint(_one_of("role", GRANTABLE), name="known_role"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="ends_later"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    id: UUID = Field(sa_column=id_column())
    person_id: UUID = Field(foreign_key="person.id", index=True)
    role: str
    place: str | None = Field(default=None, foreign_key="neighbourhood.slug", index=True)
    from_on: date
    until_on: date | None = None


class LoginCode(Table, table=True):
    """A code that opens one visit, once; only a keyed hash of it is kept."""

    __tablename__ = "login_code"
    __table_args__ = (CheckConstraint("way IN ('letter', 'desk')", name="known_way"),)
    personal: ClassVar[frozenset[str]] = frozenset({"hash", "person_id", "used_at"})

    hash: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    way: str
    made_at: datetime = Field(sa_column=moment())
    ends_at: datetime = Field(sa_column=moment())
    used_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class LoginSession(Table, table=True):
    """A visit; only a keyed hash of its token is kept."""

    __tablename__ = "login_session"
    personal: ClassVar[frozenset[str]] = frozenset({"hash", "person_id"})

    hash: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    made_at: datetime = Field(sa_column=moment())
    ends_at: datetime = Field(sa_column=moment())


class Organisation(Table, table=True):
    """A legal person or a loose group in a neighbourhood."""

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("place", "name"),
        CheckConstraint(_one_of("legal_form", tuple(LegalForm)), name="known_form"),
        CheckConstraint("(legal_form = 'group') = (registration_number IS NULL)", name="number_fits_form"),
    )
    personal: ClassVar[frozenset[str]] = frozenset()

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    name: str
    legal_form: str
    registration_number: str | None = None
    started_on: date


class OrganisationMember(Table, table=True):
    """Somebody who asked to join an organisation, and was let in by a member, or not yet."""

    __tablename__ = "organisation_member"
    personal: ClassVar[frozenset[str]] = frozenset({"person_id"})

    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", primary_key=True, index=True)
    admitted_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))

# SPDX-License-Identifier: EUPL-1.2
"""The tables of identity: people, where they live, what they may do, how they log in, and organisations."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, text

from wijkbudget.db.types import Table, amount, id_column, moment
from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.identity.rules.roles import GRANTABLE


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class Person(Table, table=True):
    """Somebody: on the register, then with a pseudonym; added by name, then without; or a guest, without either."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("(pseudonym IS NULL) = (birth_year IS NULL)", name="registered_whole"),
        CheckConstraint("length(name) <= 120 AND (length(name) > 0 OR pseudonym IS NULL)", name="name_length"),
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
    """A code that opens one visit, once; only a keyed hash of it is kept.

    One in a letter or from the desk is somebody's; one by e-mail is whoever's the address is; a `link` code ties an
    address to somebody.
    """

    __tablename__ = "login_code"
    __table_args__ = (
        CheckConstraint("way IN ('letter', 'desk', 'email', 'link')", name="known_way"),
        CheckConstraint("(person_id IS NULL) = (way = 'email')", name="of_somebody"),
        CheckConstraint("(link_hash IS NOT NULL) = (way IN ('email', 'link'))", name="to_an_address"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"hash", "person_id", "link_hash", "used_at"})

    hash: str = Field(primary_key=True)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    link_hash: str | None = Field(default=None, index=True)
    way: str
    made_at: datetime = Field(sa_column=moment())
    ends_at: datetime = Field(sa_column=moment())
    used_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class LoginLink(Table, table=True):
    """What opens somebody's account besides a code: an e-mail address, or an account at an identity provider.

    Only a keyed hash is kept of the address, or of the issuer and its subject.
    """

    __tablename__ = "login_link"
    __table_args__ = (CheckConstraint("way IN ('email', 'openid')", name="known_way"),)
    personal: ClassVar[frozenset[str]] = frozenset({"hash", "person_id", "made_at"})

    hash: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    way: str
    made_at: datetime = Field(sa_column=moment())


class LoginSession(Table, table=True):
    """A visit; only a keyed hash of its token is kept."""

    __tablename__ = "login_session"
    __table_args__ = (CheckConstraint("way IN ('letter', 'desk', 'email', 'openid')", name="known_way"),)
    personal: ClassVar[frozenset[str]] = frozenset({"hash", "person_id", "way", "verified_at"})

    hash: str = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    way: str
    made_at: datetime = Field(sa_column=moment())
    ends_at: datetime = Field(sa_column=moment())
    verified_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    """When the second step was taken in it, or the provider vouched strongly enough; until then some roles sleep."""


class SpentHandshake(Table, table=True):
    """A login at an identity provider that counted, so that it never counts again; kept until it is over."""

    __tablename__ = "spent_handshake"
    personal: ClassVar[frozenset[str]] = frozenset()

    hash: str = Field(primary_key=True)
    ends_at: datetime = Field(sa_column=moment())


class SecondStep(Table, table=True):
    """The secret that somebody's phone shares with the house, encrypted with a key that is not in the database."""

    __tablename__ = "second_step"
    personal: ClassVar[frozenset[str]] = frozenset({"person_id", "secret", "made_at", "shown_at", "last_step"})

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    secret: bytes
    made_at: datetime = Field(sa_column=moment())
    shown_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    """When the first right code was shown; before that it opens nothing."""
    last_step: int = Field(sa_column=amount())
    """The half minute of the last code that counted; none before it counts any more."""


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
